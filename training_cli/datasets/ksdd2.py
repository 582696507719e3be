"""Reads KolektorSDD2: train/ and test/, each with NNNNN.png and its mask NNNNN_GT.png."""

from __future__ import annotations

from pathlib import Path

import cv2

from training_cli.datasets.sample import FREE, Sample
from training_cli.errors import UserError

DEFECT = "defect"
TRAIN, TEST = "train", "test"


def read_ksdd2(folder: Path) -> list[Sample]:
    """List all samples; each is a part of its own. A mask of nothing but black is a good part.

    Raises:
        UserError: The folder is not laid out that way, or a mask is missing.
    """
    images = [p for part in (TRAIN, TEST) for p in sorted((folder / part).glob("*.png"))]
    images = [path for path in images if path.stem.isdigit()]
    if {path.parent.name for path in images} != {TRAIN, TEST}:
        raise UserError(
            f"{folder} is not laid out like KolektorSDD2: it needs NNNNN.png and NNNNN_GT.png in "
            "train and in test."
        )
    return [_sample(image) for image in images]


def _sample(image: Path) -> Sample:
    path = image.with_name(f"{image.stem}_GT.png")
    mask = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) if path.is_file() else None
    if mask is None:
        raise UserError(f"{image} has no mask that can be read: expected it at {path}.")
    name = f"{image.parent.name}/{image.name}"
    if mask.any():
        return Sample(name, image, path, DEFECT, name)
    return Sample(name, image, None, FREE, name)
