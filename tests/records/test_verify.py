"""Every manipulation of a copied record is found, and the first bad row is named."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pysqlite3
import pytest
from sqlite_utils import Database

from inspector_gui.records.chain import canonical
from inspector_gui.records.entries import ANOMALY_MAP
from inspector_gui.records.errors import RecordsDamaged, RecordsError
from inspector_gui.records.images import ImageStore
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.schema import TABLES, expected_structure
from inspector_gui.records.store import DATABASE, RecordStore
from inspector_gui.records.verify import Verification, verify
from tests.records.entries import audit, disposition, event, image, inspection
from tests.records.manipulations import manipulate


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Entries: 1 event, 2-4 inspections, 5 the image of 3, 6 event, 7 inspection."""
    folder = tmp_path / "records"
    store = RecordStore.open(folder)
    store.append([event(), inspection(1), inspection(2, "REJECT"), inspection(3)])
    stored = ImageStore(folder).save(np.arange(256, dtype=np.uint8).reshape(16, 16))
    store.append([image(3, stored.sha256, stored.size_bytes), event(), inspection(4)])
    store.close()
    return folder


def assert_found(folder: Path, *words: str) -> Verification:
    result = verify(folder)
    assert not result.holds
    for word in words:
        assert word in result.problem
    return result


def test_an_untouched_record_holds(folder: Path) -> None:
    result = verify(folder)
    assert result.holds
    assert (result.entries, result.inspections, result.images) == (7, 4, 1)
    assert result.warnings == ()


def test_an_empty_record_holds(tmp_path: Path) -> None:
    RecordStore.open(tmp_path).close()
    assert verify(tmp_path).holds


def _columns() -> list[tuple[str, str]]:
    db = Database(memory=True)
    for sql in (s for s in expected_structure().values() if s.startswith("CREATE TABLE")):
        db.execute(sql)
    return [(t, c.name) for t in TABLES for c in db[t].columns if c.name != "seq"]


@pytest.mark.parametrize(("table", "column"), _columns())
def test_any_cell_that_was_edited(folder: Path, table: str, column: str) -> None:
    store = RecordStore.open(folder)
    stored = ImageStore(folder).save(np.zeros((4, 4), np.uint8))
    store.append([disposition(3), image(3, stored.sha256, role=ANOMALY_MAP), event()])
    store.append([audit()])
    store.close()
    seq = {"inspections": 3, "images": 9, "events": 6, "dispositions": 8, "audit": 11}[table]
    other = {
        "decision": "'PASS'",
        "inspection_seq": "2",
        "role": "NULL" if table == "images" else None,
        "disposition": "'OVERRULED'",
        "outcome": "'REFUSED'",
    }.get(column)
    numbers = (
        "part",
        "recipe_revision",
        "frame_id",
        "size_bytes",
        "score",
        "threshold",
        "utc_offset_min",
    )
    value = other or (f"{column} + 1" if column in numbers else f"'x' || {column}")
    manipulate(folder, f"UPDATE {table} SET {column} = {value} WHERE seq = {seq}")
    result = assert_found(folder)
    assert f"Entry {seq} " in result.problem or f"Entry {seq + 1} " in result.problem
    assert result.entries in (seq - 1, seq)


def test_the_part_and_lot_of_the_first_bad_row_are_named(folder: Path) -> None:
    manipulate(folder, "UPDATE inspections SET decision = 'PASS' WHERE seq = 3")
    assert_found(folder, "Entry 3 (inspection of part 2 in lot lot-1)", "was changed")


def test_a_deleted_row(folder: Path) -> None:
    manipulate(folder, "DELETE FROM inspections WHERE seq = 4")
    assert_found(folder, "Entry 5", "stands where entry 4 should")


def test_a_deleted_row_with_the_rest_moved_up(folder: Path) -> None:
    manipulate(
        folder,
        "DELETE FROM events WHERE seq = 6",
        "UPDATE inspections SET seq = 6 WHERE seq = 7",
    )
    assert_found(folder, "Entry 6", "does not follow")


def test_an_inserted_row(folder: Path) -> None:
    manipulate(
        folder,
        "UPDATE inspections SET seq = 8 WHERE seq = 7",
        "INSERT INTO events SELECT 7, kind, happened_at, detail, data, previous_sha256, sha256 "
        "FROM events WHERE seq = 6",
    )
    assert_found(folder, "Entry 7 (event)")


def test_two_rows_that_changed_places(folder: Path) -> None:
    manipulate(
        folder,
        "UPDATE inspections SET seq = 99 WHERE seq = 2",
        "UPDATE inspections SET seq = 2 WHERE seq = 4",
        "UPDATE inspections SET seq = 4 WHERE seq = 99",
    )
    assert_found(folder, "Entry 2")


def test_a_row_whose_hash_was_made_again(folder: Path) -> None:
    """Whoever rewrites one row must rewrite all after it: the next one gives it away."""
    connection = pysqlite3.connect(str(folder / DATABASE))
    connection.row_factory = pysqlite3.Row
    row = dict(connection.execute("SELECT * FROM inspections WHERE seq = 3").fetchone())
    connection.close()
    previous = row.pop("previous_sha256")
    row.pop("sha256")
    row["decision"] = "PASS"
    sha256 = hashlib.sha256(f"{previous}\ninspections\n{canonical(row)}".encode()).hexdigest()
    manipulate(
        folder, f"UPDATE inspections SET decision = 'PASS', sha256 = '{sha256}' WHERE seq = 3"
    )
    assert_found(folder, "Entry 4", "does not follow")


