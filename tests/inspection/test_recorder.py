"""What belongs together is committed together, and everybody hears of their own entry."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from inspector_gui.inspection.recorder import Recorder
from inspector_gui.records.entries import Entry, Receipt
from inspector_gui.records.store import RecordStore
from tests.records.entries import audit, event, inspection


class Store:
    """A real store that waits for its first append, so that all others come as one group."""

    def __init__(self, store: RecordStore) -> None:
        self.store = store
        self.go_on = threading.Event()
        self.sizes: list[int] = []

    def append(self, entries: list[Entry]) -> list[Receipt]:
        self.go_on.wait(10)
        self.sizes.append(len(entries))
        return self.store.append(entries)

    def next_part(self, lot: str) -> int:
        return self.store.next_part(lot)


@pytest.mark.parametrize("broken", [False, True])
def test_entries_of_one_act_share_a_commit(tmp_path: Path, broken: bool) -> None:
    store = Store(RecordStore.open(tmp_path))
    problems: list[str] = []
    heard: dict[str, Receipt | None] = {}
    recorder = Recorder(store, problems.append)
    recorder.write(event())
    recorder.write(inspection(1), lambda receipt: heard.update(part=receipt))
    together = [audit(), inspection(2, "MAYBE" if broken else "PASS")]
    recorder.write_all(together, lambda receipt: heard.update(act=receipt))
    recorder.write(inspection(3), lambda receipt: heard.update(next=receipt))
    store.go_on.set()
    recorder.flush()
    recorder.close()
    store.store.close()
    if broken:
        assert set(heard.values()) == {None}
        assert "refuses an entry" in problems[0]
        return
    assert {name: receipt and receipt.seq for name, receipt in heard.items()} == {
        "part": 2,
        "act": 4,
        "next": 5,
    }
    assert sum(store.sizes) == 5
    assert problems == []
