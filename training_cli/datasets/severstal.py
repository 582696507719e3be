"""Reads the layout of Severstal's steel strips: `train.csv` with run lengths, and images."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from training_cli.datasets.sample import FREE, TOGETHER, Sample
from training_cli.errors import UserError

CLASSES = ("bumps", "stains", "scratches", "cracks")
"""Of class 1 to 4."""
INDEX, IMAGES = "train.csv", "train_images"
_RUNS = "EncodedPixels"
_TOGETHER = "ImageId_ClassId"


def read_severstal(folder: Path) -> list[Sample]:
    """List all images of `train_images`; those that `train.csv` has no runs for are free.

    Both shapes of the file are read: with the columns ImageId, ClassId and EncodedPixels, and with
    ImageId_ClassId (`NAME.jpg_1`) and EncodedPixels. Each image is a part of its own.

    Raises:
        UserError: The folder is not laid out that way.
    """
    index = folder / INDEX
    images = {path.name: path for path in sorted((folder / IMAGES).glob("*.jpg"))}
    if not index.is_file() or not images:
        raise UserError(
            f"{folder} is not laid out like Severstal's data: it needs {INDEX} and "
            f"{IMAGES} with .jpg files."
        )
    runs: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for line, name, number, encoded in _rows(index):
        if name not in images:
            raise UserError(f"{index}, line {line}: there is no {name} in {IMAGES}.")
        if number not in map(str, range(1, len(CLASSES) + 1)):
            raise UserError(f"{index}, line {line}: the class {number!r} is none of 1 to 4.")
        label = CLASSES[int(number) - 1]
        if label in runs[name]:
            raise UserError(f"{index}, line {line}: class {number} of {name} stands twice.")
        runs[name][label] = encoded
    return [_sample(path, runs[name]) for name, path in images.items()]


def _rows(index: Path) -> Iterator[tuple[int, str, str, str]]:
    """Line number, image, class and runs of every row that has runs."""
    with index.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        columns = set(rows.fieldnames or ())
        is_known = _TOGETHER in columns or {"ImageId", "ClassId"} <= columns
        if _RUNS not in columns or not is_known:
            raise UserError(
                f"{index} needs the columns ImageId, ClassId and {_RUNS}, or {_TOGETHER} and "
                f"{_RUNS}."
            )
        for row in rows:
            if _TOGETHER in columns:
                name, _, number = (row[_TOGETHER] or "").rpartition("_")
            else:
                name, number = row["ImageId"] or "", row["ClassId"] or ""
            if encoded := (row[_RUNS] or "").strip():
                yield rows.line_num, name, number.strip(), encoded


def _sample(path: Path, runs: dict[str, str]) -> Sample:
    shown = tuple((label, runs[label]) for label in CLASSES if label in runs)
    label = TOGETHER.join(name for name, _ in shown) or FREE
    return Sample(path.name, path, None, label, path.name, runs=shown)
