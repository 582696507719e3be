"""Chooses when a class counts as present, from images that were not trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.card import Threshold
from training_cli.calibration import choose_offsets
from training_cli.datasets.sample import Images
from training_cli.segmenter.run import UNUSUAL

OFFSETS = "logit_offsets"
"""Key of the offsets among the metrics of a model card."""
AREA_SHARE = 0.5
AREA_RANGE = (4, 1024)


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
