"""Writing: in order, committed, by one line and beside it, and never changed."""

from __future__ import annotations

import os
import sqlite3 as other_sqlite
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pysqlite3
import pytest
from sqlite_utils import Database

from inspector_gui.records import store as stores
from inspector_gui.records.errors import RecordsBusy, RecordsDamaged, RecordsError
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import DATABASE, RecordStore
from inspector_gui.records.verify import verify
from tests.records.conftest import unprivileged
from tests.records.entries import disposition, event, image, inspection
from tests.records.manipulations import manipulate


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RecordStore]:
    store = RecordStore.open(tmp_path / "records")
    yield store
    store.close()


def test_entries_of_all_kinds_share_one_sequence(store: RecordStore) -> None:
    first = store.append([event(), inspection(1), inspection(2, "REJECT")])
    second = store.append([image(3, "b" * 64)])
    assert [receipt.seq for receipt in first + second] == [1, 2, 3, 4]
    assert len({receipt.sha256 for receipt in first + second}) == 4


def test_what_is_read_is_what_was_written(store: RecordStore) -> None:
    written = inspection(
        7, "REJECT", frame_ids=(3, 4), truth=("crack",), score=1.0, source="Prüfling \u2028 “7”"
    )
    (receipt,) = store.append([written])
    with RecordReader(store.folder) as reader:
        assert reader.get(receipt.seq).entry == written
        with pytest.raises(KeyError):
            reader.get(receipt.seq + 1)


def test_it_goes_on_where_it_stopped(store: RecordStore) -> None:
    (before,) = store.append([inspection(1)])
    store.close()
    with_more = RecordStore.open(store.folder)
    (after,) = with_more.append([inspection(2)])
    assert after.seq == before.seq + 1
    assert with_more.next_part("lot-1") == 3
    assert with_more.next_part("lot-2") == 1
    with_more.close()


def test_a_second_writer_is_turned_away(store: RecordStore) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from inspector_gui.records.store import RecordStore\n"
        "RecordStore.open(Path(sys.argv[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, store.folder], capture_output=True, text=True, check=False
    )
    assert RecordsBusy.__name__ in done.stderr


def test_a_failed_append_leaves_nothing_and_the_next_one_works(store: RecordStore) -> None:
    with pytest.raises(RecordsError, match="refuses an entry"):
        store.append([inspection(1), inspection(2, "MAYBE")])
    with pytest.raises(RecordsError, match="refuses an entry"):
        store.append([image(99, "b" * 64)])
    with pytest.raises(RecordsError, match="does not fit"):
        store.append([inspection(1), inspection(2, score=float("nan"))])
    (receipt,) = store.append([inspection(1)])
    assert receipt.seq == 1
    assert verify(store.folder).holds


def test_nothing_to_append(store: RecordStore) -> None:
    assert store.append([]) == []


def test_a_row_from_elsewhere_stops_the_writer(store: RecordStore) -> None:
    store.append([event()])
    connection = pysqlite3.connect(str(store.folder / DATABASE), isolation_level=None)
    connection.execute(
        "INSERT INTO events SELECT 2, kind, happened_at, detail, data, '', '' FROM events"
    )
    connection.close()
    with pytest.raises(RecordsError, match="records verify"):
        store.append([inspection(1)])
    assert "Entry 2 (event)" in verify(store.folder).problem


def test_what_people_do_is_appended_beside_a_line(store: RecordStore) -> None:
    store.append([inspection(1)])
    beside = RecordStore.beside(store.folder)
    assert beside.append([disposition(1)])[0].seq == 2
    assert [r.seq for r in store.append([inspection(2), inspection(3)])] == [3, 4]
    assert beside.append([disposition(3), disposition(4)])[0].seq == 5
    beside.close()
    assert store.append([inspection(4)])[0].seq == 7
    assert verify(store.folder).problem == ""


def test_a_record_is_made_for_the_first_act(tmp_path: Path) -> None:
    store = RecordStore.beside(tmp_path / "records")
    assert store.append([event()])[0].seq == 1
    RecordStore.open(tmp_path / "records").close()  # and no line is kept from it
    store.close()


def test_a_chain_that_lost_its_end_under_the_writer(store: RecordStore) -> None:
    store.append([inspection(1), event(), event()])
    for statement in ("DELETE FROM events WHERE seq = 3", "DELETE FROM events"):
        manipulate(store.folder, statement)
        with pytest.raises(RecordsDamaged, match="records verify"):
            store.append([inspection(2)])


def test_who_keeps_the_record_locked_is_waited_for_and_then_told(
    store: RecordStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "COMMIT_S", 0.2)
    beside = RecordStore.beside(store.folder)
    other = pysqlite3.connect(str(store.folder / DATABASE), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RecordsBusy, match="end that one"):
        beside.append([event()])
    other.close()
    assert beside.append([event()])[0].seq == 1
    beside.close()


