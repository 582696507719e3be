"""`inspector-train calibrate`: thresholds for a rate of false rejects."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from training_cli.errors import UsageError


def calibrate(
    source: Annotated[Path, typer.Argument(help="A run's folder, or a model exported from one.")],
    false_rejects: Annotated[
        float, typer.Option(min=0.0, max=0.5, help="Share of good validation images rejected.")
    ],
    run: Annotated[
        Path | None, typer.Option(help="The run that a model was exported from.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The .onnx file to write, of a model.")] = None,
    data: Annotated[Path | None, typer.Option(help="Where the run's data is now.")] = None,
) -> None:
    """Choose thresholds for a rate of false rejects and say what they find.

    Of a run it says what an export would get; a model is written again with other thresholds.
    """
    if source.is_dir() and (run or out):
        raise UsageError("A run is exported with its thresholds by `export`: give a model here.")
    if not source.is_dir() and not (run and out):
        raise UsageError("A model needs --run, the run it was exported from, and --out.")
    from training_cli.segmenter.recalibration import calibrate_model, calibrate_run

    if run is None or out is None:
        figures = calibrate_run(source, false_rejects, data)
    else:
        figures = calibrate_model(source, run, out, false_rejects, data)
    for line in figures:
        typer.echo(line)
