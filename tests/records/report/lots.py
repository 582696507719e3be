"""Lots to report on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from inspector_gui.records.images import ImageStore
from inspector_gui.records.store import RecordStore
from tests.records.entries import event, image, inspection


def write_lot(folder: Path, name: str, decisions: str, **changes: Any) -> list[int]:
    """Write a lot, a letter a part (P, R or U), a picture for each reject; their places."""
    store, images = RecordStore.open(folder), ImageStore(folder)
    draws = np.random.default_rng(len(decisions))
    store.append([event("station_started", lot=name)])
    seqs = []
    for part, letter in enumerate(decisions, 1):
        decision = {"P": "PASS", "R": "REJECT", "U": "UNDECIDED"}[letter]
        values: dict[str, Any] = {"lot": name, "judged_at": f"2026-01-01T{part // 60 % 24:02}:"}
        values["judged_at"] += f"{part % 60:02}:00.000000+00:00"
        if decision == "REJECT":
            box = {"box": [10, 20, 30, 12], "area_px": 90, "threshold": 0.5}
            values["findings"] = ({"label": "crack", "score": 0.9, **box},)
        if decision == "UNDECIDED":
            values |= {"reason": "overrun", "detail": "Too fast.", "score": None}
        (receipt,) = store.append([inspection(part, decision, **{**values, **changes})])
        seqs.append(receipt.seq)
        if decision == "REJECT":
            saved = images.save(draws.integers(60, 180, (240, 320), dtype=np.uint8))
            store.append([image(receipt.seq, saved.sha256, saved.size_bytes)])
    store.append([event("station_stopped")])
    store.close()
    return seqs
