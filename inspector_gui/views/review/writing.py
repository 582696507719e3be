"""Writes decisions of people in the background; one after the other, and none is lost."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from inspector_gui.background import Background, Job
from inspector_gui.records.accounts import Session
from inspector_gui.records.entries import DispositionEntry
from inspector_gui.records.errors import RecordsError
from inspector_gui.views.controller import Controller

log = logging.getLogger(__name__)


class DecisionWriter(QObject):
    """Called, and calls back, in the event loop's thread."""

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._background = Background("review-writer", self)
        self._waiting: deque[tuple[Path, DispositionEntry, Session | None]] = deque()
        self._lock = threading.Lock()

    def write(
        self,
        folder: Path,
        entry: DispositionEntry,
        done: Callable[[DispositionEntry], None],
        failed: Callable[[DispositionEntry, Exception], None],
    ) -> None:
        """Write a decision soon, under the name of who is signed in now."""
        with self._lock:
            self._waiting.append((folder, entry, self._controller.session))

        def work(_job: Job[DispositionEntry]) -> DispositionEntry:
            self._write_next()
            return entry

        self._background.run(work, done, lambda error: failed(entry, error))

    def close(self) -> None:
        """Write what still waits, then end; after a failure nothing further is tried."""
        self._background.close()
        try:
            while self._waiting:
                self._write_next()
        except RecordsError as error:
            log.error("%d decisions were not recorded: %s", len(self._waiting) + 1, error)

    def _write_next(self) -> None:
        with self._lock:
            waiting = self._waiting.popleft()
        self._controller.dispose(*waiting)
