"""Finds defects pixel by pixel: a segmentation network with one channel a class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil, floor
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from engines.card import Threshold
from engines.engine import Region
from engines.errors import ForeignModel
from engines.onnx_engine import OnnxEngine
from engines.preprocessing import scaled
from engines.runtime import Model
from engines.tally import MAX_FINDINGS, Plan, Tally
from engines.tiling import Window, cut, padded, windows
from engines.verdict import AnomalyMap, Decision, Verdict

OUTPUT = "probabilities"
LARGEST_MAP = 1024
"""Rows or columns of an anomaly map, at most."""
_LARGEST_FRAME = 2**16


class DefectSegmenter(OnnxEngine):
    """Rejects a part when any class covers enough pixels.

    A class is present when at least `min_area_px` pixels of the network's output reach its
    threshold. Its score is therefore the `min_area_px`-th largest probability: the score reaches
    the threshold exactly when the class is present. The part's score is that of the class which
    is furthest towards its threshold.

    The network's output `probabilities` is float32 (1, labels, height, width) in 0..1. Where the
    card asks for a tiling, the answers of all windows make one map of the frame, of which no more
    than a window's is kept at any time; that map is decided over in the same way.
    """

    engine = "defect_segmenter"
    frames_per_part = 1
    frames_in_use = None

    def __init__(self, model: Model, regions: Sequence[Region]) -> None:
        """Take an open model.

        Raises:
            ForeignModel: The model's outputs are not those of this engine.
            ValueError: A region lies outside the frame, names an unknown label, or is too small.
        """
        super().__init__(model)
        self._regions = tuple(regions)
        self._output = self._check_model()
        self._plans: dict[tuple[int, int], tuple[Plan, ...]] = {}
        if self.card.input.tiling is None:
            self._plan(*self._output)
        else:  # what can be said of the regions before a frame is there
            self._plan(_LARGEST_FRAME, _LARGEST_FRAME)

    @property
    def thresholds(self) -> Mapping[str, Mapping[str, Threshold]]:
        return {region.name: region.thresholds for region in self._regions}

    def judge(self, images: Sequence[NDArray[np.uint8]]) -> Verdict:
        """Judge one part from its one frame. See `engines.engine.Engine`."""
        (image,) = images
        started = perf_counter()
        spec = self.card.input
        frame = scaled(image, spec)
        size = frame.shape[:2] if spec.tiling else self._output
        places = windows(*size, spec) if spec.tiling else (_whole(*size),)
        frame = padded(frame, spec)
        decision = _Decision(self._plan(*size), *size)
        prepared = network = 0.0
        for window in places:
            before = perf_counter()
            source = cut(frame, window, spec)
            ready = perf_counter()
            probabilities = self._model.run(source)[OUTPUT][0]
            prepared += ready - before
            network += perf_counter() - ready
            decision.add(window, window.answer(probabilities))
        verdict = decision.verdict(image.shape[0], image.shape[1])
        total = perf_counter() - started
        elapsed_ms = {
            "prepare": prepared * 1e3,
            "network": network * 1e3,
            "decide": (total - prepared - network) * 1e3,
        }
        return replace(verdict, elapsed_ms=elapsed_ms)

    def decide(self, probabilities: NDArray[np.float32], height: int, width: int) -> Verdict:
        """The decision from the whole map at once; also what an export is checked with.

        Args:
            probabilities: float32 (labels, rows, columns) in 0..1.
            height, width: Of the frame, in pixels.

        Raises:
            ValueError: The probabilities are not numbers.
        """
        size = probabilities.shape[1], probabilities.shape[2]
        decision = _Decision(self._plan(*size), *size)
        decision.add(_whole(*size), probabilities)
        return decision.verdict(height, width)

    def _check_model(self) -> tuple[int, int]:
        spec = self.card.input
        outputs = self._model.run(np.zeros(spec.shape, np.uint8))
        found = outputs[OUTPUT].shape if OUTPUT in outputs else None
        if found is None or len(found) != 4 or found[:2] != (1, len(self.card.labels)):
            raise ForeignModel(
                f"Model {self._model.path.name} is refused: a defect segmenter gives "
                f"{OUTPUT!r} with one channel for each of {len(self.card.labels)} labels."
            )
        if spec.tiling and found[2:] != (spec.height, spec.width):
            raise ForeignModel(
                f"Model {self._model.path.name} is refused: it is to be used in windows, and then "
                f"{OUTPUT!r} must have the input's height and width."
            )
        return int(found[2]), int(found[3])

    def _plan(self, height: int, width: int) -> tuple[Plan, ...]:
        """What to look for on a map of this size; frames of one camera have one size."""
        if (height, width) not in self._plans:
            plans = tuple(p for r in self._regions for p in self._region(r, height, width))
            self._plans = {(height, width): plans}
            return plans
        return self._plans[height, width]

    def _region(self, region: Region, height: int, width: int) -> list[Plan]:
        rows = slice(floor(region.y * height), ceil((region.y + region.height) * height - 1e-9))
        columns = slice(floor(region.x * width), ceil((region.x + region.width) * width - 1e-9))
        if not (
            0 <= rows.start < rows.stop <= height and 0 <= columns.start < columns.stop <= width
        ):
            raise ValueError(f"region {region.name!r} does not lie inside the frame")
        size = (rows.stop - rows.start) * (columns.stop - columns.start)
        plans = []
        for label, threshold in region.thresholds.items():
            if label not in self.card.labels:
                raise ValueError(f"the model knows no label {label!r}")
            if threshold.min_area_px > size:
                raise ValueError(
                    f"region {region.name!r} is smaller than the minimum area of {label!r}"
                )
            channel = self.card.labels.index(label)
            plans.append(Plan(channel, label, region, rows, columns, threshold))
        return plans


class _Decision:
    """One frame's decision in the making: the map comes in pieces, and none of them is kept."""

    def __init__(self, plans: Sequence[Plan], height: int, width: int) -> None:
        self._tallies = [Tally(plan) for plan in plans]
        self._height, self._width = height, width
        shrink = max(1.0, max(height, width) / LARGEST_MAP)
        self._map = np.zeros((ceil(height / shrink), ceil(width / shrink)), np.float32)

    def add(self, window: Window, probabilities: NDArray[np.float32]) -> None:
        """Take in (labels, rows, columns), the window's part of the map."""
        if not np.isfinite(probabilities.sum()):
            raise ValueError("the network's answer is not a number")
        for tally in self._tallies:
            plan = tally.plan
            rows, columns = _common(window.rows, plan.rows), _common(window.columns, plan.columns)
            if rows.start >= rows.stop or columns.start >= columns.stop:
                continue
            values = probabilities[
                plan.channel,
                rows.start - window.rows.start : rows.stop - window.rows.start,
                columns.start - window.columns.start : columns.stop - window.columns.start,
            ]
            tally.add(values, rows.start, columns.start)
            self._draw(values, rows, columns, plan.threshold.score)

    def verdict(self, height: int, width: int) -> Verdict:
        """The verdict on a frame of this size, once the map is whole."""
        deciding = max(self._tallies, key=lambda t: t.weight)
        scale_y, scale_x = height / self._height, width / self._width
        findings = [
            f
            for t in self._tallies
            if t.is_present
            for f in t.findings(scale_y, scale_x, height, width)
        ]
        findings.sort(key=lambda f: (f.score / f.threshold, f.area_px), reverse=True)
        self._map.setflags(write=False)
        return Verdict(
            Decision.REJECT if deciding.is_present else Decision.PASS,
            deciding.score,
            deciding.plan.threshold.score,
            tuple(findings[:MAX_FINDINGS]),
            AnomalyMap(self._map),
        )

    def _draw(
        self, values: NDArray[np.float32], rows: slice, columns: slice, threshold: float
    ) -> None:
        """A pixel of the anomaly map is the highest of those that it stands for."""
        at_row, values = _highest(values, 0, rows, self._height, self._map.shape[0])
        at_column, values = _highest(values, 1, columns, self._width, self._map.shape[1])
        part = self._map[at_row, at_column]
        np.maximum(part, AnomalyMap.from_scores(values, threshold).values, out=part)


def _highest(
    values: NDArray[np.float32], axis: int, place: slice, length: int, fewer: int
) -> tuple[slice, NDArray[np.float32]]:
    """The highest values along an axis that is `fewer` pixels long on the anomaly map."""
    if fewer == length:
        return place, values
    targets = np.arange(place.start, place.stop) * fewer // length
    first = np.flatnonzero(np.diff(targets, prepend=-1))
    return slice(int(targets[0]), int(targets[-1]) + 1), np.maximum.reduceat(values, first, axis)


def _common(a: slice, b: slice) -> slice:
    return slice(max(a.start, b.start), min(a.stop, b.stop))


def _whole(height: int, width: int) -> Window:
    return Window(0, 0, slice(0, height), slice(0, width))
