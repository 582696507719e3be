"""The engine over chips, on a real model with fixed corners."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.catalog import open_engine
from engines.chip_localizer import (
    Chip,
    ChipLocalizer,
    Located,
    Tolerances,
    decide,
    is_rectangle,
    measure,
    score_of,
)
from engines.engine import View
from engines.errors import ForeignModel
from engines.verdict import Box, Decision
from tests.localizer_model import save_localizer

PLACE = ((20.0, 30.0), (60.0, 30.0), (20.0, 50.0), (60.0, 50.0))
TOLERANCES = Tolerances(5.0, 2.0, 4.0)
CHIP = Chip("U1", PLACE, TOLERANCES, 0, 0, 100, 80)


def moved(right: float = 0.0, down: float = 0.0, degrees: float = 0.0, scale: float = 1.0) -> Any:
    points = np.array(PLACE)
    middle = points.mean(0)
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turned = scale * (points - middle) @ np.array([[cos, sin], [-sin, cos]])
    return turned + middle + (right, down)


def judged(corners: Any, presence: float = 0.99) -> Any:
    return decide([CHIP], [Located(corners, presence)])


@pytest.fixture
def engine(tmp_path: Path) -> ChipLocalizer:
    """Two chips that lie in the quarters of a frame of 200×80 pixels, and shown each half of it."""
    chips = [
        Chip(
            name,
            ((x + 24.5, 19.5), (x + 74.5, 19.5), (x + 24.5, 59.5), (x + 74.5, 59.5)),
            TOLERANCES,
            x,
            0,
            100,
            80,
        )
        for name, x in (("U1", 0), ("U2", 100))
    ]
    found = open_engine(
        save_localizer(tmp_path / "chip.onnx"), view=View(size=(80, 200)), chips=chips
    )
    assert isinstance(found, ChipLocalizer)
    return found


def frame(left: int = 230, right: int = 230) -> Any:
    image = np.full((80, 200, 3), left, np.uint8)
    image[:, 100:] = right
    return image


def test_every_chip_is_looked_for_in_its_own_piece_of_the_frame(engine: ChipLocalizer) -> None:
    one, other = engine.locate(frame())
    assert one.corners[0] == pytest.approx((24.5, 19.5))
    assert other.corners[3] == pytest.approx((174.5, 59.5))
    verdict = engine.judge([frame()])
    assert (verdict.decision, verdict.findings) == (Decision.PASS, ())
    assert verdict.score is not None
    assert verdict.score < 0.5
    assert {"prepare", "network", "decide"} == set(verdict.elapsed_ms)


def test_one_missing_chip_rejects_the_part_and_is_named(engine: ChipLocalizer) -> None:
    verdict = engine.judge([frame(right=20)])
    assert verdict.decision is Decision.REJECT
    (finding,) = verdict.findings
    assert (finding.label, finding.region, finding.outline) == ("missing", "U2", ())
    assert finding.box == Box(124, 19, 52, 42)
    assert finding.score == pytest.approx(1 - 20 / 255)
    assert verdict.score == finding.score


@pytest.mark.parametrize("shape", [(80, 199, 3), (81, 200, 3)])
def test_a_frame_of_another_size_is_an_error(
    engine: ChipLocalizer, shape: tuple[int, int, int]
) -> None:
    with pytest.raises(ValueError, match="where 200×80 are expected"):
        engine.judge([np.zeros(shape, np.uint8)])


def test_models_and_places_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    path = save_localizer(tmp_path / "chip.onnx")
    with pytest.raises(ValueError, match="none is named"):
        open_engine(path)
    with pytest.raises(ValueError, match="outside the frame"):
        open_engine(path, view=View(size=(80, 99)), chips=[CHIP])
    other = save_localizer(tmp_path / "other.onnx", ("corners", "certainty"))
    with pytest.raises(ForeignModel, match="a localizer gives 'corners'"):
        open_engine(other, view=View(size=(80, 100)), chips=[CHIP])


@pytest.mark.parametrize(
    ("corners", "labels"),
    [
        (moved(), ()),
        (moved(3.5, 3.5), ()),
        (moved(3.6, 3.6), ("displaced",)),
        (moved(degrees=1.9), ()),
        (moved(degrees=-2.1), ("rotated",)),
        (moved(scale=1.08), ()),
        (moved(scale=1.12), ("shape",)),
        (moved(9.0, degrees=3.0), ("displaced", "rotated")),
        (moved()[[1, 0, 3, 2]], ("shape",)),
    ],
)
def test_what_is_out_of_its_tolerance_is_found(corners: Any, labels: tuple[str, ...]) -> None:
    verdict = judged(corners)
    found = tuple(finding.label for finding in verdict.findings)
    assert found[: len(labels)] == labels or set(labels) <= set(found)
    assert bool(found) == bool(labels)
    assert (verdict.decision is Decision.REJECT) == bool(labels)
    for finding in verdict.findings:
        assert finding.nominal == ((20, 30), (60, 30), (60, 50), (20, 50))
        assert len(finding.outline) == 4


@given(st.floats(-30, 30), st.floats(-30, 30), st.floats(-40, 40))
def test_a_rigid_motion_is_measured_as_what_it_is(
    right: float, down: float, degrees: float
) -> None:
    found = measure(moved(right, down, degrees), np.array(PLACE))
    assert found.displacement_px == pytest.approx(math.hypot(right, down), abs=1e-6)
    assert found.rotation_deg == pytest.approx(degrees, abs=1e-6)
    assert found.side_px == pytest.approx(0, abs=1e-6)


def test_a_chip_that_lies_where_it_belongs_is_given_with_what_it_takes_most_of() -> None:
    other = replace(CHIP, name="U2")
    good, bad = (Located(moved(right), 0.99) for right in (2.0, 8.0))
    verdict = decide([CHIP, other], [good, bad])
    (within,) = verdict.within
    assert (within.region, within.label) == ("U1", "displaced")
    assert within.score == pytest.approx(score_of(2.0 / 5.0))
    assert within.outline[0] == (22, 30)
    assert within.nominal[0] == (20, 30)
    assert [finding.region for finding in verdict.findings] == ["U2"]
    assert decide([CHIP], [Located(moved(), 0.01)]).within == ()


@given(st.floats(0, 1e6), st.floats(0, 1))
def test_a_part_is_rejected_exactly_when_its_score_reaches_the_threshold(
    shift: float, presence: float
) -> None:
    verdict = judged(moved(shift), presence)
    assert verdict.score is not None
    assert verdict.threshold == 0.5
    assert (verdict.decision is Decision.REJECT) == (verdict.score >= 0.5)
    assert 0 <= verdict.score <= 1
    if presence > 0.5:
        assert verdict.score >= score_of(shift / 5.0) - 1e-9


def test_scores_are_shares_of_tolerances() -> None:
    assert [score_of(r) for r in (0.0, 1.0, 3.0, math.inf)] == [0.0, 0.5, 0.75, 1.0]


def test_a_rectangle_is_told_from_what_is_none() -> None:
    assert is_rectangle(PLACE)
    assert is_rectangle([*map(tuple, moved(degrees=30))])
    assert not is_rectangle([PLACE[i] for i in (1, 0, 3, 2)])
    assert not is_rectangle((PLACE[0], PLACE[1], PLACE[2], (65.0, 50.0)))
    assert not is_rectangle((PLACE[0],) * 4)
