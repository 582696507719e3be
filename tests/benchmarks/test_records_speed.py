"""Commits a second, one row or sixteen at a time, as a share of bare sqlite3's."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import Any

import pysqlite3
import pytest

from inspector_gui.records.store import RecordStore
from tests.records.entries import inspection


@pytest.mark.parametrize("group", [1, 16])
def test_appends_against_bare_sqlite(benchmark: Any, tmp_path: Path, group: int) -> None:
    rounds, commits = (5, 300) if benchmark.enabled else (1, 5)
    store = RecordStore.open(tmp_path / "records")
    connection = pysqlite3.connect(str(tmp_path / "bare.sqlite"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE rows (seq INTEGER PRIMARY KEY, content TEXT) STRICT")
    entries = [inspection(n) for n in range(group)]
    content = "x" * 600  # about one inspection's bytes
    shares = []

    def ours() -> float:
        started = time.perf_counter()
        for _ in range(commits):
            store.append(entries)
        return time.perf_counter() - started

    def bare() -> float:
        started = time.perf_counter()
        for _ in range(commits):
            connection.execute("BEGIN IMMEDIATE")
            for _ in range(group):
                connection.execute("INSERT INTO rows (content) VALUES (?)", [content])
            connection.execute("COMMIT")
        return time.perf_counter() - started

    benchmark.pedantic(lambda: shares.append(bare() / ours()), rounds=rounds)
    store.close()
    connection.close()
    benchmark.extra_info["rate / bare sqlite3 rate"] = round(median(shares), 3)
    print(f"\nrecord / bare sqlite3, {group} rows a commit: {[round(s, 3) for s in shares]}")
