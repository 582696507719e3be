"""Verifies a record of line-inspector without line-inspector.

    python offline_verifier.py RECORD [--checkpoints FILE_OR_FOLDER] [--key PUBLIC_KEY]

RECORD is the record's folder. Needs Python 3.11 or newer and the package `cryptography`, for
checkpoints and signatures; keep this file, the checkpoints and the public key where the record is
not. It ends with 0 if the record holds, 1 if it does not, 2 if it cannot be read.

What it checks, in the order of the rows, up to the first that does not hold:

1. The chain. Rows of all tables that have the columns seq, previous_sha256 and sha256 count from 1
   without gaps. A row's sha256 is SHA-256 over the UTF-8 of the hash before it, a line feed, its
   table's name, a line feed, and a JSON object of its other columns that are not NULL: keys sorted,
   no white space, ASCII control characters escaped and nothing else but `"` and the backslash. The
   hash before the first row is SHA-256 over "line-inspector record " and the record's id.
2. Images: the file of each row of `images` has the row's image_sha256.
3. Checkpoints: signed with the record's Ed25519 key, and each agrees with the row that it names.
4. Signatures of lots, in `audit`: made with the same key, for this lot, when the record's last row
   was the one that they name; and the lot has had no rows since.

A record that was restored from a backup has another key from then on (a row `make_key` of `audit`):
what is signed must be signed with the key of its time, and --key is the last one.
"""

from __future__ import annotations

import argparse
import hashlib
import heapq
import json
import sqlite3
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class Bad(Exception):
    """The record does not hold. The text names the first row that does not."""


