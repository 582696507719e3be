"""A thousand manipulations of a copied record: each is found, and the first bad row is named."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pysqlite3
import pytest
from sqlite_utils import Database
from sqlite_utils.db import TransformError
from typer.testing import CliRunner

from inspector_gui.cli.app import app
from inspector_gui.records import offline_verifier
from inspector_gui.records.checkpoints import Checkpoint, read_checkpoints, write_checkpoint
from inspector_gui.records.images import ImageStore
from inspector_gui.records.lots import close_lot, open_lot, sign_lot
from inspector_gui.records.office import Office
from inspector_gui.records.permissions import Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.schema import expected_structure
from inspector_gui.records.store import DATABASE, RecordStore
from inspector_gui.records.verify import verify
from tests.records.accounts import PASSWORD, add_all, hash_quickly
from tests.records.entries import disposition, event, image, inspection
from tests.records.manipulations import manipulate, rewritten

EACH = 100


class Copied:
    """A record that somebody has a copy of, and all its checkpoints, one after every entry."""

    def __init__(self, original: Path, known: list[Checkpoint]) -> None:
        self.original, self.known = original, known
        with RecordReader(original) as reader:
            self.rows = [(table, dict(row)) for table, row in reader.rows()]
        self.last = len(self.rows)

    def at(self, seq: int) -> tuple[str, dict[str, Any]]:
        return self.rows[seq - 1]

    def checkpoints(self, draws: random.Random) -> list[Checkpoint]:
        """A few, as are at hand in life; the last one is always among them."""
        by_entries = {c.entries: c for c in self.known}
        some = draws.sample(sorted(by_entries), draws.randint(0, 4))
        return [by_entries[n] for n in {*some, self.last}]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Copied:
    """Accounts, a signed lot with images and decisions, an open one, and events."""
    folder = tmp_path_factory.mktemp("original")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    with pytest.MonkeyPatch.context() as patch:
        hash_quickly(patch)
        store = RecordStore.open(folder)
        office = Office(folder, lambda entries: [store.append([e]) for e in entries][-1][-1])
        _live(office, store, lambda: write_checkpoint(office, elsewhere))
        store.close()
    original = Copied(folder, read_checkpoints(elsewhere))
    assert verify(folder, original.known).problem == ""
    return original


def _live(office: Office, store: RecordStore, remember: Callable[[], object]) -> None:
    remember()
    sessions = add_all(office)
    engineer, supervisor = sessions[Role.ENGINEER], sessions[Role.SUPERVISOR]
    open_lot(office, engineer, "lot-1", {"name": "tile", "revision": 1})
    for part in range(1, 9):
        decision = "REJECT" if part % 3 == 0 else "PASS"
        (receipt,) = store.append([inspection(part, decision)])
        remember()
        if decision == "REJECT":
            stored = ImageStore(office.folder).save(np.full((4, 4), part, np.uint8))
            store.append([image(receipt.seq, stored.sha256, stored.size_bytes)])
            remember()
            office.review(engineer, disposition(receipt.seq))
            remember()
    close_lot(office, engineer, "lot-1", "no line ran")
    remember()
    sign_lot(office, supervisor, "lot-1", PASSWORD, "released")
    remember()
    open_lot(office, engineer, "lot-2", {"name": "tile", "revision": 1})
    for part in range(1, 5):
        store.append([inspection(part, lot="lot-2"), event()])
        remember()


Manipulation = Callable[[Copied, Path, random.Random], str]
"""Changes the copy in a folder, and says what the first problem must be (a pattern)."""


def _other(column: str, value: Any, draws: random.Random) -> Any:
    known = {
        "decision": ("PASS", "REJECT", "UNDECIDED"),
        "disposition": ("CONFIRMED", "OVERRULED"),
        "outcome": ("ALLOWED", "REFUSED"),
    }
    if column in known:
        return draws.choice([word for word in known[column] if word != value])
    if isinstance(value, int | float):
        return value + draws.randint(1, 9)
    place = draws.randint(0, len(value))
    return value[:place] + draws.choice("x0 é") + value[place:]


def _change(copied: Copied, draws: random.Random) -> tuple[str, int, str, Any]:
    seq = draws.randint(1, copied.last)
    table, row = copied.at(seq)
    column = draws.choice([c for c, value in row.items() if value is not None and c != "seq"])
    return table, seq, column, _other(column, row[column], draws)


def _quoted(value: Any) -> str:
    return str(value) if isinstance(value, int | float) else "'" + value.replace("'", "''") + "'"


def edit(copied: Copied, folder: Path, draws: random.Random) -> str:
    table, seq, column, value = _change(copied, draws)
    manipulate(folder, f"UPDATE {table} SET {column} = {_quoted(value)} WHERE seq = {seq}")
    return f"Entry {seq} "


def replace(copied: Copied, folder: Path, draws: random.Random) -> str:
    """`REPLACE`, which gets around triggers on deletion."""
    table, seq, column, value = _change(copied, draws)
    row = {**copied.at(seq)[1], column: value}
    values = ", ".join("NULL" if v is None else _quoted(v) for v in row.values())
    manipulate(folder, f"REPLACE INTO {table} ({', '.join(row)}) VALUES ({values})")
    return f"Entry {seq} "


def delete(copied: Copied, folder: Path, draws: random.Random) -> str:
    seq = draws.randint(1, copied.last)
    manipulate(folder, f"DELETE FROM {copied.at(seq)[0]} WHERE seq = {seq}")
    if seq == copied.last:
        return f"Entry {seq} is missing"
    return rf"Entry {seq + 1} \(.*stands where entry {seq} should"


def _moved(copied: Copied, seqs: list[int], by: int) -> list[str]:
    return [f"UPDATE {copied.at(s)[0]} SET seq = {s + by} WHERE seq = {s}" for s in seqs]


def delete_and_close_the_gap(copied: Copied, folder: Path, draws: random.Random) -> str:
    seq = draws.randint(1, copied.last - 1)
    table = copied.at(seq)[0]
    rest = _moved(copied, list(range(seq + 1, copied.last + 1)), -1)
    manipulate(folder, f"DELETE FROM {table} WHERE seq = {seq}", *rest)
    return f"Entry {seq} "


def insert(copied: Copied, folder: Path, draws: random.Random) -> str:
    """A copy of some row, with the rest moved down."""
    seq = draws.randint(1, copied.last + 1)
    source = draws.randint(1, copied.last)
    table, row = copied.at(source)
    down = _moved(copied, list(range(copied.last, seq - 1, -1)), 1)
    values = ", ".join("NULL" if v is None else _quoted(v) for v in {**row, "seq": seq}.values())
    manipulate(folder, *down, f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})")
    return f"Entry {seq + (source == seq)} "  # a row before itself is as it should be there


def reorder(copied: Copied, folder: Path, draws: random.Random) -> str:
    one, other = sorted(draws.sample(range(1, copied.last + 1), 2))
    tables = copied.at(one)[0], copied.at(other)[0]
    manipulate(
        folder,
        f"UPDATE {tables[0]} SET seq = -1 WHERE seq = {one}",
        f"UPDATE {tables[1]} SET seq = {one} WHERE seq = {other}",
        f"UPDATE {tables[0]} SET seq = {other} WHERE seq = -1",
    )
    return f"Entry {one} "


def cut_off(copied: Copied, folder: Path, draws: random.Random) -> str:
    seq = draws.randint(1, copied.last)
    tables = {table for table, _ in copied.rows}
    manipulate(folder, *(f"DELETE FROM {table} WHERE seq >= {seq}" for table in tables))
    return f"Entry {seq} is missing"


def rewrite(copied: Copied, folder: Path, draws: random.Random) -> str:
    """A cell, and every hash from there on: a chain that holds in itself."""
    while True:
        _, seq, column, value = _change(copied, draws)
        if column not in ("previous_sha256", "sha256", "image_sha256"):
            break
    rewritten(
        folder, lambda _table, row: row.update({column: value}) if row["seq"] == seq else None
    )
    return f"rewritten from {seq}"


def exchange(copied: Copied, folder: Path, draws: random.Random) -> str:
    """Another record, which holds, in its place; sometimes with this one's identity."""
    with RecordReader(folder) as reader:
        record_id = reader.record_id
    shutil.rmtree(folder)
    store = RecordStore.open(folder)
    store.append([inspection(n) for n in range(1, draws.randint(2, 60))])
    store.close()
    if draws.random() < 0.5:
        return "another record lies in its place"
    manipulate(folder, f"UPDATE record SET id = '{record_id}'")
    rewritten(folder, lambda _table, _row: None)
    return r"Entry \d+ .*is not the one that was there|Entry \d+ is missing"


