"""`inspector-train quantize`: an exported model in 8-bit integers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def quantize(
    model: Annotated[Path, typer.Argument(help="An exported .onnx file.")],
    run: Annotated[Path, typer.Option(help="The folder of the run that it was exported from.")],
    out: Annotated[Path, typer.Option(help="The .onnx file to write.")],
    max_drop: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="What IoU (or average precision) and recall may each lose."
        ),
    ],
    data: Annotated[Path | None, typer.Option(help="Where the run's data is now.")] = None,
    false_rejects: Annotated[
        float, typer.Option(min=0.0, max=0.5, help="Share of good validation images rejected.")
    ] = 0.05,
) -> None:
    """Write the model in 8-bit integers; refused when it finds less than allowed."""
    from training_cli.run import CLASSIFIER, engine_of

    if engine_of(run) == CLASSIFIER:
        from training_cli.classifier.quantisation import quantize_classifier as quantised
    else:
        from training_cli.segmenter.quantisation import quantize as quantised

    rows = quantised(model, run, out, data=data, max_drop=max_drop, false_rejects=false_rejects)
    names = list(rows[0].figures)
    typer.echo("  ".join(["model", *names, "ms", "MB"]))
    for row in rows:
        values = [f"{row.figures[n]:.4f}".rjust(len(n)) for n in names]
        typer.echo(
            "  ".join([row.name.ljust(5), *values, f"{row.elapsed_ms:.1f}", f"{row.megabytes:.2f}"])
        )
    typer.echo(
        f"{out}: {rows[1].elapsed_ms / rows[0].elapsed_ms:.2f} of the time of {model}, one thread"
    )
