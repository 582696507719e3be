from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from training_cli.localizer.loss import LocalizerLoss, Truth, rectangularity
from training_cli.networks.localizer import Answer, means_of

RECTANGLE = torch.tensor([[0.2, 0.3, 0.7, 0.3, 0.2, 0.6, 0.7, 0.6]])


@given(st.floats(-0.7, 0.7))
def test_turned_rectangles_are_rectangular(turn: float) -> None:
    cos, sin = math.cos(turn), math.sin(turn)
    points = RECTANGLE.view(4, 2) @ torch.tensor([[cos, sin], [-sin, cos]])
    assert float(rectangularity(points.view(1, 8))) == pytest.approx(0, abs=1e-4)


def test_a_sheared_one_has_the_cosine_at_each_of_its_corners() -> None:
    sheared = torch.tensor([[0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 2.0, 1.0]])
    assert float(rectangularity(sheared)) == pytest.approx(4 * math.cos(math.pi / 4), abs=1e-5)


def test_corners_count_only_where_a_chip_is_present() -> None:
    off = Answer(RECTANGLE + 0.1, torch.zeros(1))
    right = Answer(RECTANGLE, torch.zeros(1))
    loss = LocalizerLoss(0.1)
    there, gone = (Truth(RECTANGLE, torch.tensor([p])) for p in (1.0, 0.0))
    assert loss(off, gone) == loss(right, gone)
    assert loss(off, there) > loss(right, there) + 1


def test_without_its_weight_rectangularity_is_left_out() -> None:
    skewed = Answer(RECTANGLE + torch.tensor([[0.1, 0, 0, 0, 0, 0, 0, 0]]), torch.zeros(1))
    truth = Truth(skewed.corners, torch.ones(1))
    assert LocalizerLoss(0.0)(skewed, truth) < LocalizerLoss(0.5)(skewed, truth)


def test_maps_learn_from_where_their_corners_are() -> None:
    maps = torch.zeros(1, 4, 16, 16)
    loss = LocalizerLoss(0.0)
    truth = Truth(RECTANGLE, torch.ones(1))
    flat = loss(Answer(RECTANGLE, torch.zeros(1), maps), truth)
    for corner, (x, y) in enumerate(RECTANGLE.view(4, 2).tolist()):
        maps[0, corner, int(y * 16), int(x * 16)] = 5.0
    assert loss(Answer(RECTANGLE, torch.zeros(1), maps), truth) < flat


def test_a_map_with_one_high_cell_means_its_middle() -> None:
    maps = torch.full((1, 1, 8, 4), -50.0)
    maps[0, 0, 2, 3] = 50.0
    assert means_of(maps)[0, 0].tolist() == pytest.approx([3.5 / 4, 2.5 / 8])
