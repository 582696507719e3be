"""Judges a surface as a whole: a classifier whose class-activation map says where it looked.

The network ends in global average pooling and one linear layer (Capogrosso et al. 2024, section
3.3), so its logit is the mean of a map, the weighted sum of the last features (Zhou et al. 2016).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, log
from time import perf_counter

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.card import Threshold
from engines.engine import Region
from engines.errors import ForeignModel
from engines.onnx_engine import OnnxEngine
from engines.preprocessing import prepare
from engines.runtime import Model
from engines.verdict import AnomalyMap, Box, Decision, Finding, Verdict

SCORES, MAPS = "scores", "maps"
LARGEST_MAP = 1024
"""Rows or columns of an anomaly map, at most."""
IDENTITY = 1e-3
"""How far a score may be from that of its map; sums are rounded in another order."""


class SurfaceClassifier(OnnxEngine):
    """Rejects a part when its score reaches the threshold.

    The network takes uint8 (1, height, width, channels) and gives `scores`, float32 (1,) in 0..1,
    and `maps`, float32 (1, rows, columns): logits, whose mean is that of the score. An answer whose
    score is not that of its map is refused, so that no heatmap shows what was not decided on.

    What a place adds is its logit less the threshold's. The anomaly map shows the places that speak
    for a reject; its highest stands where the score does on the scale of the threshold, so a part
    that passes is nowhere at 0.5 or above. The one finding is the connected area around the highest
    place.
    """

    engine = "surface_classifier"
    frames_per_part = 1
    frames_in_use = None

    def __init__(self, model: Model, regions: Sequence[Region]) -> None:
        """Take an open model.

        Raises:
            ForeignModel: The model's outputs or labels are not those of this engine.
            ValueError: There is another region than the whole frame, or it has another label.
        """
        super().__init__(model)
        self._check_model()
        if len(regions) != 1 or not _is_whole(regions[0]):
            raise ValueError("a surface classifier judges the whole frame: leave regions out")
        (self._region,) = regions
        (self._label,) = self.card.labels
        if set(self._region.thresholds) != {self._label}:
            raise ValueError(f"the one label is {self._label!r}: give its threshold and no other")
        self._level = self._region.thresholds[self._label].score

    @property
    def thresholds(self) -> Mapping[str, Mapping[str, Threshold]]:
        return {self._region.name: self._region.thresholds}

    def judge(self, images: Sequence[NDArray[np.uint8]]) -> Verdict:
        """Judge one part from its one frame.

        Raises:
            ValueError: The image cannot be prepared, or the network's answer does not hold.
        """
        (image,) = images
        started = perf_counter()
        source = prepare(image, self.card.input)
        prepared = perf_counter()
        answer = self._model.run(source)
        ran = perf_counter()
        score, logits = float(answer[SCORES][0]), answer[MAPS][0]
        _check_answer(score, logits)
        height, width = image.shape[:2]
        seen = self._seen(score, logits, height, width)
        is_reject = score >= self._level
        findings = (self._finding(score, seen, height, width),) if is_reject else ()
        seen.setflags(write=False)
        times = {
            "prepare": (prepared - started) * 1e3,
            "network": (ran - prepared) * 1e3,
            "decide": (perf_counter() - ran) * 1e3,
        }
        decision = Decision.REJECT if is_reject else Decision.PASS
        return Verdict(decision, score, self._level, findings, AnomalyMap(seen), times)

    def _seen(
        self, score: float, logits: NDArray[np.float32], height: int, width: int
    ) -> NDArray[np.float32]:
        """The anomaly map's values."""
        shrink = max(1.0, max(height, width) / LARGEST_MAP)
        size = ceil(width / shrink), ceil(height / shrink)
        smooth = cv2.resize(logits, size, interpolation=cv2.INTER_LINEAR)
        added = np.maximum(smooth - np.float32(log(self._level / (1 - self._level))), 0)
        top = AnomalyMap.from_scores(np.full((1, 1), score, np.float32), self._level).values[0, 0]
        if score >= self._level:
            top = max(top, np.float32(0.5))  # float32 rounds a score at the threshold either way
        highest = float(added.max())
        if highest > 0:
            return np.asarray(added * (top / np.float32(highest)), np.float32)
        # Nothing stands out: a part exactly at the threshold is rejected for all of its surface.
        return np.full_like(added, top if score >= self._level else 0)

    def _finding(self, score: float, seen: NDArray[np.float32], height: int, width: int) -> Finding:
        """The connected area around the highest place, back in the frame."""
        hot = (seen >= min(0.5, float(seen.max()))).astype(np.uint8)
        _count, areas, stats, _ = cv2.connectedComponentsWithStats(hot, connectivity=8)
        own = int(np.asarray(areas).ravel()[int(seen.argmax())])
        x, y, w, h, area = (int(v) for v in stats[own])
        scale_y, scale_x = height / seen.shape[0], width / seen.shape[1]
        left, top = floor(x * scale_x), floor(y * scale_y)
        right, bottom = ceil((x + w) * scale_x), ceil((y + h) * scale_y)
        return Finding(
            label=self._label,
            score=score,
            threshold=self._level,
            box=Box(left, top, min(right, width) - left, min(bottom, height) - top),
            area_px=round(area * scale_x * scale_y),
            region=self._region.name,
        )

    def _check_model(self) -> None:
        card = self.card
        answer = self._model.run(np.zeros(card.input.shape, np.uint8))
        scores, maps = (answer.get(name) for name in (SCORES, MAPS))
        refused = f"Model {self._model.path.name} is refused: a surface classifier"
        if len(card.labels) != 1 or card.input.batch != 1 or card.input.tiling is not None:
            raise ForeignModel(f"{refused} has one label and takes one whole frame.")
        if scores is None or scores.shape != (1,):
            raise ForeignModel(f"{refused} gives {SCORES!r} with one number.")
        if maps is None or maps.ndim != 3 or len(maps) != 1:
            raise ForeignModel(f"{refused} gives {MAPS!r} with one map.")
        try:
            _check_answer(float(scores[0]), maps[0])
        except ValueError as error:
            raise ForeignModel(f"{refused} explains its score, but {error}.") from None


def _check_answer(score: float, logits: NDArray[np.float32]) -> None:
    mean = float(logits.mean(dtype=np.float64))
    if not (np.isfinite(score) and np.isfinite(mean)):
        raise ValueError("the network's answer is not a number")
    if not 0 <= score <= 1:
        raise ValueError("the network's answer is no score in 0..1")
    if abs(score - (1 + np.tanh(mean / 2)) / 2) > IDENTITY:
        raise ValueError("the network's score is not that of its map")


def _is_whole(region: Region) -> bool:
    return (region.x, region.y, region.width, region.height) == (0.0, 0.0, 1.0, 1.0)
