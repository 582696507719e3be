"""Rendered boards: the same for a seed, and true about where the chip lies."""

import math
import pickle

import cv2
import numpy as np
import pytest

from engines.synthetic.board import LIMITS, BoardRenderer, plan_of
from engines.synthetic.board_plan import footprint
from engines.synthetic.part import Corners, RenderedPart

LABELS = ["displaced", "rotated", "missing", "wrong"]
BOARD = BoardRenderer(3)

# 12 grey levels spread over the picture of seed 2024 on board 3. Models are trained on these
# boards: whoever changes them on purpose trains them again.
LOOKS: dict[str | None, list[int]] = {
    None: [139, 113, 18, 91, 38, 137, 40, 17, 55, 109, 139, 144],
    "displaced": [139, 113, 18, 91, 38, 137, 40, 17, 55, 109, 139, 144],
    "rotated": [139, 113, 18, 91, 38, 137, 40, 17, 55, 109, 139, 144],
    "missing": [139, 113, 18, 91, 38, 137, 40, 17, 55, 109, 139, 144],
    "wrong": [139, 113, 18, 91, 29, 137, 40, 14, 28, 109, 139, 144],
}


def look(part: RenderedPart) -> list[int]:
    flat = part.pixels.ravel()
    return flat[(np.linspace(0.03, 0.97, 12) * flat.size).astype(int)].tolist()


def placement(part: RenderedPart) -> tuple[float, float]:
    """How far the chip is shifted, and turned, in degrees."""
    corners, nominal = np.array(part.corners), np.array(part.nominal)
    shift = np.hypot(*(corners.mean(axis=0) - nominal.mean(axis=0)))
    upper = corners[1] - corners[0]
    return float(shift), abs(math.degrees(math.atan2(upper[1], upper[0])))


def sides(corners: Corners) -> tuple[float, float]:
    upper_left, upper_right, lower_left, _ = np.array(corners)
    return float(np.hypot(*(upper_right - upper_left))), float(np.hypot(*(lower_left - upper_left)))


@pytest.mark.parametrize("label", [None, *LABELS])
def test_the_look_has_not_changed(label: str | None) -> None:
    # OpenCV rounds in the last place as the processor does.
    assert np.abs(np.subtract(look(BOARD.render(2024, label)), LOOKS[label])).max() <= 1


@pytest.mark.parametrize("label", [None, *LABELS])
def test_a_seed_gives_the_same_part_every_time(label: str | None) -> None:
    first, second = BOARD.render(5, label), BOARD.render(5, label)
    assert np.array_equal(first.pixels, second.pixels)
    assert first.corners == second.corners
    assert first.pixels.shape == (512, 512, 3)
    assert first.pixels.dtype == np.uint8
    assert first.labels == (() if label is None else (label,))
    assert first.board == 3


def test_a_board_is_the_same_whatever_was_drawn_before() -> None:
    first = BOARD.render(1, None)
    for number in range(30, 40):
        plan_of(number)
    BoardRenderer(4).render(1, "rotated")
    assert np.array_equal(BOARD.render(1, None).pixels, first.pixels)


def test_parts_of_a_board_share_its_place_and_differ_in_theirs() -> None:
    parts = [BOARD.render(seed, None) for seed in range(4)]
    assert len({part.nominal for part in parts}) == 1
    assert len({part.corners for part in parts}) == 4
    assert BoardRenderer(8).render(0, None).nominal != parts[0].nominal


def test_another_presentation_shows_the_same_part_in_another_light() -> None:
    first, again = BOARD.render(6, None), BOARD.render(6, None, presentation=1)
    assert first.corners == again.corners
    assert not np.array_equal(first.pixels, again.pixels)


@pytest.mark.parametrize("label", [None, *LABELS])
def test_labels_say_where_the_chip_lies(label: str | None) -> None:
    plan = plan_of(BOARD.board)
    usual = sorted(plan.unit * side for side in footprint(plan.package, 0))
    for seed in range(6):
        part = BOARD.render(seed, label)
        assert sides(part.nominal) == pytest.approx(
            tuple(plan.unit * side for side in footprint(plan.package, plan.quarters))
        )
        if label == "missing":
            assert part.corners == ()
            continue
        shift, degrees = placement(part)
        assert (shift > LIMITS.tolerance_px) == (label == "displaced")
        if label != "displaced":
            assert (degrees > LIMITS.tolerance_degrees) == (label == "rotated")
        changed = np.array(sorted(sides(part.corners))) / usual - 1
        assert (np.abs(changed).max() > 0.1) == (label == "wrong")


@pytest.mark.parametrize("board", [3, 8, 20])
@pytest.mark.parametrize("label", [None, "displaced", "rotated", "wrong"])
def test_the_corners_hold_the_body(board: int, label: str | None) -> None:
    """Inside of them the plastic hides the board; well outside of them nothing has changed."""
    part, empty = (BoardRenderer(board).render(2, name) for name in (label, "missing"))
    change = np.abs(part.pixels.astype(int) - empty.pixels).max(axis=2)
    outline = np.rint(np.array(part.corners)[[0, 1, 3, 2]]).astype(np.int32)
    body = cv2.fillPoly(np.zeros((512, 512), np.uint8), [outline], 1)
    inside = cv2.erode(body, np.ones((9, 9), np.uint8)) > 0
    assert np.mean(change[inside] > 8) > 0.75
    reach = 2 * round(2.2 * plan_of(board).unit) + 1
    around = cv2.dilate(body, np.ones((reach, reach), np.uint8)) > 0
    assert change[~around].max() == 0


def test_parts_can_be_sent_to_another_process() -> None:
    part = BOARD.render(3, "rotated")
    assert pickle.loads(pickle.dumps(part)).corners == part.corners
    assert pickle.loads(pickle.dumps(BOARD)) == BOARD


@pytest.mark.parametrize(("seed", "label"), [(-1, None), (0, "good"), (0, "scratch")])
def test_refuses_what_it_cannot_draw(seed: int, label: str | None) -> None:
    with pytest.raises(ValueError, match=r"must be 0 or more|choose from displaced, rotated"):
        BOARD.render(seed, label)
