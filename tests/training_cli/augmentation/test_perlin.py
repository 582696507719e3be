"""Perlin noise: its range, its lattice, its scale, and that a seed gives the same one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from training_cli.augmentation.perlin import perlin, perlin_mask


@settings(max_examples=30, deadline=None)
@given(st.integers(8, 80), st.integers(8, 80), st.integers(1, 8), st.integers(1, 8))
def test_it_lies_within_one(height: int, width: int, rows: int, columns: int) -> None:
    field = perlin(height, width, (rows, columns), np.random.default_rng(0))
    assert field.shape == (height, width)
    assert field.dtype == np.float32
    assert np.abs(field).max() <= 1.0 + 1e-5


def test_it_is_smooth_within_a_cell_and_goes_through_zero_at_its_corners() -> None:
    field = perlin(256, 256, (4, 4), np.random.default_rng(1))
    steps = np.abs(np.diff(field, axis=1)).max()
    assert 0 < steps < 0.06  # a cell is 64 pixels wide
    assert np.abs(field[63:65, 63:65]).max() < 0.02  # a corner of the lattice
    assert field.std() > 0.15


def test_more_cells_are_finer() -> None:
    coarse, fine = (
        np.abs(np.diff(perlin(128, 128, (n, n), np.random.default_rng(2)))).mean() for n in (2, 32)
    )
    assert fine > 4 * coarse


def test_a_seed_gives_the_same_mask_and_masks_cover_some_of_a_picture() -> None:
    masks = [perlin_mask(64, 64, np.random.default_rng(seed)) for seed in range(40)]
    assert (masks[3] == perlin_mask(64, 64, np.random.default_rng(3))).all()
    shares = [mask.mean() for mask in masks]
    assert 0.01 < np.median(shares) < 0.4
    assert max(shares) < 0.8
