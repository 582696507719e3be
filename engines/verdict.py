"""What every engine returns for one part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray


class Decision(StrEnum):
    """The machine's answer. Only `PASS` lets a part go on; the other two leave with the rejects."""

    PASS = "PASS"
    REJECT = "REJECT"
    UNDECIDED = "UNDECIDED"


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in pixels of the frame, origin at the top left."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect that an engine found.

    Attributes:
        label: The class, one of the model card's.
        score: Its strength in 0..1, highest value inside the finding.
        threshold: The score from which this class counts, in force for this part.
        box: Bounding rectangle in frame pixels.
        area_px: Area in frame pixels.
        outline: Closed polygon in frame pixels (x, y); empty for engines that only have boxes.
        region: Name of the recipe's region it lies in.
        frame: Number of the part's frame that shows it, from 0.
        nominal: Where the outline belongs, point by point; empty where that is not what is judged.
    """

    label: str
    score: float
    threshold: float
    box: Box
    area_px: int
    outline: tuple[tuple[int, int], ...] = ()
    region: str = "part"
    frame: int = 0
    nominal: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class AnomalyMap:
    """How suspicious each place of the image is, on a scale that the threshold fixes.

    Attributes:
        values: float32 (height, width), covering the whole frame at the network's resolution;
            0 is clean, 0.5 stands exactly at the threshold, 1 is the top of the scale.
            Read-only.
    """

    values: NDArray[np.float32]

    @classmethod
    def from_scores(cls, scores: NDArray[np.float32], threshold: float) -> AnomalyMap:
        """Scale scores in 0..1 piecewise linearly so that `threshold` lands at 0.5.

        Args:
            scores: float32 (height, width) in 0..1.
            threshold: The score from which a pixel counts, strictly between 0 and 1.
        """
        below = scores * np.float32(0.5 / threshold)
        above = 0.5 + (scores - np.float32(threshold)) * np.float32(0.5 / (1.0 - threshold))
        values = np.where(scores < threshold, below, above).astype(np.float32)
        values.setflags(write=False)
        return cls(values)

    @classmethod
    def from_uint8(cls, steps: NDArray[np.uint8]) -> AnomalyMap:
        """The map of which `as_uint8` made these steps, rounded to them."""
        values = steps.astype(np.float32) / np.float32(255.0)
        values.setflags(write=False)
        return cls(values)

    def as_uint8(self) -> NDArray[np.uint8]:
        """The map in 256 even steps, to be kept or drawn; what is not a number is at the top."""
        values = np.clip(np.nan_to_num(self.values, nan=1.0), 0.0, 1.0)
        return (values * np.float32(255.0) + np.float32(0.5)).astype(np.uint8)


_NO_TIMES: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """The machine's judgement of one part. It is never changed afterwards.

    Attributes:
        decision: `REJECT` exactly when `score >= threshold`, unless `UNDECIDED`.
        score: The deciding class's score in 0..1; NaN never appears: it is None when undecided.
        threshold: The deciding class's threshold; None when undecided.
        findings: Strongest first.
        within: What was located and lies where it belongs, each with its highest score.
        anomaly_map: Where the engine looked and what it saw, or None.
        elapsed_ms: Milliseconds by step (`prepare`, `network`, `decide`).
        reason: Code of the reason when undecided (see `inspector_gui.inspection.reasons`), else "".
        detail: The reason in one sentence for people, else "".
    """

    decision: Decision
    score: float | None
    threshold: float | None
    findings: tuple[Finding, ...] = ()
    anomaly_map: AnomalyMap | None = None
    elapsed_ms: Mapping[str, float] = field(default_factory=lambda: _NO_TIMES)
    reason: str = ""
    detail: str = ""
    within: tuple[Finding, ...] = ()

    @property
    def frame(self) -> int:
        """Number of the part's frame that shows best why."""
        return self.findings[0].frame if self.findings else 0

    @classmethod
    def undecided(cls, reason: str, detail: str) -> Verdict:
        """A part about which nothing can be said, and why."""
        return cls(Decision.UNDECIDED, None, None, reason=reason, detail=detail)
