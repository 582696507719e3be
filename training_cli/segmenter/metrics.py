"""How well masks agree with the truth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap

RESAMPLES = 1000


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

    @classmethod
    def total(cls, counts: Sequence[PixelCounts]) -> PixelCounts:
        """Of several images; at least one."""
        total = cls(counts[0]._sums.shape[1])
        total._sums += sum(own._sums for own in counts)
        return total

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


def pooled_iou_interval(
    counts: Sequence[PixelCounts], parts: Sequence[str]
) -> tuple[float, float] | None:
    """Where the pooled IoU of other parts lies with 95 %: percentiles of a seeded bootstrap.

    Drawn are physical parts, with all their images; None of fewer than two.

    Args:
        counts: Of each image.
        parts: The part that it shows.
    """
    names, part_of = np.unique(parts, return_inverse=True)
    if len(names) < 2:
        return None
    sums = np.zeros((len(names), 3), np.int64)
    np.add.at(sums, part_of, [own._sums.sum(1) for own in counts])
    found = bootstrap(
        (sums[:, 0], sums.sum(1)),
        _pooled,
        paired=True,
        vectorized=True,
        n_resamples=RESAMPLES,
        method="percentile",
        rng=0,
    ).confidence_interval
    return float(found.low), float(found.high)


def _pooled(
    hits: NDArray[np.int64], unions: NDArray[np.int64], axis: int = -1
) -> NDArray[np.float64]:
    above, below = hits.sum(axis), unions.sum(axis)
    return np.where(below > 0, above / np.maximum(below, 1), 1.0)


def _dice(iou: float) -> float:
    return 2 * iou / (1 + iou)


def _ratio(hits: int, false: int, missed: int) -> float:
    total = hits + false + missed
    return float(hits / total) if total else 1.0
