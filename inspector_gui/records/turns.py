"""One act at a time, in whatever program: what was read must still be so when it is written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from inspector_gui.records.errors import RecordsBusy, RecordsError

LOCK = "acts.lock"
WAIT_S = 10.0


class Turns:
    """Takes turns at one record, among threads and among programs. A line needs none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread = threading.RLock()
        self._program = FileLock(folder / LOCK, thread_local=False)

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Keep others from acting until it ends; may be entered again within.

        Raises:
            RecordsBusy: Another program does not end its act.
            RecordsError: The folder cannot be written to.
        """
        with self._thread:
            try:
                self._program.acquire(timeout=WAIT_S)
            except Timeout:
                raise RecordsBusy(
                    f"Somebody else is acting on the record in {self._folder}: "
                    "try again in a moment."
                ) from None
            except OSError as error:
                raise RecordsError(
                    f"The record in {self._folder} cannot be written ({error.strerror}): "
                    "choose a folder that you may write to."
                ) from error
            try:
                yield
            finally:
                self._program.release()
