"""`inspector-train synthesize`: renders parts with known defects as a data set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from engines.synthetic.board import BoardRenderer
from engines.synthetic.board_files import write_boards
from engines.synthetic.dataset import write_dataset
from engines.synthetic.part import Renderer
from training_cli.datasets.board_photos import read_photos
from training_cli.errors import UsageError, UserError

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


@app.command()
def surface(
    out: Annotated[Path, typer.Option(help="A new or empty folder.")],
    count: Annotated[int, typer.Option(min=1, help="Number of faces.")],
    seed: Annotated[int, typer.Option(min=0)] = 0,
) -> None:
    """Render faces of commutators, half of them defective, in MVTec AD layout with masks."""
    _write("surface", out, count, seed)
    typer.echo(f"{out}: {count} surfaces from seed {seed}")


@app.command()
def vial(
    out: Annotated[Path, typer.Option(help="A new or empty folder.")],
    count: Annotated[int, typer.Option(min=1, help="Number of strips.")],
    seed: Annotated[int, typer.Option(min=0)] = 0,
    frames: Annotated[
        str,
        typer.Option(help="Numbers of the frames to write, such as 0,7,15; all 16 if left out."),
    ] = "",
) -> None:
    """Render strips of vials, half of them defective, in MVTec AD layout with masks.

    Each strip is a folder with its frames; labels.jsonl says where its defects lie.
    """
    _write("vial", out, count, seed, _numbers(frames))
    typer.echo(f"{out}: {count} strips from seed {seed}")


@app.command()
def chip(
    out: Annotated[Path, typer.Option(help="A new or empty folder.")],
    count: Annotated[int, typer.Option(min=1, help="Number of pictures.")],
    seed: Annotated[int, typer.Option(min=0)] = 0,
    boards: Annotated[
        int | None, typer.Option(min=1, help="Number of designs of board; 100 if left out.")
    ] = None,
    first_board: Annotated[
        int | None, typer.Option(min=0, help="Number of the first design; 0 if left out.")
    ] = None,
    photos: Annotated[
        Path | None,
        typer.Option(help="A folder of photographs with corners.json, to take boards from."),
    ] = None,
    max_shift_px: Annotated[
        float | None,
        typer.Option(help="Of photographed chips; 24 of 512 pixels if left out."),
    ] = None,
    max_rotation_deg: Annotated[
        float | None, typer.Option(help="Of photographed chips; 12 if left out.")
    ] = None,
) -> None:
    """Render assembled boards around a chip, half of them with the chip out of place.

    labels.jsonl says where the chip's corners lie, where they belong, and the board's number.

    With --photos, the chips of photographs of good boards are moved or left out. corners.json
    beside them marks each chip, upper left, upper right, lower left, lower right, and how far its
    leads reach over the corners: {"a.png": {"corners": [[180, 172], [330, 170], [181, 322],
    [331, 320]], "leads_px": 20}}
    """
    shown: Sequence[Renderer]
    if photos is not None:
        if boards is not None or first_board is not None:
            raise UsageError("--boards and --first-board are for rendered boards, not --photos.")
        shown = read_photos(photos, max_shift_px, max_rotation_deg)
    elif max_shift_px is not None or max_rotation_deg is not None:
        raise UsageError("--max-shift-px and --max-rotation-deg are for --photos.")
    else:
        first = first_board or 0
        shown = [BoardRenderer(number) for number in range(first, first + (boards or 100))]
    with _refusals():
        write_boards(shown, out, count, seed)
    typer.echo(f"{out}: {count} boards from seed {seed}")


def _numbers(text: str) -> list[int] | None:
    if not text:
        return None
    try:
        return [int(number) for number in text.split(",")]
    except ValueError as error:
        raise UserError(
            f"--frames takes whole numbers with commas between them, not {text!r}."
        ) from error


def _write(product: str, out: Path, count: int, seed: int, frames: list[int] | None = None) -> None:
    with _refusals():
        write_dataset(product, out, count, seed, frames=frames)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (ValueError, OSError) as error:
        raise UserError(str(error)) from error
