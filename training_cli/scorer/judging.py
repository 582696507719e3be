"""How a scorer's network does on labelled parts that it was not fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from sklearn.metrics import average_precision_score, roc_auc_score

from training_cli.calibration import choose_offsets
from training_cli.errors import UserError
from training_cli.scorer.run import ScorerRun
from training_cli.scorer.serving import Run, looks_of, scores_of
from training_cli.scorer.sources import Part, load_patches

AT_ONCE = 8
"""Parts whose patches are in memory at a time."""
_LEAST = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Scores of labelled parts.

    Attributes:
        parts: In the order of the rows.
        scores: float32 (parts, patches): of a patch the highest over its looks.
        regions: int64 (patches,), indices into `names`.
        names: Of the regions.
    """

    parts: tuple[Part, ...]
    scores: NDArray[np.float32]
    regions: NDArray[np.int64]
    names: tuple[str, ...]

    @property
    def defective(self) -> NDArray[np.bool_]:
        """bool (parts,)."""
        return np.array([not part.is_good for part in self.parts])

    @property
    def defective_patches(self) -> NDArray[np.bool_]:
        """bool (parts, patches)."""
        return np.array([part.defective for part in self.parts])

    @property
    def by_region(self) -> NDArray[np.float32]:
        """Of each part the highest score in each region: float32 (parts, regions)."""
        highest = [self.scores[:, self.regions == r].max(1) for r in range(len(self.names))]
        return np.stack(highest, 1)


def judge_parts(run: Run, record: ScorerRun, parts: Sequence[Part], batch: int) -> Judged:
    """Score parts.

    Args:
        run: The network, which takes `batch` looks at once.
        record: Of its run.
        parts: At least one, with the regions of the run.

    Raises:
        UserError: The parts have other regions, or a picture cannot be read.
    """
    rows, regions = [], np.zeros(0, np.int64)
    for start in range(0, len(parts), AT_ONCE):
        own = parts[start : start + AT_ONCE]
        patches = load_patches(own, record.settings.size, record.settings.frames)
        if patches.names != record.regions:
            raise UserError(
                f"The parts have the regions {', '.join(patches.names)}, and the network was "
                f"fitted on {', '.join(record.regions)}: name parts of the same product."
            )
        regions = patches.regions[: len(patches) // len(own)]
        found = scores_of(run, looks_of(patches, record), batch).max(1)
        rows.append(found.reshape(len(own), -1))
    return Judged(tuple(parts), np.concatenate(rows), regions, record.regions)


def choose_thresholds(judged: Judged, false_rejects: float | None) -> dict[str, float]:
    """The score of each region from which it rejects a part.

    All regions' thresholds stand at the same quantile of their scores on good parts. It is the
    lowest one that keeps false rejects within a share, or the one with the most parts judged right.

    Args:
        judged: Parts that were not fitted on; good ones among them.
        false_rejects: The share, 0..1; None maximises the accuracy, for which there must be
            defective parts, too.

    Raises:
        UserError: Good or defective parts are missing.
    """
    scores = logit(np.clip(judged.by_region.astype(np.float64), _LEAST, 1 - _LEAST))
    free = scores[~judged.defective].astype(np.float32)
    if not len(free) or (false_rejects is None and not judged.defective.any()):
        raise UserError(
            "Thresholds are chosen on labelled parts, good and defective: name a kit that has "
            "both, or give --false-rejects and a kit of good parts."
        )
    if false_rejects is not None:
        chosen = choose_offsets(free, false_rejects)
    else:
        candidates = [choose_offsets(free, allowed / len(free)) for allowed in range(len(free))]
        chosen = max(candidates, key=lambda c: _right(scores, c, judged.defective))
    levels = np.clip(expit(chosen.astype(np.float64)), _LEAST, 1 - _LEAST)
    return dict(zip(judged.names, map(float, levels), strict=True))


def shifted(
    judged: Judged, thresholds: dict[str, float], by: float
) -> tuple[Judged, dict[str, float]]:
    """The same judgement on scores whose logits are lower by so much."""

    def moved(scores: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(expit(logit(np.clip(scores, _LEAST, 1 - _LEAST)) - by))

    scores = moved(judged.scores.astype(np.float64)).astype(np.float32)
    levels = moved(np.array(list(thresholds.values())))
    return replace(judged, scores=scores), dict(zip(thresholds, levels.tolist(), strict=True))


def figures_of(judged: Judged, thresholds: dict[str, float]) -> dict[str, Any]:
    """Counts and rates at the thresholds, and how well good and defective can be told apart."""
    levels = np.array([thresholds[judged.names[r]] for r in judged.regions])
    rejected = np.asarray(judged.scores >= levels)
    parts = np.asarray(rejected.any(1))
    strongest = (judged.scores / levels).max(1)
    figures: dict[str, Any] = {"parts": _figures(parts, strongest, judged.defective)}
    truth = judged.defective_patches
    if len(judged.names) > 1 and truth.shape == rejected.shape:
        own = {name: judged.regions == r for r, name in enumerate(judged.names)}
        figures["patches"] = {
            name: _figures(rejected[:, at], judged.scores[:, at], truth[:, at])
            for name, at in own.items()
        }
    labels = np.array([part.label for part in judged.parts])
    figures["rejected_by_label"] = {
        str(label): f"{np.count_nonzero(parts[labels == label])} of {np.sum(labels == label)}"
        for label in np.unique(labels)
    }
    return figures


def _right(
    scores: NDArray[np.float64], levels: NDArray[np.float32], truth: NDArray[np.bool_]
) -> int:
    return int(np.count_nonzero((scores >= levels).any(1) == truth))


def _figures(
    rejected: NDArray[np.bool_], scores: NDArray[np.float32], truth: NDArray[np.bool_]
) -> dict[str, Any]:
    """Accuracy, true positive and negative ratio (a defect is positive), AUROC and AP."""
    rejected, scores, truth = rejected.ravel(), scores.ravel(), truth.ravel()
    right = np.asarray(rejected == truth)
    shares = {"accuracy": right, "tpr": right[truth], "tnr": right[~truth]}
    found: dict[str, Any] = {"defective": int(truth.sum()), "good": int((~truth).sum())}
    found |= {k: round(float(v.mean()), 4) if len(v) else None for k, v in shares.items()}
    if truth.all() or not truth.any():
        return found
    return found | {
        "auroc": round(float(roc_auc_score(truth, scores)), 4),
        "average_precision": round(float(average_precision_score(truth, scores)), 4),
    }