def test_another_record_s_rows(folder: Path, tmp_path: Path) -> None:
    manipulate(folder, "UPDATE record SET id = 'another'")
    assert_found(folder, "Entry 1", "does not follow")


@pytest.mark.parametrize("name", [n for n, sql in expected_structure().items() if "TRIGGER" in sql])
def test_a_missing_guard(folder: Path, name: str) -> None:
    connection = pysqlite3.connect(str(folder / DATABASE))
    connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    assert_found(folder, name, "missing")


def test_a_guard_that_guards_nothing(folder: Path) -> None:
    connection = pysqlite3.connect(str(folder / DATABASE))
    connection.execute("DROP TRIGGER events_no_delete")
    connection.execute(
        "CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT 1; END"
    )
    connection.close()
    assert_found(folder, "events_no_delete", "not defined as it should be")


def test_sqlite_utils_transform(folder: Path) -> None:
    db = Database(str(folder / DATABASE))
    db.table("events").transform(rename={"detail": "details"})
    db.close()
    assert_found(folder, "events")


def test_a_missing_guard_does_not_hide_the_row(folder: Path) -> None:
    connection = pysqlite3.connect(str(folder / DATABASE), isolation_level=None)
    connection.execute("DROP TRIGGER inspections_no_update")
    connection.execute("UPDATE inspections SET decision = 'PASS' WHERE seq = 3")
    connection.close()
    assert_found(folder, "inspections_no_update is missing", "Entry 3 (inspection of part 2")


@pytest.mark.parametrize("column", ["score = 9e999", "score = NULL", "source = x'ff'"])
def test_a_value_that_no_entry_can_hold(folder: Path, column: str) -> None:
    name, value = column.split(" = ")
    kind = "TEXT" if name == "source" else "REAL"
    manipulate(folder, f"UPDATE inspections SET {name} = CAST({value} AS {kind}) WHERE seq = 3")
    assert assert_found(folder).entries == 2


def test_a_column_that_was_added(folder: Path) -> None:
    connection = pysqlite3.connect(str(folder / DATABASE), isolation_level=None)
    connection.execute("ALTER TABLE events ADD COLUMN comment TEXT")
    connection.close()
    assert_found(folder, "events is not defined as it should be")


def test_a_record_that_is_being_written(tmp_path: Path) -> None:
    """Events alone first: a table without rows must belong to the same moment as the others."""
    store = RecordStore.open(tmp_path)
    stop = threading.Event()

    def write() -> None:
        part = 0
        while not stop.is_set():
            part += 1
            store.append([event()] if part < 50 else [event(), inspection(part)])

    with ThreadPoolExecutor(1) as writer:
        done = writer.submit(write)
        try:
            results = [verify(tmp_path) for _ in range(20)]
        finally:
            stop.set()
        done.result()
    store.close()
    assert [result.problem for result in results] == [""] * 20
    assert results[-1].entries > results[0].entries


def _damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-5] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(("act", "words"), [(_damage, "was changed"), (Path.unlink, "is missing")])
def test_an_image_that_is_not_what_it_was(
    folder: Path, act: Callable[[Path], None], words: str
) -> None:
    (path,) = (folder / "images").rglob("*.png")
    act(path)
    assert_found(folder, "Entry 5 (image)", path.name, words)


def test_a_damaged_database(folder: Path) -> None:
    path = folder / DATABASE
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    path.write_bytes(content)
    with contextlib.suppress(RecordsDamaged):  # or it cannot be read at all, which says the same
        assert_found(folder)


def test_a_reject_without_image_is_worth_a_warning(folder: Path) -> None:
    store = RecordStore.open(folder)
    store.append([inspection(5, "REJECT"), inspection(6, "UNDECIDED", reason="frame_lost")])
    (receipt,) = store.append([inspection(7, "REJECT")])
    store.append([event("image_not_kept", inspection_seq=receipt.seq)])
    store.close()
    result = verify(folder)
    assert result.holds
    assert len(result.warnings) == 1
    assert ": 1, the first is entry 8." in result.warnings[0]


def test_a_cut_off_tail_changes_the_head(folder: Path) -> None:
    """The chain alone cannot show it; the head that somebody kept elsewhere does."""
    before = verify(folder).head_sha256
    manipulate(
        folder,
        "DELETE FROM inspections WHERE seq = 7",
        "UPDATE tallies SET parts = parts - 1, last_seq = 4 WHERE last_seq = 7",
    )
    after = verify(folder)
    assert after.holds
    assert after.head_sha256 != before


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE tallies SET parts = parts + 1", "tallies"),
        ("DELETE FROM tallies WHERE decision = 'REJECT'", "tallies"),
        ("DELETE FROM labels", "labels"),
        ("INSERT INTO labels VALUES ('crack', 2)", "labels"),
    ],
)
def test_what_the_search_works_with(folder: Path, statement: str, table: str) -> None:
    """A reject must not disappear from the search while it is still in the chain."""
    manipulate(folder, statement)
    assert_found(folder, f"{table} does not agree with the inspections")


@pytest.mark.parametrize("page", range(1, 12))
def test_reading_a_damaged_record_gives_one_sentence(folder: Path, page: int) -> None:
    path = folder / DATABASE
    content = bytearray(path.read_bytes())
    content[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    path.write_bytes(content[: len(path.read_bytes())])
    with contextlib.suppress(RecordsError), RecordReader(folder) as reader:
        reader.inspections(limit=10)
        list(reader.all_inspections())
        list(reader.events())
        reader.counts()
    with contextlib.suppress(RecordsError):
        RecordStore.open(folder).close()
