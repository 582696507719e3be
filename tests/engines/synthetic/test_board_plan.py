"""Designs of boards: parts that do not touch, and packages as the trade has them."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from engines.synthetic.board_layout import SIZE
from engines.synthetic.board_package import PACKAGES, Package
from engines.synthetic.board_plan import Plan, footprint, plan_board
from engines.synthetic.board_tracks import etch, pads_of
from engines.synthetic.draws import Draws

PLANS = [plan_board(Draws(7, number)) for number in range(12)]


def seen(place: tuple[float, ...]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what the frame shows."""
    x, y, width, height = place
    ends = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    left, top, right, bottom = (min(float(SIZE), max(0.0, end)) for end in ends)
    return left, top, right, bottom


@pytest.mark.parametrize("plan", PLANS)
def test_parts_stand_apart_and_leave_the_chip_room(plan: Plan) -> None:
    places = [(part.x, part.y, *(plan.unit * side for side in part.size)) for part in plan.parts]
    width, height = (plan.unit * side for side in footprint(plan.package, plan.quarters))
    places.append((plan.x, plan.y, width + 40, height + 40))
    for (left, top, right, bottom), other in combinations(map(seen, places), 2):
        overlap_x = min(right, other[2]) - max(left, other[0])
        overlap_y = min(bottom, other[3]) - max(top, other[1])
        assert min(overlap_x, overlap_y) <= 0


def test_designs_differ_in_chip_colour_and_parts() -> None:
    assert len({plan.package.name for plan in PLANS}) > 4
    assert len({plan.bare for plan in PLANS}) == len(PLANS)
    assert len({plan.look.lines for plan in PLANS}) == len(PLANS)
    assert len({plan.quarters for plan in PLANS}) > 2
    assert {plan.pour for plan in PLANS} == {True, False}
    assert np.ptp([len(plan.parts) for plan in PLANS]) > 10


@pytest.mark.parametrize("package", PACKAGES)
def test_pins_run_counter_clockwise_from_the_upper_left(package: Package) -> None:
    pins = list(package.pins())
    assert len(pins) == 2 * (package.beside + package.above) == len(package.pads())
    assert pins[0][0] == -package.width / 2
    assert pins[0][1] < 0
    turns = [one[0] * other[1] - one[1] * other[0] for one, other in pairwise(pins)]
    assert max(turns) < 0  # y goes down
    for x, y, _ in pins:
        assert abs(x) <= package.width / 2
        assert abs(y) <= package.height / 2


@pytest.mark.parametrize("plan", PLANS)
def test_other_packages_can_be_told_by_a_side(plan: Plan) -> None:
    assert plan.wrong
    for other in plan.wrong:
        across, down = other.width / plan.package.width, other.height / plan.package.height
        assert max(abs(across - 1), abs(down - 1)) > 1 / 6


@pytest.mark.parametrize("plan", PLANS[:4])
def test_tracks_end_in_vias_and_keep_off_other_pads(plan: Plan) -> None:
    copper = etch(Draws(1), plan)
    assert len(copper.tracks) > 8
    assert copper.vias
    for x, y, radius in copper.vias:
        for pad in pads_of(plan):
            inside_x = abs(x - pad.x) < pad.width / 2 + radius - 1
            inside_y = abs(y - pad.y) < pad.height / 2 + radius - 1
            assert not (inside_x and inside_y)
    assert all((stroke > -SIZE).all() and (stroke < 2 * SIZE).all() for stroke, _ in copper.tracks)
