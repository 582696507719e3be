"""Reads a record while it is being written, and never changes it."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import merge
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

import pysqlite3 as sqlite3
from sqlite_utils import Database

from inspector_gui.records.chain import Row, entry_of
from inspector_gui.records.entries import (
    AuditEntry,
    DispositionEntry,
    Entry,
    EventEntry,
    ImageEntry,
    InspectionEntry,
)
from inspector_gui.records.errors import RecordsDamaged, RecordsError
from inspector_gui.records.schema import TABLES, refuse_foreign, refuse_older
from inspector_gui.records.store import DATABASE, head_of

_DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError, json.JSONDecodeError)

E = TypeVar("E", bound=Entry, covariant=True)


@dataclass(frozen=True, slots=True)
class Recorded(Generic[E]):
    """An entry at its place in the chain."""

    seq: int
    entry: E


class RecordReader:
    """A read-only view of a record; a context manager, for one thread at a time.

    What takes long can be interrupted from another thread.
    """

    def __init__(self, folder: Path) -> None:
        """Open a record.

        Raises:
            RecordsError: There is none, or it cannot be read.
        """
        self.folder = folder
        try:
            is_there = stat.S_ISREG((folder / DATABASE).stat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            is_there = False
        except (OSError, ValueError) as error:  # a parent that may not be read, a name too long
            reason = getattr(error, "strerror", None) or error
            raise RecordsError(f"The record in {folder} cannot be read: {reason}.") from error
        if not is_there:
            raise RecordsError(f"There is no record in {folder}: name the folder of one.")
        try:
            self._connection = _connected(folder / DATABASE)
        except sqlite3.Error as error:
            raise RecordsError(
                f"The record in {folder} cannot be opened ({error}): check that you may read it, "
                "or copy the folder to where you may write."
            ) from error
        try:
            db = Database(self._connection)
            refuse_foreign(db, folder)
            refuse_older(db, folder)
            self._connection.row_factory = sqlite3.Row
            self.record_id = str(self._connection.execute("SELECT id FROM record").fetchone()[0])
        except (sqlite3.Error, TypeError) as error:
            self._connection.close()
            raise RecordsDamaged(
                f"The record in {folder} is damaged ({error}): restore it from its backup."
            ) from error
        except RecordsError:
            self._connection.close()
            raise

    def __enter__(self) -> RecordReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._connection.close()
        if isinstance(error, _DAMAGE):
            raise RecordsDamaged(
                f"The record in {self.folder} is damaged ({error}): restore it from its backup."
            ) from error

    @property
    def connection(self) -> Any:
        """The read-only connection, for the verifier."""
        return self._connection

    def interrupt(self) -> None:
        """End what is being read now with an error; any thread."""
        self._connection.interrupt()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read within is of one moment, whatever is written meanwhile."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.rollback()

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

    def dispositions(self, inspection_seq: int) -> list[Recorded[DispositionEntry]]:
        """What people decided about an inspection, oldest first; the last one counts."""
        rows = self._connection.execute(
            "SELECT * FROM dispositions WHERE inspection_seq = ? ORDER BY seq", [inspection_seq]
        )
        return [_recorded("dispositions", row) for row in rows]

    def events(self) -> Iterator[Recorded[EventEntry]]:
        """All events, oldest first."""
        rows = self._connection.execute("SELECT * FROM events ORDER BY seq")
        return (_recorded("events", row) for row in rows)

    def audit(self, after_seq: int = 0, action: str = "") -> Iterator[Recorded[AuditEntry]]:
        """What people did, oldest first."""
        where = "seq > ? AND action = ?" if action else "seq > ?"
        rows = self._connection.execute(
            f"SELECT * FROM audit WHERE {where} ORDER BY seq", [after_seq, *filter(None, [action])]
        )
        return (_recorded("audit", row) for row in rows)

    def recipe_at(self, seq: int) -> Mapping[str, Any]:
        """The whole recipe with which the line ran when an entry was written; {} if none did."""
        row = self._connection.execute(
            "SELECT json_extract(data, '$.recipe') FROM events "
            "WHERE kind = 'station_started' AND seq < ? ORDER BY seq DESC LIMIT 1",
            [seq],
        ).fetchone()
        return {} if row is None or row[0] is None else dict(json.loads(row[0]))

    def head(self) -> tuple[int, str]:
        """How many entries there are, and the hash of the last; of the record's id without one."""
        return head_of(self._connection)

    def all_inspections(self) -> Iterator[Recorded[InspectionEntry]]:
        """All inspections, oldest first, streamed."""
        return (_recorded(table, row) for table, row in self.rows("inspections"))

    def rows(self, *tables: str) -> Iterator[tuple[str, Row]]:
        """Every row of the chain, or of some tables, with its table, by `seq`, streamed."""
        return merge(*map(self._table, tables or TABLES), key=lambda pair: pair[1]["seq"])

    def counts(self) -> dict[str, int]:
        """Inspections by decision, those that there are."""
        not_passed = "FROM inspections WHERE decision <> 'PASS'"  # in the partial index
        rows = self._connection.execute(
            f"SELECT decision, count(*) {not_passed} GROUP BY 1 UNION ALL SELECT 'PASS', "
            f"(SELECT count(*) FROM inspections) - (SELECT count(*) {not_passed})"
        )
        return {decision: count for decision, count in rows if count}

    def _table(self, table: str) -> Iterator[tuple[str, Row]]:
        for row in self._connection.execute(f"SELECT * FROM {table} ORDER BY seq"):
            yield table, dict(row)


def _connected(path: Path) -> Any:
    """A connection that reads; also from a medium that nobody can write to.

    SQLite keeps a list of the WAL's pages beside the database and must be able to write it, unless
    it is told that the database does not change. That holds where no WAL is left to be read.
    """
    uri = f"{path.resolve().as_uri()}?mode=ro"
    try:
        return _opened(uri)
    except sqlite3.OperationalError:
        wal = path.with_name(f"{path.name}-wal")
        if wal.is_file() and wal.stat().st_size:
            raise
        return _opened(f"{uri}&immutable=1")


def _opened(uri: str) -> Any:
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        raise
    except sqlite3.DatabaseError:
        pass  # no database, or a damaged one: its first reader says so
    return connection


def _recorded(table: str, row: Any) -> Recorded[Any]:
    return Recorded(row["seq"], entry_of(table, row))
