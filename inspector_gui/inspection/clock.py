"""The time of day, and whether it can be trusted."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from inspector_gui.records.entries import EventEntry
from inspector_gui.records.moment import utc_now as utc_now
from inspector_gui.records.moment import utc_offset_min

STEP_S = 2.0


def event(kind: str, detail: str, data: Mapping[str, object] | None = None) -> EventEntry:
    """An event of this moment; its data say by how much local time is ahead of UTC."""
    return EventEntry(kind, utc_now(), detail, {**(data or {}), "utc_offset_min": utc_offset_min()})


class ClockWatch:
    """Compares the time of day with a clock that nobody can set.

    A clock that is slewed goes along unnoticed; one that is set, or a computer that slept, does
    not.
    """

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall, self._monotonic = wall, monotonic
        self._ahead_s = wall() - monotonic()

    def step_s(self) -> float | None:
        """By how much the time of day was set since the last look; None if by `STEP_S` or less."""
        before, self._ahead_s = self._ahead_s, self._wall() - self._monotonic()
        step = self._ahead_s - before
        return step if abs(step) > STEP_S else None
