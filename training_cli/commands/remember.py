"""`inspector-train remember`: a memory of good parts beside a run's network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def remember(
    run: Annotated[Path, typer.Argument(help="A run's folder, split by tile.")],
    size: Annotated[int, typer.Option(min=100, max=20000, help="Good places remembered.")] = 2000,
    data: Annotated[Path | None, typer.Option(help="Where the run's data is now.")] = None,
) -> None:
    """Have the network report what no good part shows, also where it knows no name for it.

    How much the memory counts is chosen on the run's validation images.
    """
    from training_cli.segmenter.remembering import remember as fill

    memory = fill(run, size, data).memory
    assert memory is not None
    for weight, told in memory.candidates.items():
        mark = " <" if float(weight) == memory.weight else ""
        figures = ", ".join(f"{name} {value:.3f}" for name, value in told.items())
        typer.echo(f"weight {weight:>3}: {figures}{mark}")
    typer.echo(f"{run}: {memory.size} good places remembered, weight {memory.weight:g}")
