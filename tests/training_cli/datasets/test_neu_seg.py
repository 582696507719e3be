from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.card import InputSpec
from training_cli.datasets.neu_seg import CLASSES, read_neu_seg
from training_cli.datasets.sample import FREE, layers, load_images
from training_cli.errors import UserError


def write(folder: Path, masks: dict[str, np.ndarray]) -> Path:
    for part in ("images", "annotations"):
        (folder / part).mkdir()
    for name, mask in masks.items():
        cv2.imwrite(str(folder / "images" / f"{name}.jpg"), np.full(mask.shape, 90, np.uint8))
        cv2.imwrite(str(folder / "annotations" / f"{name}.png"), mask)
    return folder


def mask(*levels: int) -> np.ndarray:
    """Columns of 8 pixels with these grey levels."""
    return np.repeat(np.array(levels, np.uint8), 8)[None].repeat(32, axis=0)


def test_grey_levels_are_the_classes(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a": mask(0, 1, 0, 0), "b": mask(2, 0, 3, 0), "c": mask(0, 0, 0, 0)})
    samples = read_neu_seg(folder)
    assert [s.label for s in samples] == ["inclusion", "patches+scratches", FREE]
    images = load_images(samples, CLASSES, InputSpec(height=32, width=32))
    for i, levels in enumerate([(1,), (2, 3), ()]):
        own = layers(images.masks[i], int(images.labels[i]), 3)
        truth = cv2.imread(str(folder / "annotations" / f"{'abc'[i]}.png"), cv2.IMREAD_GRAYSCALE)
        for level in (1, 2, 3):
            assert np.array_equal(own[level - 1], truth == level)
            assert own[level - 1].any() == (level in levels)


def test_what_is_laid_out_otherwise_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not laid out like NEU-Seg"):
        read_neu_seg(tmp_path)
    folder = write(tmp_path, {"a": mask(0, 4, 0, 0)})
    with pytest.raises(UserError, match="the grey level 4"):
        read_neu_seg(folder)
    (folder / "annotations" / "a.png").unlink()
    with pytest.raises(UserError, match=r"a\.jpg has no mask"):
        read_neu_seg(folder)


def test_reads_the_photographs(shared: Path) -> None:
    samples = read_neu_seg(shared / "data" / "neu-seg")
    assert len(samples) == 2200
    assert {name for s in samples for name in s.shown} == set(CLASSES)
