"""What the record holds. Every entry, of whatever kind, is one link of a single chain.

```
entry 1 ── entry 2 ── entry 3 ── entry 4 ──── entry 5 ── …   seq counts over all kinds; each
inspection  image      event      disposition  audit         carries the SHA-256 of the one before
```
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class InspectionEntry:
    """One part and the machine's verdict on it.

    Attributes:
        part: Running number within the lot, from 1.
        lot, recipe, recipe_revision, camera: As in force when the part was taken.
        source: What the frames are for people (file, camera).
        frame_ids: The camera's ids of the part's frames.
        judged_at: UTC, ISO 8601 with microseconds and offset.
        decision: `PASS`, `REJECT` or `UNDECIDED`.
        reason, detail: Code and sentence when undecided, else "".
        score, threshold: The deciding class's; None when undecided.
        thresholds: All in force, region → label → {score, min_area_px}.
        findings: Dicts with label, score, threshold, region, box [x, y, width, height], area_px,
            outline [[x, y], …]; nominal likewise of what has a place where it belongs.
        model, model_sha256, provider: In force when the part was taken.
        elapsed_ms: Milliseconds by step.
        truth: Labels known beforehand (simulated line), None where unknown.
    """

    part: int
    lot: str
    recipe: str
    recipe_revision: int
    camera: str
    source: str
    frame_ids: tuple[int, ...]
    judged_at: str
    decision: str
    reason: str
    detail: str
    score: float | None
    threshold: float | None
    thresholds: Mapping[str, Any]
    findings: tuple[Mapping[str, Any], ...]
    model: str
    model_sha256: str
    provider: str
    elapsed_ms: Mapping[str, float]
    truth: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ImageEntry:
    """An image that is on disk, under its SHA-256, before this entry is written.

    Attributes:
        inspection_seq: `seq` of the inspection that it belongs to.
        frame_id: Of the frame it shows.
        sha256: Of the file's bytes; also its name.
        media_type: Such as `image/png`.
        size_bytes: Of the file.
        role: `ANOMALY_MAP`, or None for the frame itself.
    """

    inspection_seq: int
    frame_id: int
    sha256: str
    media_type: str
    size_bytes: int
    role: str | None = None


ANOMALY_MAP = "anomaly_map"
"""Role of an image of uint8: 0 is clean, 255 the top of `engines.verdict.AnomalyMap`'s scale."""


def shown_image(entry: InspectionEntry, images: Sequence[ImageEntry]) -> ImageEntry | None:
    """Of a part's images the frame that shows best why: its first finding's, or else the first."""
    frames = [image for image in images if image.role is None]
    number = int(entry.findings[0].get("frame", 0)) if entry.findings else 0
    wanted = entry.frame_ids[number] if number < len(entry.frame_ids) else None
    return next((f for f in frames if f.frame_id == wanted), frames[0] if frames else None)


@dataclass(frozen=True, slots=True)
class DispositionEntry:
    """What a person decided about a part. It stands beside the machine's verdict.

    A part may have several: none is ever changed, the last one counts.

    Attributes:
        inspection_seq: `seq` of the inspection that was looked at.
        disposition: `CONFIRMED` or `OVERRULED`: whether the person agrees with the machine.
        reason: Code; "" if none was given.
        note: In the person's own words.
        reviewer: Who decided.
        decided_at: UTC, ISO 8601 with microseconds and offset.
    """

    inspection_seq: int
    disposition: str
    reason: str
    note: str
    reviewer: str
    decided_at: str


CONFIRMED, OVERRULED = "CONFIRMED", "OVERRULED"


@dataclass(frozen=True, slots=True)
class EventEntry:
    """Something besides an inspection that the record must tell.

    Attributes:
        kind: Code, such as `station_started`, `camera_lost`, `image_not_kept`.
        happened_at: UTC, ISO 8601 with microseconds and offset.
        detail: One sentence for people.
        data: Whatever belongs to it.
    """

    kind: str
    happened_at: str
    detail: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What somebody did, or was not allowed to do.

    Attributes:
        action: Code; see `inspector_gui.records.permissions`.
        outcome: `ALLOWED` or `REFUSED`. What is refused has not been done.
        account, role: Who acted, at that time; account is "" where nobody was signed in.
        happened_at: UTC, ISO 8601 with microseconds and offset.
        utc_offset_min: Minutes by which the computer's local time was ahead of UTC.
        subject: What it was done to: an account, a lot, a recipe, a file.
        old, new: Values before and after, those that are concerned.
        why: The person's reason, or why it was refused.
    """

    action: str
    outcome: str
    account: str
    role: str
    happened_at: str
    utc_offset_min: int
    subject: str = ""
    old: Mapping[str, Any] = field(default_factory=dict)
    new: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""


ALLOWED, REFUSED = "ALLOWED", "REFUSED"

Entry = InspectionEntry | ImageEntry | EventEntry | DispositionEntry | AuditEntry


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an entry has been committed to disk.

    Attributes:
        seq: Its place in the chain, from 1 without gaps.
        sha256: Hash over the entry and the hash before it.
    """

    seq: int
    sha256: str
