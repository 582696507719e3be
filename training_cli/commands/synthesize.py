"""`inspector-train synthesize`: renders parts with known defects as a data set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engines.synthetic.dataset import write_dataset
from training_cli.errors import UserError

app = typer.Typer(help="Render labelled parts.", no_args_is_help=True)


@app.command()
def tile(
    out: Annotated[Path, typer.Option(help="A new or empty folder.")],
    count: Annotated[int, typer.Option(min=1, help="Number of parts.")],
    seed: Annotated[int, typer.Option(min=0)] = 0,
) -> None:
    """Render magnetic tiles, half of them defective, in MVTec AD layout with masks."""
    _write("tile", out, count, seed)
    typer.echo(f"{out}: {count} tiles from seed {seed}")


@app.command()
def steel(
    out: Annotated[Path, typer.Option(help="A new or empty folder.")],
    count: Annotated[int, typer.Option(min=1, help="Number of pieces.")],
    seed: Annotated[int, typer.Option(min=0)] = 0,
) -> None:
    """Render pieces of steel strip, half of them defective, in MVTec AD layout with masks."""
    _write("steel", out, count, seed)
    typer.echo(f"{out}: {count} pieces of strip from seed {seed}")


def _write(product: str, out: Path, count: int, seed: int) -> None:
    try:
        write_dataset(product, out, count, seed)
    except (ValueError, OSError) as error:
        raise UserError(str(error)) from error
