"""`inspector-train evaluate`: judges a run's network, or the model exported from it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from training_cli.errors import UsageError


class Subset(StrEnum):
    TEST = "test"
    VALIDATION = "validation"


def evaluate(
    run: Annotated[Path, typer.Argument(help="A run's folder.")],
    model: Annotated[
        Path | None, typer.Option(help="Judge this exported .onnx with its own thresholds.")
    ] = None,
    subset: Annotated[Subset, typer.Option()] = Subset.TEST,
    false_rejects: Annotated[
        float | None,
        typer.Option(min=0.0, max=0.5, help="Share of good parts rejected; as in `export`."),
    ] = None,
    recall: Annotated[
        float | None,
        typer.Option(min=0.01, max=1.0, help="Classifiers: share of defects found, instead."),
    ] = None,
    data: Annotated[Path | None, typer.Option(help="Where the run's data is now.")] = None,
    unseen: Annotated[
        Path | None,
        typer.Option(help="Judge others: surfaces in MVTec AD layout, or boards."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the report; the run's own.")] = None,
) -> None:
    """Judge what is found on images not trained on; write figures and a picture sheet."""
    if model is not None and (false_rejects is not None or recall is not None):
        raise UsageError(f"{model} has its own thresholds: leave out --false-rejects and --recall.")
    from training_cli.run import CLASSIFIER, LOCALIZER, SEGMENTER, engine_of

    engine = engine_of(run)
    if engine != CLASSIFIER and recall is not None:
        raise UsageError("--recall is for runs of `fit surface`: leave it out.")
    if engine not in (CLASSIFIER, LOCALIZER) and unseen is not None:
        raise UsageError("--unseen is for runs of `fit surface` and `fit chip`: leave it out.")
    if engine == CLASSIFIER:
        from training_cli.classifier.judging import aim_of
        from training_cli.classifier.report import write_classifier_report

        figures = write_classifier_report(
            run,
            subset.value,
            model=model,
            data=data,
            unseen=unseen,
            out=out or run,
            aim=aim_of(false_rejects, recall),
        )
    elif engine == SEGMENTER:
        from training_cli.calibration import FALSE_REJECTS
        from training_cli.segmenter.report import write_report

        figures = write_report(
            run,
            subset.value,
            model=model,
            data=data,
            out=out or run,
            false_rejects=FALSE_REJECTS if false_rejects is None else false_rejects,
        )
    elif engine == LOCALIZER:
        if false_rejects is not None:
            raise UsageError(
                "A localizer's tolerances are the recipe's: leave --false-rejects out."
            )
        from training_cli.localizer.report import write_localizer_report

        figures = write_localizer_report(
            run, subset.value, model=model, data=data, unseen=unseen, out=out or run
        )
    else:
        from training_cli.scorer.report import write_scorer_report

        if subset is Subset.VALIDATION:
            raise UsageError("A scorer's validation parts are all good: judge its test parts.")
        figures = write_scorer_report(
            run, model=model, data=data, out=out or run, false_rejects=false_rejects
        )
    typer.echo(json.dumps(figures, indent=2))
