"""Chooses the score that counts, from images without a defect that were not trained on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

FALSE_REJECTS = 0.05
MARGIN = 0.1
"""Logits above the highest defect-free score, where not one may be rejected."""


def choose_offsets(free_scores: NDArray[np.float32], false_rejects: float) -> NDArray[np.float32]:
    """Logits at which at most a share of the defect-free images is rejected: float32 (classes,).

    Every class's offset stands at the same quantile of its scores on defect-free images, between
    two scores at the same fraction of the way; it is the lowest one that keeps all classes together
    within the share.

    Args:
        free_scores: float32 (images, classes), logits; at least one image.
        false_rejects: The share, 0..1.
    """
    allowed = int(false_rejects * len(free_scores))
    falling = _falling_offsets(free_scores)
    chosen = next(falling)
    for offsets in falling:
        if (free_scores >= offsets).any(1).sum() > allowed:
            break
        chosen = offsets
    return chosen


def _falling_offsets(scores: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    """From above all scores downwards, each time past the next image or the next score.

    Never at a score: an image that stands exactly at a threshold could fall to either side.
    """
    scores = scores.astype(np.float64)  # no quotient of two float32 overflows it
    ordered = np.sort(scores, axis=0)
    high = ordered[-1] + MARGIN
    yield high.astype(np.float32)
    for lower, upper in zip(ordered[-2::-1], ordered[::-1], strict=False):
        low = (lower + upper) / 2
        span = high - low
        ways = np.full(scores.shape, np.inf)
        np.divide(high - scores, span, out=ways, where=span > 0)
        first = ways.min(1)
        stops = np.unique([0.0, *first[(first > 0) & (first < 1)], 1.0])
        for way in (stops[1:] + stops[:-1]) / 2:
            yield np.maximum(high - way * span, low).astype(np.float32)
        high = low
        yield high.astype(np.float32)
