from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_cli.augmentation.transforms import Geometry, crop_at, relight, transform

STILL = Geometry(degrees=0.0, scale=0.0, shift=0.0)
FREE = Geometry(degrees=10.0, scale=0.2, shift=0.25)


def square() -> tuple[np.ndarray, np.ndarray]:
    mask = np.zeros((64, 80), np.uint8)
    mask[10:30, 20:50] = 1
    return np.where(mask > 0, 220, 40).astype(np.uint8), mask


@given(st.integers(0, 10_000))
def test_image_and_mask_move_together(seed: int) -> None:
    image, mask = transform(*square(), FREE, np.random.default_rng(seed))
    bright = image > 130
    agreement = (bright & (mask > 0)).sum() / max(1, (mask > 0).sum())
    assert agreement > 0.9


def test_without_geometry_only_flips_are_left() -> None:
    image, mask = square()
    seen = set()
    for seed in range(40):
        moved, moved_mask = transform(image, mask, STILL, np.random.default_rng(seed))
        flips = [np.s_[:, :], np.s_[::-1, :], np.s_[:, ::-1], np.s_[::-1, ::-1]]
        (which,) = [i for i, f in enumerate(flips) if np.array_equal(moved, image[f])]
        np.testing.assert_array_equal(moved_mask, mask[flips[which]])
        seen.add(which)
    assert seen == {0, 1, 2, 3}


@given(st.integers(0, 10_000), st.sampled_from([16, 32, 64]))
def test_a_crop_shows_the_defect(seed: int, size: int) -> None:
    image, mask = square()
    cropped, cropped_mask = crop_at(image, mask, size, np.random.default_rng(seed))
    assert cropped.shape == cropped_mask.shape == (size, size)
    assert cropped_mask.any()


def test_a_crop_of_a_wholly_defective_image_is_defective() -> None:
    full = np.ones((64, 64), np.uint8)
    _, mask = crop_at(full, full, 32, np.random.default_rng(0))
    assert mask.all()


@pytest.mark.parametrize("level", [0, 3, 128, 255])
def test_relighting_keeps_type_and_shape_at_every_level(level: int) -> None:
    image = np.full((32, 40), level, np.uint8)
    for seed in range(20):
        lit = relight(image, np.random.default_rng(seed))
        assert lit.dtype == np.uint8
        assert lit.shape == image.shape


def test_relighting_differs_from_seed_to_seed_and_keeps_the_texture() -> None:
    image = np.random.default_rng(0).integers(60, 180, (64, 64), dtype=np.uint8)
    lit = [relight(image, np.random.default_rng(seed)) for seed in range(8)]
    assert len({a.tobytes() for a in lit}) == 8
    for other in lit:
        assert np.corrcoef(image.ravel(), other.ravel())[0, 1] > 0.3
