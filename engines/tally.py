"""What a frame's windows say about one class in one region, without keeping their answers."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.card import Threshold
from engines.engine import Region
from engines.verdict import Box, Finding

MAX_FINDINGS = 32


@dataclass(frozen=True, slots=True)
class Plan:
    """One class in one region: where on the map it is looked for, and when it counts."""

    channel: int
    label: str
    region: Region
    rows: slice
    columns: slice
    threshold: Threshold


class Tally:
    """Gathers one class's probabilities, window by window.

    Kept are the `min_area_px` largest values, from the first pixel at the threshold on one byte for
    each pixel of the region, and one value for each connected area of a window.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._largest = np.zeros(0, np.float32)
        self._mask: NDArray[np.uint8] | None = None
        self._peaks: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]] = []

    @property
    def score(self) -> float:
        """The `min_area_px`-th largest value."""
        return float(self._largest.min())

    @property
    def is_present(self) -> bool:
        return self.score >= self.plan.threshold.score

    @property
    def weight(self) -> float:
        """How far towards a reject; 1 is exactly at the threshold."""
        return self.score / self.plan.threshold.score

    def add(self, values: NDArray[np.float32], top: int, left: int) -> None:
        """Take in a piece of the map that lies inside the region.

        Args:
            values: float32 (rows, columns) in 0..1.
            top, left: Its first row and column on the map.
        """
        self._keep_largest(values.ravel())
        mask = values >= self.plan.threshold.score
        if mask.any():
            self._keep_mask(
                mask, values, top - self.plan.rows.start, left - self.plan.columns.start
            )

    def findings(self, scale_y: float, scale_x: float, height: int, width: int) -> list[Finding]:
        """The connected areas at the threshold, largest first, 32 at most.

        Args:
            scale_y, scale_x: Pixels of the frame for one of the map.
            height, width: Of the frame.
        """
        if self._mask is None:
            return []
        x0, y0, w, h = cv2.boundingRect(self._mask)
        count, areas, stats, _ = cv2.connectedComponentsWithStats(
            self._mask[y0 : y0 + h, x0 : x0 + w], connectivity=8
        )
        scores = np.zeros(count, np.float32)
        for ys, xs, values in self._peaks:
            np.maximum.at(scores, np.asarray(areas)[ys - y0, xs - x0].astype(np.intp), values)
        sizes = stats[1:, cv2.CC_STAT_AREA]
        top, left = y0 + self.plan.rows.start, x0 + self.plan.columns.start
        findings = []
        for i in (np.argsort(-sizes, kind="stable")[:MAX_FINDINGS] + 1).tolist():
            x, y, w, h, area = (int(v) for v in stats[i])
            own = areas[y : y + h, x : x + w] == i
            x, y = x + left, y + top
            x1, y1 = floor(x * scale_x), floor(y * scale_y)
            x2, y2 = ceil((x + w) * scale_x), ceil((y + h) * scale_y)
            findings.append(
                Finding(
                    label=self.plan.label,
                    score=float(scores[i]),
                    threshold=self.plan.threshold.score,
                    box=Box(x1, y1, min(x2, width) - x1, min(y2, height) - y1),
                    area_px=round(area * scale_x * scale_y),
                    outline=_outline(own, x, y, scale_x, scale_y),
                    region=self.plan.region.name,
                )
            )
        return findings

    def _keep_largest(self, values: NDArray[np.float32]) -> None:
        wanted = self.plan.threshold.min_area_px
        if len(self._largest) == wanted:
            values = values[values > self._largest.min()]
            if not len(values):
                return
        values = np.concatenate([self._largest, values])
        if len(values) > wanted:
            rank = len(values) - wanted
            values = np.partition(values, rank)[rank:]
        self._largest = values

    def _keep_mask(
        self, mask: NDArray[np.bool_], values: NDArray[np.float32], y: int, x: int
    ) -> None:
        if self._mask is None:
            rows, columns = self.plan.rows, self.plan.columns
            self._mask = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.uint8)
        own = mask.astype(np.uint8)
        self._mask[y : y + mask.shape[0], x : x + mask.shape[1]] = own
        count, areas = cv2.connectedComponents(own, connectivity=8)
        highest = np.zeros(count, np.float32)
        ys, xs = np.nonzero(mask)
        labels = np.asarray(areas)[ys, xs].astype(np.intp)
        np.maximum.at(highest, labels, values[ys, xs])
        _, first = np.unique(labels, return_index=True)
        self._peaks.append((ys[first] + y, xs[first] + x, highest[1:]))


def _outline(
    own: NDArray[np.bool_], x: int, y: int, scale_x: float, scale_y: float
) -> tuple[tuple[int, int], ...]:
    contours, _ = cv2.findContours(own.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    points = max(contours, key=len).reshape(-1, 2)
    return tuple(
        (round((x + px + 0.5) * scale_x), round((y + py + 0.5) * scale_y))
        for px, py in points.tolist()
    )
