"""How a classifier does on images that it was not fitted on, and where its threshold stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest
from sklearn.metrics import average_precision_score, roc_auc_score

from training_cli.calibration import MARGIN, choose_offsets
from training_cli.datasets.sample import Sample
from training_cli.errors import UsageError, UserError

DRAWS = 1000
FALSE_REJECTS = 0.02


@dataclass(frozen=True, slots=True)
class Aim:
    """What the threshold is chosen for: a share of false rejects at most, or a recall at least."""

    false_rejects: float = FALSE_REJECTS
    recall: float | None = None

    def __str__(self) -> str:
        if self.recall is not None:
            return f"at least {self.recall:.1%} of the defective ones rejected"
        return f"at most {self.false_rejects:.1%} of the good ones rejected"


def aim_of(false_rejects: float | None, recall: float | None) -> Aim:
    """Of the options of a command.

    Raises:
        UsageError: Both are given.
    """
    if false_rejects is not None and recall is not None:
        raise UsageError("--false-rejects and --recall each choose the threshold: give one.")
    return Aim(FALSE_REJECTS if false_rejects is None else false_rejects, recall)


def choose_level(logits: NDArray[np.float64], defective: NDArray[np.bool_], aim: Aim) -> float:
    """The logit from which a part is rejected, never at one that an image has.

    The lowest one that keeps false rejects within their share, or the highest one that reaches the
    recall.

    Args:
        logits: float64 (n,), of images that were not fitted on.
        defective: bool (n,).
        aim: What for.

    Raises:
        UserError: There are no images to choose by.
    """
    if aim.recall is None:
        free = logits[~defective].astype(np.float32)
        if not len(free):
            raise UserError("No validation image is good, and false rejects cannot be counted.")
        return float(choose_offsets(free[:, None], aim.false_rejects)[0])
    found = np.sort(logits[defective])[::-1]
    if not len(found):
        raise UserError("No validation image is defective, and recall cannot be counted.")
    needed = max(1, int(np.ceil(aim.recall * len(found) - 1e-9)))
    weakest = found[needed - 1]
    below = logits[logits < weakest]
    return float((weakest + below.max()) / 2 if len(below) else weakest - MARGIN)


def figures_of(
    samples: Sequence[Sample],
    logits: NDArray[np.float64],
    defective: NDArray[np.bool_],
    level: float,
) -> dict[str, Any]:
    """Average precision; precision, recall and false rejects at a logit and at probability 0.5.

    Intervals are of 95 %: of shares Wilson's, which take every image for a part of its own, of the
    average precision a seeded bootstrap over physical parts.
    """
    figures: dict[str, Any] = {
        "images": len(logits),
        "parts": len({s.tile for s in samples}),
        "good": int((~defective).sum()),
        "defective": int(defective.sum()),
    }
    if defective.any() and not defective.all():
        interval = precision_interval(logits, defective, [s.tile for s in samples])
        figures |= {
            "average_precision": round(float(average_precision_score(defective, logits)), 4),
            "average_precision_interval_95": interval,
            "auroc": round(float(roc_auc_score(defective, logits)), 4),
        }
    labels = sorted({s.label for s, d in zip(samples, defective, strict=True) if d})
    own = {name: np.array([s.label == name for s in samples]) for name in labels}
    rejected = logits >= level
    return figures | {
        "at_threshold": rates(rejected, defective),
        "recall_by_label": {name: share(rejected[at]) for name, at in own.items()},
        "at_half": rates(logits >= 0, defective),
    }


def rates(rejected: NDArray[np.bool_], defective: NDArray[np.bool_]) -> dict[str, Any]:
    """Precision, recall and false rejects; None where there is nothing to take a share of."""
    return {
        "precision": share(defective[rejected]),
        "recall": share(rejected[defective]),
        "false_rejects": share(rejected[~defective]),
    }


def share(values: NDArray[np.bool_]) -> dict[str, Any] | None:
    """How many are true, with Wilson's interval."""
    count, of = int(values.sum()), len(values)
    if not of:
        return None
    interval = binomtest(count, of).proportion_ci(0.95, "wilson")
    return {
        "count": count,
        "of": of,
        "share": round(count / of, 4),
        "interval_95": [round(float(interval.low), 4), round(float(interval.high), 4)],
    }


def precision_interval(
    logits: NDArray[np.float64], defective: NDArray[np.bool_], parts: Sequence[str]
) -> list[float] | None:
    """Where the average precision of other parts lies with 95 %: a seeded bootstrap's percentiles.

    Drawn are physical parts, with all their images; a draw that is all good or all defective says
    nothing. None of fewer than two parts, or where no draw says anything.
    """
    names, part_of = np.unique(parts, return_inverse=True)
    if len(names) < 2:
        return None
    images = [np.flatnonzero(part_of == part) for part in range(len(names))]
    rng = np.random.default_rng(0)
    found = []
    for _ in range(DRAWS):
        drawn = np.concatenate([images[p] for p in rng.integers(0, len(names), len(names))])
        truth = defective[drawn]
        if truth.any() and not truth.all():
            found.append(average_precision_score(truth, logits[drawn]))
    if not found:
        return None
    return [round(float(end), 4) for end in np.percentile(found, [2.5, 97.5])]
