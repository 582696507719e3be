from __future__ import annotations

import cv2
import numpy as np
import pytest

from training_cli.augmentation.injection import (
    Defect,
    Way,
    cut_paste,
    inject,
    inject_labels,
    poisson,
)
from training_cli.datasets.sample import Images

CLASSES = 5


def batch_of(images: Images, chosen: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return (images.pixels[chosen].copy(), images.masks[chosen].copy(), images.labels[chosen].copy())


def test_classes_become_even_and_the_rest_stays_free(toy_images: Images) -> None:
    defective = [0, 6, 1, 2]  # two of class 0, one each of 1 and 2
    free = [5, 11, 17, 23] * 3
    pixels, masks, labels = batch_of(toy_images, defective + free)
    inject_labels(pixels, masks, labels, toy_images, CLASSES, np.random.default_rng(0))
    assert np.bincount(labels[labels >= 0], minlength=CLASSES).tolist() == [2] * CLASSES
    assert (labels < 0).sum() == 16 - 2 * CLASSES
    assert ((masks.sum((1, 2)) > 0) == (labels >= 0)).all()
    untouched = labels < 0
    assert (pixels[untouched] == 90).all()


def test_it_says_which_images_got_a_defect_and_how(toy_images: Images) -> None:
    pixels, masks, labels = batch_of(toy_images, [0, 6, 5, 11, 17, 23] * 4)
    before = labels.copy()
    ways = inject_labels(pixels, masks, labels, toy_images, CLASSES, np.random.default_rng(0))
    assert sorted(ways) == np.flatnonzero(labels != before).tolist()
    assert set(ways.values()) == set(Way)
    for i in (i for i, way in ways.items() if way is Way.CUT_PASTE):
        assert pixels[i][masks[i] > 0].max() == 200


def test_defective_images_are_left_alone(toy_images: Images) -> None:
    pixels, masks, labels = batch_of(toy_images, [0, 6, 1, 5, 11])
    inject_labels(pixels, masks, labels, toy_images, CLASSES, np.random.default_rng(0))
    np.testing.assert_array_equal(pixels[:3], toy_images.pixels[[0, 6, 1]])
    np.testing.assert_array_equal(masks[:3], toy_images.masks[[0, 6, 1]])


def test_the_rarest_class_comes_first(toy_images: Images) -> None:
    pixels, masks, labels = batch_of(toy_images, [0, 1, 2, 4, 5])  # class 3 is missing
    inject_labels(pixels, masks, labels, toy_images, CLASSES, np.random.default_rng(0))
    assert labels[-1] == 3


def test_a_batch_without_defects_gets_one_of_each(toy_images: Images) -> None:
    pixels, masks, labels = batch_of(toy_images, [5, 11, 17, 23] * 2)
    inject_labels(pixels, masks, labels, toy_images, CLASSES, np.random.default_rng(0))
    assert np.bincount(labels[labels >= 0], minlength=CLASSES).tolist() == [1] * CLASSES


def test_a_source_without_defects_changes_nothing(toy_images: Images) -> None:
    free = toy_images.subset(np.flatnonzero(toy_images.labels < 0))
    pixels, masks, labels = batch_of(free, [0, 1])
    inject_labels(pixels, masks, labels, free, CLASSES, np.random.default_rng(0))
    assert (labels < 0).all()
    assert not masks.any()


def test_a_seed_gives_the_same_batch(toy_images: Images) -> None:
    batches = []
    for _ in range(2):
        pixels, masks, labels = batch_of(toy_images, [0, 5, 11, 17, 23])
        inject_labels(pixels, masks, labels, toy_images, CLASSES, np.random.default_rng(9))
        batches.append((pixels, masks, labels))
    for first, second in zip(*batches, strict=True):
        np.testing.assert_array_equal(first, second)


def test_cut_paste_takes_the_defect_and_nothing_else(toy_images: Images) -> None:
    target = np.full((64, 64), 30, np.uint8)
    result = cut_paste(toy_images.pixels[0], toy_images.masks[0], target)
    np.testing.assert_array_equal(result == 200, toy_images.masks[0] > 0)
    np.testing.assert_array_equal(result == 30, toy_images.masks[0] == 0)


def test_poisson_keeps_the_steps_and_takes_the_targets_level(toy_images: Images) -> None:
    target = np.full((64, 64), 30, np.uint8)
    result = poisson(toy_images.pixels[0], toy_images.masks[0], target).astype(int)
    wide = cv2.dilate(toy_images.masks[0], np.ones((11, 11), np.uint8)) > 0
    assert (result[~wide] == 30).all()
    inside = result[toy_images.masks[0] > 0]
    assert abs(inside.mean() - (30 + 110)) < 10


@pytest.mark.parametrize(
    "window", [np.s_[0:1, 0:1], np.s_[:, :], np.s_[63:64, :], np.s_[0:2, 30:31]]
)
def test_poisson_takes_masks_at_the_edge(window: tuple[slice, slice]) -> None:
    mask = np.zeros((64, 64), np.uint8)
    mask[window] = 1
    defect = np.full((64, 64), 200, np.uint8)
    result = poisson(defect, mask, np.full((64, 64), 30, np.uint8))
    assert result.shape == (64, 64)
    assert result.dtype == np.uint8


def spot(shape: tuple[int, ...]) -> Defect:
    """A dark square on grey."""
    pixels, mask = np.full(shape, 140, np.uint8), np.zeros(shape[:2], np.uint8)
    mask[20:32, 24:36] = 1
    pixels[mask > 0] = 30
    return Defect(pixels, mask)


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("shape", [(64, 64), (100, 48), (64, 64, 3)])
@pytest.mark.parametrize("defect_shape", [(64, 64), (64, 64, 3)])
def test_a_defect_of_any_size_and_colour_is_injected(
    way: Way, shape: tuple[int, ...], defect_shape: tuple[int, ...]
) -> None:
    good = np.full(shape, 120, np.uint8)
    found = inject(good, spot(defect_shape), way, np.random.default_rng(2))
    assert found is not None
    made, mask = found
    assert made.shape == shape
    assert mask.shape == shape[:2]
    assert made[mask > 0].mean() < 90
    far = cv2.dilate(mask, np.ones((13, 13))) == 0
    assert (made[far] == 120).all()
    assert (good == 120).all()


@pytest.mark.parametrize("way", Way)
def test_injection_changes_nothing_outside_a_region(way: Way) -> None:
    good = np.random.default_rng(0).integers(110, 130, (64, 64), np.uint8)
    region = np.zeros(good.shape, np.bool_)
    region[40:60, 5:25] = True
    for seed in range(5):
        found = inject(good, spot((64, 64)), way, np.random.default_rng(seed), region)
        assert found is not None
        np.testing.assert_array_equal(found[0][~region], good[~region])
        assert not found[1][~region].any()


def test_what_cannot_be_seen_is_not_injected() -> None:
    flat = np.full((64, 64), 120, np.uint8)
    unseen = Defect(flat + np.uint8(2), spot((64, 64)).mask)
    for way in Way:
        assert inject(flat, unseen, way, np.random.default_rng(0)) is None
