"""Locates a chip on a board and says whether it is there and lies where it belongs.

After Saif, Aras and Giuseppi, "Automated optical inspection for printed circuit board assembly
manufacturing with transfer learning and synthetic data generation" (2022). Corners come in the
order of that paper: upper left, upper right, lower left, lower right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from time import perf_counter
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engines.card import Threshold
from engines.errors import ForeignModel
from engines.onnx_engine import OnnxEngine
from engines.preprocessing import prepare
from engines.runtime import Model
from engines.tally import MAX_FINDINGS
from engines.verdict import Box, Decision, Finding, Verdict

CORNERS, PRESENCE = "corners", "presence"
DISPLACED, ROTATED, SHAPE, MISSING = "displaced", "rotated", "shape", "missing"
LABELS = (DISPLACED, ROTATED, SHAPE, MISSING)
THRESHOLD = 0.5
"""Of every score: where a measure reaches its tolerance."""
_PAIRS = np.array([(0, 1), (2, 3), (0, 2), (1, 3), (0, 3), (1, 2)])
"""Corners between which a chip's four sides and two diagonals run."""
_ROUND = [0, 1, 3, 2]

Points = NDArray[np.float64]
"""(4, 2): x and y of corners in pixels, 0 at the middle of the frame's first one."""


@dataclass(frozen=True, slots=True)
class Tolerances:
    """How far a good chip may lie from its place. What reaches one of them is rejected.

    Attributes:
        displacement_px: Of its centre, in pixels of the frame.
        rotation_deg: Either way, in degrees.
        side_px: Between the length of a side or diagonal and what it should be.
    """

    displacement_px: float
    rotation_deg: float
    side_px: float


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip, where it belongs, and where to look for it.

    Attributes:
        name: As findings and records call it.
        corners: Where they belong: upper left, upper right, lower left, lower right, x and y in
            pixels of the frame, 0 at the middle of the first one.
        tolerances: Of its place.
        x, y, width, height: What of the frame the network is shown, in whole pixels.
    """

    name: str
    corners: tuple[tuple[float, float], ...]
    tolerances: Tolerances
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Measures:
    """What a located chip differs by from its place; `side_px` as in `Tolerances`."""

    displacement_px: float
    rotation_deg: float
    side_px: float

    def over(self, tolerances: Tolerances) -> dict[str, float]:
        """By label, the share of its tolerance that each takes; 1 is exactly at it."""
        return {
            DISPLACED: self.displacement_px / tolerances.displacement_px,
            ROTATED: abs(self.rotation_deg) / tolerances.rotation_deg,
            SHAPE: self.side_px / tolerances.side_px,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """What the network says of one chip: its corners, and how sure it is that there is one."""

    corners: Points
    presence: float


def measure(found: Points, nominal: Points) -> Measures:
    """Compare corners with where they belong.

    The rotation is that of the rigid motion that brings the nominal corners nearest to the found
    ones. Corners in another sense of rotation than the nominal ones are of no rectangle: their
    `side_px` is infinite.
    """
    shift = found.mean(axis=0) - nominal.mean(axis=0)
    own, other = found - found.mean(axis=0), nominal - nominal.mean(axis=0)
    cross = float((other[:, 0] * own[:, 1] - other[:, 1] * own[:, 0]).sum())
    turn = math.degrees(math.atan2(cross, float((other * own).sum())))
    differences = np.abs(_lengths(found) - _lengths(nominal))
    mirrored = signed_area(found) * signed_area(nominal) <= 0
    return Measures(
        float(np.hypot(*shift)), turn, math.inf if mirrored else float(differences.max())
    )


def signed_area(corners: Points) -> float:
    """In square pixels; positive for corners as they are listed, upper left first."""
    (x1, y1), (x2, y2) = corners[3] - corners[0], corners[2] - corners[1]
    return float(x1 * y2 - y1 * x2) / 2


def is_rectangle(corners: Sequence[tuple[float, float]]) -> bool:
    """Whether these are the corners of a rectangle in their order, to a hundredth of its sides."""
    points = np.array(corners, np.float64)
    upper, lower, left, right = points[_PAIRS[:4, 1]] - points[_PAIRS[:4, 0]]
    sides = np.hypot(*upper), np.hypot(*left)
    tolerance = 0.01 * min(sides)
    return (
        signed_area(points) > 0
        and float(np.hypot(*(upper - lower))) <= tolerance
        and float(np.hypot(*(left - right))) <= tolerance
        and abs(float(upper @ left)) <= 0.01 * sides[0] * sides[1]
    )


def score_of(ratio: float) -> float:
    """A share of a tolerance as a score: 0.5 is exactly at the tolerance, 1 infinitely far."""
    return 1.0 if math.isinf(ratio) else ratio / (1.0 + ratio)


class ChipLocalizer(OnnxEngine):
    """Rejects a part when one of its chips is missing, or out of a tolerance.

    The network takes uint8 (1, height, width, 3) and gives `corners`, float32 (1, 8): x and y of
    four corners as fractions of what it is shown, and `presence`, float32 (1,) in 0..1. Below 0.5
    no chip is there, and the corners say nothing.

    Scores are shares r of a tolerance as r / (1 + r); that of a missing chip is 1 - presence. The
    part's score is the highest one.
    """

    engine = "chip_localizer"

    def __init__(self, model: Model, chips: Sequence[Chip], size: tuple[int, int] | None) -> None:
        """Take an open model.

        Args:
            model: A localizer's.
            chips: What to look for, at least one.
            size: Height and width that every frame must have.

        Raises:
            ForeignModel: The model's outputs are not those of this engine.
            ValueError: There is no chip or size, or what is to be looked at lies outside the frame.
        """
        super().__init__(model)
        self._chips = tuple(chips)
        self._check_model()
        if not chips or size is None:
            raise ValueError("a localizer looks for chips on a board, and none is named")
        self._size = size
        for chip in chips:
            if not (chip.x >= 0 and chip.width > 0 and chip.x + chip.width <= size[1]):
                raise ValueError(f"chip {chip.name!r} is looked for outside the frame")
            if not (chip.y >= 0 and chip.height > 0 and chip.y + chip.height <= size[0]):
                raise ValueError(f"chip {chip.name!r} is looked for outside the frame")

    @property
    def frames_per_part(self) -> int:
        return 1

    @property
    def frames_in_use(self) -> None:
        return None

    @property
    def thresholds(self) -> Mapping[str, Mapping[str, Threshold]]:
        own = MappingProxyType({label: Threshold(score=THRESHOLD) for label in LABELS})
        return {chip.name: own for chip in self._chips}

    def judge(self, images: Sequence[NDArray[np.uint8]]) -> Verdict:
        """As the protocol says.

        Raises:
            ValueError: There is more than one image, it has another size, or the network's answer
                is not a number.
        """
        (image,) = images
        started = perf_counter()
        inputs = self._inputs(image)
        prepared = perf_counter()
        located = [
            self._located(shown, chip) for shown, chip in zip(inputs, self._chips, strict=True)
        ]
        ran = perf_counter()
        verdict = decide(self._chips, located)
        times = {
            "prepare": (prepared - started) * 1e3,
            "network": (ran - prepared) * 1e3,
            "decide": (perf_counter() - ran) * 1e3,
        }
        return replace(verdict, elapsed_ms=times)

    def locate(self, image: NDArray[np.uint8]) -> list[Located]:
        """The chips of one image, in their order, without a decision; errors as `judge`."""
        inputs = self._inputs(image)
        return [self._located(shown, chip) for shown, chip in zip(inputs, self._chips, strict=True)]

    def _inputs(self, image: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
        height, width = image.shape[:2]
        if (height, width) != self._size:
            raise ValueError(
                f"a frame of {width}×{height} pixels, where {self._size[1]}×{self._size[0]} are "
                "expected"
            )
        return [
            prepare(image[c.y : c.y + c.height, c.x : c.x + c.width], self.card.input)
            for c in self._chips
        ]

    def _located(self, shown: NDArray[np.uint8], chip: Chip) -> Located:
        answer = self._model.run(shown)
        fractions, presence = answer[CORNERS].reshape(4, 2), float(answer[PRESENCE][0])
        if not (np.isfinite(fractions).all() and 0.0 <= presence <= 1.0):
            raise ValueError("the network's answer is not a number")
        size, start = (chip.width, chip.height), (chip.x, chip.y)
        return Located(fractions.astype(np.float64) * size + start - 0.5, presence)

    def _check_model(self) -> None:
        spec = self.card.input
        outputs = self._model.run(np.zeros(spec.shape, np.uint8))
        shapes = {name: value.shape for name, value in outputs.items()}
        if shapes.get(CORNERS) != (1, 8) or shapes.get(PRESENCE) != (1,):
            raise ForeignModel(
                f"Model {self._model.path.name} is refused: a localizer gives {CORNERS!r} with "
                f"eight numbers and {PRESENCE!r} with one."
            )


def decide(chips: Sequence[Chip], located: Sequence[Located]) -> Verdict:
    """The verdict on a part from what was located of each of its chips."""
    scores: list[float] = []
    findings: list[Finding] = []
    within: list[Finding] = []
    for chip, found in zip(chips, located, strict=True):
        own = scores_of(chip, found)
        scores += own.values()
        over = [_finding(chip, found, label, s) for label, s in own.items() if s >= THRESHOLD]
        findings += over
        if not over:
            label = max(set(own) - {MISSING}, key=own.__getitem__)
            within.append(_finding(chip, found, label, own[label]))
    findings.sort(key=lambda f: f.score, reverse=True)
    decision = Decision.REJECT if findings else Decision.PASS
    shown = tuple(findings[:MAX_FINDINGS])
    return Verdict(decision, max(scores), THRESHOLD, shown, within=tuple(within[:MAX_FINDINGS]))


def scores_of(chip: Chip, found: Located) -> dict[str, float]:
    """By label; of a chip that is not there its absence alone."""
    absence = 1.0 - found.presence
    if absence >= THRESHOLD:
        return {MISSING: absence}
    ratios = measure(found.corners, np.array(chip.corners)).over(chip.tolerances)
    return {MISSING: absence, **{label: score_of(ratio) for label, ratio in ratios.items()}}


def _finding(chip: Chip, found: Located, label: str, score: float) -> Finding:
    nominal = np.array(chip.corners)
    is_there = label != MISSING
    corners = found.corners if is_there else nominal
    left, top = (floor(v) for v in corners.min(axis=0))
    right, bottom = (ceil(v) + 1 for v in corners.max(axis=0))
    return Finding(
        label=label,
        score=score,
        threshold=THRESHOLD,
        box=Box(left, top, right - left, bottom - top),
        area_px=round(abs(signed_area(corners))),
        outline=_closed(corners) if is_there else (),
        region=chip.name,
        nominal=_closed(nominal) if is_there else (),
    )


def _closed(corners: Points) -> tuple[tuple[int, int], ...]:
    """In the order in which they are drawn."""
    return tuple((round(x), round(y)) for x, y in corners[_ROUND].tolist())


def _lengths(corners: Points) -> NDArray[np.float64]:
    ends = corners[_PAIRS]
    return np.asarray(np.hypot(*(ends[:, 1] - ends[:, 0]).T))
