"""A record that stays open in a background thread, for the questions of one view."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject

from inspector_gui.background import Background, Job
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import DATABASE

T = TypeVar("T")


class NoRecordYet(RecordsError):
    """Nothing has been recorded in the folder."""


class OpenRecord(QObject):
    """Asks a record, one question after the other; all but the questions in the event loop."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(name, self)
        self._reader: RecordReader | None = None  # of the background's thread
        self._is_stale = False

    def ask(
        self,
        folder: Path,
        question: Callable[[RecordReader], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> Job[T]:
        """Have a question answered soon; cancelling it interrupts what is being read.

        Args:
            folder: Of the record.
            question: Called in the background with the open record.
            failed: Called with `NoRecordYet`, another `RecordsError`, or what `question` raised.
        """

        def work(job: Job[T]) -> T:
            reader = self._opened(folder)
            job.interrupt_with(reader.interrupt)
            try:
                return question(reader)
            except Exception as error:
                if not job.is_cancelled:
                    self._reader = None
                    reader.__exit__(type(error), error, error.__traceback__)  # names a damage
                raise

        return self._background.run(work, done, failed)

    def reopen(self) -> None:
        """Open the record anew for the next question: its folder may have been replaced."""
        self._is_stale = True

    def close(self) -> None:
        self._background.close()
        self._shut()

    def _opened(self, folder: Path) -> RecordReader:
        if self._reader is not None and (self._is_stale or self._reader.folder != folder):
            self._shut()
        self._is_stale = False
        if self._reader is None:
            if not (folder / DATABASE).is_file():
                raise NoRecordYet(f"There is no record in {folder} yet.")
            self._reader = RecordReader(folder)
        return self._reader

    def _shut(self) -> None:
        if self._reader is not None:
            self._reader.__exit__(None, None, None)
            self._reader = None