def canonical(value: Any) -> str:
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Record:
    """A record's database, read only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = folder / "record.sqlite"
        if not path.is_file():
            raise OSError(f"There is no record in {folder}.")
        self.db = self._connected(path)
        self.db.row_factory = sqlite3.Row
        self.db.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
        self.db.execute("BEGIN")  # all of one moment, also while it is written
        self.id = str(self.db.execute("SELECT id FROM record").fetchone()[0])
        self.tables = [name for (name,) in self.db.execute(_CHAINED)]

    @staticmethod
    def _connected(path: Path) -> sqlite3.Connection:
        uri = f"{path.resolve().as_uri()}?mode=ro"
        wal = path.with_name(f"{path.name}-wal")
        try:
            db = sqlite3.connect(uri, uri=True, isolation_level=None)
            db.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            if wal.is_file() and wal.stat().st_size:
                raise
            db = sqlite3.connect(f"{uri}&immutable=1", uri=True, isolation_level=None)
        return db

    def rows(self) -> Iterator[tuple[str, Row]]:
        streams = [self._rows_of(table) for table in self.tables]
        return heapq.merge(*streams, key=lambda pair: pair[1]["seq"])

    def _rows_of(self, table: str) -> Iterator[tuple[str, Row]]:
        for row in self.db.execute(f'SELECT * FROM "{table}" ORDER BY seq'):
            yield table, dict(row)

    def hash_at(self, seq: int) -> str | None:
        for table in self.tables:
            found = self.db.execute(f'SELECT sha256 FROM "{table}" WHERE seq = ?', [seq]).fetchone()
            if found:
                return str(found[0])
        return None

    @property
    def keys(self) -> list[tuple[int, str]]:
        """As the chain says: each with the row from which it is in force, oldest first."""
        if "audit" not in self.tables:
            return []
        rows = self.db.execute(
            "SELECT seq, new FROM audit WHERE action = 'make_key' AND new <> '{}' ORDER BY seq"
        )
        try:
            return [(seq, str(json.loads(new)["public_key"])) for seq, new in rows]
        except (TypeError, ValueError, KeyError):  # the chain will say so, at this row
            return []


_CHAINED = (
    "SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c "
    "WHERE m.type = 'table' AND c.name IN ('seq', 'previous_sha256', 'sha256') "
    "GROUP BY m.name HAVING count(*) = 3 ORDER BY m.name"
)


class Verifier:
    """Goes along the chain once."""

    def __init__(self, record: Record, checkpoints: list[Row], key: str) -> None:
        self.record = record
        self.keys = record.keys
        self.given = key
        self.key = self.keys[-1][1] if self.keys else ""
        self.entries = self.signatures = 0
        self.head = sha256(f"line-inspector record {record.id}")
        self.checkpoints = [c for c in checkpoints if c["record"] == record.id]
        self.waiting = sorted(self.checkpoints, key=lambda c: int(c["entries"]), reverse=True)
        if checkpoints and not self.checkpoints:
            raise Bad(
                "None of the checkpoints is of this record: another record lies in its place."
            )
        self.signed: dict[str, int] = {}

    def run(self) -> None:
        self._compare("The record's beginning", 0, self.head)
        for table, row in self.record.rows():
            name = f"Entry {row['seq']} ({table})"
            self._link(name, table, row)
            if table == "images":
                self._image(name, row)
            self._compare(name, row["seq"], row["sha256"])
            if table == "audit" and (row["action"], row["outcome"]) == ("sign_lot", "ALLOWED"):
                self._signature(name, row)
                self.signed.setdefault(row["subject"], row["seq"])
                self.signatures += 1
            self.entries += 1
            self.head = row["sha256"]
        if self.waiting:
            last = self.waiting[0]
            raise Bad(
                f"Entry {self.entries + 1} is missing: there were {last['entries']} entries "
                f"on {last['made_at']}, and the end was cut off."
            )
        self._late()
        self._keys()

    def _link(self, name: str, table: str, row: Row) -> None:
        if row["seq"] != self.entries + 1:
            raise Bad(f"{name} stands where entry {self.entries + 1} should.")
        if row["previous_sha256"] != self.head:
            raise Bad(f"{name} does not follow the row before it.")
        columns = {
            column: value
            for column, value in row.items()
            if value is not None and column not in ("previous_sha256", "sha256")
        }
        try:
            found = sha256(f"{self.head}\n{table}\n{canonical(columns)}")
        except (ValueError, TypeError):
            found = ""
        if found != row["sha256"]:
            raise Bad(f"{name} was changed after it was written.")

    def _image(self, name: str, row: Row) -> None:
        digest = row["image_sha256"]
        suffix = ".png" if row["media_type"] == "image/png" else ""
        path = self.record.folder / "images" / digest[:2] / digest[2:4] / f"{digest}{suffix}"
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise Bad(f"{name}: its image {path.name} cannot be read ({error}).") from error
        if found != digest:
            raise Bad(f"{name}: its image {path.name} was changed.")

    def _compare(self, name: str, seq: int, found: str) -> None:
        while self.waiting and int(self.waiting[-1]["entries"]) <= seq:
            checkpoint = self.waiting.pop()
            if checkpoint["entries"] != seq or checkpoint["head_sha256"] != found:
                raise Bad(
                    f"{name} is not the one that was there on {checkpoint['made_at']}: it, or one "
                    "since the checkpoint before, was written anew."
                )

    def _signature(self, name: str, row: Row) -> None:
        new = json.loads(row["new"])
        problem = self._unsigned(new, row) or self._moved(new)
        if problem:
            raise Bad(f"{name}: the signature of lot {row['subject']} does not hold: {problem}")

    def _unsigned(self, new: Any, row: Row) -> str:
        if not isinstance(new, dict) or not is_signed("lot signature", new, self._at(row["seq"])):
            return "it was not made with the record's key."
        if (new["record"], new["lot"], new["account"]) != (
            self.record.id,
            row["subject"],
            row["account"],
        ):
            return "it is of another lot, or somebody else's."
        return ""

    def _moved(self, new: Row) -> str:
        if self.record.hash_at(new["through_seq"]) != new["head_sha256"]:
            return "it was made in another record, or this one was written anew before it."
        return ""

    def _late(self) -> None:
        for lot, seq in self.signed.items():
            for table, column in (
                ("inspections", "seq"),
                ("images", "inspection_seq"),
                ("dispositions", "inspection_seq"),
            ):
                row = self.record.db.execute(
                    f"SELECT min(t.seq) FROM {table} AS t JOIN inspections AS i "
                    f"ON i.seq = t.{column} WHERE t.seq > ? AND i.lot = ?",
                    [seq, lot],
                ).fetchone()
                if row[0]:
                    raise Bad(f"Entry {row[0]} ({table}) came to lot {lot} after it was signed.")

    def _keys(self) -> None:
        if self.given and self.given != self.key:
            raise Bad("The record's key is not the one that was given.")
        for checkpoint in self.checkpoints:
            key = self._at(int(checkpoint["entries"])) or str(checkpoint["public_key"])
            if not is_signed("checkpoint", checkpoint, key):
                at = checkpoint["made_at"]
                raise Bad(f"The checkpoint of {at} is not signed with the record's key.")

    def _at(self, seq: int) -> str:
        """The key that was in force at a row; the first one before all."""
        first = self.keys[0][1] if self.keys else ""
        return next((key for since, key in reversed(self.keys) if since <= seq), first)


def is_signed(kind: str, values: Row, key: str) -> bool:
    """Whether the values' `signature` is this key's over all the others."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    signed = {name: value for name, value in values.items() if name != "signature"}
    text = f"line-inspector {kind}\n{canonical(signed)}"
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(str(values.get("signature"))), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return values.get("public_key") == key


def read_checkpoints(path: Path) -> list[Row]:
    files = sorted(path.glob("*.checkpoints")) if path.is_dir() else [path]
    found: list[Row] = []
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                continue  # a program was ended while it wrote this line
    if not found:
        raise OSError(f"There are no checkpoints in {path}.")
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verifies a record of line-inspector.")
    parser.add_argument("record", type=Path, help="its folder")
    parser.add_argument("--checkpoints", type=Path, help="their file or folder")
    parser.add_argument("--key", default="", help="the record's public key, as written down")
    given = parser.parse_args(arguments)
    try:
        checkpoints = read_checkpoints(given.checkpoints) if given.checkpoints else []
        verifier = Verifier(Record(given.record), checkpoints, given.key.strip().lower())
        verifier.run()
    except Bad as bad:
        print(f"The record does not hold: {bad}")
        return 1
    except sqlite3.DatabaseError as error:
        print(f"The record does not hold: its database is damaged ({error}).")
        return 1
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"It cannot be verified: {error}", file=sys.stderr)
        return 2
    print(
        f"The record {verifier.record.id} holds: {verifier.entries} entries, "
        f"{verifier.signatures} signatures, {len(verifier.checkpoints)} checkpoints, "
        f"head {verifier.head[:16]}, key {verifier.key or 'none'}."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
