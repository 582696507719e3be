"""Entries to write."""

from __future__ import annotations

from typing import Any

from inspector_gui.records.entries import (
    ALLOWED,
    CONFIRMED,
    AuditEntry,
    DispositionEntry,
    EventEntry,
    ImageEntry,
    InspectionEntry,
)


def inspection(part: int = 1, decision: str = "PASS", **changes: Any) -> InspectionEntry:
    values: dict[str, Any] = {
        "part": part,
        "lot": "lot-1",
        "recipe": "tile",
        "recipe_revision": 1,
        "camera": "simulated",
        "source": f"tile {part}",
        "frame_ids": (part,),
        "judged_at": "2026-01-01T00:00:00.000000+00:00",
        "decision": decision,
        "reason": "",
        "detail": "",
        "score": 0.25,
        "threshold": 0.5,
        "thresholds": {"part": {"crack": {"score": 0.5, "min_area_px": 8}}},
        "findings": ({"label": "crack", "score": 0.9},) if decision == "REJECT" else (),
        "model": "tile",
        "model_sha256": "a" * 64,
        "provider": "CPUExecutionProvider",
        "elapsed_ms": {"network": 20.125},
        "truth": None,
    }
    return InspectionEntry(**{**values, **changes})


def image(
    inspection_seq: int, sha256: str, size_bytes: int = 1, role: str | None = None
) -> ImageEntry:
    return ImageEntry(inspection_seq, 1, sha256, "image/png", size_bytes, role)


def disposition(inspection_seq: int, kind: str = CONFIRMED, **changes: str) -> DispositionEntry:
    values = {"reason": "", "note": "", "reviewer": "jan"}
    values["decided_at"] = "2026-01-01T01:00:00.000000+00:00"
    return DispositionEntry(inspection_seq, kind, **{**values, **changes})


def audit(action: str = "stop_line", **changes: Any) -> AuditEntry:
    values = {"outcome": ALLOWED, "account": "", "role": "demonstration", "utc_offset_min": 60}
    values["happened_at"] = "2026-01-01T01:00:00.000000+00:00"
    return AuditEntry(action, **{**values, **changes})


def event(kind: str = "note", **data: Any) -> EventEntry:
    return EventEntry(kind, "2026-01-01T00:00:00.000000+00:00", "Something happened.", data)
