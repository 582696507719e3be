"""Reads photographs of magnetic tiles: class folders with masks, and `tiles.csv` beside them."""

from __future__ import annotations

import csv
from pathlib import Path

from training_cli.datasets.sample import Sample
from training_cli.errors import UserError

CLASSES = ("blowhole", "break", "crack", "fray", "uneven")
INDEX = "tiles.csv"
_COLUMNS = {"image", "mask", "class", "tile"}


def read_magnetic_tiles(folder: Path) -> list[Sample]:
    """List the samples that `tiles.csv` names (columns image, mask, class, tile).

    Raises:
        UserError: The folder is not laid out that way.
    """
    index = folder / INDEX
    if not index.is_file():
        raise UserError(
            f"{folder} holds no {INDEX}: name the folder with the magnetic tiles, "
            "in which that file lists image, mask, class and tile."
        )
    with index.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        if missing := _COLUMNS - set(rows.fieldnames or ()):
            raise UserError(f"{index} lacks the column {', '.join(sorted(missing))}.")
        samples = [_sample(folder, row) for row in rows]
    if not samples:
        raise UserError(f"{index} lists no images.")
    return samples


def _sample(folder: Path, row: dict[str, str]) -> Sample:
    mask = folder / row["mask"] if row["mask"] else None
    return Sample(row["image"], folder / row["image"], mask, row["class"], row["tile"])
