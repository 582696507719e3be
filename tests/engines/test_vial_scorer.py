"""The engine over patches, on a real model whose score of a patch is its mean brightness."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from engines.card import InputSpec, ModelCard, SelfTest, Threshold
from engines.catalog import open_engine
from engines.engine import Region, View
from engines.errors import ForeignModel
from engines.runtime import open_model
from engines.selftest import seeded_input
from engines.verdict import Box, Decision
from engines.vial_scorer import VialScorer
from tests import models

SIZE = 32
LABELS = ("flag", "liquid")
FRAMES = (0, 2, 3)
FRAME = (64, 128)
"""Two bands of two vials, each 32 rows by 64 columns."""


def scorer_graph(batch: int, channels: int, outputs: Sequence[str] = ("scores", "maps")) -> bytes:
    """scores = mean / 255 of each patch; maps = the mean of its channels at a quarter."""
    axes = numpy_helper.from_array(np.array([1, 2, 3], np.int64), "axes")
    depth = numpy_helper.from_array(np.array([1], np.int64), "depth")
    scale = numpy_helper.from_array(np.array(1 / 255, np.float32), "scale")
    squeeze = numpy_helper.from_array(np.array([1], np.int64), "squeeze")
    nodes = [
        helper.make_node("Cast", ["patches"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["real", "scale"], ["unit"]),
        helper.make_node("ReduceMean", ["unit", "axes"], [outputs[0]], keepdims=0),
        helper.make_node("Transpose", ["unit"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("ReduceMean", ["planes", "depth"], ["grey"], keepdims=1),
        helper.make_node("AveragePool", ["grey"], ["coarse"], kernel_shape=[4, 4], strides=[4, 4]),
        helper.make_node("Squeeze", ["coarse", "squeeze"], [outputs[1]]),
    ]
    shape = [batch, SIZE, SIZE, channels]
    graph = helper.make_graph(
        nodes,
        "scorer",
        [helper.make_tensor_value_info("patches", TensorProto.UINT8, shape)],
        [
            helper.make_tensor_value_info(outputs[0], TensorProto.FLOAT, [batch]),
            helper.make_tensor_value_info(outputs[1], TensorProto.FLOAT, [batch, 8, 8]),
        ],
        [axes, depth, scale, squeeze],
    )
    opset = [helper.make_opsetid("", 18)]
    model: bytes = helper.make_model(graph, opset_imports=opset, ir_version=8).SerializeToString()
    return model


def card(batch: int, channels: int, output: str = "scores") -> ModelCard:
    spec = InputSpec.model_validate(
        {"name": "patches", "batch": batch, "height": SIZE, "width": SIZE, "channels": channels}
    )
    means = (seeded_input(3, spec) / 255).mean((1, 2, 3))
    test = SelfTest(
        seed=3,
        positions={output: list(range(batch))},
        expected={output: [float(m) for m in means]},
        tolerance=1e-4,
    )
    return models.card(
        engine="vial_scorer",
        name="scorer",
        input=spec,
        labels=LABELS,
        thresholds={"flag": Threshold(score=0.5), "liquid": Threshold(score=0.25)},
        self_test=test,
    )


def saved(folder: Path, batch: int = 3, channels: int = 1) -> Path:
    model = onnx.load_from_string(scorer_graph(batch, channels))
    return models.save(folder / f"{batch}-{channels}.onnx", model, card(batch, channels))


def regions() -> list[Region]:
    limits = card(1, 1).thresholds
    return [
        Region(f"vial-{vial + 1}", {label: limits[label]}, vial / 2, row / 2, 0.5, 0.5)
        for vial in range(2)
        for row, label in enumerate(LABELS)
    ]


def strip(
    bright: Sequence[tuple[int, int, int, int]] = (), frame: int = 2
) -> list[NDArray[np.uint8]]:
    """Four dark frames; in one of them rectangles (x, y, width, height) are bright."""
    frames = [np.full(FRAME, 10, np.uint8) for _ in range(4)]
    for x, y, w, h in bright:
        frames[frame][y : y + h, x : x + w] = 250
    return frames


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tmp_path_factory.mktemp("scorer"))


@pytest.fixture(scope="module")
def scorer(path: Path) -> VialScorer:
    engine = open_engine(path, regions=regions(), view=View(FRAMES, FRAME))
    assert isinstance(engine, VialScorer)
    return engine


def test_a_good_part_passes_and_its_map_stays_below_the_threshold(scorer: VialScorer) -> None:
    verdict = scorer.judge(strip())
    assert verdict.decision is Decision.PASS
    assert verdict.findings == ()
    assert verdict.score == pytest.approx(10 / 255, abs=1e-6)
    assert verdict.threshold == 0.25  # the one that the score is nearest to, in proportion
    assert verdict.anomaly_map is not None
    assert 0 < float(verdict.anomaly_map.values.max()) < 0.5


def test_the_patch_the_frame_and_the_place_are_named(scorer: VialScorer) -> None:
    # A patch is 64 columns by 32 rows and is brought to 32 by 32: the left half of it is bright.
    verdict = scorer.judge(strip([(64, 32, 32, 32)], frame=2))
    assert verdict.decision is Decision.REJECT
    (finding,) = verdict.findings
    assert (finding.label, finding.region, finding.frame) == ("liquid", "vial-2", 2)
    assert finding.box == Box(64, 32, 32, 32)
    assert finding.area_px == 32 * 32
    assert verdict.frame == 2
    assert finding.score == pytest.approx((250 + 10) / 2 / 255, abs=0.01)
    assert verdict.anomaly_map is not None
    seen = verdict.anomaly_map.values
    assert seen.shape == FRAME
    assert float(seen[40, 72]) >= 0.5 > float(seen[40, 120])


def test_every_region_has_its_own_threshold(scorer: VialScorer) -> None:
    # 40 % of a patch bright: enough for the liquid's threshold, not for the flag's.
    bright = (0, 0, 26, 32), (0, 32, 26, 32)
    verdict = scorer.judge(strip(bright, frame=0))
    assert [finding.label for finding in verdict.findings] == ["liquid"]


def test_what_happens_in_a_frame_that_is_not_in_use_does_not_matter(scorer: VialScorer) -> None:
    assert scorer.judge(strip([(0, 0, 128, 64)], frame=1)).decision is Decision.PASS


def test_scores_do_not_depend_on_what_else_is_in_the_batch(
    scorer: VialScorer, tmp_path: Path
) -> None:
    rng = np.random.default_rng(0)
    images = [rng.integers(0, 255, FRAME, np.uint8) for _ in range(4)]
    one = VialScorer(open_model(saved(tmp_path, batch=1)), regions(), View(FRAMES, FRAME))
    assert np.allclose(scorer.score(images).scores, one.score(images).scores, atol=1e-6)
    assert scorer.score(images).scores.shape == (3, 4)


def test_frames_are_looked_at_together_by_a_model_of_three_channels(tmp_path: Path) -> None:
    engine = VialScorer(open_model(saved(tmp_path, channels=3)), regions(), View(FRAMES, FRAME))
    images = strip([(0, 0, 64, 32)], frame=3)
    scored = engine.score(images)
    assert scored.scores.shape == (1, 4)
    assert scored.scores[0, 0] == pytest.approx((250 + 10 + 10) / 3 / 255, abs=1e-3)


def test_the_papers_heatmap_goes_from_least_to_most(path: Path) -> None:
    view = View(FRAMES, FRAME, is_min_max=True)
    engine = open_engine(path, regions=regions(), view=view)
    images = strip([(0, 0, 4, 4)])
    seen = engine.judge(images).anomaly_map
    assert seen is not None
    assert float(seen.values[:32, :64].max()) == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(
    ("images", "words"),
    [
        (strip()[:3], "frame 3 of the part"),
        ([np.zeros((64, 128), np.uint8)] * 2 + [np.zeros((32, 128), np.uint8)] * 2, "expected"),
        ([np.zeros((128, 256), np.uint8)] * 4, "128×64 are expected"),
        ([np.zeros((64, 128), np.uint16)] * 4, "8-bit"),
    ],
)
def test_a_part_that_cannot_be_judged_is_not(
    scorer: VialScorer, images: list[NDArray[np.uint8]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        scorer.judge(images)


@pytest.mark.parametrize(
    ("places", "view", "words"),
    [
        ([Region("a", {"cap": Threshold()})], View(), "no label 'cap'"),
        ([Region("a", {"flag": Threshold()}, x=0.6, width=0.5)], View(), "inside the frame"),
        ([Region("a", {"flag": Threshold()})], View((2, 1)), "rising"),
        ([Region("a", {"flag": Threshold()})], View(()), "rising"),
    ],
)
def test_a_recipe_that_does_not_fit_the_model(
    path: Path, places: list[Region], view: View, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        open_engine(path, regions=places, view=view)


def test_a_model_of_three_frames_takes_no_two(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="3 frames at once, and 2 are in use"):
        open_engine(saved(tmp_path, channels=3), regions=regions(), view=View((0, 1)))


def test_a_model_without_maps_is_foreign(tmp_path: Path) -> None:
    model = onnx.load_from_string(scorer_graph(2, 1, ("scores", "pictures")))
    path = models.save(tmp_path / "m.onnx", model, card(2, 1))
    with pytest.raises(ForeignModel, match="maps"):
        open_engine(path, regions=regions())


class _Spoilt:
    """A model whose answers are spoilt on the way."""

    def __init__(self, model: object, score: float) -> None:
        self._model, self._score = model, score

    def __getattr__(self, name: str) -> object:
        return getattr(self._model, name)

    def run(self, image: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        answer = self._model.run(image)  # type: ignore[attr-defined]
        return {**answer, "scores": np.full_like(answer["scores"], self._score)}


@pytest.mark.parametrize("score", [float("nan"), 1.5, -0.1])
def test_no_score_no_verdict(path: Path, score: float) -> None:
    spoilt = _Spoilt(open_model(path), score)
    engine = VialScorer(spoilt, regions(), View(FRAMES, FRAME))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="answer is no"):
        engine.judge(strip())


@settings(max_examples=40, deadline=None)
@given(
    greys=st.lists(st.integers(0, 255), min_size=12, max_size=12),
    flag=st.floats(0.05, 0.95),
    liquid=st.floats(0.05, 0.95),
)
def test_a_part_is_rejected_exactly_when_a_patch_reaches_its_threshold(
    path: Path, greys: list[int], flag: float, liquid: float
) -> None:
    limits = {"flag": Threshold(score=flag), "liquid": Threshold(score=liquid)}
    places = [
        Region(f"vial-{vial + 1}", {label: limits[label]}, vial / 2, row / 2, 0.5, 0.5)
        for vial in range(2)
        for row, label in enumerate(LABELS)
    ]
    engine = open_engine(path, regions=places, view=View(FRAMES, FRAME))
    assert isinstance(engine, VialScorer)
    images = strip()
    for look, number in enumerate(FRAMES):
        for place in range(4):
            y, x = 32 * (place % 2), 64 * (place // 2)
            images[number][y : y + 32, x : x + 64] = greys[4 * look + place]
    verdict = engine.judge(images)
    levels = np.array([limits[LABELS[i % 2]].score for i in range(4)], np.float32)
    scores = engine.score(images).scores
    assert (verdict.decision is Decision.REJECT) == bool((scores >= levels).any())
    assert (verdict.decision is Decision.REJECT) == bool(verdict.findings)
    assert verdict.score is not None
    assert verdict.threshold is not None
    assert (verdict.score >= np.float32(verdict.threshold)) == bool(verdict.findings)
