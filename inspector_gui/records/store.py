"""Writes the record: one line at a time, every append committed to disk before it returns.

What people do is appended beside a line, from whatever program: each append is one SQLite
transaction that begins by reading where the chain ends now, so that neither can fork it. It lasts
as long as one commit. (Two processes may write a WAL because `pysqlite3` brings an SQLite in which
they can checkpoint at the same time.)
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pysqlite3 as sqlite3
from filelock import FileLock, Timeout
from sqlite_utils import Database

from inspector_gui.records.chain import Row, genesis, row_hash, row_of
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
LINE_S = 0.5  # for which a line waits for who only looks whether there is one
COMMIT_S = 5.0  # for which one program waits for another's commit


class RecordStore:
    """Writes a record. Used by one thread at a time."""

    def __init__(self, folder: Path, db: Database, lock: FileLock | None) -> None:
        self.folder = folder
        self._db = db
        self._connection: Any = db.conn
        self._lock = lock
        self._version = _version(self._connection)
        self._seq, self._sha256 = head_of(self._connection)
        self._file = (folder / DATABASE).stat()

    @classmethod
    def open(cls, folder: Path) -> RecordStore:
        """Open a record as a line does, alone; a new one is made where there is none.

        Raises:
            RecordsBusy: Another line writes to it.
            RecordsDamaged: Its database cannot be read.
            RecordsError: The folder cannot be written to, or a newer program made the record.
        """
        return cls._opened(folder, _locked(folder))

    @classmethod
    def beside(cls, folder: Path) -> RecordStore:
        """Open a record for what people do, whether a line is writing it or not.

        A new one is made where there is none, and one of an older program is brought up to date.

        Raises:
            RecordsBusy: It is an older program's, and a line is writing it.
            RecordsDamaged, RecordsError: As `open`.
        """
        if not _is_of_this_version(folder):
            cls.open(folder).close()
        return cls._opened(folder, None)

    @classmethod
    def _opened(cls, folder: Path, lock: FileLock | None) -> RecordStore:
        try:
            return cls(folder, _connected(folder), lock)
        except (sqlite3.Error, UnicodeDecodeError, TypeError) as error:
            _release(lock)
            raise RecordsDamaged(
                f"The record in {folder} is damaged ({error}): restore it from its backup."
            ) from error
        except BaseException:
            _release(lock)
            raise

    def append(self, entries: Sequence[Entry]) -> list[Receipt]:
        """Add entries in one transaction; when it returns they are on disk.

        Raises:
            RecordsBusy: Another program kept it from being written; nothing of it was.
            RecordsError: Nothing of it was written.
        """
        try:
            rows = self._write(entries)
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
            if "locked" in str(error):
                raise RecordsBusy(
                    f"Another program has kept the record in {self.folder} locked for "
                    f"{COMMIT_S:.0f} s: end that one, then start again."
                ) from error
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
        _release(self._lock)

    def _rows(self, entries: Sequence[Entry]) -> list[tuple[str, Row]]:
        rows = []
        sha256 = self._sha256
        for seq, entry in enumerate(entries, self._seq + 1):
            table, row = row_of(entry, seq, sha256)
            sha256 = row["sha256"]
            rows.append((table, row))
        return rows

    def _write(self, entries: Sequence[Entry]) -> list[tuple[str, Row]]:
        with self._connection:  # commits, or rolls back whatever the exception
            self._connection.execute("BEGIN IMMEDIATE")
            self._catch_up()
            rows = self._rows(entries)
            for table, row in rows:
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                self._connection.execute(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values())
                )
        return rows

    def _catch_up(self) -> None:
        """Go on from what another program has written since; it has done so in its turn.

        Raises:
            RecordsDamaged: What stands at the chain's end now was not written by this program, or
                not after what was there before.
        """
        if (version := _version(self._connection)) == self._version:
            return
        seq, sha256 = head_of(self._connection)
        is_kept = not self._seq or hash_at(self._connection, self._seq) == self._sha256
        if not is_kept or (seq != self._seq and not _is_linked(self._connection, seq, sha256)):
            raise RecordsDamaged(
                f"The record in {self.folder} was changed by something else while it was written: "
                "check it with `inspector records verify`."
            )
        self._version, self._seq, self._sha256 = version, seq, sha256

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


def is_written_by_a_line(folder: Path) -> bool:
    """Whether a line has the record open at this moment, in whatever program.

    False where this cannot be seen, in a folder that may only be read.
    """
    try:
        if (folder / LOCK).is_file():
            with FileLock(folder / LOCK, timeout=0):
                return False
    except Timeout:
        return True
    except OSError:
        pass
    return False


def _is_linked(connection: Any, seq: int, sha256: str) -> bool:
    """Whether the last entry is what it says, and follows the one before it.

    Whoever appended the ones before has looked at theirs.
    """
    for table in TABLES:
        cursor = connection.execute(f"SELECT * FROM {table} WHERE seq = ?", [seq])
        if (values := cursor.fetchone()) is not None:
            row = dict(zip((name for name, *_ in cursor.description), values, strict=True))
            before = row["previous_sha256"]
            follows = before == hash_at(connection, seq - 1) if seq > 1 else True
            return follows and row_hash(before, table, row) == sha256
    return False


def _version(connection: Any) -> int:
    """Another number after every commit of another connection."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _is_of_this_version(folder: Path) -> bool:
    path = folder / DATABASE
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return not migrations.pending(Database(connection))
    except sqlite3.Error:
        return True  # who opens it says what is wrong


def _release(lock: FileLock | None) -> None:
    if lock is not None:
        lock.release()


def _locked(folder: Path) -> FileLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, thread_local=False)  # one thread opens, another may close
        lock.acquire(timeout=LINE_S)
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
        str(folder / DATABASE), COMMIT_S, isolation_level=None, check_same_thread=False
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
