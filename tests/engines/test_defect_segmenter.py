"""From probabilities to a decision, findings and a map."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engines.card import Threshold
from engines.catalog import open_engine
from engines.defect_segmenter import DefectSegmenter
from engines.engine import Region
from engines.runtime import open_model
from engines.verdict import Decision
from tests import models


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return models.save(tmp_path_factory.mktemp("models") / "brightness.onnx")


@pytest.fixture(scope="module")
def engine(path: Path) -> DefectSegmenter:
    return DefectSegmenter(open_model(path), [Region("part", models.card().thresholds)])


def test_a_dark_part_passes(engine: DefectSegmenter) -> None:
    verdict = engine.judge([models.part()])
    assert verdict.decision is Decision.PASS
    assert verdict.findings == ()
    assert verdict.score == pytest.approx(20 / 255)
    assert set(verdict.elapsed_ms) == {"prepare", "network", "decide"}


def test_a_bright_spot_is_rejected_and_found_where_it_is(engine: DefectSegmenter) -> None:
    verdict = engine.judge([models.part([(3, 5, 4, 2)])])
    assert verdict.decision is Decision.REJECT
    (finding,) = verdict.findings
    box = finding.box
    assert (finding.label, finding.area_px) == ("scratch", 8)
    assert (box.x, box.y, box.width, box.height) == (3, 5, 4, 2)
    assert finding.score == pytest.approx(230 / 255)


def test_one_pixel_less_than_the_minimum_area_passes(engine: DefectSegmenter) -> None:
    assert engine.judge([models.part([(3, 5, 3, 1)])]).decision is Decision.PASS
    assert engine.judge([models.part([(3, 5, 4, 1)])]).decision is Decision.REJECT


def test_area_is_counted_over_all_places(engine: DefectSegmenter) -> None:
    verdict = engine.judge([models.part([(1, 1, 2, 1), (10, 10, 2, 1)])])
    assert verdict.decision is Decision.REJECT
    assert len(verdict.findings) == 2


def test_findings_are_in_pixels_of_the_frame(engine: DefectSegmenter) -> None:
    image = np.kron(models.part([(4, 8, 4, 4)]), np.ones((3, 2), np.uint8)).astype(np.uint8)
    (finding,) = engine.judge([image]).findings
    box = finding.box
    assert (box.x, box.y, box.width, box.height) == (8, 24, 8, 12)
    assert finding.area_px == pytest.approx(96)
    assert all(8 <= x <= 16 and 24 <= y <= 36 for x, y in finding.outline)


def test_a_region_is_judged_by_its_own_thresholds(path: Path) -> None:
    strict = {"scratch": Threshold(score=0.5, min_area_px=1)}
    left = Region("left", strict, x=0.0, y=0.0, width=0.5, height=1.0)
    engine = open_engine(path, regions=[left])
    verdict = engine.judge([models.part([(2, 2, 1, 1)])])
    assert (verdict.decision, verdict.findings[0].region) == (Decision.REJECT, "left")
    assert engine.judge([models.part([(9, 2, 5, 5)])]).decision is Decision.PASS
    assert engine.thresholds == {"left": strict}


@pytest.mark.parametrize(
    ("region", "words"),
    [
        (Region("r", {"dent": Threshold()}), "no label 'dent'"),
        (Region("r", {"stain": Threshold(min_area_px=257)}), "smaller than the minimum area"),
        (Region("r", {"stain": Threshold()}, x=0.9, width=0.3), "inside the frame"),
    ],
)
def test_a_region_that_does_not_fit(path: Path, region: Region, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        open_engine(path, regions=[region])


def test_no_number_no_verdict(engine: DefectSegmenter) -> None:
    probabilities = np.zeros((2, 16, 16), np.float32)
    probabilities[0, 3, 3] = np.nan
    with pytest.raises(ValueError, match="not a number"):
        engine.decide(probabilities, 16, 16)


def test_the_map_puts_the_threshold_at_one_half(engine: DefectSegmenter) -> None:
    probabilities = np.zeros((2, 16, 16), np.float32)
    probabilities[1, 0, :3] = (0.25, 0.5, 1.0)
    anomaly_map = engine.decide(probabilities, 16, 16).anomaly_map
    assert anomaly_map is not None
    assert anomaly_map.values[0, :4].tolist() == pytest.approx([0.25, 0.5, 1.0, 0.0])


@given(
    arrays(np.float32, (2, 16, 16), elements=st.floats(0, 1, width=32)),
    st.floats(0.05, 0.95),
    st.integers(1, 256),
)
def test_score_area_and_decision_say_the_same(
    engine: DefectSegmenter, probabilities: np.ndarray, score: float, area: int
) -> None:
    threshold = Threshold(score=score, min_area_px=area)
    region = Region("part", dict.fromkeys(models.LABELS, threshold))
    strict = DefectSegmenter(engine._model, [region])
    verdict = strict.decide(probabilities, 16, 16)
    present = [(channel >= score).sum() >= area for channel in probabilities.astype(np.float64)]
    assert verdict.score is not None
    assert verdict.threshold is not None
    assert (verdict.decision is Decision.REJECT) == any(present)
    assert (verdict.decision is Decision.REJECT) == (verdict.score >= verdict.threshold)
    assert bool(verdict.findings) == any(present)


@pytest.mark.parametrize("shape", [(1, 1), (3, 500), (500, 3)])
def test_a_frame_that_shows_too_little_is_not_judged(
    engine: DefectSegmenter, shape: tuple[int, int]
) -> None:
    with pytest.raises(ValueError, match="too small"):
        engine.judge([np.zeros(shape, np.uint8)])
    assert engine.judge([np.zeros((4, 4), np.uint8)]).decision is Decision.PASS