def touch_an_image(copied: Copied, folder: Path, draws: random.Random) -> str:
    seq, row = draws.choice([(r["seq"], r) for table, r in copied.rows if table == "images"])
    path = ImageStore(folder).path(row["image_sha256"])
    if draws.random() < 0.3:
        path.unlink()
    else:
        content = bytearray(path.read_bytes())
        content[draws.randrange(len(content))] ^= 1 << draws.randrange(8)
        path.write_bytes(content)
    return rf"Entry {seq} \(images?\): its image"


def loosen_a_guard(copied: Copied, folder: Path, draws: random.Random) -> str:
    name = draws.choice([n for n, sql in expected_structure().items() if "CREATE TABLE" not in sql])
    kind = "TRIGGER" if "TRIGGER" in expected_structure()[name] else "INDEX"
    connection = pysqlite3.connect(str(folder / DATABASE), isolation_level=None)
    connection.execute(f"DROP {kind} {name}")
    if kind == "TRIGGER" and draws.random() < 0.5:
        connection.execute(
            f"CREATE TRIGGER {name} BEFORE DELETE ON {copied.at(1)[0]} BEGIN SELECT 1; END"
        )
    connection.close()
    return rf"{name} is (missing|not defined)"


def transform(copied: Copied, folder: Path, draws: random.Random) -> str:
    table, row = copied.at(draws.randint(1, copied.last))
    column = draws.choice([c for c in row if c != "seq"])
    db = Database(str(folder / DATABASE))
    try:
        if draws.random() < 0.5:
            db.table(table).transform(rename={column: f"{column}_2"})
        else:
            db.table(table).transform(drop={column})
    except TransformError:  # of a column in a partial index: the table alone is made anew
        db.table(table).transform()
    db.close()
    return rf"{table} is not defined|{table}_\w+ is missing"


