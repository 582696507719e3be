"""The engine, on a real model whose map is the brightness of 4×4 pixels, in logits."""

from __future__ import annotations

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
from engines.engine import Region
from engines.errors import ForeignModel
from engines.runtime import open_model
from engines.selftest import seeded_input
from engines.surface_classifier import SurfaceClassifier
from engines.verdict import Decision
from tests import models

HEIGHT, WIDTH = 48, 16
DARKEST, SPAN = -4.0, 24.0
"""Logit of a black place, and from there to a white one."""


def graph(outputs: tuple[str, str] = ("scores", "maps"), extra: float = 0.0) -> onnx.ModelProto:
    """maps = mean of 4×4 pixels, in logits; scores = sigmoid of its mean, and `extra` more."""
    constants = {
        "scale": np.array(SPAN / 255, np.float32),
        "darkest": np.array(DARKEST, np.float32),
        "extra": np.array(extra, np.float32),
        "one": np.array([1], np.int64),
        "places": np.array([1, 2], np.int64),
    }
    nodes = [
        helper.make_node("Cast", ["image"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["real"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node(
            "AveragePool", ["planes"], ["coarse"], kernel_shape=[4, 4], strides=[4, 4]
        ),
        helper.make_node("Mul", ["coarse", "scale"], ["scaled"]),
        helper.make_node("Add", ["scaled", "darkest"], ["logits"]),
        helper.make_node("Squeeze", ["logits", "one"], [outputs[1]]),
        helper.make_node("ReduceMean", [outputs[1], "places"], ["mean"], keepdims=0),
        helper.make_node("Add", ["mean", "extra"], ["more"]),
        helper.make_node("Sigmoid", ["more"], [outputs[0]]),
    ]
    shape = [1, HEIGHT, WIDTH, 1]
    made = helper.make_graph(
        nodes,
        "classifier",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, shape)],
        [
            helper.make_tensor_value_info(outputs[0], TensorProto.FLOAT, [1]),
            helper.make_tensor_value_info(outputs[1], TensorProto.FLOAT, [1, 12, 4]),
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)


def card(labels: tuple[str, ...] = ("defect",), output: str = "maps") -> ModelCard:
    spec = InputSpec(height=HEIGHT, width=WIDTH)
    first = seeded_input(3, spec)[0, :4, :4, 0].mean() * SPAN / 255 + DARKEST
    test = SelfTest(
        seed=3, positions={output: [0]}, expected={output: [float(first)]}, tolerance=1e-3
    )
    limits = {label: Threshold(score=0.4) for label in labels}
    changes = {"input": spec, "labels": labels, "thresholds": limits, "self_test": test}
    return models.card(engine="surface_classifier", **changes)


def surface(*bright: tuple[int, int, int, int], grey: int = 20) -> NDArray[np.uint8]:
    """A frame twice the network's size; rectangles (x, y, width, height) of it are white."""
    image = np.full((2 * HEIGHT, 2 * WIDTH), grey, np.uint8)
    for x, y, w, h in bright:
        image[y : y + h, x : x + w] = 255
    return image


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return models.save(tmp_path_factory.mktemp("model") / "surface.onnx", graph(), card())


@pytest.fixture(scope="module")
def engine(path: Path) -> SurfaceClassifier:
    opened = open_engine(path)
    assert isinstance(opened, SurfaceClassifier)
    return opened


def test_a_good_part_passes_and_its_map_stays_below_the_threshold(
    engine: SurfaceClassifier,
) -> None:
    verdict = engine.judge([surface((0, 0, 4, 4))])
    assert verdict.decision is Decision.PASS
    assert verdict.findings == ()
    assert verdict.threshold == 0.4
    assert verdict.anomaly_map is not None
    values = verdict.anomaly_map.values
    assert values.shape == (2 * HEIGHT, 2 * WIDTH)
    assert not values.flags.writeable
    assert verdict.score is not None
    assert float(values.max()) == pytest.approx(0.5 * verdict.score / 0.4, abs=1e-6)
    assert values.max() < 0.5


def test_the_finding_lies_around_the_hottest_place(engine: SurfaceClassifier) -> None:
    verdict = engine.judge([surface((8, 40, 16, 24), (0, 0, 4, 4))])
    assert verdict.decision is Decision.REJECT
    (finding,) = verdict.findings
    assert (finding.label, finding.region, finding.frame) == ("defect", "part", 0)
    assert (finding.score, finding.threshold) == (verdict.score, 0.4)
    box = finding.box
    assert abs(box.x - 8) <= 4
    assert abs(box.y - 40) <= 4
    assert abs(box.x + box.width - 24) <= 4
    assert abs(box.y + box.height - 64) <= 4
    assert 0 < finding.area_px <= box.width * box.height
    assert verdict.anomaly_map is not None
    assert verdict.anomaly_map.values[52, 16] >= 0.5 > verdict.anomaly_map.values[90, 30]


@settings(max_examples=60, deadline=None)
@given(
    greys=st.lists(st.integers(0, 255), min_size=12, max_size=12),
    level=st.floats(0.02, 0.98),
)
def test_a_part_is_rejected_exactly_when_its_score_reaches_the_threshold(
    path: Path, greys: list[int], level: float
) -> None:
    engine = SurfaceClassifier(
        open_model(path), [Region("part", {"defect": Threshold(score=level)})]
    )
    image = np.repeat(np.array(greys, np.uint8), 4)[:, None].repeat(WIDTH, axis=1)
    verdict = engine.judge([image])
    mean = np.mean(greys) * SPAN / 255 + DARKEST
    assert verdict.score == pytest.approx(1 / (1 + np.exp(-mean)), abs=1e-5)
    assert verdict.score is not None
    assert (verdict.decision is Decision.REJECT) == (verdict.score >= level)
    assert (verdict.decision is Decision.REJECT) == bool(verdict.findings)
    assert verdict.anomaly_map is not None
    values = verdict.anomaly_map.values
    assert values.min() >= 0
    assert values.max() <= 1 + 1e-6
    assert (verdict.decision is Decision.REJECT) == bool(values.max() >= 0.5 - 1e-7)


def test_a_surface_that_stands_evenly_at_its_threshold_is_rejected_for_all_of_it(
    path: Path,
) -> None:
    logit = 100 * SPAN / 255 + DARKEST
    score = float(np.float32(1 / (1 + np.exp(-logit))))
    model = open_model(path)
    found = float(model.run(np.full((1, HEIGHT, WIDTH, 1), 100, np.uint8))["scores"][0])
    assert found == pytest.approx(score)
    engine = SurfaceClassifier(model, [Region("part", {"defect": Threshold(score=found)})])
    verdict = engine.judge([surface(grey=100)])
    assert verdict.decision is Decision.REJECT
    (finding,) = verdict.findings
    assert (finding.box.width, finding.box.height) == (2 * WIDTH, 2 * HEIGHT)


def test_the_recipe_moves_the_threshold(path: Path) -> None:
    images = [surface((8, 40, 8, 8), grey=30)]
    strict, lax = (
        open_engine(path, regions=[Region("part", {"defect": Threshold(score=score)})])
        for score in (0.05, 0.95)
    )
    assert strict.judge(images).decision is Decision.REJECT
    assert lax.judge(images).decision is Decision.PASS
    assert lax.thresholds["part"]["defect"].score == 0.95


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([Region("a", {"defect": Threshold()}, width=0.5)], "whole frame"),
        ([Region(n, {"defect": Threshold()}) for n in "ab"], "whole frame"),
        ([Region("a", {"crack": Threshold()})], "'defect'"),
    ],
)
def test_a_recipe_that_does_not_fit(path: Path, places: list[Region], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        open_engine(path, regions=places)


def test_a_model_of_another_make_is_foreign(tmp_path: Path) -> None:
    other = models.save(tmp_path / "a.onnx", graph(("scores", "pictures")), card(output="pictures"))
    with pytest.raises(ForeignModel, match="maps"):
        open_engine(other)
    two = models.save(tmp_path / "b.onnx", graph(), card(("defect", "stain")))
    with pytest.raises(ForeignModel, match="one label"):
        open_engine(two)
    unexplained = models.save(tmp_path / "c.onnx", graph(extra=0.5), card())
    with pytest.raises(ForeignModel, match="score is not that of its map"):
        open_engine(unexplained)


class _Spoilt:
    """A model whose answers are spoilt on the way."""

    def __init__(self, model: object, **answers: NDArray[np.float32]) -> None:
        self._model, self._answers = model, answers
        self.is_spoilt = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._model, name)

    def run(self, image: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        answer = self._model.run(image)  # type: ignore[attr-defined]
        return {**answer, **self._answers} if self.is_spoilt else answer


@pytest.mark.parametrize(
    ("output", "value", "words"),
    [
        ("scores", float("nan"), "not a number"),
        ("maps", float("nan"), "not a number"),
        ("scores", 1.5, "no score"),
        ("scores", 0.9, "not that of its map"),
        ("maps", 3.0, "not that of its map"),
    ],
)
def test_no_answer_no_verdict(path: Path, output: str, value: float, words: str) -> None:
    shape = (1,) if output == "scores" else (1, 12, 4)
    spoilt = _Spoilt(open_model(path), **{output: np.full(shape, value, np.float32)})
    engine = SurfaceClassifier(spoilt, [Region("part", card().thresholds)])  # type: ignore[arg-type]
    assert engine.judge([surface()]).decision is Decision.PASS
    spoilt.is_spoilt = True
    with pytest.raises(ValueError, match=words):
        engine.judge([surface()])


@pytest.mark.parametrize(
    ("image", "words"),
    [(np.zeros((96, 32), np.uint16), "8-bit"), (np.zeros((8, 32), np.uint8), "too small")],
)
def test_an_image_that_cannot_be_judged_is_not(
    engine: SurfaceClassifier, image: NDArray[np.uint8], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        engine.judge([image])


def test_a_large_frame_has_a_smaller_map_and_a_box_in_its_own_pixels(
    engine: SurfaceClassifier,
) -> None:
    image = np.full((3000, 1000), 20, np.uint8)
    image[1500:2250, 250:750] = 255
    verdict = engine.judge([image])
    assert verdict.anomaly_map is not None
    assert max(verdict.anomaly_map.values.shape) <= 1024
    (finding,) = verdict.findings
    assert abs(finding.box.y - 1500) < 150
    assert finding.box.y + finding.box.height <= 3000
    assert 0.5 < finding.area_px / (750 * 500) < 1.5
