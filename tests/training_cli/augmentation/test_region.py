from __future__ import annotations

import numpy as np
import pytest

from training_cli.augmentation.region import (
    MIN_PIXELS,
    change,
    is_seen,
    moved_into,
    one_patch,
    perlin_places,
)

FLAT = np.full((64, 48), 100, np.uint8)


def square(top: int, left: int, side: int) -> np.ndarray:
    mask = np.zeros(FLAT.shape, np.uint8)
    mask[top : top + side, left : left + side] = 1
    return mask


def test_a_defect_is_seen_and_a_texture_on_its_own_kind_is_not() -> None:
    mask = square(20, 20, 12)
    assert is_seen(FLAT, FLAT + 20 * mask, mask)
    assert not is_seen(FLAT, FLAT + 3 * mask, mask)
    first, second = np.random.default_rng(0).integers(60, 160, (2, *FLAT.shape), np.uint8)
    wide = square(2, 2, 40)
    swapped = np.where(wide, second, first)
    assert change(first, swapped, wide) > 15
    assert not is_seen(first, swapped, wide)
    assert is_seen(first, np.where(wide, second + 40, first).astype(np.uint8), wide)


def test_a_colour_alone_is_seen() -> None:
    mask = square(20, 20, 12)
    good = np.stack([FLAT] * 3, 2)
    made = good.copy()
    made[mask > 0, 2] = 160
    assert is_seen(good, made, mask)


def test_grain_is_no_change() -> None:
    rng = np.random.default_rng(0)
    grain = (FLAT + rng.integers(-8, 9, FLAT.shape)).astype(np.uint8)
    assert change(FLAT, grain, square(10, 10, 20)) < 6 < change(FLAT, FLAT + 20, square(9, 9, 9))
    assert change(FLAT, FLAT + 20, np.zeros_like(FLAT)) == 0


@pytest.mark.parametrize("seed", range(8))
def test_places_lie_in_their_region(seed: int) -> None:
    region = square(30, 5, 25) > 0
    mask = perlin_places(FLAT.shape, np.random.default_rng(seed), region)
    assert mask.dtype == np.uint8
    assert mask.sum() >= MIN_PIXELS
    assert not mask[~region].any()


def test_a_region_too_small_for_noise_is_taken_whole() -> None:
    region = square(3, 3, 2) > 0
    mask = perlin_places(FLAT.shape, np.random.default_rng(0), region)
    np.testing.assert_array_equal(mask > 0, region)


def test_one_patch_is_one_of_them_and_mostly_a_large_one() -> None:
    places = square(2, 2, 2) | square(20, 20, 5) | square(50, 30, 10)
    areas = [int(one_patch(places, np.random.default_rng(seed)).sum()) for seed in range(60)]
    assert set(areas) <= {4, 25, 100}
    assert areas.count(100) > areas.count(25) > 0


def test_a_defect_is_moved_into_a_region_and_cut_off_at_its_edge() -> None:
    region = square(40, 30, 12) > 0
    for seed in range(10):
        mask = square(0, 0, 9)
        pixels, moved = moved_into(FLAT + 50 * mask, mask, region, np.random.default_rng(seed))
        assert moved.any()
        assert not moved[~region].any()
        assert (pixels[moved > 0] == 150).all()
    nothing = np.zeros_like(FLAT)
    assert not moved_into(FLAT, nothing, region, np.random.default_rng(0))[1].any()
