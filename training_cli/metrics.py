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

    @classmethod
    def of(cls, predicted: NDArray[np.bool_], truth: NDArray[np.bool_]) -> PixelCounts:
        """Of one image, bool (classes, height, width) both."""
        counts = cls(len(truth))
        counts.add(predicted[None], truth[None])
        return counts

    def iou(self) -> list[float]:
        """TP / (TP + FP + FN) of each class; 1 for a class that is neither shown nor predicted."""
        return [_ratio(*column) for column in self._sums.T]

    def pooled_iou(self) -> float:
        """The same over all pixels and classes together (Caruso et al. 2024, eq. 8)."""
        return _ratio(*self._sums.sum(1))

    def dice(self) -> list[float]:
        """2 TP / (2 TP + FP + FN) of each class; 1 for one neither shown nor predicted."""
        return [_dice(iou) for iou in self.iou()]

    def pooled_dice(self) -> float:
        return _dice(self.pooled_iou())


def _dice(iou: float) -> float:
    return 2 * iou / (1 + iou)


def _ratio(hits: int, false: int, missed: int) -> float:
    total = hits + false + missed
    return float(hits / total) if total else 1.0
