"""`kill -9` at any moment: every receipt that was given out is kept, and the record holds."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from inspector_gui.records.verify import verify
from tests.records.entries import inspection

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10
WRITER = """
import sys
from pathlib import Path
import numpy as np
from inspector_gui.records.images import ImageStore
from inspector_gui.records.store import RecordStore
from tests.records.entries import event, image, inspection

folder = Path(sys.argv[1])
store, images = RecordStore.open(folder), ImageStore(folder)
part = store.next_part("lot-1")
while True:
    receipts = store.append([inspection(part + n, "REJECT") for n in range(part % 5 + 1)])
    stored = images.save(np.full((64, 64), part % 256, np.uint8))
    receipts += store.append([image(receipts[0].seq, stored.sha256, stored.size_bytes), event()])
    print(*(f"{receipt.seq}:{receipt.sha256}" for receipt in receipts), flush=True)
    part += 5
"""
CREATOR = """
import os, signal, sys
from pathlib import Path
import pysqlite3
from inspector_gui.records.store import RecordStore

def killed_at(statement):
    def connect(*args, **options):
        connection, seen = real(*args, **options), []
        def count(_sql):
            seen.append(1)
            if len(seen) == statement:
                os.kill(os.getpid(), signal.SIGKILL)
        connection.set_trace_callback(count)
        return connection
    real, pysqlite3.connect = pysqlite3.connect, connect

statement, status = 0, signal.SIGKILL
while status == signal.SIGKILL:
    statement += 1
    child = os.fork()
    if child == 0:
        killed_at(statement)
        RecordStore.open(Path(sys.argv[1]) / str(statement)).close()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
sys.exit(status)
"""


def printed_until_killed(code: str, folder: Path, after_s: float) -> list[str]:
    """The whole lines of a program that is killed some time after its first."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, folder], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(after_s)
    process.kill()
    lines = (first + process.stdout.read()).splitlines(keepends=True)
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    return [line for line in lines if line.endswith("\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    moments = random.Random(9)
    given: dict[int, str] = {}
    for _ in range(KILLS):
        for line in printed_until_killed(WRITER, tmp_path, moments.uniform(0.0, 0.1)):
            given.update((int(seq), sha) for seq, sha in (r.split(":") for r in line.split()))
        result = verify(tmp_path)
        assert result.problem == ""
        with RecordReader(tmp_path) as reader:
            kept = {row["seq"]: row["sha256"] for _, row in reader.rows()}
        assert given.items() <= kept.items()
    assert len(given) > KILLS


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_record_that_was_just_being_made(tmp_path: Path) -> None:
    """Killed before each of the statements that make it."""
    subprocess.run([sys.executable, "-c", CREATOR, tmp_path], check=True, cwd=ROOT)
    folders = list(tmp_path.iterdir())
    assert len(folders) > 20
    for folder in folders:
        RecordStore.open(folder).close()
        assert verify(folder).problem == "", folder


BESIDE = """
import sys
import time
from pathlib import Path
from inspector_gui.records.store import RecordStore
from tests.records.entries import disposition

store = RecordStore.beside(Path(sys.argv[1]))
while True:
    (receipt,) = store.append([disposition(1)])
    print(f"{receipt.seq}:{receipt.sha256}", flush=True)
    time.sleep(0.001)  # SQLite's lock is not fair: two that never let go would shut a third one out
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_two_that_act_beside_a_line_and_are_killed(tmp_path: Path) -> None:
    """Three programs append; what any of them was told is written, stays."""
    store = RecordStore.open(tmp_path)
    given = [(r.seq, r.sha256) for r in store.append([inspection(1)])]
    for _ in range(3):
        words = [sys.executable, "-c", BESIDE, tmp_path]
        others = [
            subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2)
        ]
        lines = [other.stdout.readline() for other in others if other.stdout]
        try:
            end = time.monotonic() + 0.3
            while time.monotonic() < end:
                given += [(r.seq, r.sha256) for r in store.append([inspection(3), inspection(4)])]
        finally:
            for other in others:
                other.kill()
                lines += other.communicate()[0].splitlines(keepends=True)
        receipts = [line.split(":") for line in lines if line.endswith("\n")]
        given += [(int(seq), sha256.strip()) for seq, sha256 in receipts]
    given += [(r.seq, r.sha256) for r in store.append([inspection(5)])]
    store.close()
    result = verify(tmp_path)
    assert result.problem == ""
    with RecordReader(tmp_path) as reader:
        kept = {row["seq"]: row["sha256"] for _, row in reader.rows()}
        tables = [table for table, _ in reader.rows()]
    assert set(given) <= set(kept.items())
    assert len(given) == len(dict(given))
    assert tables.count("dispositions") > 6
