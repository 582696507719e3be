"""Where slow work leaves the event loop, and its results come back to it."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

log = logging.getLogger(__name__)

CLOSE_S = 1.0

T = TypeVar("T")


class Job(Generic[T]):
    """One piece of work; nothing of it is heard of any more once it has been cancelled."""

    def __init__(
        self,
        work: Callable[[Job[T]], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._work = work
        self._done = done
        self._failed = failed
        self._is_cancelled = threading.Event()
        self._lock = threading.Lock()
        self._interrupt: Callable[[], None] | None = None
        self._result: T
        self._error: Exception | None = None

    @property
    def is_cancelled(self) -> bool:
        """For the work itself to look at; any thread."""
        return self._is_cancelled.is_set()

    def cancel(self) -> None:
        """Neither `done` nor `failed` will be called; what can be interrupted, is."""
        with self._lock:
            self._is_cancelled.set()
            if self._interrupt is not None:
                self._interrupt()

    def interrupt_with(self, interrupt: Callable[[], None] | None) -> None:
        """What ends the work at once when it is cancelled; called by the work, any thread."""
        with self._lock:
            self._interrupt = interrupt
            if interrupt is not None and self._is_cancelled.is_set():
                interrupt()

    def run(self) -> None:
        """Do the work; in a thread of the pool."""
        if self.is_cancelled:
            return
        try:
            self._result = self._work(self)
        except Exception as error:
            self._error = error
        finally:
            self.interrupt_with(None)

    def report(self) -> None:
        """Say how it went; in the event loop's thread."""
        if self.is_cancelled:
            return
        if self._error is not None:
            self._failed(self._error)
        else:
            self._done(self._result)


class Background(QObject):
    """One thread for the slow work of one view: jobs run one after the other.

    `run` is called, and `done` and `failed` are called back, in the event loop's thread.
    """

    _ran = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[Job[Any] | None] = queue.SimpleQueue()
        self._jobs: set[Job[Any]] = set()
        self._is_open = True
        self._ran.connect(self._report, Qt.ConnectionType.QueuedConnection)
        # A daemon: work that hangs, as on a dead network drive, must not keep the program.
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(
        self,
        work: Callable[[Job[T]], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> Job[T]:
        """Have work done soon.

        Args:
            work: Called with its own job in the thread of this background.
            done: Called with what `work` returned.
            failed: Called with what `work` raised.
        """
        job = Job(work, done, failed)
        if self._is_open:
            self._jobs.add(job)
            self._queue.put(job)
        return job

    def close(self) -> None:
        """Cancel what is under way and what waits; nothing is called back any more.

        Work that takes no notice of it is waited for a moment, then left to itself.
        """
        self._is_open = False
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        self._queue.put(None)
        self._thread.join(CLOSE_S)
        if self._thread.is_alive():
            log.warning("%s hangs and is left behind", self._thread.name)

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            job.run()
            if self._is_open:
                self._ran.emit(job)

    def _report(self, job: Job[Any]) -> None:
        self._jobs.discard(job)
        if self._is_open:
            job.report()
