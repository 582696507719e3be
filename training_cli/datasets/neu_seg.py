"""Reads NEU-Seg: photographs of hot-rolled steel, and masks with a grey level a class."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from training_cli.datasets.sample import FREE, TOGETHER, Sample
from training_cli.errors import UserError

CLASSES = ("inclusion", "patches", "scratches")
"""Of grey level 1 to 3; 0 is background."""


def read_neu_seg(folder: Path) -> list[Sample]:
    """List `images/NAME.jpg` with `annotations/NAME.png`; each image is a part of its own.

    Raises:
        UserError: The folder is not laid out that way, or a mask has another grey level.
    """
    images = sorted((folder / "images").glob("*.jpg"))
    if not images:
        raise UserError(
            f"{folder} is not laid out like NEU-Seg: it needs images/NAME.jpg and "
            "annotations/NAME.png."
        )
    return [_sample(image, folder / "annotations" / f"{image.stem}.png") for image in images]


def _sample(image: Path, annotation: Path) -> Sample:
    mask = cv2.imread(str(annotation), cv2.IMREAD_GRAYSCALE) if annotation.is_file() else None
    if mask is None:
        raise UserError(f"{image} has no mask that can be read: expected it at {annotation}.")
    levels = np.flatnonzero(np.bincount(np.asarray(mask).ravel()))
    if levels[-1] > len(CLASSES):
        raise UserError(
            f"{annotation} has the grey level {levels[-1]}: 0 is background, 1 to "
            f"{len(CLASSES)} are {', '.join(CLASSES)}."
        )
    label = TOGETHER.join(CLASSES[level - 1] for level in levels if level) or FREE
    return Sample(image.name, image, annotation, label, image.name, levels=CLASSES)
