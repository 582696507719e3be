"""Blocks lie where the truth says, to a tenth of a pixel."""

import math

import cv2
import numpy as np
import pytest

from engines.synthetic.board_face import pen_on
from engines.synthetic.board_pen import Pen, box, lettering, lettering_width
from engines.synthetic.board_placement import corners_of


@pytest.mark.parametrize("turn", [0.0, 0.1, -0.2])
@pytest.mark.parametrize("x", [250.0, 250.3, 250.75])
def test_a_box_has_the_place_and_the_size_it_was_given(x: float, turn: float) -> None:
    canvas = np.zeros((1024, 1024, 3), np.uint8)
    pen_on(canvas, light=(0.0, 0.0)).at(x, 240.4, 0, turn).box(0, 0, 200, 120, (255, 255, 255))
    frame = cv2.resize(canvas, (512, 512), interpolation=cv2.INTER_AREA)[..., 0] / 255.0
    found = cv2.moments(frame)
    assert found["m10"] / found["m00"] == pytest.approx(x, abs=0.12)
    assert found["m01"] / found["m00"] == pytest.approx(240.4, abs=0.12)
    assert math.sqrt(found["m00"] / (200 * 120)) == pytest.approx(1, abs=0.002)


@pytest.mark.parametrize("turn", [0.0, 0.15])
def test_corners_are_those_of_the_box_in_the_order_of_the_truth(turn: float) -> None:
    pen = Pen(np.zeros((8, 8), np.uint8), 0.0, 0.0).at(50.0, 60.0, 0, turn)
    upper_left, upper_right, lower_right, lower_left = pen.points(box(0, 0, 30, 20))
    expected = np.array([upper_left, upper_right, lower_left, lower_right])
    assert np.allclose(corners_of(50.0, 60.0, 30, 20, turn), expected, atol=1e-4)


def test_a_pen_turned_by_a_quarter_draws_its_right_downwards() -> None:
    pen = Pen(np.zeros((8, 8), np.uint8), 5.0, 5.0, unit=2.0).at(1.0, 0.0, 1)
    assert np.allclose(pen.points(np.array([[3.0, 0.0]], np.float32)), [[7.0, 11.0]], atol=1e-5)


def test_sides_towards_the_lamp_are_brighter() -> None:
    canvas = np.full((80, 80, 3), 10, np.uint8)
    pen = Pen(canvas, 40.0, 40.0, light=(-1.0, 0.0))
    pen.block((0, 0, 60, 60), 10, (100.0, 100.0, 100.0))
    left, middle, right = (int(canvas[40, x, 0]) for x in (14, 40, 65))
    assert left > middle > right
    pen.shade(box(0, 0, 10, 10), 0.5, 1.0, lift=10.0)
    assert canvas[40, 50, 0] < 60 < canvas[40, 38, 0]


def test_letters_are_as_wide_as_said_and_centred() -> None:
    points = np.vstack(lettering("R47", 12.0))
    assert np.ptp(points[:, 0]) == pytest.approx(lettering_width("R47", 12.0))
    assert np.ptp(points[:, 1]) == pytest.approx(12.0)
    assert points.min(axis=0) == pytest.approx(-points.max(axis=0))
