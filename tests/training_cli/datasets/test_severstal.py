from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.card import InputSpec
from training_cli.datasets.sample import FREE, SEVERAL, layers, load_images
from training_cli.datasets.severstal import CLASSES, read_severstal
from training_cli.errors import UserError

SEPARATE = """ImageId,ClassId,EncodedPixels
a.jpg,1,1 64
a.jpg,3,1985 64
b.jpg,4,1 128
"""
TOGETHER = """ImageId_ClassId,EncodedPixels
a.jpg_1,1 64
a.jpg_2,
a.jpg_3,1985 64
a.jpg_4,
b.jpg_1,
b.jpg_2,
b.jpg_3,
b.jpg_4,1 128
c.jpg_1,
"""


def write(folder: Path, index: str) -> Path:
    """Three images of 32×64; runs of 64 pixels are one column of them, of 128 two."""
    (folder / "train_images").mkdir()
    for name in "abc":
        cv2.imwrite(str(folder / "train_images" / f"{name}.jpg"), np.full((64, 32), 90, np.uint8))
    (folder / "train.csv").write_text(index)
    return folder


@pytest.mark.parametrize("index", [SEPARATE, TOGETHER])
def test_both_shapes_say_the_same(tmp_path: Path, index: str) -> None:
    samples = read_severstal(write(tmp_path, index))
    assert [s.label for s in samples] == ["bumps+scratches", "cracks", FREE]
    images = load_images(samples, CLASSES, InputSpec(height=64, width=32))
    assert images.labels.tolist() == [SEVERAL, 3, -1]
    assert images.shown(4).tolist() == [
        [True, False, True, False],
        [False, False, False, True],
        [False] * 4,
    ]
    both = layers(images.masks[0], SEVERAL, 4)
    assert both.sum((1, 2)).tolist() == [64, 0, 64, 0]
    assert both[0, :, 0].all()
    assert both[2, :, 31].all()
    assert layers(images.masks[1], 3, 4)[3, :, :2].all()
    assert not images.masks[2].any()


def test_masks_are_reduced_with_their_images(tmp_path: Path) -> None:
    samples = read_severstal(write(tmp_path, SEPARATE))
    images = load_images(samples[1:], CLASSES, InputSpec(height=32, width=16))
    assert images.masks[0].tolist() == [[1] + [0] * 15] * 32


@pytest.mark.parametrize(
    ("index", "sentence"),
    [
        ("ImageId,EncodedPixels\n", "needs the columns ImageId, ClassId and EncodedPixels"),
        ("ImageId,ClassId,EncodedPixels\nd.jpg,1,1 1\n", r"line 2: there is no d\.jpg"),
        ("ImageId,ClassId,EncodedPixels\na.jpg,5,1 1\n", "line 2: the class '5' is none of"),
        ("ImageId,ClassId,EncodedPixels\na.jpg,1,1 1\na.jpg,1,9 1\n", "line 3: .* stands twice"),
    ],
)
def test_what_is_laid_out_otherwise_is_refused(tmp_path: Path, index: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read_severstal(write(tmp_path, index))


def test_runs_that_leave_the_image_are_refused(tmp_path: Path) -> None:
    index = "ImageId,ClassId,EncodedPixels\na.jpg,1,2000 64\n"
    samples = read_severstal(write(tmp_path, index))
    with pytest.raises(UserError, match=r"The runs of a\.jpg do not hold: .* outside of 32×64"):
        load_images(samples, CLASSES, InputSpec(height=64, width=32))


def test_another_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"it needs train\.csv and train_images"):
        read_severstal(tmp_path)
