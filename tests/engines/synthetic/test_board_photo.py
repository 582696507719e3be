"""Photographed boards: the chip goes where the truth says, and leaves nothing behind."""

import math
from dataclasses import replace

import cv2
import numpy as np
import pytest

from engines.synthetic.board import BoardRenderer, plan_of
from engines.synthetic.board_photo import PhotographedBoard, board_of_photo, limits_of
from engines.synthetic.board_placement import Limits
from engines.synthetic.part import Corners

SQUARE: Corners = ((200.0, 210.0), (320.0, 210.0), (200.0, 310.0), (320.0, 310.0))


@pytest.fixture(scope="module")
def board() -> PhotographedBoard:
    part = BoardRenderer(40).render(1, None)
    return board_of_photo(part.pixels, part.corners, 2, leads_px=1.2 * plan_of(40).unit)


@pytest.fixture
def square() -> PhotographedBoard:
    """A white chip with a dark dot in its upper left on a dull board, without noise."""
    pixels = np.full((500, 512, 3), (40, 90, 60), np.uint8)
    pixels[210:311, 200:321] = 240
    pixels[220:231, 210:221] = 5
    return board_of_photo(pixels, SQUARE, limits=Limits())


def corner_of(mask: np.ndarray, right: int, down: int) -> np.ndarray:
    """The pixel of a mask that lies furthest that way."""
    y, x = np.nonzero(mask)
    furthest = np.argmax(right * x + down * y)
    return np.array([x[furthest], y[furthest]])


@pytest.mark.parametrize("label", [None, "displaced", "rotated"])
@pytest.mark.parametrize("seed", range(4))
def test_corners_follow_the_chip(square: PhotographedBoard, label: str | None, seed: int) -> None:
    part = square.render(seed, label)
    white = part.pixels[..., 0] > 120
    for corner, (right, down) in zip(
        part.corners, ((-1, -1), (1, -1), (-1, 1), (1, 1)), strict=True
    ):
        assert np.abs(corner_of(white, right, down) - corner).max() <= 2.5
    upper_left, upper_right, lower_left, _ = np.array(part.corners)
    expected = upper_left + 15 / 120 * (upper_right - upper_left)
    expected = expected + 15 / 100 * (lower_left - upper_left)
    left, top = np.rint(expected).astype(int) - 9
    darkness = 240.0 - part.pixels[top : top + 19, left : left + 19].mean(axis=2)
    found = cv2.moments(darkness)
    dot = left + found["m10"] / found["m00"], top + found["m01"] / found["m00"]
    assert dot == pytest.approx(expected, abs=0.1)


def test_where_the_chip_was_is_filled_like_the_board(square: PhotographedBoard) -> None:
    part = square.render(0, "missing")
    assert (part.corners, part.nominal) == ((), SQUARE)
    assert np.abs(part.pixels.astype(int) - (40, 90, 60)).max() <= 10


def test_the_rest_of_the_photograph_stays(board: PhotographedBoard) -> None:
    outside = board.cover == 0
    height, width = outside.shape
    x, y = np.mean(board.corners, axis=0)
    far = (np.abs(np.arange(width) - x)[None, :] > 185) | (np.abs(np.arange(height) - y) > 185)[
        :, None
    ]
    for label in (None, *board.labels):
        part = board.render(3, label)
        assert np.array_equal(part.pixels[far & outside], board.pixels[far & outside])
        assert part.board == 2
        assert part.labels == (() if label is None else (label,))


def test_the_filled_hole_is_neither_chip_nor_pads_and_as_grainy(board: PhotographedBoard) -> None:
    hole = board.cover > 0.99
    rim = np.median(board.pixels[~hole], axis=0)
    assert np.abs(np.median(board.empty[hole], axis=0) - rim).max() < 25
    assert np.percentile(np.abs(board.empty[hole] - rim).max(axis=1), 95) < 60
    assert 0.5 < np.diff(board.empty.astype(float), axis=1)[hole[:, 1:]].std() < 12


def test_a_seed_gives_the_same_part_and_seeds_differ(board: PhotographedBoard) -> None:
    first, again, other = (board.render(seed, "displaced") for seed in (4, 4, 5))
    assert np.array_equal(first.pixels, again.pixels)
    assert first.corners == again.corners != other.corners


def test_limits_grow_with_the_photograph() -> None:
    assert limits_of((512, 700, 3)) == Limits()
    assert limits_of((1024, 1400, 3)).largest_shift_px == 48.0
    assert limits_of((1024, 1400, 3), 30.0, 5.0) == replace(
        Limits(10.0, 2.0, 48.0, 12.0), largest_shift_px=30.0, largest_rotation_degrees=5.0
    )


@pytest.mark.parametrize(
    ("corners", "words"),
    [
        (SQUARE[:3], "four corners"),
        ((*SQUARE[:3], (math.nan, 0.0)), "four corners"),
        ((*SQUARE[:3], (520.0, 310.0)), r"outside of the picture of 512×500"),
        ((*SQUARE[:3], (-1.0, 310.0)), "outside of the picture"),
        ((SQUARE[1], SQUARE[0], *SQUARE[2:]), "no quadrilateral from upper left"),
        ((*SQUARE[:2], SQUARE[3], SQUARE[2]), "no quadrilateral"),
        ((*SQUARE[:3], (210.0, 220.0)), "no quadrilateral"),
        ((SQUARE[0],) * 4, "no quadrilateral"),
        (((2.0, 210.0), (320.0, 210.0), (2.0, 310.0), (320.0, 310.0)), "out of the picture"),
    ],
)
def test_corners_that_are_none_of_a_chip_are_refused(corners: Corners, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        board_of_photo(np.zeros((500, 512, 3), np.uint8), corners)


def test_leads_that_point_inwards_are_refused() -> None:
    with pytest.raises(ValueError, match="leads reach 0 pixels or more"):
        board_of_photo(np.zeros((500, 512, 3), np.uint8), SQUARE, leads_px=-1)


def test_refuses_labels_that_a_photograph_cannot_show(board: PhotographedBoard) -> None:
    with pytest.raises(ValueError, match="choose from displaced, rotated, missing"):
        board.render(0, "wrong")
