"""A record as large as a plant's: `python -m tests.benchmarks.records FOLDER [ROWS]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from inspector_gui.records.entries import CONFIRMED, OVERRULED, Entry
from inspector_gui.records.store import RecordStore
from tests.records.entries import disposition, inspection

ROWS = 5_000_000
BEGIN = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
PARTS_A_SECOND = 4
PARTS_A_LOT = 40_000
GROUP = 5_000
LABELS = ("crack", "blowhole", "break", "fray", "uneven")


def write_record(folder: Path, rows: int = ROWS) -> None:
    """Write inspections, 2 in 100 of them rejects and 2 in 1,000 undecided, half reviewed."""
    store = RecordStore.open(folder)
    draws = np.random.default_rng(1)
    seq = 0
    for start in range(0, rows, GROUP):
        chances = draws.random(GROUP)
        entries = [
            _part(number, chances[number - start])
            for number in range(start, min(start + GROUP, rows))
        ]
        reviews = list(_reviews(seq, chances[: len(entries)]))
        store.append([*entries, *reviews])
        seq += len(entries) + len(reviews)
    store.close()


def _part(number: int, chance: float) -> Entry:
    lot = number // PARTS_A_LOT
    recipe = ("tile", "steel", "vial")[lot % 3]
    judged = BEGIN + timedelta(seconds=number / PARTS_A_SECOND)
    values = {
        "part": number % PARTS_A_LOT + 1,
        "lot": f"{recipe}-{BEGIN + timedelta(seconds=lot * PARTS_A_LOT / 4):%Y%m%d-%H%M%S}",
        "recipe": recipe,
        "source": f"simulated frame {number}",
        "judged_at": judged.isoformat(timespec="microseconds"),
    }
    if chance < 0.02:
        label = LABELS[int(chance * 250)]
        finding = {"label": label, "score": 0.9, "threshold": 0.5, "box": [1, 2, 3, 4]}
        more = {"area_px": 9, "outline": [[1, 2], [4, 2], [4, 6]], "region": "part"}
        return inspection(decision="REJECT", score=0.9, findings=({**finding, **more},), **values)
    if chance < 0.022:
        detail = "Parts came faster than they can be judged: slow the line down."
        return inspection(
            decision="UNDECIDED", reason="overrun", detail=detail, score=None, **values
        )
    return inspection(**values)


def _reviews(seq: int, chances: np.ndarray) -> Iterator[Entry]:
    """Of every other part that did not pass; one in ten is overruled."""
    for place in np.flatnonzero(chances < 0.022)[::2]:
        kind = OVERRULED if place % 10 == 0 else CONFIRMED
        yield disposition(seq + int(place) + 1, kind, reason="defect", reviewer="jan")


if __name__ == "__main__":
    write_record(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ROWS)
