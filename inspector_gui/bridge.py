"""Where the station meets the event loop."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.status import StationState, StationStatus
from inspector_gui.views.controller import Controller
from inspector_gui.views.freshness import Freshness

SCREEN_MS = 33
STATUS_EVERY = 6  # screen ticks
SHOWS_VERDICTS = frozenset({StationState.RUNNING, StationState.STOPPING})


class Bridge(QObject):
    """Looks at the station at screen rate, in the event loop's thread, and says what is new.

    The station never calls it and never waits for it: what comes between two looks is in the
    record and in the counters, but not on the screen.

    Signals:
        inspected: A new `Inspection`, which counts.
        cleared: The last one does not count any longer: it is old, or the line does not run.
        status_changed: A `StationStatus` that differs from the last one.
    """

    inspected = Signal(object)
    cleared = Signal()
    status_changed = Signal(object)

    def __init__(
        self, controller: Controller, clock_ns: Callable[[], int] = time.monotonic_ns
    ) -> None:
        super().__init__()
        self.controller = controller
        self._clock_ns = clock_ns
        self._freshness = Freshness()
        self._last: Inspection | None = None
        self._counts = False
        self._status: StationStatus | None = None
        self._ticks = 0
        self._timer = QTimer(self, interval=SCREEN_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look from now on."""
        self.look()
        self._timer.start()

    def end(self) -> None:
        """Look no more."""
        self._timer.stop()

    def start_or_stop(self) -> None:
        """Start the line, or stop it, as its state allows."""
        state = self.controller.status().state
        if state in (StationState.STOPPED, StationState.FAULT):
            self.controller.start()
        elif state in (StationState.RUNNING, StationState.CAMERA_LOST):
            self.controller.stop()
        self._look_at_status()

    def look(self) -> None:
        """Look once."""
        if self._ticks % STATUS_EVERY == 0:
            self._look_at_status()
        self._ticks += 1
        self._look_at_latest()
        if self._counts and not self._may_stand():
            self._counts = False
            self.cleared.emit()

    def _look_at_status(self) -> None:
        status = self.controller.status()
        if status != self._status:
            self._status = status
            self.status_changed.emit(status)

    def _look_at_latest(self) -> None:
        latest = self.controller.latest()
        if latest is not self._last:
            if latest is None or self._last is None or latest.lot != self._last.lot:
                self._freshness.forget()
            self._last = latest
            if latest is not None:
                if self._status is None or self._status.state not in SHOWS_VERDICTS:
                    self._look_at_status()
                self._freshness.add(latest.part, latest.handed_out_ns)
                self._counts = True
                self.inspected.emit(latest)

    def _may_stand(self) -> bool:
        runs = self._status is not None and self._status.state in SHOWS_VERDICTS
        return runs and not self._freshness.is_stale(self._clock_ns())
