"""The parts that are looked at now and next, read before they are asked for."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector_gui.background import Job
from inspector_gui.views.open_record import OpenRecord
from inspector_gui.views.review.reading import ReviewPart, read_part


class Shelf(QObject):
    """Parts of one record that have been read, or are being read.

    Signals:
        arrived: A `ReviewPart` has been read, for the first time or once more.
        missed: A part could not be read: its number in the record, and why.
    """

    arrived = Signal(object)
    missed = Signal(object, str)

    def __init__(self, record: OpenRecord, parent: QObject) -> None:
        super().__init__(parent)
        self._record = record
        self._parts: dict[int, ReviewPart] = {}
        self._jobs: dict[int, Job[ReviewPart]] = {}

    def part(self, seq: int) -> ReviewPart | None:
        """A part that has been read."""
        return self._parts.get(seq)

    def fetch(self, folder: Path, seq: int, before: ReviewPart | None) -> None:
        """Read a part, unless that is under way; what it shares with `before` is not read again."""
        if seq in self._jobs:
            return
        like = before or next(reversed(self._parts.values()), None)
        self._jobs[seq] = self._record.ask(
            folder,
            lambda reader: read_part(reader, seq, like),
            self._have_read,
            partial(self._fail, seq),
        )

    def drop(self, seq: int) -> None:
        """It is not what was read any more."""
        self._parts.pop(seq, None)

    def keep(self, near: Collection[int | None]) -> None:
        """Put everything else away."""
        for seq in self._parts.keys() - near:
            del self._parts[seq]
        for seq in self._jobs.keys() - near:
            self._jobs.pop(seq).cancel()

    def _have_read(self, part: ReviewPart) -> None:
        self._jobs.pop(part.seq, None)
        self._parts[part.seq] = part
        self.arrived.emit(part)

    def _fail(self, seq: int, error: Exception) -> None:
        self._jobs.pop(seq, None)
        self.missed.emit(seq, str(error))
