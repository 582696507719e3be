"""However a run is ended, it ends in good order: soon, with a record that holds and says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inspector_gui.records.reader import RecordReader
from inspector_gui.records.verify import verify

ENOUGH_S = 30
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and pipes")


def started(records: Path, *more: str) -> subprocess.Popen[bytes]:
    """A run that never ends by itself and has printed its first line."""
    words = ["inspect", "--recipe", "tile", "--camera", "simulated", "--fps", "50"]
    process = subprocess.Popen(
        [sys.executable, "-m", "inspector_gui.cli", *words, "--records", records, *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # else lines read ahead with the first one are lost to `communicate`
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def events(records: Path) -> list[str]:
    with RecordReader(records) as reader:
        return [recorded.entry.kind for recorded in reader.events()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_lot(tmp_path: Path, number: int) -> None:
    process = started(tmp_path, "--json")
    process.send_signal(number)
    out, err = process.communicate(timeout=ENOUGH_S)
    assert process.returncode == 0, err
    assert b"parts from" in err
    assert events(tmp_path)[-1] == "station_stopped"
    result = verify(tmp_path)
    assert result.holds
    assert result.inspections == len(out.splitlines()) + 1


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_reader_that_goes_away_ends_the_lot(tmp_path: Path, more: tuple[str, ...]) -> None:
    process = started(tmp_path, *more)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    try:
        assert process.wait(ENOUGH_S) == 3
    finally:
        os.killpg(process.pid, signal.SIGKILL) if process.returncode is None else None
    err = process.stderr.read()
    process.stderr.close()
    assert b"the lot was ended" in err
    assert b"Traceback" not in err
    assert events(tmp_path)[-1] == "station_stopped"
    assert verify(tmp_path).holds
