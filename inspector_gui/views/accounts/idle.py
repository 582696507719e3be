"""Notices that nobody is at the window any more."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QSinglePointEvent

LOOK_MS = 1000
_STIRS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
TREMOR_PX = 8
"""Less than that moves a mouse on a table beside machines."""


def seconds() -> float:
    """A clock that goes on while the computer sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class IdleWatch(QObject):
    """Watches keys, mouse and touch of the whole application, while it has been told to.

    Signals:
        idle: Nothing was touched for `limit_min`.
    """

    idle = Signal()

    def __init__(
        self, parent: QObject | None = None, clock_s: Callable[[], float] = seconds
    ) -> None:
        super().__init__(parent)
        self.limit_min = 0
        self._clock_s = clock_s
        self._touched_s = 0.0
        self._mouse = QPointF()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, is_on: bool) -> None:
        """Watch, or rest; begins anew only where it rested."""
        if is_on == self._timer.isActive():
            return
        application = QCoreApplication.instance()
        assert application is not None
        if is_on:
            self._touched_s = self._clock_s()
            application.installEventFilter(self)
            self._timer.start()
        else:
            application.removeEventFilter(self)
            self._timer.stop()

    def look(self) -> None:
        """See whether it has been long enough."""
        if not self.limit_min or not self._timer.isActive():
            return
        if self._clock_s() - self._touched_s >= 60 * self.limit_min:
            self.watch(False)
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _STIRS:
            self._touched_s = self._clock_s()
        elif kind == QEvent.Type.MouseMove and isinstance(event, QSinglePointEvent):
            place = event.globalPosition()
            if (place - self._mouse).manhattanLength() > TREMOR_PX:
                self._mouse = place
                self._touched_s = self._clock_s()
        return False
