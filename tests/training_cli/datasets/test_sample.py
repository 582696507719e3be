from __future__ import annotations

import dataclasses
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.card import InputSpec
from engines.preprocessing import prepare
from training_cli.datasets.magnetic_tiles import CLASSES
from training_cli.datasets.sample import (
    FREE_INDEX,
    SEVERAL,
    Images,
    Sample,
    fingerprint,
    load_images,
)
from training_cli.errors import UserError

SPEC = InputSpec(height=32, width=32)


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    image = np.random.default_rng(0).integers(0, 256, (48, 64), dtype=np.uint8)
    mask = np.zeros((48, 64), np.uint8)
    mask[:24] = 128
    mask[24:] = 127
    cv2.imwrite(str(tmp_path / "a.png"), image)
    cv2.imwrite(str(tmp_path / "a_mask.png"), mask)
    return Sample("a.png", tmp_path / "a.png", tmp_path / "a_mask.png", "crack", "t1")


def test_pixels_are_those_that_the_station_sees(sample: Sample) -> None:
    images = load_images([sample], CLASSES, SPEC)
    seen = prepare(cv2.imread(str(sample.image), cv2.IMREAD_GRAYSCALE), SPEC)
    np.testing.assert_array_equal(images.pixels[0], seen[0, :, :, 0])


def test_a_mask_begins_above_127(sample: Sample) -> None:
    images = load_images([sample], CLASSES, SPEC)
    assert images.masks[0, :16].all()
    assert not images.masks[0, 16:].any()
    assert images.labels.tolist() == [CLASSES.index("crack")]


def test_free_images_have_an_empty_mask(sample: Sample) -> None:
    free = dataclasses.replace(sample, mask=None, label="free")
    images = load_images([free], CLASSES, SPEC)
    assert not images.masks.any()
    assert images.labels.tolist() == [-1]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": "dent"}, "labelled 'dent'"),
        ({"image": Path("nowhere.png")}, "not an image that can be read"),
        ({"mask": Path(__file__)}, "not an image that can be read"),
    ],
)
def test_bad_samples_are_named(sample: Sample, change: dict[str, object], message: str) -> None:
    with pytest.raises(UserError, match=message):
        load_images([dataclasses.replace(sample, **change)], CLASSES, SPEC)


def test_a_mask_of_another_size_is_refused(sample: Sample) -> None:
    cv2.imwrite(str(sample.mask), np.zeros((10, 10), np.uint8))
    with pytest.raises(UserError, match="give the mask the size"):
        load_images([sample], CLASSES, SPEC)


def test_fingerprint_follows_contents_names_and_labels_not_order(sample: Sample) -> None:
    other = dataclasses.replace(sample, name="b.png")
    first = fingerprint([sample, other])
    assert first == fingerprint([other, sample])
    assert first != fingerprint([sample])
    assert first != fingerprint([dataclasses.replace(sample, label="break"), other])
    sample.image.write_bytes(sample.image.read_bytes() + b"\0")
    assert first != fingerprint([sample, other])


def test_an_image_with_defects_of_several_classes_is_not_free(toy_images: Images) -> None:
    toy_images.labels[:2] = SEVERAL
    free = toy_images.free()
    assert len(free) == 4
    assert (free.labels == FREE_INDEX).all()
