"""Reading while another writes, and from where nobody can write."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from inspector_gui.records.entries import Entry
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import DATABASE, RecordStore
from inspector_gui.records.verify import verify
from tests.records.conftest import unprivileged
from tests.records.entries import event, image, inspection


def test_reading_while_it_is_written(tmp_path: Path) -> None:
    store = RecordStore.open(tmp_path)
    with RecordReader(tmp_path) as reader:
        assert reader.counts() == {}
        store.append([inspection(1), inspection(2, "REJECT")])
        store.append([inspection(3, "REJECT"), inspection(4)])
        newest = reader.inspections(limit=2)
        assert [r.entry.part for r in newest] == [4, 3]
        older = reader.inspections(before_seq=newest[-1].seq, limit=2)
        assert [r.entry.part for r in older] == [2, 1]
        assert [r.entry.part for r in reader.inspections(decision="REJECT")] == [3, 2]
        assert [r.entry.part for r in reader.inspections(lot="lot-1", decision="PASS")] == [4, 1]
        assert reader.inspections(lot="another") == []
        assert reader.counts() == {"PASS": 2, "REJECT": 2}
    store.close()


def test_the_chain_in_its_order_and_what_belongs_to_an_inspection(tmp_path: Path) -> None:
    store = RecordStore.open(tmp_path)
    entries: list[Entry] = [
        event(),
        inspection(1, "REJECT"),
        image(2, "b" * 64, 7),
        event("note", n=1),
    ]
    store.append(entries)
    store.close()
    with RecordReader(tmp_path) as reader:
        rows = list(reader.rows())
        assert [row["seq"] for _, row in rows] == [1, 2, 3, 4]
        assert [table for table, _ in rows] == ["events", "inspections", "images", "events"]
        assert [(r.seq, r.entry) for r in reader.images(2)] == [(3, entries[2])]
        assert reader.images(1) == []
        assert [r.entry for r in reader.events()] == [entries[0], entries[3]]


def test_a_snapshot_stays_as_it_is(tmp_path: Path) -> None:
    store = RecordStore.open(tmp_path)
    with RecordReader(tmp_path) as reader:
        with reader.snapshot():
            assert reader.counts() == {}
            store.append([inspection(1)])
            assert reader.counts() == {}
        assert reader.counts() == {"PASS": 1}
    store.close()


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({"decision": "REJECT"}, "inspections_not_passed"),
        ({"lot": "lot-1"}, "inspections_by_lot"),
        ({"lot": "lot-1", "decision": "UNDECIDED"}, "inspections_not_passed_by_lot"),
        ({"lot": "lot-1", "decision": "REJECT", "before_seq": 9}, "inspections_not_passed_by_lot"),
    ],
)
def test_the_newest_are_found_through_an_index(
    tmp_path: Path, asked: dict[str, Any], index: str
) -> None:
    RecordStore.open(tmp_path).close()
    with RecordReader(tmp_path) as reader:
        statements: list[str] = []
        reader.connection.set_trace_callback(statements.append)
        reader.inspections(**asked)
        reader.connection.set_trace_callback(None)
        plan = reader.connection.execute(f"EXPLAIN QUERY PLAN {statements[0]}").fetchall()
    (step,) = (row["detail"] for row in plan)  # a second one would sort
    assert f"USING INDEX {index} " in step


def test_it_cannot_write(tmp_path: Path) -> None:
    RecordStore.open(tmp_path).close()
    with RecordReader(tmp_path) as reader, pytest.raises(Exception, match="readonly"):
        reader.connection.execute("DROP TRIGGER events_no_delete")


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_a_record_where_nobody_can_write(public_folder: Path) -> None:
    store = RecordStore.open(public_folder)
    store.append([inspection(1)])
    store.close()
    with unprivileged():
        assert verify(public_folder).entries == 1


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_a_record_that_may_not_be_read(public_folder: Path) -> None:
    RecordStore.open(public_folder).close()
    (public_folder / DATABASE).chmod(0o600 if os.geteuid() == 0 else 0)
    with unprivileged(), pytest.raises(RecordsError, match="check that you may read it"):
        RecordReader(public_folder)


def test_no_record_to_read(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match="no record"):
        RecordReader(tmp_path)


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_a_name_that_no_folder_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordsError, match="cannot be read"):
        RecordReader(tmp_path / name)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_parent_that_may_not_be_read(public_folder: Path) -> None:
    (public_folder / "locked" / "records").mkdir(parents=True)
    (public_folder / "locked").chmod(0o700)
    with unprivileged(), pytest.raises(RecordsError, match=r"cannot be read: Permission denied\."):
        RecordReader(public_folder / "locked" / "records")
