"""Chips that are right lie within the tolerance, chips that are wrong beyond it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.synthetic.board_placement import Limits, place
from engines.synthetic.draws import Draws

LIMITS = Limits(4.0, 1.5, 20.0, 10.0)
KEYS = st.integers(min_value=0, max_value=2**53)


def far(key: int, label: str | None) -> tuple[float, float]:
    placement = place(Draws(key), label, LIMITS)
    return math.hypot(placement.right, placement.down), abs(math.degrees(placement.turn))


@given(KEYS, st.sampled_from([None, "wrong"]))
def test_all_others_lie_well_within_the_tolerance(key: int, label: str | None) -> None:
    shift, degrees = far(key, label)
    assert shift <= 0.9 * 4.0 + 1e-9
    assert degrees <= 0.9 * 1.5 + 1e-9


@given(KEYS)
def test_displaced_chips_are_shifted_and_may_be_turned(key: int) -> None:
    shift, degrees = far(key, "displaced")
    assert 1.1 * 4.0 - 1e-9 <= shift <= 20.0 + 1e-9
    assert degrees <= 10.0


@given(KEYS)
def test_rotated_chips_are_turned_in_place(key: int) -> None:
    shift, degrees = far(key, "rotated")
    assert shift <= 0.9 * 4.0 + 1e-9
    assert 1.1 * 1.5 - 1e-9 <= degrees <= 10.0 + 1e-9


def test_shifts_go_every_way() -> None:
    ways = {
        (placement.right > 0, placement.down > 0, placement.turn > 0)
        for placement in (place(Draws(key), "rotated", LIMITS) for key in range(60))
    }
    assert len(ways) == 8


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ((5.0, 2.0, 5.4, 12.0), "shift in pixels must be more than 5.5"),
        ((5.0, 2.0, 24.0, 0.0), "rotation in degrees must be more than 2.2"),
        ((0.0, 2.0, 24.0, 12.0), "shift in pixels"),
        ((5.0, 2.0, math.inf, 12.0), "not inf"),
    ],
)
def test_limits_that_leave_no_room_are_refused(
    limits: tuple[float, float, float, float], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        Limits(*limits)
