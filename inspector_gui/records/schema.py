"""The tables of the record, and what guards them.

The tables in `TABLES` hold the entries of one chain; `seq` counts over all of them. Triggers refuse
every change of a row and every row that is not the next one, so also `INSERT OR REPLACE`, which
gets around delete triggers.

Two further tables follow from the inspections, by triggers, so that millions of them can be
searched: `labels` says which inspections found a label, `tallies` counts them by minute. They prove
nothing; `verify` works them out anew and compares.

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

TABLES = ("inspections", "images", "events", "dispositions", "audit")
LOT_IS_CLOSED, LOT_IS_SIGNED = "the lot is closed", "the lot is signed"
_FIRST_TABLES = TABLES[:3]
_SECOND_TABLES = TABLES[:4]


def head(tables: tuple[str, ...] = TABLES) -> str:
    """The query for the last `seq` of the chain."""
    selects = " UNION ALL ".join(f"SELECT max(seq) AS seq FROM {table}" for table in tables)
    return f"SELECT max(seq) FROM ({selects})"


LABELS_OF = (
    "SELECT DISTINCT json_extract(finding.value, '$.label') AS label, {row}.seq AS inspection_seq"
)
"""A row of `labels` for each label that an inspection found; finding is from its json_each."""
TALLIES_OF = (
    "SELECT substr(judged_at, 1, 16) AS minute, lot, recipe, decision, count(*) AS parts, "
    "min(seq) AS first_seq, max(seq) AS last_seq FROM inspections GROUP BY 1, 2, 3, 4"
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
        *(trigger for table in _FIRST_TABLES for trigger in _guards(table)),
        *_kept("record"),
    ):
        db.execute(statement)
    db.execute("INSERT INTO record VALUES (?)", [secrets.token_hex(16)])
    db.execute(
        "CREATE TRIGGER record_no_insert BEFORE INSERT ON record "
        "BEGIN SELECT RAISE(ABORT, 'a record has one identity'); END"
    )


@migrations()
def m002_dispositions_and_search(db: Database) -> None:
    for statement in (
        f"""CREATE TABLE dispositions (
            seq INTEGER NOT NULL PRIMARY KEY,
            inspection_seq INTEGER NOT NULL REFERENCES inspections (seq),
            disposition TEXT NOT NULL CHECK (disposition IN ('CONFIRMED', 'OVERRULED')),
            reason TEXT NOT NULL,
            note TEXT NOT NULL,
            reviewer TEXT NOT NULL,
            decided_at TEXT NOT NULL,
            {_CHAIN}
        ) STRICT""",
        "ALTER TABLE images ADD COLUMN role TEXT",
        """CREATE TABLE labels (
            label TEXT NOT NULL,
            inspection_seq INTEGER NOT NULL,
            PRIMARY KEY (label, inspection_seq)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE tallies (
            minute TEXT NOT NULL,
            lot TEXT NOT NULL,
            recipe TEXT NOT NULL,
            decision TEXT NOT NULL,
            parts INTEGER NOT NULL,
            first_seq INTEGER NOT NULL,
            last_seq INTEGER NOT NULL,
            PRIMARY KEY (minute, lot, recipe, decision)
        ) STRICT, WITHOUT ROWID""",
        f"INSERT INTO labels {LABELS_OF.format(row='inspections')} "
        "FROM inspections, json_each(findings) AS finding",
        f"INSERT INTO tallies {TALLIES_OF}",
        "CREATE TRIGGER inspections_labels AFTER INSERT ON inspections "
        "WHEN NEW.findings <> '[]' BEGIN "
        f"INSERT INTO labels {LABELS_OF.format(row='NEW')} FROM json_each(NEW.findings) AS finding;"
        " END",
        "CREATE TRIGGER inspections_tallies AFTER INSERT ON inspections BEGIN "
        "INSERT INTO tallies VALUES (substr(NEW.judged_at, 1, 16), NEW.lot, NEW.recipe, "
        "NEW.decision, 1, NEW.seq, NEW.seq) "
        "ON CONFLICT DO UPDATE SET parts = parts + 1, last_seq = NEW.seq; END",
        "CREATE INDEX inspections_by_recipe ON inspections (recipe)",  # and by seq within it
        "CREATE INDEX inspections_not_passed_by_seq ON inspections (seq, decision) "
        "WHERE decision <> 'PASS'",
        "CREATE INDEX inspections_by_text ON inspections (seq, source, detail)",
        "CREATE INDEX dispositions_by_inspection ON dispositions (inspection_seq)",
        *(f"DROP TRIGGER {table}_no_insert" for table in _FIRST_TABLES),
        *(_only_at_the_end(table, _SECOND_TABLES) for table in _FIRST_TABLES),
        *_guards("dispositions", _SECOND_TABLES),
    ):
        db.execute(statement)


@migrations()
def m003_audit_trail(db: Database) -> None:
    for statement in (
        f"""CREATE TABLE audit (
            seq INTEGER NOT NULL PRIMARY KEY,
            action TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('ALLOWED', 'REFUSED')),
            account TEXT NOT NULL,
            role TEXT NOT NULL,
            happened_at TEXT NOT NULL,
            utc_offset_min INTEGER NOT NULL,
            subject TEXT NOT NULL,
            old TEXT NOT NULL,
            new TEXT NOT NULL,
            why TEXT NOT NULL,
            {_CHAIN}
        ) STRICT""",
        "CREATE INDEX audit_by_action ON audit (action)",  # and so by seq within it
        "CREATE INDEX audit_of_ended_lots ON audit (subject, action) "
        "WHERE outcome = 'ALLOWED' AND action IN ('close_lot', 'sign_lot')",
        *(f"DROP TRIGGER {table}_no_insert" for table in _SECOND_TABLES),
        *(_only_at_the_end(table, TABLES) for table in _SECOND_TABLES),
        *_guards("audit", TABLES),
        *_lots_that_ended(),
    ):
        db.execute(statement)


def _lots_that_ended() -> tuple[str, ...]:
    """A closed lot takes no more parts, a signed one nothing that people decide either."""
    of_inspection = "(SELECT lot FROM inspections WHERE seq = NEW.inspection_seq)"
    return tuple(
        f"CREATE TRIGGER {table}_lot_ended BEFORE INSERT ON {table} WHEN EXISTS ("
        "SELECT 1 FROM audit WHERE outcome = 'ALLOWED' AND action IN ('close_lot', 'sign_lot') "
        f"AND action = '{action}' AND subject = {lot}) "
        f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        for table, action, lot, refusal in (
            ("inspections", "close_lot", "NEW.lot", LOT_IS_CLOSED),
            ("images", "close_lot", of_inspection, LOT_IS_CLOSED),
            ("dispositions", "sign_lot", of_inspection, LOT_IS_SIGNED),
        )
    )


def _guards(table: str, tables: tuple[str, ...] = _FIRST_TABLES) -> tuple[str, ...]:
    return *_kept(table), _only_at_the_end(table, tables)


def _only_at_the_end(table: str, tables: tuple[str, ...]) -> str:
    return (
        f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} "
        f"WHEN NEW.seq IS NOT coalesce(({head(tables)}), 0) + 1 "
        "BEGIN SELECT RAISE(ABORT, 'entries are only added at the end'); END"
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


def refuse_older(db: Database, folder: Path) -> None:
    """Leave alone what lacks tables that this version of the program reads.

    Raises:
        RecordsError: An older program made the record, and it has not been written to since.
    """
    if structure(db) and migrations.pending(db):
        raise RecordsError(
            f"The record in {folder} was made by an older version of this program: "
            "start the line on it once, which brings it up to date."
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
