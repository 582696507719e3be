"""What lies over a picture: outlines, rectangles, labels and heatmap; not how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.verdict import AnomalyMap, Box, Finding, Verdict

THRESHOLD = 0.5  # where AnomalyMap puts the threshold
TRANSPARENT_BELOW = THRESHOLD / 2
MOST_LABELS = 8
CORNERS = 4  # an outline of exactly so many points is a located rectangle


def _colours() -> NDArray[np.uint8]:
    """Inferno as (256, 4) RGBA, fading in between half the threshold and the threshold."""
    steps = np.arange(256, dtype=np.uint8).reshape(1, -1)
    rgb = cv2.applyColorMap(steps, cv2.COLORMAP_INFERNO)[0, :, ::-1]
    scale = np.linspace(0.0, 1.0, 256)
    alpha = np.interp(scale, (TRANSPARENT_BELOW, THRESHOLD), (0.0, 255.0))
    table = np.column_stack([rgb, alpha.round().astype(np.uint8)])
    table.setflags(write=False)
    return table


COLOURS = _colours()


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding on the picture.

    Attributes:
        points: Corners of a closed line in frame pixels: the mask's outline, else the rectangle's.
        box: What the label must not cover, in frame pixels.
        label: Text of the chip beside it; "" for none.
        has_corners: Whether it is a rectangle that was located, whose corners are marked.
        nominal: Where the line belongs, point by point; empty where that is not what is judged.
        is_within: Whether it lies where it belongs.
    """

    points: tuple[tuple[float, float], ...]
    box: Box
    label: str = ""
    has_corners: bool = False
    nominal: tuple[tuple[float, float], ...] = ()
    is_within: bool = False

    @property
    def displacement(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """From the middle of where it belongs to where it lies, if both are known."""
        if len(self.nominal) != len(self.points):
            return None
        return _middle(self.nominal), _middle(self.points)


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """Everything that lies over one picture.

    Attributes:
        marks: Findings, strongest first, and then what lies where it belongs.
        heatmap: uint8 (height, width, 4) RGBA, covering the whole frame; None without a map, or
            where all of it would be transparent.
    """

    marks: tuple[Mark, ...] = ()
    heatmap: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """An upright rectangle on the screen, in logical pixels."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Area) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, other: Area) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


def overlay_of(verdict: Verdict, name: Callable[[Finding], str]) -> Overlay:
    """What to draw for a verdict.

    Args:
        name: A finding's text for people.
    """
    marks = tuple(
        _mark(finding, name(finding) if index < MOST_LABELS else "")
        for index, finding in enumerate(verdict.findings)
    )
    within = tuple(_mark(located, "", is_within=True) for located in verdict.within)
    anomaly_map = verdict.anomaly_map
    is_seen = anomaly_map is not None and not anomaly_map.values.max() <= TRANSPARENT_BELOW
    return Overlay(marks + within, heatmap_of(anomaly_map) if anomaly_map and is_seen else None)


def heatmap_of(anomaly_map: AnomalyMap) -> NDArray[np.uint8]:
    """The picture of a map: uint8 (height, width, 4). The same value has the same colour always.

    What is not a number counts as the top of the scale.
    """
    values = np.nan_to_num(anomaly_map.values, nan=1.0)
    steps = (np.clip(values, 0.0, 1.0) * np.float32(255.0) + np.float32(0.5)).astype(np.uint8)
    return COLOURS[steps]


def against_threshold(score: float, threshold: float) -> float:
    """A score on the scale of `AnomalyMap`: 0.5 stands exactly at the threshold."""
    if score < threshold:
        return 0.5 * score / threshold
    if threshold >= 1.0:
        return 0.5
    return min(1.0, 0.5 + 0.5 * (score - threshold) / (1.0 - threshold))


def place_labels(
    boxes: Sequence[Area], sizes: Sequence[tuple[float, float]], bounds: Area, gap: float
) -> list[Area | None]:
    """Where each label goes: beside its box, inside `bounds`, over no box and no other label.

    Args:
        boxes: One for each label, and further ones that must stay free.
        sizes: Width and height of the labels; (0, 0) for none.
        gap: Distance between a box and its label.

    Returns:
        One place for each size; None where there is no room.
    """
    placed: list[Area | None] = []
    for box, (width, height) in zip(boxes, sizes, strict=False):
        taken = [*boxes, *(area for area in placed if area is not None)]
        places = _beside(box, width, height, gap) if width else []
        free = (p for p in places if bounds.holds(p) and not any(p.meets(t) for t in taken))
        placed.append(next(free, None))
    return placed


def _beside(box: Area, width: float, height: float, gap: float) -> list[Area]:
    """Above, below, right and left of a box, at its start and at its end."""
    right, bottom = box.x + box.width, box.y + box.height
    corners = [
        (box.x, box.y - gap - height),
        (box.x, bottom + gap),
        (right + gap, box.y),
        (box.x - gap - width, box.y),
        (right - width, box.y - gap - height),
        (right - width, bottom + gap),
        (right + gap, bottom - height),
        (box.x - gap - width, bottom - height),
    ]
    return [Area(x, y, width, height) for x, y in corners]


def _mark(finding: Finding, label: str, *, is_within: bool = False) -> Mark:
    return Mark(
        _line(finding),
        finding.box,
        label,
        has_corners=len(finding.outline) == CORNERS,
        nominal=finding.nominal,
        is_within=is_within,
    )


def _line(finding: Finding) -> tuple[tuple[float, float], ...]:
    if finding.outline:
        return finding.outline
    box = finding.box
    right, bottom = box.x + box.width, box.y + box.height
    return (box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom)


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
