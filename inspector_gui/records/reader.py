"""Reads a record while it is being written, and never changes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

import pysqlite3 as sqlite3

from inspector_gui.records.chain import CHAIN_COLUMNS, Row, entry_of
from inspector_gui.records.entries import Entry, EventEntry, ImageEntry, InspectionEntry
from inspector_gui.records.errors import RecordsDamaged, RecordsError
from inspector_gui.records.schema import TABLES
from inspector_gui.records.store import DATABASE

E = TypeVar("E", bound=Entry, covariant=True)


@dataclass(frozen=True, slots=True)
class Recorded(Generic[E]):
    """An entry at its place in the chain."""

    seq: int
    entry: E


class RecordReader:
    """A read-only view of a record; a context manager, for one thread at a time."""

    def __init__(self, folder: Path) -> None:
        """Open a record.

        Raises:
            RecordsError: There is none, or it cannot be read.
        """
        self.folder = folder
        path = folder / DATABASE
        if not path.is_file():
            raise RecordsError(f"There is no record in {folder}: name the folder of one.")
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._connection.row_factory = sqlite3.Row
            self.record_id = str(self._connection.execute("SELECT id FROM record").fetchone()[0])
        except (sqlite3.Error, TypeError) as error:
            raise RecordsDamaged(f"The record in {folder} cannot be read ({error}).") from error

    def __enter__(self) -> RecordReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._connection.close()

    @property
    def connection(self) -> Any:
        """The read-only connection, for the verifier."""
        return self._connection

    def inspections(
        self,
        *,
        lot: str | None = None,
        decision: str | None = None,
        before_seq: int | None = None,
        limit: int = 100,
    ) -> list[Recorded[InspectionEntry]]:
        """Inspections that match, newest first; go on with `before_seq` of the last."""
        asked = {"lot": lot, "decision": decision}
        given = {name: value for name, value in asked.items() if value is not None}
        where = [f"{name} = ?" for name in given]
        values: list[Any] = list(given.values())
        if decision not in (None, "PASS"):
            where.append("decision <> 'PASS'")  # without it SQLite ignores the partial index
        if before_seq is not None:
            where.append("seq < ?")
            values.append(before_seq)
        condition = f"WHERE {' AND '.join(where)}" if where else ""
        rows = self._connection.execute(
            f"SELECT * FROM inspections {condition} ORDER BY seq DESC LIMIT ?", [*values, limit]
        )
        return [_recorded("inspections", row) for row in rows]

    def get(self, seq: int) -> Recorded[InspectionEntry]:
        """One inspection.

        Raises:
            KeyError: There is none at this place.
        """
        row = self._connection.execute("SELECT * FROM inspections WHERE seq = ?", [seq]).fetchone()
        if row is None:
            raise KeyError(seq)
        return _recorded("inspections", row)

    def images(self, inspection_seq: int) -> list[Recorded[ImageEntry]]:
        """The images that were kept of an inspection."""
        rows = self._connection.execute(
            "SELECT * FROM images WHERE inspection_seq = ? ORDER BY seq", [inspection_seq]
        )
        return [_recorded("images", row) for row in rows]

    def events(self) -> Iterator[Recorded[EventEntry]]:
        """All events, oldest first."""
        rows = self._connection.execute("SELECT * FROM events ORDER BY seq")
        return (_recorded("events", row) for row in rows)

    def all_inspections(self) -> Iterator[Recorded[InspectionEntry]]:
        """All inspections, oldest first, streamed."""
        rows = self._connection.execute("SELECT * FROM inspections ORDER BY seq")
        return (_recorded("inspections", row) for row in rows)

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Every row of the chain with its table, in the order of `seq`, streamed."""
        return merge(*map(self._table, TABLES), key=lambda pair: pair[1]["seq"])

    def counts(self) -> dict[str, int]:
        """Inspections by decision."""
        rows = self._connection.execute("SELECT decision, count(*) FROM inspections GROUP BY 1")
        return dict(map(tuple, rows))

    def _table(self, table: str) -> Iterator[tuple[str, Row]]:
        for row in self._connection.execute(f"SELECT * FROM {table} ORDER BY seq"):
            yield table, dict(row)


def _recorded(table: str, row: Any) -> Recorded[Any]:
    values = {k: v for k, v in dict(row).items() if k not in CHAIN_COLUMNS}
    return Recorded(values.pop("seq"), entry_of(table, values))
