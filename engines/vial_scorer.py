"""Scores patches of a part: a network that knows good ones says how far each of them is from good.

A part is frames × vials × regions (Ferrari et al. 2024, equation 12). Every patch has a place in
the frame and the threshold of its region; one patch above it rejects the part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil, floor
from time import perf_counter

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.card import ModelCard, Threshold
from engines.engine import WHOLE, Region, View
from engines.errors import ForeignModel
from engines.onnx_engine import OnnxEngine
from engines.preprocessing import scaled
from engines.runtime import Model, cores
from engines.tally import MAX_FINDINGS
from engines.verdict import AnomalyMap, Box, Decision, Finding, Verdict

SCORES, MAPS = "scores", "maps"
LARGEST_MAP = 1024
"""Rows or columns of an anomaly map, at most."""
MOST_THREADS = 4


@dataclass(frozen=True, slots=True)
class Patch:
    """A place of the part that is scored on its own.

    Attributes:
        region: With its place in the frame.
        label: Of the model's labels the one that says what the patch shows.
        threshold: From which score it rejects the part.
    """

    region: Region
    label: str
    threshold: Threshold


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """What the network says of all patches of one part.

    Attributes:
        scores: float32 (looks, patches) in 0..1; a look is a frame in use, or all of them together.
        maps: float32 (looks, patches, height, width), 0 and up.
        frames: Of each look the number of the frame that shows what it found.
    """

    scores: NDArray[np.float32]
    maps: NDArray[np.float32]
    frames: tuple[int, ...]


class VialScorer(OnnxEngine):
    """Rejects a part when the score of any of its patches reaches its region's threshold.

    The network takes uint8 (batch, height, width, channels) and gives `scores`, float32 (batch,) in
    0..1, and `maps`, float32 (batch, rows, columns) from 0: where in the patch the score comes
    from. With one channel it looks at every frame in use alone; with three it looks at a patch in
    three frames at once, which tells what is on the plastic from what moves in the liquid.

    The part's score is that of the patch furthest towards its threshold. On the anomaly map the
    highest place of a patch stands where its score does on the scale of its threshold, so a patch
    that passes is nowhere at 0.5 or above.
    """

    engine = "vial_scorer"

    def __init__(self, model: Model, regions: Sequence[Region], view: View = WHOLE) -> None:
        """Take an open model.

        Args:
            model: A scorer's.
            regions: The patches: each region is one for every label that it has a threshold of.
            view: What of the part is looked at.

        Raises:
            ForeignModel: The model's outputs are not those of this engine.
            ValueError: A region lies outside the frame or names an unknown label, or the frames in
                use do not fit the model.
        """
        super().__init__(model)
        self._view = view
        self._frames = view.frames
        self._check_model()
        self._check_frames()
        self._patches = tuple(
            Patch(region, label, threshold)
            for region in regions
            for label, threshold in region.thresholds.items()
        )
        for patch in self._patches:
            _check_patch(patch, self.card)
        self._pool = ThreadPoolExecutor(min(MOST_THREADS, cores()), "scorer")

    @property
    def frames_per_part(self) -> None:
        """Any number; the last frame in use must be among them."""
        return None

    @property
    def frames_in_use(self) -> tuple[int, ...]:
        return self._frames

    @property
    def patches(self) -> tuple[Patch, ...]:
        """In the order of the scores."""
        return self._patches

    @property
    def thresholds(self) -> Mapping[str, Mapping[str, Threshold]]:
        found: dict[str, dict[str, Threshold]] = {}
        for patch in self._patches:
            found.setdefault(patch.region.name, {})[patch.label] = patch.threshold
        return found

    def judge(self, images: Sequence[NDArray[np.uint8]]) -> Verdict:
        """As the protocol says.

        Raises:
            ValueError: A frame in use is missing, frames differ in size, an image cannot be
                prepared, or the network's answer is not a number.
        """
        started = perf_counter()
        batches = self._batches(images)
        prepared = perf_counter()
        scored = self._scored(batches)
        ran = perf_counter()
        verdict = self._decide(scored, *images[self._frames[0]].shape[:2])
        times = {
            "prepare": (prepared - started) * 1e3,
            "network": (ran - prepared) * 1e3,
            "decide": (perf_counter() - ran) * 1e3,
        }
        return Verdict(
            verdict.decision,
            verdict.score,
            verdict.threshold,
            verdict.findings,
            verdict.anomaly_map,
            times,
        )

    def score(self, images: Sequence[NDArray[np.uint8]]) -> Scored:
        """The scores of all patches of one part, without a decision; errors as `judge`."""
        return self._scored(self._batches(images))

    def _batches(self, images: Sequence[NDArray[np.uint8]]) -> list[NDArray[np.uint8]]:
        """The network's inputs, the last of them filled up with zeros."""
        if len(images) <= self._frames[-1]:
            raise ValueError(
                f"frame {self._frames[-1]} of the part is to be looked at, and it has "
                f"{len(images)} frames"
            )
        used = [images[number] for number in self._frames]
        height, width = self._view.size or used[0].shape[:2]
        if any(image.shape[:2] != (height, width) for image in used):
            found = next(i.shape for i in used if i.shape[:2] != (height, width))
            raise ValueError(
                f"a frame of {found[1]}×{found[0]} pixels, where {width}×{height} are expected"
            )
        cut = np.stack([[self._cut(image, patch) for patch in self._patches] for image in used])
        spec = self.card.input
        looks = cut.transpose(1, 2, 3, 0)[None] if spec.channels > 1 else cut[..., None]
        looks = looks.reshape(-1, *spec.shape[1:])
        missing = -len(looks) % spec.batch
        filled = np.concatenate([looks, np.zeros((missing, *spec.shape[1:]), np.uint8)])
        return [np.ascontiguousarray(batch) for batch in filled.reshape(-1, *spec.shape)]

    def _cut(self, image: NDArray[np.uint8], patch: Patch) -> NDArray[np.uint8]:
        rows, columns = _pixels(patch.region, *image.shape[:2])
        grey = self.card.input.model_copy(update={"channels": 1, "batch": 1})
        return scaled(image[rows, columns], grey)[:, :, 0]

    def _scored(self, batches: list[NDArray[np.uint8]]) -> Scored:
        answers = list(self._pool.map(self._model.run, batches))
        looks = 1 if self.card.input.channels > 1 else len(self._frames)
        count = looks * len(self._patches)
        scores = np.concatenate([answer[SCORES] for answer in answers])[:count]
        maps = np.concatenate([answer[MAPS] for answer in answers])[:count]
        if not (np.isfinite(scores).all() and np.isfinite(maps.sum())):
            raise ValueError("the network's answer is not a number")
        if scores.min() < 0 or scores.max() > 1:
            raise ValueError("the network's answer is no score in 0..1")
        shape = looks, len(self._patches)
        return Scored(
            scores.reshape(shape), maps.reshape(*shape, *maps.shape[1:]), self._frames[:looks]
        )

    def _decide(self, scored: Scored, height: int, width: int) -> Verdict:
        levels = np.array([p.threshold.score for p in self._patches], np.float32)
        weights = scored.scores / levels
        look, place = np.unravel_index(int(weights.argmax()), weights.shape)
        worst = weights.argmax(0)
        seen = [self._seen(scored, int(worst[i]), i) for i in range(len(self._patches))]
        findings = [
            self._finding(scored, int(worst[i]), i, seen[i], height, width)
            for i in np.flatnonzero(weights.max(0) >= 1).tolist()
        ]
        findings.sort(key=lambda f: f.score / f.threshold, reverse=True)
        return Verdict(
            Decision.REJECT if findings else Decision.PASS,
            float(scored.scores[look, place]),
            self._patches[place].threshold.score,
            tuple(findings[:MAX_FINDINGS]),
            self._map(seen, height, width),
        )

    def _seen(self, scored: Scored, look: int, place: int) -> NDArray[np.float32]:
        """A patch's map on the scale of its threshold, its highest value where the score stands."""
        values = scored.maps[look, place]
        if self._view.is_min_max:
            low, high = float(values.min()), float(values.max())
            return np.asarray((values - low) / max(high - low, 1e-9), np.float32)
        score = scored.scores[look, place].reshape(1, 1)
        level = self._patches[place].threshold.score
        top = AnomalyMap.from_scores(score, level).values[0, 0]
        return np.asarray(values * (top / max(float(values.max()), 1e-9)), np.float32)

    def _finding(
        self,
        scored: Scored,
        look: int,
        place: int,
        seen: NDArray[np.float32],
        height: int,
        width: int,
    ) -> Finding:
        """The strongest connected area of a patch, back in the frame."""
        patch = self._patches[place]
        hot = (seen >= min(0.5, float(seen.max()))).astype(np.uint8)
        _count, areas, stats, _ = cv2.connectedComponentsWithStats(hot, connectivity=8)
        own = int(np.asarray(areas).ravel()[int(seen.argmax())])
        x, y, w, h, area = (int(v) for v in stats[own])
        rows, columns = _pixels(patch.region, height, width)
        scale_y = (rows.stop - rows.start) / seen.shape[0]
        scale_x = (columns.stop - columns.start) / seen.shape[1]
        left, top = columns.start + floor(x * scale_x), rows.start + floor(y * scale_y)
        right = columns.start + ceil((x + w) * scale_x)
        bottom = rows.start + ceil((y + h) * scale_y)
        return Finding(
            label=patch.label,
            score=float(scored.scores[look, place]),
            threshold=patch.threshold.score,
            box=Box(left, top, right - left, bottom - top),
            area_px=round(area * scale_x * scale_y),
            region=patch.region.name,
            frame=scored.frames[look],
        )

    def _map(self, seen: Sequence[NDArray[np.float32]], height: int, width: int) -> AnomalyMap:
        """The patches' maps where they lie in the frame."""
        shrink = max(1.0, max(height, width) / LARGEST_MAP)
        shape = ceil(height / shrink), ceil(width / shrink)
        whole = np.zeros(shape, np.float32)
        for patch, values in zip(self._patches, seen, strict=True):
            rows, columns = _pixels(patch.region, *shape)
            part = whole[rows, columns]
            size = part.shape[1], part.shape[0]
            np.maximum(part, cv2.resize(values, size, interpolation=cv2.INTER_LINEAR), out=part)
        whole.setflags(write=False)
        return AnomalyMap(whole)

    def _check_model(self) -> None:
        spec = self.card.input
        outputs = self._model.run(np.zeros(spec.shape, np.uint8))
        scores, maps = (outputs.get(name) for name in (SCORES, MAPS))
        if scores is None or scores.shape != (spec.batch,):
            raise ForeignModel(
                f"Model {self._model.path.name} is refused: a scorer gives {SCORES!r} with one "
                f"number for each of {spec.batch} patches."
            )
        if maps is None or maps.ndim != 3 or len(maps) != spec.batch:
            raise ForeignModel(
                f"Model {self._model.path.name} is refused: a scorer gives {MAPS!r} with one map "
                f"for each of {spec.batch} patches."
            )

    def _check_frames(self) -> None:
        frames = self._frames
        if not frames or frames[0] < 0 or sorted(set(frames)) != [*frames]:
            raise ValueError("the frames in use must be rising numbers from 0")
        channels = self.card.input.channels
        if channels > 1 and channels != len(frames):
            raise ValueError(
                f"the model looks at {channels} frames at once, and {len(frames)} are in use"
            )


def _check_patch(patch: Patch, card: ModelCard) -> None:
    region = patch.region
    if patch.label not in card.labels:
        raise ValueError(f"the model knows no label {patch.label!r}")
    inside = (0 <= region.x <= region.x + region.width <= 1 + 1e-9) and (
        0 <= region.y <= region.y + region.height <= 1 + 1e-9
    )
    if not inside or region.width <= 0 or region.height <= 0:
        raise ValueError(f"region {region.name!r} does not lie inside the frame")


def _pixels(region: Region, height: int, width: int) -> tuple[slice, slice]:
    """Rows and columns of a region, to the nearest pixel."""
    rows = slice(round(region.y * height), round((region.y + region.height) * height))
    columns = slice(round(region.x * width), round((region.x + region.width) * width))
    return rows, columns
