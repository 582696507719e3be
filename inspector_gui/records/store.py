"""Writes the record: one writer, every append committed to disk before it returns."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pysqlite3 as sqlite3
from filelock import FileLock, Timeout
from sqlite_utils import Database

from inspector_gui.records.chain import Row, genesis, row_of
from inspector_gui.records.entries import Entry, Receipt
from inspector_gui.records.errors import RecordsBusy, RecordsDamaged, RecordsError
from inspector_gui.records.schema import (
    LOT_IS_CLOSED,
    LOT_IS_SIGNED,
    TABLES,
    head,
    migrations,
    refuse_foreign,
)

DATABASE = "record.sqlite"
LOCK = "writer.lock"


class RecordStore:
    """The one writer of a record. Used by one thread at a time."""

    def __init__(self, folder: Path, db: Database, lock: FileLock) -> None:
        self.folder = folder
        self._db = db
        self._connection: Any = db.conn
        self._lock = lock
        self._seq, self._sha256 = head_of(self._connection)
        self._file = (folder / DATABASE).stat()

    @classmethod
    def open(cls, folder: Path) -> RecordStore:
        """Open a record for writing; a new one is made where there is none.

        Raises:
            RecordsBusy: Another station writes to it.
            RecordsDamaged: Its database cannot be read.
            RecordsError: The folder cannot be written to, or a newer program made the record.
        """
        lock = _locked(folder)
        try:
            return cls(folder, _connected(folder), lock)
        except (sqlite3.Error, UnicodeDecodeError, TypeError) as error:
            lock.release()
            raise RecordsDamaged(
                f"The record in {folder} is damaged ({error}): restore it from its backup."
            ) from error
        except BaseException:
            lock.release()
            raise

    def append(self, entries: Sequence[Entry]) -> list[Receipt]:
        """Add entries in one transaction; when it returns they are on disk.

        Raises:
            RecordsError: Nothing of it was written.
        """
        try:
            rows = self._rows(entries)
            self._write(rows)
            self._check_in_place()
        except (TypeError, ValueError, OverflowError) as error:
            raise RecordsError(
                f"An entry does not fit into the record in {self.folder} ({error}): "
                "this is a fault of the program, please report it."
            ) from error
        except OSError as error:
            raise RecordsError(
                f"The record in {self.folder} was deleted or replaced while it was written: "
                "put it back, then start again."
            ) from error
        except sqlite3.IntegrityError as error:
            if str(error) in (LOT_IS_CLOSED, LOT_IS_SIGNED):
                raise RecordsError(
                    f"The record in {self.folder} refuses an entry ({error}): open another lot."
                ) from error
            raise RecordsError(
                f"The record in {self.folder} refuses an entry ({error}): "
                "check it with `inspector records verify`."
            ) from error
        except sqlite3.Error as error:
            raise RecordsError(
                f"The record in {self.folder} could not be written ({error}): "
                "free some space or check the disk, then start again."
            ) from error
        receipts = [Receipt(row["seq"], row["sha256"]) for _, row in rows]
        if receipts:
            self._seq, self._sha256 = receipts[-1].seq, receipts[-1].sha256
        return receipts

    def next_part(self, lot: str) -> int:
        """The number of the next part of a lot, from 1."""
        try:
            (last,) = self._connection.execute(
                "SELECT coalesce(max(part), 0) FROM inspections WHERE lot = ?", [lot]
            ).fetchone()
        except sqlite3.Error as error:
            raise RecordsDamaged(
                f"The record in {self.folder} is damaged ({error}): restore it from its backup."
            ) from error
        return int(last) + 1

    def close(self) -> None:
        """Let go of the record; may be called twice."""
        self._db.close()
        self._lock.release()

    def _rows(self, entries: Sequence[Entry]) -> list[tuple[str, Row]]:
        rows = []
        sha256 = self._sha256
        for seq, entry in enumerate(entries, self._seq + 1):
            table, row = row_of(entry, seq, sha256)
            sha256 = row["sha256"]
            rows.append((table, row))
        return rows

    def _write(self, rows: Sequence[tuple[str, Row]]) -> None:
        with self._connection:  # commits, or rolls back whatever the exception
            self._connection.execute("BEGIN IMMEDIATE")
            for table, row in rows:
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                self._connection.execute(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values())
                )

    def _check_in_place(self) -> None:
        """SQLite goes on writing, without an error, into a file that has been deleted."""
        if not os.path.samestat((self.folder / DATABASE).stat(), self._file):
            raise FileNotFoundError(DATABASE)


def head_of(connection: Any) -> tuple[int, str]:
    """How many entries there are, and the hash of the last; of the record's id without one."""
    (seq,) = connection.execute(head()).fetchone()
    if seq is None:
        (record_id,) = connection.execute("SELECT id FROM record").fetchone()
        return 0, genesis(record_id)
    return int(seq), hash_at(connection, seq) or ""


def hash_at(connection: Any, seq: int) -> str | None:
    """The hash of the entry at a place; None where there is none."""
    selects = " UNION ALL ".join(f"SELECT sha256 FROM {t} WHERE seq = :seq" for t in TABLES)
    row = connection.execute(selects, {"seq": seq}).fetchone()
    return None if row is None else str(row[0])


def _locked(folder: Path) -> FileLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, thread_local=False)  # one thread opens, another may close
        lock.acquire(timeout=0)
    except Timeout:
        raise RecordsBusy(
            f"The record in {folder} is being written by another station: "
            "close that one, or choose another folder."
        ) from None
    except OSError as error:
        raise RecordsError(
            f"The record in {folder} cannot be written ({error.strerror}): "
            "choose a folder that you may write to."
        ) from error
    return lock


def _connected(folder: Path) -> Database:
    connection = sqlite3.connect(
        str(folder / DATABASE), isolation_level=None, check_same_thread=False
    )
    try:
        db = Database(connection)
        refuse_foreign(db, folder)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        with db.atomic():  # or a program killed here leaves half of the migrations' own table
            migrations.apply(db)
    except sqlite3.OperationalError as error:
        connection.close()
        raise RecordsError(
            f"The record in {folder} cannot be opened for writing ({error}): "
            "choose a folder that you may write to."
        ) from error
    except sqlite3.DatabaseError as error:
        connection.close()
        raise RecordsDamaged(
            f"The record in {folder} is damaged ({error}): keep the folder as it is, "
            "start a new record elsewhere, and restore this one from its backup."
        ) from error
    except BaseException:
        connection.close()
        raise
    return db
