"""`kill -9` at any moment: the record holds, and nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from inspector_gui.records.reader import RecordReader
from inspector_gui.records.verify import verify

MOMENTS = int(os.environ.get("KILL_MOMENTS", "4"))


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    records = tmp_path / "records"
    moments = random.Random(20)
    printed: Counter[tuple[str, int]] = Counter()
    for _ in range(MOMENTS):
        printed += _printed_by_a_killed_run(records, moments.uniform(0.0, 1.5))
        result = verify(records)
        assert result.holds, result
        with RecordReader(records) as reader:
            kept = Counter(
                (r.entry.source, r.entry.part) for r in reader.inspections(limit=1_000_000)
            )
        assert printed <= kept
    assert printed.total() > MOMENTS


def _printed_by_a_killed_run(records: Path, after_s: float) -> Counter[tuple[str, int]]:
    """What a run has printed that is killed some time after its first part."""
    command = ["inspect", "--recipe", "tile", "--camera", "simulated", "--json", "--records"]
    process = subprocess.Popen(
        [sys.executable, "-m", "inspector_gui.cli", *command, records],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(after_s)
    os.killpg(process.pid, signal.SIGKILL)
    lines = (first + process.stdout.read()).decode().splitlines()
    process.wait()
    process.stdout.close()
    whole = [json.loads(line) for line in lines if line.endswith("}")]
    return Counter((part["source"], part["part"]) for part in whole)
