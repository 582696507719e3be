"""`inspector-train preview`: what a network would be trained on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from training_cli.commands.fit import Layout
from training_cli.errors import UsageError
from training_cli.segmenter.run import ProductName

app = typer.Typer(help="Draw what label injection makes of good images.", no_args_is_help=True)

Out = Annotated[Path, typer.Option(help="The .png file to write.")]
Extra = Annotated[Path | None, typer.Option(help="More images, in MVTec AD layout.")]
Count = Annotated[int, typer.Option(min=1, max=200, help="Number of good images.")]
Seed = Annotated[int, typer.Option(min=0)]


@app.command()
def tile(
    data: Annotated[Path, typer.Option(help="Magnetic tiles: class folders and tiles.csv.")],
    out: Out,
    extra: Extra = None,
    count: Count = 40,
    seed: Seed = 0,
) -> None:
    """Show defects injected into good magnetic tiles."""
    _write("tile", "magnetic-tiles", data, out, extra, count, seed)


@app.command()
def steel(
    data: Annotated[Path, typer.Option(help="Steel strips, laid out as --layout says.")],
    out: Out,
    layout: Annotated[Layout, typer.Option(help="How the data is laid out.")],
    extra: Extra = None,
    count: Count = 40,
    seed: Seed = 0,
) -> None:
    """Show defects injected into good strips."""
    _write("steel", layout, data, out, extra, count, seed)


def _write(
    product: ProductName,
    layout: str,
    data: Path,
    out: Path,
    extra: Path | None,
    count: int,
    seed: int,
) -> None:
    from PIL import Image

    from training_cli.segmenter.preview import preview_injection

    if out.suffix.lower() != ".png":
        raise UsageError(f"{out} is no name of a picture: let --out end in .png.")
    sheet = preview_injection(product, layout, data, extra, count, seed)
    out.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(sheet).save(out, optimize=True)
    typer.echo(f"{out}: {sheet.shape[1]}×{sheet.shape[0]} pixels")
