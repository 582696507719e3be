"""`inspector-train export`: writes a run's network as a model for the station."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from training_cli.errors import UsageError


def export(
    run: Annotated[Path, typer.Argument(help="A run's folder.")],
    out: Annotated[Path, typer.Option(help="The .onnx file to write.")],
    name: Annotated[
        str | None, typer.Option(help="For the model card; the product's if not given.")
    ] = None,
    version: Annotated[str, typer.Option(help="For the model card.")] = "1",
    data: Annotated[Path | None, typer.Option(help="Where the run's data is now.")] = None,
    false_rejects: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            max=0.5,
            help="Share of good parts rejected; segmenters 0.05, classifiers 0.02, scorers the "
            "best accuracy.",
        ),
    ] = None,
    recall: Annotated[
        float | None,
        typer.Option(min=0.01, max=1.0, help="Classifiers: share of defects found, instead."),
    ] = None,
    kit: Annotated[
        Path | None, typer.Option(help="Scorers: labelled parts that choose the thresholds.")
    ] = None,
    batch: Annotated[
        int | None, typer.Option(min=1, max=64, help="Scorers: patches at once; 4.")
    ] = None,
) -> None:
    """Write one ONNX file with its card; refused unless it computes what was trained."""
    from training_cli.run import CLASSIFIER, LOCALIZER, SEGMENTER, engine_of

    engine = engine_of(run)
    if engine in (SEGMENTER, LOCALIZER, CLASSIFIER) and (kit is not None or batch is not None):
        raise UsageError("--kit and --batch are for runs of `fit vial`: leave them out.")
    if engine != CLASSIFIER and recall is not None:
        raise UsageError("--recall is for runs of `fit surface`: leave it out.")
    if engine == CLASSIFIER:
        from training_cli.classifier.export import export_classifier
        from training_cli.classifier.judging import aim_of

        aim = aim_of(false_rejects, recall)
        card = export_classifier(run, out, name=name, version=version, data=data, aim=aim)
    elif engine == SEGMENTER:
        from training_cli.calibration import FALSE_REJECTS
        from training_cli.segmenter.export import export_model

        share = FALSE_REJECTS if false_rejects is None else false_rejects
        card = export_model(run, out, name=name, version=version, data=data, false_rejects=share)
    elif engine == LOCALIZER:
        if false_rejects is not None:
            raise UsageError(
                "A localizer's tolerances are the recipe's: leave --false-rejects out."
            )
        from training_cli.localizer.export import export_localizer

        card = export_localizer(run, out, name=name, version=version, data=data)
    else:
        from training_cli.scorer.export import export_scorer

        card = export_scorer(
            run,
            out,
            name=name,
            version=version,
            kit=kit or data,
            false_rejects=false_rejects,
            batch=batch or 4,
        )
    size_mb = out.stat().st_size / 1e6
    typer.echo(f"{out}: {card.name} {card.version}, {size_mb:.1f} MB, parity holds")
