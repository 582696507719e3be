"""Finds defects pixel by pixel: a segmentation network with one channel a class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from time import perf_counter

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.card import ModelCard, Threshold
from engines.engine import Region
from engines.errors import ForeignModel
from engines.preprocessing import prepare
from engines.runtime import Model
from engines.verdict import AnomalyMap, Box, Decision, Finding, Verdict

MAX_FINDINGS = 32
OUTPUT = "probabilities"


@dataclass(frozen=True, slots=True)
class Judged:
    """One class in one region: its score against its threshold."""

    channel: int
    label: str
    region: Region
    rows: slice
    columns: slice
    threshold: Threshold
    score: float

    @property
    def is_present(self) -> bool:
        return self.score >= self.threshold.score

    @property
    def weight(self) -> float:
        """How far towards a reject; 1 is exactly at the threshold."""
        return self.score / self.threshold.score


class DefectSegmenter:
    """Rejects a part when any class covers enough pixels.

    A class is present when at least `min_area_px` pixels of the network's output reach its
    threshold. Its score is therefore the `min_area_px`-th largest probability: the score reaches
    the threshold exactly when the class is present. The part's score is that of the class which
    is furthest towards its threshold.

    The network's output `probabilities` is float32 (1, labels, height, width) in 0..1.
    """

    engine = "defect_segmenter"
    frames_per_part = 1

    def __init__(self, model: Model, regions: Sequence[Region]) -> None:
        """Take an open model.

        Raises:
            ForeignModel: The model's outputs are not those of this engine.
            ValueError: A region lies outside the frame, names an unknown label, or is too small.
        """
        self._model = model
        self._regions = tuple(regions)
        height, width = self._check_model()
        self._judges = [j for region in regions for j in self._plan(region, height, width)]

    @property
    def card(self) -> ModelCard:
        return self._model.card

    @property
    def model_sha256(self) -> str:
        return self._model.sha256

    @property
    def provider(self) -> str:
        return self._model.provider

    @property
    def thresholds(self) -> Mapping[str, Mapping[str, Threshold]]:
        return {region.name: region.thresholds for region in self._regions}

    def judge(self, images: Sequence[NDArray[np.uint8]]) -> Verdict:
        """Judge one part from its one frame. See `engines.engine.Engine`."""
        (image,) = images
        started = perf_counter()
        prepared = prepare(image, self.card.input)
        ready = perf_counter()
        probabilities = self._model.run(prepared)[OUTPUT][0]
        answered = perf_counter()
        verdict = self.decide(probabilities, image.shape[0], image.shape[1])
        elapsed_ms = {
            "prepare": (ready - started) * 1e3,
            "network": (answered - ready) * 1e3,
            "decide": (perf_counter() - answered) * 1e3,
        }
        return Verdict(
            verdict.decision,
            verdict.score,
            verdict.threshold,
            verdict.findings,
            verdict.anomaly_map,
            elapsed_ms,
        )

    def decide(self, probabilities: NDArray[np.float32], height: int, width: int) -> Verdict:
        """The decision from the network's answer; also what an export is checked with.

        Args:
            probabilities: float32 (labels, rows, columns) in 0..1.
            height, width: Of the frame, in pixels.

        Raises:
            ValueError: The probabilities are not numbers.
        """
        if not np.isfinite(probabilities.sum()):
            raise ValueError("the network's answer is not a number")
        judged = [self._score(j, probabilities) for j in self._judges]
        deciding = max(judged, key=lambda j: j.weight)
        findings = [
            f for j in judged if j.is_present for f in _findings(j, probabilities, height, width)
        ]
        findings.sort(key=lambda f: (f.score / f.threshold, f.area_px), reverse=True)
        return Verdict(
            Decision.REJECT if deciding.is_present else Decision.PASS,
            deciding.score,
            deciding.threshold.score,
            tuple(findings[:MAX_FINDINGS]),
            self._anomaly_map(probabilities),
        )

    def _check_model(self) -> tuple[int, int]:
        spec = self.card.input
        outputs = self._model.run(np.zeros(spec.shape, np.uint8))
        found = outputs[OUTPUT].shape if OUTPUT in outputs else None
        if found is None or len(found) != 4 or found[:2] != (1, len(self.card.labels)):
            raise ForeignModel(
                f"Model {self._model.path.name} is refused: a defect segmenter gives "
                f"{OUTPUT!r} with one channel for each of {len(self.card.labels)} labels."
            )
        return int(found[2]), int(found[3])

    def _plan(self, region: Region, height: int, width: int) -> list[Judged]:
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
            plans.append(Judged(channel, label, region, rows, columns, threshold, 0.0))
        return plans

    def _score(self, plan: Judged, probabilities: NDArray[np.float32]) -> Judged:
        pixels = probabilities[plan.channel, plan.rows, plan.columns].ravel()
        rank = pixels.size - plan.threshold.min_area_px
        score = float(np.partition(pixels, rank)[rank])
        return Judged(
            plan.channel, plan.label, plan.region, plan.rows, plan.columns, plan.threshold, score
        )

    def _anomaly_map(self, probabilities: NDArray[np.float32]) -> AnomalyMap:
        combined = np.zeros(probabilities.shape[1:], np.float32)
        for j in self._judges:
            scaled = AnomalyMap.from_scores(
                probabilities[j.channel, j.rows, j.columns], j.threshold.score
            )
            part = combined[j.rows, j.columns]
            np.maximum(part, scaled.values, out=part)
        combined.setflags(write=False)
        return AnomalyMap(combined)


def _findings(
    judged: Judged, probabilities: NDArray[np.float32], height: int, width: int
) -> list[Finding]:
    """The connected areas of one present class, in frame coordinates."""
    scores = probabilities[judged.channel]
    mask = np.zeros(scores.shape, np.uint8)
    mask[judged.rows, judged.columns] = (
        scores[judged.rows, judged.columns] >= judged.threshold.score
    )
    scale_y, scale_x = height / scores.shape[0], width / scores.shape[1]
    count, areas, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    largest = sorted(range(1, count), key=lambda i: -int(stats[i, cv2.CC_STAT_AREA]))
    findings = []
    for i in largest[:MAX_FINDINGS]:
        x, y, w, h, area = (int(v) for v in stats[i])
        own = areas[y : y + h, x : x + w] == i
        left, top = floor(x * scale_x), floor(y * scale_y)
        right, bottom = ceil((x + w) * scale_x), ceil((y + h) * scale_y)
        findings.append(
            Finding(
                label=judged.label,
                score=float(scores[y : y + h, x : x + w][own].max()),
                threshold=judged.threshold.score,
                box=Box(left, top, min(right, width) - left, min(bottom, height) - top),
                area_px=round(area * scale_x * scale_y),
                outline=_outline(own, x, y, scale_x, scale_y),
                region=judged.region.name,
            )
        )
    return findings


def _outline(
    own: NDArray[np.bool_], x: int, y: int, scale_x: float, scale_y: float
) -> tuple[tuple[int, int], ...]:
    contours, _ = cv2.findContours(own.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    points = max(contours, key=len).reshape(-1, 2)
    return tuple(
        (round((x + px + 0.5) * scale_x), round((y + py + 0.5) * scale_y))
        for px, py in points.tolist()
    )
