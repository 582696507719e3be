"""Checks a whole record, and names the first row that does not hold."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import pysqlite3 as sqlite3
from sqlite_utils import Database

from inspector_gui.records.accounts import Accounts, may_have_acted
from inspector_gui.records.chain import Row, genesis, row_hash
from inspector_gui.records.checkpoints import Checkpoint
from inspector_gui.records.entries import ALLOWED
from inspector_gui.records.images import ImageStore
from inspector_gui.records.keys import key_at, keys_of
from inspector_gui.records.permissions import Action
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.schema import (
    LABELS_OF,
    TABLES,
    TALLIES_OF,
    expected_structure,
    structure,
)
from inspector_gui.records.signatures import late_entry, signature_problem


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found.

    Attributes:
        record: The record's id.
        public_key: As the chain has it; "" without one.
        entries: Rows that were checked and hold, counted from the first.
        inspections, images: How many of them are such.
        head_sha256: Hash of the last of them.
        signatures: Lots' signatures that hold.
        checkpoints: How many were looked at. Without them nothing shows that the end is missing, or
            that the whole was written anew.
        problem: What does not hold: all that is wrong with tables and triggers, then the first row;
            "" if all holds.
        warnings: What is not wrong but worth knowing.
    """

    record: str
    public_key: str
    entries: int
    inspections: int
    images: int
    head_sha256: str
    signatures: int = 0
    checkpoints: int = 0
    problem: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.problem

    def __str__(self) -> str:
        counted = f"{self.entries} entries, {self.inspections} inspections, {self.images} images"
        if self.signatures:
            counted += f", {self.signatures} signatures"
        if self.checkpoints:
            counted += f", {self.checkpoints} checkpoints"
        if self.problem:
            return f"The record does not hold: {self.problem} Before that: {counted} hold."
        return f"The record holds: {counted}, head {self.head_sha256[:16]}."


def verify(
    folder: Path, checkpoints: Sequence[Checkpoint] = (), public_key: str = ""
) -> Verification:
    """Check structure, chain, images and signatures of a record, also while it is written.

    Memory does not grow with the record.

    Args:
        checkpoints: What is known of it from elsewhere; those of other records are left out.
        public_key: The record's, as it was written down elsewhere.

    Raises:
        RecordsError: There is no record, or it cannot be read at all.
    """
    with RecordReader(folder) as reader, reader.snapshot():
        reader.connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
        ours = [c for c in checkpoints if c.record == reader.record_id]
        chain = _Chain(reader, ours)
        differences = dict(_structure(reader))
        problems = [*differences.values(), *_integrity(reader)]
        if not differences.keys() & set(TABLES):
            problems += islice(chain.problems(), 1)
        problems += _foreign(reader, checkpoints, ours, public_key)
        if not problems:
            problems += [*islice(_acts(reader), 1), *_derived(reader)]
        return Verification(
            reader.record_id,
            _public_key(reader),
            chain.entries,
            chain.inspections,
            chain.images,
            chain.head,
            chain.signatures,
            len(ours),
            " ".join(problems),
            () if problems else (*_without_image(reader), *_renewed(reader)),
        )


def _structure(reader: RecordReader) -> Iterator[tuple[str, str]]:
    """Names of what is not as this version of the program makes it, each with a sentence."""
    expected = expected_structure()
    found = structure(Database(reader.connection))
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield name, f"{name} is missing from the database."
        elif name not in expected:
            yield name, f"{name} does not belong into the database."
        elif _words(found[name]) != _words(expected[name]):
            yield name, f"{name} is not defined as it should be."


def _integrity(reader: RecordReader) -> Iterator[str]:
    try:
        (answer,) = reader.connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        answer = error
    if answer != "ok":
        yield f"SQLite finds the database damaged ({answer})."


def _acts(reader: RecordReader) -> Iterator[str]:
    """Rows of the trail that the program cannot have written: the act was nobody's right."""
    accounts = Accounts()
    for recorded in reader.audit():
        entry = recorded.entry
        try:
            is_possible = may_have_acted(accounts, entry)
            accounts.take(entry)
        except (KeyError, TypeError, ValueError):
            is_possible = False
        if not is_possible:
            yield (
                f"Entry {recorded.seq} ({entry.action}) was not written by this program: "
                f"{entry.account or 'nobody'} ({entry.role}) could not do that."
            )


def _derived(reader: RecordReader) -> Iterator[str]:
    """What the search works with and does not follow from the inspections."""
    labels = f"{LABELS_OF.format(row='inspections')} FROM inspections, json_each(findings) finding"
    for table, follows in (("labels", labels), ("tallies", TALLIES_OF)):
        found = f"SELECT * FROM {table}"
        for one, other in ((follows, found), (found, follows)):
            query = f"SELECT * FROM (SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other})) LIMIT 1"
            if reader.connection.execute(query).fetchone():
                yield f"{table} does not agree with the inspections."
                break


def _foreign(
    reader: RecordReader,
    checkpoints: Sequence[Checkpoint],
    ours: Sequence[Checkpoint],
    public_key: str,
) -> Iterator[str]:
    """What shows that the record, or a checkpoint, is not who it says it is."""
    if checkpoints and not ours:
        yield (
            f"This is record {reader.record_id}, and none of the checkpoints is of it: "
            "another record lies in its place."
        )
    keys = _keys(reader)
    if public_key and public_key != _public_key(reader):
        renewed = f", but one made anew at entry {keys[-1][0]}" if len(keys) > 1 else ""
        yield f"The record's key is not the one that was given{renewed}."
    for checkpoint in ours:
        expected = key_at(keys, checkpoint.entries) or public_key or checkpoint.public_key
        if not checkpoint.is_signed_by(expected):
            yield (
                f"The checkpoint of {checkpoint.made_at[:19]} ({checkpoint.entries} entries) "
                "is not signed with the record's key."
            )
            break


