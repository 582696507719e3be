"""CSV of a large record beside the sqlite3 shell, and memory beside a small one.

The record lies in the folder that the variable LINE_INSPECTOR_LARGE_RECORD names; without it one of
20,000 parts is made, and one of 2,000 where nothing is measured.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from inspector_gui.records.export import export
from inspector_gui.records.forms import Form
from inspector_gui.records.store import DATABASE
from tests.benchmarks.records import write_record

LARGE = "LINE_INSPECTOR_LARGE_RECORD"
_PEAK = """
import sys
from pathlib import Path
from inspector_gui.records.export import export
from inspector_gui.records.forms import Form

export(Path(sys.argv[1]), Path(sys.argv[2]), Form.CSV)
status = Path("/proc/self/status").read_text()  # getrusage counts the process before exec too
print(status.split("VmHWM:")[1].split()[0])
"""


def record_of(folder: Path, parts: int) -> Path:
    folder.mkdir()
    write_record(folder, parts)
    return folder


@pytest.fixture
def record(benchmark: Any, tmp_path: Path) -> Path:
    if given := os.environ.get(LARGE):
        return Path(given)
    return record_of(tmp_path / "records", 20_000 if benchmark.enabled else 2_000)


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 shell is not installed")
def test_csv_against_the_sqlite_shell(benchmark: Any, record: Path, tmp_path: Path) -> None:
    ratios, rows = [], []

    def ours() -> float:
        started = time.perf_counter()
        rows.append(export(record, tmp_path / "ours.csv", Form.CSV))
        return time.perf_counter() - started

    def shell() -> float:
        words = [
            "sqlite3",
            "-readonly",
            "-csv",
            str(record / DATABASE),
            "SELECT * FROM inspections",
        ]
        started = time.perf_counter()
        with (tmp_path / "shell.csv").open("wb") as file:
            subprocess.run(words, stdout=file, check=True)
        return time.perf_counter() - started

    benchmark.pedantic(
        lambda: ratios.append(ours() / shell()), rounds=3 if benchmark.enabled else 1
    )
    benchmark.extra_info["time / sqlite3 shell's"] = round(median(ratios), 2)
    print(f"\nCSV of {rows[0]:,} rows / sqlite3 shell: {[round(r, 2) for r in ratios]}")


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
def test_memory_beside_a_small_record(benchmark: Any, record: Path, tmp_path: Path) -> None:
    small = record_of(tmp_path / "small", 1_000)

    def peak_kib(folder: Path) -> int:
        words = [sys.executable, "-c", _PEAK, str(folder), str(tmp_path / "out.csv")]
        return int(subprocess.run(words, capture_output=True, check=True).stdout)

    peaks = benchmark.pedantic(lambda: (peak_kib(small), peak_kib(record)), rounds=1)
    benchmark.extra_info["peak memory / of 1,000 rows"] = round(peaks[1] / peaks[0], 2)
    print(f"\npeak memory, 1,000 rows and all of the record: {[kib // 1024 for kib in peaks]} MiB")
