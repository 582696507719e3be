"""Run lengths of a mask, as Severstal's `EncodedPixels` holds them.

Pairs of start and length, separated by spaces; pixels are counted from 1, down the first column,
then down the next.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def encode(mask: NDArray[np.bool_]) -> str:
    """The runs of a bool (height, width) mask, in rising order; empty for an empty mask."""
    flat = np.concatenate([[False], mask.T.ravel(), [False]])
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    starts, ends = edges[::2], edges[1::2]
    return " ".join(f"{start + 1} {end - start}" for start, end in zip(starts, ends, strict=True))


def decode(runs: str, height: int, width: int) -> NDArray[np.bool_]:
    """The bool (height, width) mask of runs; nothing but spaces means an empty one.

    Raises:
        ValueError: They are no pairs of whole numbers in rising order, or leave the image.
    """
    words = runs.split()
    if not all(word.isascii() and word.isdigit() for word in words):
        raise ValueError(f"{_short(runs)} holds something else than whole numbers")
    if len(words) % 2:
        raise ValueError(f"{_short(runs)} ends with a start that has no length")
    numbers = [int(word) for word in words]
    flat = np.zeros(height * width, np.bool_)
    done = 0
    for start, length in zip(numbers[::2], numbers[1::2], strict=True):
        if start <= done or length < 1:
            raise ValueError(
                f"the run {start} {length} overlaps the one before it, or is empty or out of order"
            )
        done = start + length - 1
        if done > flat.size:
            raise ValueError(f"the run {start} {length} ends outside of {width}×{height} pixels")
        flat[start - 1 : done] = True
    return flat.reshape(width, height).T


def _short(runs: str) -> str:
    return repr(runs if len(runs) <= 40 else runs[:40] + "…")
