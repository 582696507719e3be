"""Chooses when a class counts as present, from images that were not trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engines.card import Threshold
from training_cli.datasets.sample import Images

FALSE_REJECTS = 0.05
LOWEST, HIGHEST = 0.05, 0.999
"""Thresholds stay between these: below, outlines would run far beyond the defect."""
AREA_SHARE = 0.25
AREA_RANGE = (4, 256)


def minimum_areas(train: Images, classes: Sequence[str]) -> dict[str, int]:
    """The area from which a class counts: a quarter of its 10th percentile in training, 4 to 256.

    In pixels of the network's output.
    """
    areas = {}
    for index, name in enumerate(classes):
        sizes = train.masks[train.labels == index].sum((1, 2), dtype=np.int64)
        small = np.percentile(sizes[sizes > 0], 10) if (sizes > 0).any() else 0.0
        areas[name] = int(np.clip(round(AREA_SHARE * float(small)), *AREA_RANGE))
    return areas


def class_scores(probabilities: NDArray[np.float32], areas: Sequence[int]) -> NDArray[np.float32]:
    """A class's score is its k-th largest probability, k its minimum area: float32 (classes,)."""
    flat = probabilities.reshape(len(areas), -1)
    ranks = [flat.shape[1] - area for area in areas]
    return np.array(
        [np.partition(row, r)[r] for row, r in zip(flat, ranks, strict=True)], np.float32
    )


def choose_thresholds(
    free_scores: NDArray[np.float32], areas: Mapping[str, int], false_rejects: float
) -> dict[str, Threshold]:
    """Thresholds at which at most a share of the defect-free images is rejected.

    Every class's threshold stands at the same quantile of its scores on defect-free images; the
    quantile is the lowest that keeps all classes together within the share.

    Args:
        free_scores: float32 (images, classes), in the order of `areas`; at least one image.
        areas: Minimum area by class.
        false_rejects: The share, 0..1.
    """
    count = len(free_scores)
    ordered = np.sort(free_scores, axis=0)
    allowed = int(false_rejects * count)
    for keep in range(count - allowed, count + 1):
        # Halfway to the next higher score, so that no image stands exactly at a threshold.
        above = ordered[keep] if keep < count else np.ones_like(ordered[-1])
        chosen = np.clip((ordered[keep - 1] + above) / 2, LOWEST, HIGHEST).round(4)
        if (free_scores >= chosen).any(1).sum() <= allowed:
            break
    return {
        name: Threshold(score=round(float(score), 4), min_area_px=area)
        for (name, area), score in zip(areas.items(), chosen, strict=True)
    }
