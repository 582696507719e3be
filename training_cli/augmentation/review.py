"""Draws the pictures of a made set beside their sources, with the numbers they are called by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training_cli.augmentation.provenance import Origin, Source, read_drops, read_origins
from training_cli.datasets.pictures import Pixels, like, read_picture
from training_cli.errors import UserError
from training_cli.sheet import Case, Panel, draw_sheet

PAGE = 60
"""Pictures on a sheet."""


def review_sheets(folder: Path) -> Iterator[Pixels]:
    """Sheets of what is left in a set: source, real defect if any, made picture, its defect.

    A source or a real defect that is not where it was, or is another, is left blank.

    Returns:
        uint8 (height, width, 3), RGB, of 60 pictures each.

    Raises:
        UserError: The folder is no made set, or a picture of it has changed or is missing.
    """
    dropped = {drop.number for drop in read_drops(folder)}
    origins = [origin for origin in read_origins(folder) if origin.number not in dropped]
    labels = sorted({origin.label for origin in origins})
    for first in range(0, len(origins), PAGE):
        page = origins[first : first + PAGE]
        lines = (
            f"Numbers {page[0].number} to {page[-1].number}; {len(origins)} pictures are left, "
            f"{len(dropped)} were thrown out. Each time: the good picture, {_real(page[0])}the "
            "good one with a made defect, that defect outlined, and from near.",
            "Throw out what no defect looks like: inspector-train augment drop FOLDER NUMBER…",
        )
        heading = f"Made defects: {page[0].method}, seed {page[0].seed}"
        yield draw_sheet([_case(folder, o, labels) for o in page], heading, lines, labels)


def _case(folder: Path, origin: Origin, labels: Sequence[str]) -> Case:
    made = _checked(folder / origin.file, origin.sha256)
    mask = read_picture(folder / origin.mask)
    outline = np.zeros((len(labels), *mask.shape), np.bool_)
    outline[labels.index(origin.label)] = mask > 0
    sources = [source for source in (origin.source, origin.defect) if source is not None]
    before = [Panel(_source(source, made)) for source in sources]
    painted = f" “{origin.inpainting.prompt}”" if origin.inpainting else ""
    note = f"changed by {origin.change:.0f}{painted}"
    aspect = made.shape[1] / made.shape[0]
    return Case(
        (*before, Panel(made), Panel(made, outline), Panel(_close(made, mask))),
        f"{origin.number}  {origin.label}",
        note,
        aspect=aspect,
    )


def _real(origin: Origin) -> str:
    """What `diag` takes of a real defect is its form."""
    return "" if origin.defect is None else "the real defect that was taken, "


def _close(made: Pixels, mask: Pixels) -> Pixels:
    """The surroundings of the defect, at the size and in the proportions of the picture."""
    x, y, width, height = cv2.boundingRect(mask)
    share = min(1.0, max(0.15, 1.6 * max(width / mask.shape[1], height / mask.shape[0])))
    spans = []
    for middle, side in ((y + height / 2, mask.shape[0]), (x + width / 2, mask.shape[1])):
        length = max(1, round(share * side))
        first = min(max(0, round(middle - length / 2)), side - length)
        spans.append(slice(first, first + length))
    return like(made[spans[0], spans[1]], made)


def _checked(path: Path, sha256: str) -> Pixels:
    if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise UserError(f"{path} is not the picture that was made: restore it, or make it anew.")
    return read_picture(path)


def _source(source: Source, made: Pixels) -> NDArray[np.uint8]:
    try:
        is_same = hashlib.sha256(source.file.read_bytes()).hexdigest() == source.sha256
    except OSError:
        is_same = False
    return like(read_picture(source.file), made) if is_same else np.full_like(made, 255)
