"""The tables of the record, and what guards them.

Three tables hold the entries of one chain; `seq` counts over all of them. Triggers refuse every
change of a row and every row that is not the next one, so also `INSERT OR REPLACE`, which gets
around delete triggers.

What comes later comes as a migration of its own: a column is added at a table's end and may be NULL
(see `chain`), a table joins the chain in `TABLES`, and every guard is made again.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from inspector_gui.records.errors import RecordsError

TABLES = ("inspections", "images", "events")
HEAD = (
    "SELECT max(seq) FROM ("
    + " UNION ALL ".join(f"SELECT max(seq) AS seq FROM {table}" for table in TABLES)
    + ")"
)

migrations = Migrations("line-inspector")

_CHAIN = "previous_sha256 TEXT NOT NULL, sha256 TEXT NOT NULL"


@migrations()
def m001_first_release(db: Database) -> None:
    for statement in (
        "CREATE TABLE record (id TEXT NOT NULL PRIMARY KEY) STRICT",
        f"""CREATE TABLE inspections (
            seq INTEGER NOT NULL PRIMARY KEY,
            part INTEGER NOT NULL,
            lot TEXT NOT NULL,
            recipe TEXT NOT NULL,
            recipe_revision INTEGER NOT NULL,
            camera TEXT NOT NULL,
            source TEXT NOT NULL,
            frame_ids TEXT NOT NULL,
            judged_at TEXT NOT NULL,
            decision TEXT NOT NULL CHECK (decision IN ('PASS', 'REJECT', 'UNDECIDED')),
            reason TEXT NOT NULL,
            detail TEXT NOT NULL,
            score REAL,
            threshold REAL,
            thresholds TEXT NOT NULL,
            findings TEXT NOT NULL,
            model TEXT NOT NULL,
            model_sha256 TEXT NOT NULL,
            provider TEXT NOT NULL,
            elapsed_ms TEXT NOT NULL,
            truth TEXT NOT NULL,
            {_CHAIN}
        ) STRICT""",
        f"""CREATE TABLE images (
            seq INTEGER NOT NULL PRIMARY KEY,
            inspection_seq INTEGER NOT NULL REFERENCES inspections (seq),
            frame_id INTEGER NOT NULL,
            image_sha256 TEXT NOT NULL,
            media_type TEXT NOT NULL,
            size_bytes INTEGER NOT NULL,
            {_CHAIN}
        ) STRICT""",
        f"""CREATE TABLE events (
            seq INTEGER NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            happened_at TEXT NOT NULL,
            detail TEXT NOT NULL,
            data TEXT NOT NULL,
            {_CHAIN}
        ) STRICT""",
        "CREATE INDEX inspections_by_part ON inspections (lot, part)",
        "CREATE INDEX inspections_by_lot ON inspections (lot)",  # and so by seq within a lot
        "CREATE INDEX inspections_not_passed ON inspections (decision, seq) "
        "WHERE decision <> 'PASS'",
        "CREATE INDEX inspections_not_passed_by_lot ON inspections (lot, decision, seq) "
        "WHERE decision <> 'PASS'",
        "CREATE INDEX images_by_inspection ON images (inspection_seq)",
        *(trigger for table in TABLES for trigger in _guards(table)),
        *_kept("record"),
    ):
        db.execute(statement)
    db.execute("INSERT INTO record VALUES (?)", [secrets.token_hex(16)])
    db.execute(
        "CREATE TRIGGER record_no_insert BEFORE INSERT ON record "
        "BEGIN SELECT RAISE(ABORT, 'a record has one identity'); END"
    )


def _guards(table: str) -> tuple[str, ...]:
    return (
        *_kept(table),
        f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} "
        f"WHEN NEW.seq IS NOT coalesce(({HEAD}), 0) + 1 "
        "BEGIN SELECT RAISE(ABORT, 'entries are only added at the end'); END",
    )


def _kept(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END"
        for verb in ("update", "delete")
    )


def refuse_foreign(db: Database, folder: Path) -> None:
    """Leave alone what this version of the program has not made or does not know.

    Raises:
        RecordsError: The database holds something else, or a newer program's record.
    """
    if (found := structure(db)) and not found.keys() & {"record", *TABLES}:
        raise RecordsError(
            f"The database in {folder} is not a record: name the folder of one, or an empty one."
        )
    with Database(memory=True) as empty:
        known = {m.name for m in migrations.pending(empty)}
    if newer := [m.name for m in migrations.applied(db) if m.name not in known]:
        raise RecordsError(
            f"The record in {folder} was made by a newer version of this program "
            f"({newer[-1]}): install that version."
        )


def structure(db: Database) -> dict[str, str]:
    """The SQL of every table, index and trigger by name."""
    rows: Any = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: sql for name, sql in rows if not name.startswith("sqlite_")}


def expected_structure() -> dict[str, str]:
    """The structure of a record that this version of the program has just made."""
    with Database(memory=True) as db:
        migrations.apply(db)
        return structure(db)
