"""Reads a data set laid out like MVTec AD: train/good, test/LABEL, ground_truth/LABEL."""

from __future__ import annotations

from pathlib import Path

from training_cli.datasets.pictures import pictures_in
from training_cli.datasets.sample import FREE, Sample
from training_cli.errors import UserError

GOOD = "good"


def read_mvtec(folder: Path, *, needs_masks: bool = True) -> list[Sample]:
    """List all samples, of the training and the test part alike; each is a part of its own.

    Args:
        folder: The data set.
        needs_masks: Refuse defects without a mask; else their samples have none.

    Raises:
        UserError: The folder is not laid out that way, or a mask is missing.
    """
    images = sorted(pictures_in(folder, "train/good/*") + pictures_in(folder, "test/*/*"))
    if not images:
        raise UserError(
            f"{folder} holds no images in train/good or test/LABEL: name a folder in MVTec AD "
            "layout, such as `inspector-train synthesize` writes."
        )
    return [_sample(folder, image, needs_masks) for image in images]


def _sample(folder: Path, image: Path, needs_mask: bool) -> Sample:
    label = image.parent.name
    mask: Path | None = None
    if label != GOOD:
        mask = folder / "ground_truth" / label / f"{image.stem}_mask.png"
        if not mask.is_file():
            if needs_mask:
                raise UserError(f"{image} has no mask: expected it at {mask}.")
            mask = None
    name = image.relative_to(folder).as_posix()
    return Sample(name, image, mask, FREE if label == GOOD else label, name)
