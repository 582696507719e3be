"""A record of an earlier version goes on as one of this version."""

from __future__ import annotations

from pathlib import Path

import pysqlite3
import pytest
from sqlite_utils import Database

from inspector_gui.records.chain import genesis, row_of
from inspector_gui.records.entries import Entry
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.schema import migrations
from inspector_gui.records.store import DATABASE, RecordStore
from inspector_gui.records.verify import verify
from tests.records.entries import audit, disposition, event, inspection


def write_older(folder: Path, stop_before: str, entries: list[Entry]) -> None:
    folder.mkdir()
    connection = pysqlite3.connect(str(folder / DATABASE), isolation_level=None)
    db = Database(connection)
    migrations.apply(db, stop_before=stop_before)
    (record_id,) = connection.execute("SELECT id FROM record").fetchone()
    previous = genesis(record_id)
    for seq, entry in enumerate(entries, 1):
        table, row = row_of(entry, seq, previous)
        previous = row["sha256"]
        kept = {name: value for name, value in row.items() if value is not None}
        marks = ", ".join("?" * len(kept))
        connection.execute(
            f"INSERT INTO {table} ({', '.join(kept)}) VALUES ({marks})", list(kept.values())
        )
    db.close()


@pytest.mark.parametrize(
    ("before", "entries"),
    [
        ("m002_dispositions_and_search", [event(), inspection(1)]),
        ("m003_audit_trail", [event(), inspection(1), disposition(2)]),
    ],
)
def test_it_goes_on(tmp_path: Path, before: str, entries: list[Entry]) -> None:
    folder = tmp_path / "records"
    write_older(folder, before, entries)
    with pytest.raises(RecordsError, match="older version"):
        RecordReader(folder)
    store = RecordStore.open(folder)
    store.append([audit(), inspection(2)])
    store.close()
    result = verify(folder)
    assert result.problem == ""
    assert result.entries == len(entries) + 2
