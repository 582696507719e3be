"""A time of day that is set does not go unnoticed."""

from __future__ import annotations

import pytest

from inspector_gui.inspection.clock import ClockWatch


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(("set_by", "seen"), [(2.5, 2.5), (-3600.0, -3600.0), (1.9, None)])
def test_a_step_is_seen_once(set_by: float, seen: float | None) -> None:
    wall, steady = Clock(), Clock()
    watch = ClockWatch(wall, steady)
    wall.now += 60
    steady.now += 60
    assert watch.step_s() is None
    wall.now += set_by
    assert watch.step_s() == seen
    assert watch.step_s() is None


def test_what_is_slewed_is_no_step() -> None:
    wall, steady = Clock(), Clock()
    watch = ClockWatch(wall, steady)
    for _ in range(1000):
        steady.now += 1
        wall.now += 1.0005
        assert watch.step_s() is None
