from __future__ import annotations

import numpy as np
import pytest

from training_cli.augmentation.memseg import memseg

SHAPES = [(90, 70), (90, 70, 3), (33, 101)]


def picture(shape: tuple[int, ...], seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(60, 160, shape, np.uint8)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("texture", [None, np.full((20, 300), 250, np.uint8)])
def test_only_what_is_masked_changes(shape: tuple[int, ...], texture: np.ndarray | None) -> None:
    good = picture(shape)
    before = good.copy()
    made, mask = memseg(good, np.random.default_rng(3), texture=texture) or (None, None)
    assert made is not None
    assert made.shape == good.shape
    assert mask.shape == good.shape[:2]
    assert set(np.unique(mask)) == {0, 1}
    np.testing.assert_array_equal(made[mask == 0], good[mask == 0])
    assert (made[mask == 1] != good[mask == 1]).mean() > 0.3
    np.testing.assert_array_equal(good, before)


def test_it_keeps_to_a_region() -> None:
    region = np.zeros((90, 70), np.bool_)
    region[10:40, 20:60] = True
    texture = np.full((90, 70), 255, np.uint8)
    found = memseg(picture((90, 70)), np.random.default_rng(1), region, texture)
    assert found is not None
    assert not found[1][~region].any()


def test_a_texture_that_cannot_be_told_from_the_picture_makes_nothing() -> None:
    flat = np.full((64, 64), 100, np.uint8)
    assert memseg(flat, np.random.default_rng(0), texture=flat) is None


def test_a_generator_gives_the_same_again() -> None:
    first, second = (memseg(picture((90, 70)), np.random.default_rng(5)) for _ in range(2))
    assert first is not None
    assert second is not None
    np.testing.assert_array_equal(first[0], second[0])
