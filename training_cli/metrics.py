"""How well masks agree with the truth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class PixelCounts:
    """Sums true positives, false positives and false negatives, pixel by pixel and per class."""

    def __init__(self, classes: int) -> None:
        self._sums = np.zeros((3, classes), np.int64)

    def add(self, predicted: NDArray[np.bool_], truth: NDArray[np.bool_]) -> None:
        """Count one batch, bool (n, classes, height, width) both."""
        axes = (0, 2, 3)
        self._sums[0] += (predicted & truth).sum(axes)
        self._sums[1] += (predicted & ~truth).sum(axes)
        self._sums[2] += (~predicted & truth).sum(axes)

    def iou(self) -> list[float]:
        """TP / (TP + FP + FN) of each class; 1 for a class that is neither shown nor predicted."""
        return [_ratio(*column) for column in self._sums.T]

    def pooled_iou(self) -> float:
        """The same over all pixels and classes together (Caruso et al. 2024, eq. 8)."""
        return _ratio(*self._sums.sum(1))


def _ratio(hits: int, false: int, missed: int) -> float:
    total = hits + false + missed
    return float(hits / total) if total else 1.0
