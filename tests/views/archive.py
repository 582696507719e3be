"""A small record with pictures, as a line would have left it behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from engines.verdict import Verdict
from inspector_gui.inspection.reasons import SENTENCE, Reason
from inspector_gui.inspection.review import ReviewReason
from inspector_gui.records.entries import (
    ANOMALY_MAP,
    CONFIRMED,
    OVERRULED,
    DispositionEntry,
    ImageEntry,
)
from inspector_gui.records.images import ImageStore
from inspector_gui.records.store import RecordStore
from tests.records.entries import inspection
from tests.views.scenes import judged, rendered

FIRST = datetime(2025, 3, 14, 8, 15, 2, tzinfo=UTC)
SECONDS_APART = 47
LABELS = ("crack", "blowhole", "break", "fray", "uneven")
PARTS_A_LOT = 20


@dataclass(frozen=True, slots=True)
class ArchivePart:
    """A rendered tile to be recorded.

    Attributes:
        label: What is wrong with it: a reject; None for a good one.
        reason: Why it is undecided, instead of a verdict.
        disposition: What a person decided: `CONFIRMED`, `OVERRULED` or "" for nobody yet.
        has_image: Whether picture and map are kept.
    """

    seed: int
    label: str | None = None
    reason: Reason | None = None
    disposition: str = ""
    has_image: bool = True


def usual_parts(count: int = 40) -> list[ArchivePart]:
    """Mostly good ones; of those that are not, some have been looked at."""
    parts = []
    for number in range(count):
        if number % 20 == 13:
            has_image = number % 40 == 13  # a lost frame leaves none behind
            reason = Reason.OVERRUN if has_image else Reason.FRAME_LOST
            parts.append(ArchivePart(number, reason=reason, has_image=has_image))
        elif number % 4 == 3:
            given = (CONFIRMED, "", OVERRULED, "")[number // 4 % 4]
            label = LABELS[number // 4 % len(LABELS)]
            parts.append(ArchivePart(number, label, disposition=given))
        else:
            parts.append(ArchivePart(number))
    return parts


def write_archive(folder: Path, parts: Sequence[ArchivePart] | None = None) -> list[int]:
    """Record parts in lots of 20, oldest first; their places in the record."""
    store = RecordStore.open(folder)
    try:
        given = usual_parts() if parts is None else parts
        return [_write(store, number, part) for number, part in enumerate(given)]
    finally:
        store.close()


def _write(store: RecordStore, number: int, part: ArchivePart) -> int:
    verdict = _verdict(part)
    judged_at = FIRST + timedelta(seconds=number * SECONDS_APART)
    (receipt,) = store.append([_entry(number, part, verdict, judged_at)])
    if part.has_image:
        store.append(_images(store, receipt.seq, number, part, verdict))
    if part.disposition:
        store.append([_decision(receipt.seq, part, judged_at + timedelta(minutes=31))])
    return receipt.seq


def _verdict(part: ArchivePart) -> Verdict:
    if part.reason is None:
        return judged(part.seed, part.label)
    lost = "The frame never arrived; check the camera's link, or lower its frame rate."
    return Verdict.undecided(part.reason, SENTENCE.get(part.reason, lost))


def _entry(number: int, part: ArchivePart, verdict: Verdict, judged_at: datetime) -> Any:
    lot = FIRST + timedelta(seconds=number // PARTS_A_LOT * PARTS_A_LOT * SECONDS_APART)
    findings = tuple(
        {**asdict(finding), "box": list(asdict(finding.box).values())}
        for finding in verdict.findings
    )
    return inspection(
        number % PARTS_A_LOT + 1,
        verdict.decision.value,
        lot=f"tile-{lot:%Y%m%d-%H%M%S}",
        recipe_revision=3,
        source=f"simulated frame {number}",
        frame_ids=(number,),
        judged_at=judged_at.isoformat(timespec="microseconds"),
        reason=str(verdict.reason),
        detail=verdict.detail,
        score=verdict.score,
        threshold=verdict.threshold,
        findings=findings,
        model="tile segmenter",
        elapsed_ms={"preprocess": 3.1, "network": 16.4, "total": 21.0},
        truth=(part.label,) if part.label else (),
    )


def _images(
    store: RecordStore, seq: int, number: int, part: ArchivePart, verdict: Verdict
) -> list[ImageEntry]:
    pictures: list[tuple[Any, str | None]] = [(rendered(part.seed, part.label)[0], None)]
    if verdict.anomaly_map is not None:
        pictures.append((verdict.anomaly_map.as_uint8(), ANOMALY_MAP))
    kept = [(ImageStore(store.folder).save(pixels), role) for pixels, role in pictures]
    return [ImageEntry(seq, number, i.sha256, i.media_type, i.size_bytes, role) for i, role in kept]


def _decision(seq: int, part: ArchivePart, decided_at: datetime) -> DispositionEntry:
    is_overruled = part.disposition == OVERRULED
    return DispositionEntry(
        seq,
        part.disposition,
        ReviewReason.REFLECTION if is_overruled else ReviewReason.DEFECT,
        "Lamp 2 shines on the edge." if is_overruled else "",
        "jan",
        decided_at.isoformat(timespec="microseconds"),
    )
