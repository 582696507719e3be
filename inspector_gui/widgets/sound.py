"""A sound for what an operator must not miss while they look elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

SHORTEST_S = 0.3


class Sound:
    """The computer's own tone; it never waits, and says nothing where there is no loudspeaker."""

    def __init__(
        self,
        play: Callable[[], None] = QApplication.beep,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._play = play
        self._clock_s = clock_s
        self._last_s = -SHORTEST_S

    def play(self) -> None:
        """Sound once, but not within `SHORTEST_S` of the last time."""
        now = self._clock_s()
        if now - self._last_s >= SHORTEST_S:
            self._last_s = now
            self._play()
