"""Reads KolektorSDD: a folder kosNN for each commutator, with PartN.jpg and PartN_label.*."""

from __future__ import annotations

from pathlib import Path

import cv2

from training_cli.datasets.ksdd2 import DEFECT
from training_cli.datasets.sample import FREE, Sample
from training_cli.errors import UserError


def read_kolektor(folder: Path) -> list[Sample]:
    """List all samples; the eight of one commutator belong together.

    A mask of nothing but black is a good surface, and so is one that has no mask.

    Raises:
        UserError: The folder is not laid out that way, or a mask cannot be read.
    """
    images = sorted(folder.glob("kos*/Part*.jpg"))
    if not images:
        raise UserError(
            f"{folder} is not laid out like KolektorSDD: it needs kosNN/PartN.jpg, and "
            "kosNN/PartN_label.bmp or .png."
        )
    samples = [_sample(image) for image in images]
    if all(sample.mask is None for sample in samples):
        raise UserError(
            f"{folder} has no mask that marks a defect: expected kosNN/PartN_label.bmp or .png."
        )
    return samples


def _sample(image: Path) -> Sample:
    name = f"{image.parent.name}/{image.name}"
    masks = sorted(image.parent.glob(f"{image.stem}_label.*"))
    if not masks:
        return Sample(name, image, None, FREE, image.parent.name)
    mask = cv2.imread(str(masks[0]), cv2.IMREAD_GRAYSCALE)
    if mask is None:
        raise UserError(f"{masks[0]} is not an image that can be read: restore the file.")
    if mask.any():
        return Sample(name, image, masks[0], DEFECT, image.parent.name)
    return Sample(name, image, None, FREE, image.parent.name)
