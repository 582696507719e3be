"""Lays a network's input over a larger frame in overlapping windows.

Every pixel is answered for by the one window in which it lies farthest from an edge, so the answers
fit together to one map of the frame (the overlap-tile strategy of Ronneberger et al. 2015). Nothing
is averaged: the map holds the network's own answers, a threshold that was chosen on single windows
holds on it, and a defect on a seam is seen by both neighbours with half the overlap around it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.card import InputSpec


@dataclass(frozen=True, slots=True)
class Window:
    """One place of the network's input.

    Attributes:
        top, left: Its first row and column in the padded frame.
        rows, columns: The part of the frame that its answer counts for.
    """

    top: int
    left: int
    rows: slice
    columns: slice

    def answer(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The part that counts of (channels, height, width) from this window."""
        top, left = self.top, self.left
        return values[
            :,
            self.rows.start - top : self.rows.stop - top,
            self.columns.start - left : self.columns.stop - left,
        ]


@lru_cache(maxsize=8)
def windows(height: int, width: int, spec: InputSpec) -> tuple[Window, ...]:
    """The windows over a frame of this size, row by row; their answers cover each pixel once."""
    overlap = spec.tiling.overlap_px if spec.tiling else 0
    return tuple(
        Window(top, left, rows, columns)
        for top, rows in _places(height, spec.height, overlap)
        for left, columns in _places(width, spec.width, overlap)
    )


def padded(frame: NDArray[np.uint8], spec: InputSpec) -> NDArray[np.uint8]:
    """A frame mirrored at its lower and right edge up to the network's height and width.

    Args:
        frame: uint8 (height, width, channels).
    """
    below = max(0, spec.height - frame.shape[0])
    right = max(0, spec.width - frame.shape[1])
    if not below and not right:
        return frame
    mirrored = cv2.copyMakeBorder(frame, 0, below, 0, right, cv2.BORDER_REFLECT_101)
    return np.asarray(mirrored, np.uint8).reshape(*mirrored.shape[:2], frame.shape[2])


def cut(padded_frame: NDArray[np.uint8], window: Window, spec: InputSpec) -> NDArray[np.uint8]:
    """The network's input at a window: uint8 of `spec.shape`, contiguous."""
    rows = slice(window.top, window.top + spec.height)
    columns = slice(window.left, window.left + spec.width)
    return np.ascontiguousarray(padded_frame[rows, columns]).reshape(spec.shape)


def stitched(
    frame: NDArray[np.uint8],
    spec: InputSpec,
    run: Callable[[NDArray[np.uint8]], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """The whole map of one frame at once, as the trainer needs it; the station never keeps one.

    Args:
        frame: uint8 (height, width, channels), already at the network's scale.
        spec: The network's input.
        run: From uint8 of `spec.shape` to float32 (channels, spec.height, spec.width).

    Returns:
        float32 (channels, height, width).
    """
    height, width = frame.shape[:2]
    source = padded(frame, spec)
    whole: NDArray[np.float32] | None = None
    for window in windows(height, width, spec):
        values = run(cut(source, window, spec))
        if whole is None:
            whole = np.empty((len(values), height, width), np.float32)
        whole[:, window.rows, window.columns] = window.answer(values)
    assert whole is not None
    return whole


def _places(length: int, size: int, overlap: int) -> list[tuple[int, slice]]:
    """First pixel of each window along one side, evenly spread, and what it answers for."""
    count = max(1, -(-(length - overlap) // (size - overlap)))
    room = max(0, length - size)
    starts = [round(i * room / max(1, count - 1)) for i in range(count)]
    seams = [(a + size + b) // 2 for a, b in pairwise(starts)]
    return list(zip(starts, map(slice, [0, *seams], [*seams, length]), strict=True))
