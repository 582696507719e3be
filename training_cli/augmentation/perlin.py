"""Perlin noise (Perlin 1985, with the fade curve of 2002), and places that it covers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]


def perlin(height: int, width: int, cells: tuple[int, int], rng: np.random.Generator) -> Field:
    """Gradient noise, float32 (height, width), mean 0, within ±1.

    Args:
        cells: Of the lattice, down and across; the more, the finer.
    """
    rows, columns = cells
    angles = rng.uniform(0.0, 2 * np.pi, (rows + 1, columns + 1)).astype(np.float32)
    slopes = np.cos(angles), np.sin(angles)
    y, at_y = _steps(height, rows)
    x, at_x = _steps(width, columns)
    fade_y, fade_x = _fade(y)[:, None], _fade(x)[None, :]

    def corner(down: int, right: int) -> Field:
        place = np.ix_(at_y + down, at_x + right)
        dot = slopes[0][place] * (x - right)[None, :] + slopes[1][place] * (y - down)[:, None]
        return np.asarray(dot, np.float32)

    above = corner(0, 0) * (1 - fade_x) + corner(0, 1) * fade_x
    below = corner(1, 0) * (1 - fade_x) + corner(1, 1) * fade_x
    return np.asarray(np.sqrt(2.0) * (above * (1 - fade_y) + below * fade_y), np.float32)


def perlin_mask(
    height: int, width: int, rng: np.random.Generator, finest: int = 6
) -> NDArray[np.bool_]:
    """Where noise of a random scale is strong: some patches of any form, rarely none.

    Args:
        finest: Power of two of the most cells along a side.
    """
    cells = (2 ** int(rng.integers(1, finest + 1)), 2 ** int(rng.integers(1, finest + 1)))
    field = perlin(height, width, cells, rng)
    return np.asarray(field > rng.uniform(0.3, 0.6))


def _steps(length: int, cells: int) -> tuple[Field, NDArray[np.intp]]:
    """Of each pixel: place within its cell in 0..1, and the cell's number."""
    place = (np.arange(length, dtype=np.float32) + 0.5) * np.float32(cells / length)
    cell = np.minimum(place.astype(np.intp), cells - 1)
    return place - cell.astype(np.float32), cell


def _fade(t: Field) -> Field:
    return np.asarray(t * t * t * (t * (t * 6 - 15) + 10), np.float32)
