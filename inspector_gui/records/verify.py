"""Checks a whole record, and names the first row that does not hold."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pysqlite3 as sqlite3
from sqlite_utils import Database

from inspector_gui.records.chain import Row, genesis, row_hash
from inspector_gui.records.errors import RecordsDamaged
from inspector_gui.records.images import ImageStore
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.schema import expected_structure, structure


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found.

    Attributes:
        entries: Rows that were checked and hold, counted from the first.
        inspections, images: How many of them are such.
        head_sha256: Hash of the last of them. Kept elsewhere, it proves later that no row was cut
            off: a chain alone cannot show that its end is missing.
        problem: The first thing that does not hold, one sentence; "" if all does.
        warnings: What is not wrong but worth knowing.
    """

    entries: int
    inspections: int
    images: int
    head_sha256: str
    problem: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.problem

    def __str__(self) -> str:
        counted = f"{self.entries} entries, {self.inspections} inspections, {self.images} images"
        if self.problem:
            return f"The record does not hold: {self.problem} Before that: {counted} hold."
        return f"The record holds: {counted}, head {self.head_sha256[:16]}."


def verify(folder: Path) -> Verification:
    """Check structure, chain and images of a record in constant memory.

    Raises:
        RecordsError: There is no record, or it cannot be read at all.
    """
    with RecordReader(folder) as reader:
        checks = _Checks(reader)
        try:
            problem = next(checks.problems(), "")
        except sqlite3.DatabaseError as error:
            raise RecordsDamaged(
                f"The record in {folder} is damaged ({error}): restore it from its backup."
            ) from error
        return Verification(
            checks.entries,
            checks.inspections,
            checks.images,
            checks.head,
            problem,
            tuple(checks.warnings) if not problem else (),
        )


class _Checks:
    def __init__(self, reader: RecordReader) -> None:
        self._reader = reader
        self._store = ImageStore(reader.folder)
        self.entries = self.inspections = self.images = 0
        self.head = genesis(reader.record_id)
        self.warnings: list[str] = []

    def problems(self) -> Iterator[str]:
        """Everything that does not hold, in the order in which it is found."""
        yield from self._structure()
        yield from self._integrity()
        for table, row in self._reader.rows():
            yield from self._row(table, row)
            self.entries += 1
            self.head = row["sha256"]
            if table == "inspections":
                self.inspections += 1
            elif table == "images":
                self.images += 1
        self._without_image()

    def _structure(self) -> Iterator[str]:
        expected = expected_structure()
        found = structure(Database(self._reader.connection))
        for name in sorted(expected.keys() | found.keys()):
            if name not in found:
                yield f"{name} is missing from the database."
            elif name not in expected:
                yield f"{name} does not belong into the database."
            elif _words(found[name]) != _words(expected[name]):
                yield f"{name} is not defined as it should be."

    def _integrity(self) -> Iterator[str]:
        (answer,) = self._reader.connection.execute("PRAGMA integrity_check(1)").fetchone()
        if answer != "ok":
            yield f"SQLite finds the database damaged ({answer})."

    def _row(self, table: str, row: Row) -> Iterator[str]:
        name = _name(table, row)
        if row["seq"] != self.entries + 1:
            yield f"{name} stands where entry {self.entries + 1} should: rows are missing or added."
        if row["previous_sha256"] != self.head:
            yield f"{name} does not follow the row before it."
        if row_hash(self.head, table, row) != row["sha256"]:
            yield f"{name} was changed after it was written."
        if table == "images":
            yield from self._image(name, row)

    def _image(self, name: str, row: Row) -> Iterator[str]:
        path = self._store.path(row["image_sha256"], row["media_type"])
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            yield f"{name}: its image file {path.name} is missing."
        else:
            if found != row["image_sha256"]:
                yield f"{name}: its image file {path.name} was changed after it was written."

    def _without_image(self) -> None:
        (count,) = self._reader.connection.execute(
            "SELECT count(*) FROM inspections AS i WHERE decision <> 'PASS' "
            "AND reason NOT IN ('frame_lost', 'frame_incomplete', 'frame_unreadable') "
            "AND NOT EXISTS (SELECT 1 FROM images WHERE inspection_seq = i.seq) "
            "AND NOT EXISTS (SELECT 1 FROM events WHERE kind = 'image_not_kept' "
            "AND json_extract(data, '$.inspection_seq') = i.seq)"
        ).fetchone()
        if count:
            self.warnings.append(
                f"{count} parts that did not pass have no image: the station ended before it was "
                "saved."
            )


def _name(table: str, row: Row) -> str:
    kind = {"inspections": "inspection", "images": "image", "events": "event"}[table]
    of = f" of part {row['part']} in lot {row['lot']}" if table == "inspections" else ""
    return f"Entry {row['seq']} ({kind}{of})"


def _words(sql: str) -> str:
    return re.sub(r"\s+", " ", sql)
