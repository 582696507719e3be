"""Writing: in order, committed, by one writer, and never changed."""

from __future__ import annotations

import sqlite3 as other_sqlite
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pysqlite3
import pytest
from sqlite_utils import Database

from inspector_gui.records.errors import RecordsBusy, RecordsDamaged, RecordsError
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import DATABASE, RecordStore
from tests.records.entries import event, image, inspection


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
    with pytest.raises(RecordsError, match="could not be written"):
        store.append([inspection(1), inspection(2, "MAYBE")])
    with pytest.raises(RecordsError, match="could not be written"):
        store.append([image(99, "b" * 64)])
    (receipt,) = store.append([inspection(1)])
    assert receipt.seq == 1


def test_no_number_that_json_does_not_know(store: RecordStore) -> None:
    with pytest.raises(ValueError, match="JSON"):
        store.append([inspection(1, elapsed_ms={"network": float("nan")})])
    with pytest.raises((ValueError, RecordsError)):
        store.append([inspection(1, score=float("inf"))])
    assert store.append([inspection(1)])[0].seq == 1


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
    row = next(iter(db["events"].rows))
    with pytest.raises(pysqlite3.Error, match="entries"):
        db["events"].upsert({**row, "detail": "nothing"}, pk="seq")
    with pytest.raises(pysqlite3.Error, match="entries"):
        db["events"].insert({**row, "detail": "nothing"}, pk="seq", replace=True)
    db.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"no database at all" * 100)
    with pytest.raises(RecordsDamaged, match="damaged"):
        RecordStore.open(tmp_path)


def test_a_record_of_a_newer_program(store: RecordStore) -> None:
    store.close()
    db = Database(str(store.folder / DATABASE))
    db["_sqlite_migrations"].insert(
        {"migration_set": "line-inspector", "name": "m999_later", "applied_at": "2099"}
    )
    db.close()
    with pytest.raises(RecordsError, match=r"newer version.*m999_later"):
        RecordStore.open(store.folder)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("")
    with pytest.raises(RecordsError, match="choose a folder"):
        RecordStore.open(tmp_path / "records")


def test_reading_while_it_is_written(store: RecordStore) -> None:
    store.append([inspection(1), inspection(2, "REJECT")])
    with RecordReader(store.folder) as reader:
        store.append([inspection(3, "REJECT"), inspection(4)])
        newest = reader.inspections(limit=2)
        assert [r.entry.part for r in newest] == [4, 3]
        older = reader.inspections(before_seq=newest[-1].seq, limit=2)
        assert [r.entry.part for r in older] == [2, 1]
        assert [r.entry.part for r in reader.inspections(decision="REJECT")] == [3, 2]
        assert reader.inspections(lot="another") == []
        assert reader.counts() == {"PASS": 2, "REJECT": 2}


def test_the_last_rejects_are_found_through_their_index(store: RecordStore) -> None:
    with RecordReader(store.folder) as reader:
        asked: list[str] = []
        reader.connection.set_trace_callback(asked.append)
        reader.inspections(decision="REJECT", limit=100)
        reader.connection.set_trace_callback(None)
        plan = reader.connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall()
    assert any("inspections_not_passed" in str(tuple(row)) for row in plan)


def test_no_record_to_read(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match="no record"):
        RecordReader(tmp_path)