def touch_what_the_search_works_with(copied: Copied, folder: Path, draws: random.Random) -> str:
    statement = draws.choice(
        [
            f"UPDATE tallies SET parts = parts + {draws.randint(1, 9)}",
            f"DELETE FROM tallies WHERE lot = 'lot-{draws.randint(1, 2)}'",
            f"INSERT INTO labels VALUES ('scratch', {draws.randint(1, copied.last)})",
            "DELETE FROM labels",
        ]
    )
    manipulate(folder, statement)
    return "does not agree with the inspections"


ROWS = [
    edit,
    replace,
    delete,
    delete_and_close_the_gap,
    insert,
    reorder,
    cut_off,
    rewrite,
    exchange,
    touch_an_image,
]
STRUCTURE = [loosen_a_guard, transform, touch_what_the_search_works_with]


def test_there_are_a_thousand() -> None:
    assert len(ROWS) * EACH >= 1000


@pytest.mark.parametrize("kind", ROWS)
def test_every_row_that_was_touched_is_named_by_both_verifiers(
    copied: Copied, tmp_path: Path, kind: Manipulation
) -> None:
    draws = random.Random(kind.__name__)
    for number in range(EACH):
        folder = tmp_path / str(number)
        shutil.copytree(copied.original, folder)
        expected = kind(copied, folder, draws)
        known = copied.checkpoints(draws)
        found = verify(folder, known).problem
        others = _found_offline(folder, known)
        for problem in (found, others):
            assert _names(expected, problem), (number, expected, problem)
        assert re.findall(r"Entry \d+", found)[:1] == re.findall(r"Entry \d+", others)[:1]
        shutil.rmtree(folder)


@pytest.mark.parametrize("kind", STRUCTURE)
def test_every_table_and_guard_that_was_touched_is_named(
    copied: Copied, tmp_path: Path, kind: Manipulation
) -> None:
    draws = random.Random(kind.__name__)
    for number in range(EACH // 3):
        folder = tmp_path / str(number)
        shutil.copytree(copied.original, folder)
        expected = kind(copied, folder, draws)
        found = verify(folder, copied.checkpoints(draws)).problem
        assert _names(expected, found), (number, expected, found)
        shutil.rmtree(folder)


def _found_offline(folder: Path, known: list[Checkpoint]) -> str:
    record = offline_verifier.Record(folder)
    try:
        lines = [{name: getattr(c, name) for name in c.__slots__} for c in known]
        offline_verifier.Verifier(record, lines, "").run()
    except offline_verifier.Bad as bad:
        return str(bad)
    finally:
        record.db.close()
    return ""


def _names(expected: str, problem: str) -> bool:
    """Whether a problem is the expected one; of a rewritten chain, a span that holds the row."""
    if not expected.startswith("rewritten from "):
        return re.search(expected, problem, re.IGNORECASE) is not None
    seq = int(expected.removeprefix("rewritten from "))
    named = re.search(r"Entry (\d+) ", problem)
    since = re.search(r"since entry (\d+)", problem)
    if named is None:
        return False
    if "since the checkpoint before" in problem or "signature of lot" in problem:
        return seq <= int(named[1])
    return int(since[1] if since else named[1]) <= seq <= int(named[1])


def test_the_verifier_to_keep_needs_nothing_of_this_program(copied: Copied, tmp_path: Path) -> None:
    file = tmp_path / "verify_record.py"
    written = CliRunner().invoke(app, ["records", "verifier", "--out", str(file)])
    assert written.exit_code == 0, written.output
    known = tmp_path / "known.checkpoints"
    known.write_text("".join(f"{c.line}\n" for c in copied.known))
    folder = tmp_path / "copy"
    shutil.copytree(copied.original, folder)
    assert _offline(file, folder, known) == (0, "holds")
    manipulate(folder, "UPDATE events SET detail = 'x'")
    assert _offline(file, folder, known) == (1, "was changed after it was written")
    assert _offline(file, tmp_path, known) == (2, "no record")
    assert _offline(file, folder, tmp_path) == (1, "was changed after it was written")
    assert _offline(file, folder, tmp_path / "nothing") == (2, "cannot be verified")


def _offline(file: Path, folder: Path, known: Path) -> tuple[int, str]:
    """Where this project cannot be imported."""
    code = (
        "import runpy, sys; sys.modules['inspector_gui'] = None; "
        "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, file, folder, "--checkpoints", known],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    said = done.stdout + done.stderr
    words = ("was changed after it was written", "no record", "cannot be verified", "holds")
    return done.returncode, next(word for word in words if word in said)
