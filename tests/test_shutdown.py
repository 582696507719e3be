"""The window is closed while a camera runs: soon nothing of it is left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from inspector_gui.records.reader import RecordReader
from inspector_gui.records.verify import verify
from tests.conftest import ROOT

ENOUGH_S = 60
SLACK_S = 10.0  # the aim is 3 s; the machine of a test may be slow
TRACKER_S = 2.0
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc and /dev/shm")

STATION = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from inspector_gui.application import Desk

desk = Desk(QApplication([]), Path(sys.argv[1]))
desk.controller.select("tile", "gentl:viky")
desk.controller.start()

def look():
    if desk.controller.status().counters.parts >= 5:
        timer.stop()
        print("runs", flush=True)

timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
if sys.argv[2] == "window":
    closer = threading.Thread(target=sys.stdin.readline)
    closer.start()
    watch = QTimer(interval=5)
    watch.timeout.connect(lambda: closer.is_alive() or desk.window.close())
    watch.start()
code = desk.run()
print("threads", *(t.name for t in threading.enumerate() if t is not threading.main_thread()))
sys.exit(code)
"""


def descendants(process: int) -> set[int]:
    found, parents = set(), {process}
    table = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            table[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:  # ended meanwhile
            continue
    while parents:
        parents = {child for child, parent in table.items() if parent in parents}
        found |= parents
    return found


def is_running(process: int) -> bool:
    """Whether it is more than an entry that nobody has fetched the exit status of."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def all_end(processes: set[int]) -> bool:
    """Multiprocessing's own tracker ends once it reads that its parent has."""
    until = time.monotonic() + TRACKER_S
    while any(map(is_running, processes)):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def shared_memory() -> set[str]:
    return set(os.listdir("/dev/shm"))  # noqa: PTH208


@pytest.mark.parametrize("way", ["signal", "window"])
@pytest.mark.parametrize("hangs", [False, True], ids=["", "beside-a-producer-that-hangs"])
def test_nothing_is_left_of_a_station_that_runs(tmp_path: Path, way: str, hangs: bool) -> None:
    before = shared_memory()
    records = tmp_path / "records"
    settings = tmp_path / "settings.json"
    producer = tmp_path / "hangs.cti"
    producers = []
    if hangs:
        os.mkfifo(producer)  # opening it waits for a writer who never comes
        producers.append(str(producer))
    settings.write_text(json.dumps({"records": str(records), "producers": producers}))
    process = subprocess.Popen(
        [sys.executable, "-c", STATION, settings, way],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "runs\n"
        children = descendants(process.pid)
        assert children
        assert shared_memory() > before
        began = time.monotonic()
        if way == "signal":
            process.send_signal(signal.SIGTERM)
        out, err = process.communicate("close\n" if way == "window" else None, timeout=ENOUGH_S)
        took_s = time.monotonic() - began
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    beside = " beside a producer that hangs" if hangs else ""
    print(f"closed by {way}{beside} with a camera running: {took_s:.2f} s")
    assert process.returncode == 0, err
    assert out == ("threads choices\n" if hangs else "threads\n")
    assert "Traceback" not in err
    assert took_s < SLACK_S
    assert all_end(children)
    assert not shared_memory() - before
    assert verify(records).holds
    with RecordReader(records) as reader:
        assert [recorded.entry.kind for recorded in reader.events()][-1] == "station_stopped"