def _public_key(reader: RecordReader) -> str:
    keys = _keys(reader)
    return keys[-1][1] if keys else ""


def _keys(reader: RecordReader) -> list[tuple[int, str]]:
    try:
        return keys_of(reader)
    except (sqlite3.DatabaseError, KeyError, ValueError, TypeError, AttributeError):
        return []  # the chain says so, at this row


class _Chain:
    """Goes along the chain and counts what holds."""

    def __init__(self, reader: RecordReader, checkpoints: Sequence[Checkpoint]) -> None:
        self._reader = reader
        self._store = ImageStore(reader.folder)
        self._checkpoints = sorted(checkpoints, key=lambda c: c.entries, reverse=True)
        self._agreed = 0
        self._signed: dict[str, int] = {}
        self.entries = self.inspections = self.images = self.signatures = 0
        self.head = genesis(reader.record_id)

    def problems(self) -> Iterator[str]:
        """What does not hold, in the order of the chain; only the first is to be relied on."""
        try:
            yield from self._checkpoint("The record's beginning", 0, self.head)
            for table, row in self._reader.rows():
                yield from self._row(table, row)
                yield from self._checkpoint(_name(table, row), row["seq"], row["sha256"])
                if table == "audit" and _is_signature(row):
                    self._signed.setdefault(row["subject"], row["seq"])
                    self.signatures += 1
                self.entries += 1
                self.inspections += table == "inspections"
                self.images += table == "images"
                self.head = row["sha256"]
            if self._checkpoints:
                last = self._checkpoints[0]
                yield (
                    f"Entry {self.entries + 1} is missing: the record had {last.entries} entries "
                    f"on {last.made_at[:19]}, and its end was cut off."
                )
            for lot, seq in self._signed.items():
                if late := late_entry(self._reader, lot, seq):
                    yield late
        except sqlite3.DatabaseError as error:
            yield f"A row after entry {self.entries} cannot be read ({error})."

    def _row(self, table: str, row: Row) -> Iterator[str]:
        name = _name(table, row)
        if row["seq"] != self.entries + 1:
            yield f"{name} stands where entry {self.entries + 1} should: rows are missing or added."
        if row["previous_sha256"] != self.head:
            yield f"{name} does not follow the row before it."
        if _hash(self.head, table, row) != row["sha256"]:
            yield f"{name} was changed after it was written."
        if table == "images":
            yield from self._image(name, row)
        if table == "audit" and _is_signature(row):
            yield from self._signature(name, row)

    def _checkpoint(self, name: str, seq: int, sha256: str) -> Iterator[str]:
        while self._checkpoints and self._checkpoints[-1].entries <= seq:
            checkpoint = self._checkpoints.pop()
            if checkpoint.entries != seq or checkpoint.head_sha256 != sha256:
                since = (
                    f", or one since entry {self._agreed + 1}," if seq > self._agreed + 1 else ""
                )
                yield (
                    f"{name}{since} is not the one that was there on {checkpoint.made_at[:19]}: "
                    "the record was written anew."
                )
            self._agreed = seq

    def _signature(self, name: str, row: Row) -> Iterator[str]:
        try:
            new = json.loads(row["new"])
        except ValueError:
            new = None
        if problem := signature_problem(self._reader, row, new):
            yield f"{name}: the signature of lot {row['subject']} does not hold: {problem}"

    def _image(self, name: str, row: Row) -> Iterator[str]:
        path = self._store.path(row["image_sha256"], row["media_type"])
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            yield f"{name}: its image file {path.name} is missing."
        except OSError as error:
            yield f"{name}: its image file {path.name} cannot be read ({error.strerror})."
        else:
            if found != row["image_sha256"]:
                yield f"{name}: its image file {path.name} was changed after it was written."


def _hash(previous_sha256: str, table: str, row: Row) -> str:
    try:
        return row_hash(previous_sha256, table, row)
    except ValueError:  # infinity, which no entry can hold
        return ""


def _without_image(reader: RecordReader) -> Iterator[str]:
    count, first = reader.connection.execute(
        "SELECT count(*), min(seq) FROM ("
        "SELECT seq FROM inspections WHERE decision <> 'PASS' "
        "AND reason NOT IN ('frame_lost', 'frame_incomplete', 'frame_unreadable') "
        "EXCEPT SELECT inspection_seq FROM images "
        "EXCEPT SELECT json_extract(data, '$.inspection_seq') FROM events "
        "WHERE kind = 'image_not_kept')"
    ).fetchone()
    if count:
        yield (
            f"Parts that did not pass and have no image: {count}, the first is entry {first}. "
            "It is not saved yet, or the station ended before it was."
        )


def _renewed(reader: RecordReader) -> Iterator[str]:
    for seq, key in _keys(reader)[1:]:
        yield f"The record's key was made anew at entry {seq}: write down {key}."


def _is_signature(row: Row) -> bool:
    return (row["action"], row["outcome"]) == (Action.SIGN_LOT, ALLOWED)


def _name(table: str, row: Row) -> str:
    kind = row["action"] if table == "audit" else table.removesuffix("s")
    of = f" of part {row['part']} in lot {row['lot']}" if table == "inspections" else ""
    return f"Entry {row['seq']} ({kind}{of})"


def _words(sql: str) -> str:
    return re.sub(r"\s+", " ", sql)