def test_one_thread_may_open_and_another_close(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as thread:
        store = thread.submit(RecordStore.open, tmp_path).result()
        store.close()
        again = RecordStore.open(tmp_path)
        thread.submit(again.close).result()
    RecordStore.open(tmp_path).close()


def test_a_full_disk(store: RecordStore) -> None:
    """The system refuses to let the file grow, as it does when no block is free."""
    resource = pytest.importorskip("resource")
    written = store.append([inspection(n) for n in range(1, 20)])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    wal = store.folder / f"{DATABASE}-wal"
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + 20_000, hard))
    try:
        with pytest.raises(RecordsError, match="free some space"):
            store.append([inspection(n, detail="x" * 5000) for n in range(20, 40)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    result = verify(store.folder)
    assert result.holds
    assert (result.entries, result.head_sha256) == (19, written[-1].sha256)
    assert store.append([inspection(20)])[0].seq == 20
    assert verify(store.folder).holds


def test_a_database_with_no_more_room(store: RecordStore) -> None:
    store.append([inspection(1)])
    store._connection.execute("PRAGMA max_page_count = 30")
    with pytest.raises(RecordsError, match=r"full.*free some space"):
        store.append([inspection(n, detail="x" * 5000) for n in range(2, 40)])
    store._connection.execute("PRAGMA max_page_count = 1000000")
    assert store.append([inspection(2)])[0].seq == 2
    assert verify(store.folder).holds


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_a_folder_that_may_not_be_written(public_folder: Path) -> None:
    RecordStore.open(public_folder).close()
    with unprivileged(), pytest.raises(RecordsError, match="choose a folder"):
        RecordStore.open(public_folder)


CHANGES = [
    "UPDATE inspections SET decision = 'PASS' WHERE seq = 2",
    "UPDATE images SET image_sha256 = 'c'",
    "UPDATE events SET detail = ''",
    "DELETE FROM inspections WHERE seq = 2",
    "DELETE FROM images",
    "DELETE FROM events",
    "INSERT OR REPLACE INTO inspections SELECT * FROM inspections WHERE seq = 2",
    "REPLACE INTO events SELECT * FROM events",
    "INSERT INTO events SELECT 9, kind, happened_at, detail, data, '', '' FROM events",
    "INSERT INTO events SELECT 2, kind, happened_at, detail, data, '', '' FROM events",
    "UPDATE OR REPLACE inspections SET seq = 1 WHERE seq = 2",
    "UPDATE record SET id = 'x'",
    "DELETE FROM record",
    "INSERT INTO record VALUES ('x')",
]


@pytest.mark.parametrize("sqlite", [pysqlite3, other_sqlite])
@pytest.mark.parametrize("change", CHANGES)
def test_rows_cannot_be_changed_through_sql(
    store: RecordStore, sqlite: object, change: str
) -> None:
    store.append([event(), inspection(1, "REJECT"), image(2, "b" * 64)])
    connection = sqlite.connect(str(store.folder / DATABASE))  # type: ignore[attr-defined]
    with pytest.raises(sqlite.Error, match=r"entries|identity"):  # type: ignore[attr-defined]
        connection.execute(change)
    connection.close()


def test_not_even_with_sqlite_utils_upsert(store: RecordStore) -> None:
    store.append([event()])
    db = Database(str(store.folder / DATABASE))
    events = db.table("events")
    row = next(iter(events.rows))
    with pytest.raises(pysqlite3.Error, match="entries"):
        events.upsert({**row, "detail": "nothing"}, pk="seq")
    with pytest.raises(pysqlite3.Error, match="entries"):
        events.insert({**row, "detail": "nothing"}, pk="seq", replace=True)
    db.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"no database at all" * 100)
    with pytest.raises(RecordsDamaged, match="damaged"):
        RecordStore.open(tmp_path)


def test_another_program_s_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / DATABASE
    connection = other_sqlite.connect(path)
    connection.execute("CREATE TABLE songs (title)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(RecordsError, match="is not a record"):
        RecordStore.open(tmp_path)
    with pytest.raises(RecordsError, match="is not a record"):
        verify(tmp_path)
    assert path.read_bytes() == before


def test_a_record_of_a_newer_program(store: RecordStore) -> None:
    store.close()
    db = Database(str(store.folder / DATABASE))
    db.table("_sqlite_migrations").insert(
        {"migration_set": "line-inspector", "name": "m999_later", "applied_at": "2099"}
    )
    db.close()
    for use in (RecordStore.open, verify):
        with pytest.raises(RecordsError, match=r"newer version.*m999_later"):
            use(store.folder)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("")
    with pytest.raises(RecordsError, match="choose a folder"):
        RecordStore.open(tmp_path / "records")


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
@pytest.mark.parametrize("replaced", [False, True])
def test_nothing_is_acknowledged_once_the_database_is_deleted(
    store: RecordStore, replaced: bool
) -> None:
    store.append([inspection(1)])
    (store.folder / DATABASE).unlink()
    if replaced:
        (store.folder / DATABASE).write_bytes(b"")
    with pytest.raises(RecordsError, match="deleted or replaced"):
        store.append([inspection(2)])
