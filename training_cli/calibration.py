"""Chooses when a class counts as present, from images that were not trained on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.card import Threshold
from training_cli.datasets.sample import Images
from training_cli.run import UNUSUAL

FALSE_REJECTS = 0.05
OFFSETS = "logit_offsets"
"""Key of the offsets among the metrics of a model card."""
AREA_SHARE = 0.5
AREA_RANGE = (4, 1024)
MARGIN = 0.1
"""Logits above the highest defect-free score, where not one may be rejected."""


def minimum_areas(train: Images, classes: Sequence[str]) -> dict[str, int]:
    """The area from which a class counts: half of its 10th percentile in training, 4 to 1024.

    In pixels of the network's output.
    """
    areas = {}
    for index, name in enumerate(classes):
        sizes = np.array([np.count_nonzero(m) for m in train.masks[train.labels == index]], int)
        small = np.percentile(sizes[sizes > 0], 10) if (sizes > 0).any() else 0.0
        areas[name] = int(np.clip(round(AREA_SHARE * float(small)), *AREA_RANGE))
    return areas


def class_scores(values: NDArray[np.float32], areas: Sequence[int]) -> NDArray[np.float32]:
    """A class's score is its k-th largest value, k its minimum area: float32 (classes,).

    Args:
        values: float32 (classes, height, width), probabilities or logits.
    """
    flat = values.reshape(len(areas), -1)
    ranks = [flat.shape[1] - area for area in areas]
    return np.array(
        [np.partition(row, r)[r] for row, r in zip(flat, ranks, strict=True)], np.float32
    )


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """When a class counts as present.

    Attributes:
        offsets: float32 (classes,): the logit that counts. The export subtracts them, so that
            every class's threshold stands at probability 0.5 and scores spread evenly around it.
        thresholds: By class, on that scale.
    """

    offsets: NDArray[np.float32]
    thresholds: dict[str, Threshold]

    @classmethod
    def of(cls, offsets: NDArray[np.float32], areas: Mapping[str, int]) -> Calibration:
        thresholds = {n: Threshold(score=0.5, min_area_px=area) for n, area in areas.items()}
        return cls(offsets.astype(np.float32), thresholds)

    def named_offsets(self) -> dict[str, float]:
        """By class, to four places, for reports and cards."""
        rounded = (round(float(offset), 4) for offset in self.offsets)
        return dict(zip(self.thresholds, rounded, strict=True))


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


def offsets_for(
    free_scores: NDArray[np.float32], labels: Sequence[str], false_rejects: float
) -> NDArray[np.float32]:
    """Logits at which labels count, with at most a share of the defect-free images rejected.

    Where there is `UNUSUAL`, which holds the evidence of all classes, it alone uses up the share,
    and a class is named where no defect-free image shows it. See `choose_offsets`.
    """
    if UNUSUAL not in labels:
        return choose_offsets(free_scores, false_rejects)
    own = list(labels).index(UNUSUAL)
    offsets = choose_offsets(free_scores, 0.0)
    offsets[own] = choose_offsets(free_scores[:, [own]], false_rejects)[0]
    return offsets


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
