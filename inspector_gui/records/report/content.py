"""What a lot's report says, read from the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_gui.records.checkpoints import Checkpoint
from inspector_gui.records.entries import (
    CONFIRMED,
    OVERRULED,
    DispositionEntry,
    InspectionEntry,
    shown_image,
)
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.images import ImageStore
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.report.evidence import SignedBy, audit_of, signatures_of
from inspector_gui.records.search import NOT_PASSED, Filter, Search, Tally
from inspector_gui.records.trail import TrailLine

PAGE = 200
SPANS = 60


@dataclass(frozen=True, slots=True)
class Setup:
    """What parts were judged with, and how many."""

    recipe: str
    revision: int
    model: str
    model_sha256: str
    camera: str
    provider: str
    parts: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A label or a reason, and how many parts have it."""

    name: str
    parts: int


@dataclass(frozen=True, slots=True)
class LotContent:
    """A lot in figures.

    Attributes:
        began, ended: When its first and last part were judged; UTC, ISO 8601.
        good: Parts that passed and nobody overruled, and parts that did not and somebody overruled.
        confirmed, overruled: Parts on which a person's last decision is such.
        undisposed: Parts that did not pass and on which nobody has decided.
        missed: Parts that passed and a person overruled.
        spans: Parts over time, in even spans.
        labels, reasons: Most frequent first; the reasons are those of undecided parts.
        audit, omitted: See `evidence.audit_of`.
    """

    lot: str
    record_id: str
    began: str
    ended: str
    tally: Tally
    good: int
    confirmed: int
    overruled: int
    undisposed: int
    missed: int
    setups: tuple[Setup, ...]
    spans: tuple[Tally, ...]
    labels: tuple[Counted, ...]
    reasons: tuple[Counted, ...]
    audit: tuple[TrailLine, ...]
    omitted: int
    signatures: tuple[SignedBy, ...]
    checkpoint: Checkpoint

    @property
    def shown_parts(self) -> int:
        """How many parts are shown one by one."""
        return self.tally.rejected + self.tally.undecided + self.missed


@dataclass(frozen=True, slots=True, eq=False)
class PartContent:
    """A part that is shown: one that did not pass, or that a person has overruled.

    Attributes:
        pixels: uint8 (height, width) or (height, width, 3) RGB of its first frame; None without.
        problem: Why there is no picture.
        more: How many other pictures the record holds of it.
    """

    entry: InspectionEntry
    seq: int
    disposition: DispositionEntry | None
    pixels: NDArray[np.uint8] | None
    problem: str
    more: int


def lot_content(
    reader: RecordReader, lot: str, made_at: str, checkpoint: Checkpoint | None = None
) -> LotContent:
    """Count a lot; within one snapshot of the reader.

    Raises:
        RecordsError: The record has no part of this lot.
    """
    search, execute = Search(reader), reader.connection.execute
    first, last, began, ended = execute(
        "SELECT min(seq), max(seq), min(judged_at), max(judged_at) FROM inspections WHERE lot = ?",
        [lot],
    ).fetchone()
    if first is None:
        raise RecordsError(f"The record has no lot {lot!r}: `inspector records list` shows them.")
    tally = search.count(Filter(lot=lot))
    decided = _decided(execute, lot)
    missed = decided.get((True, OVERRULED), 0)
    released = decided.get((False, OVERRULED), 0)
    confirmed = sum(n for (_, kind), n in decided.items() if kind == CONFIRMED)
    audit, omitted = audit_of(reader, lot, first, last)
    return LotContent(
        lot=lot,
        record_id=reader.record_id,
        began=began,
        ended=ended,
        tally=tally,
        good=tally.passed - missed + released,
        confirmed=confirmed,
        overruled=missed + released,
        undisposed=tally.rejected
        + tally.undecided
        - sum(n for (passed, _), n in decided.items() if not passed),
        missed=missed,
        setups=_setups(execute, lot),
        spans=tuple(search.chart(Filter(lot=lot), SPANS)),
        labels=_labels(execute, lot),
        reasons=_reasons(execute, lot),
        audit=tuple(audit),
        omitted=omitted,
        signatures=tuple(signatures_of(reader, lot)),
        checkpoint=checkpoint or _head(reader, made_at),
    )


def shown_parts(reader: RecordReader, lot: str) -> Iterator[PartContent]:
    """The parts to be shown, in the order in which they were judged, one at a time."""
    images = ImageStore(reader.folder)
    not_passed = _seqs(reader, Filter(lot=lot, decision=NOT_PASSED))
    missed = _seqs(reader, Filter(lot=lot, decision="PASS", disposition=OVERRULED))
    for seq in merge(not_passed, missed):
        yield _part(reader, images, seq)


def _part(reader: RecordReader, images: ImageStore, seq: int) -> PartContent:
    given = reader.dispositions(seq)
    entry = reader.get(seq).entry
    frames = [image.entry for image in reader.images(seq) if image.entry.role is None]
    shown = shown_image(entry, frames)
    pixels, problem = None, "No picture was kept."
    if shown is not None:
        try:
            pixels, problem = images.load(shown.sha256, shown.media_type), ""
        except RecordsError as error:
            problem = str(error)
    return PartContent(
        entry=entry,
        seq=seq,
        disposition=given[-1].entry if given else None,
        pixels=pixels,
        problem=problem,
        more=max(0, len(frames) - 1),
    )


def _seqs(reader: RecordReader, wanted: Filter) -> Iterator[int]:
    search = Search(reader)
    last, after = search.last_seq(), 0
    while seqs := search.seqs(wanted, after, last, PAGE):
        yield from seqs
        after = seqs[-1]


def _decided(execute: Any, lot: str) -> dict[tuple[bool, str], int]:
    """Parts by whether they passed and what a person decided last."""
    rows = execute(
        "SELECT i.decision = 'PASS', d.disposition, count(*) FROM dispositions AS d "
        "CROSS JOIN inspections AS i ON i.seq = d.inspection_seq WHERE i.lot = ? AND d.seq = "
        "(SELECT max(seq) FROM dispositions WHERE inspection_seq = i.seq) GROUP BY 1, 2",
        [lot],
    )
    return {(bool(passed), kind): count for passed, kind, count in rows}


def _setups(execute: Any, lot: str) -> tuple[Setup, ...]:
    names = "recipe, recipe_revision, model, model_sha256, camera, provider"
    rows = execute(
        f"SELECT {names}, count(*) FROM inspections WHERE lot = ? GROUP BY {names} "
        "ORDER BY min(seq)",
        [lot],
    )
    return tuple(Setup(*row) for row in rows)


def _labels(execute: Any, lot: str) -> tuple[Counted, ...]:
    rows = execute(
        "SELECT label, count(*) FROM (SELECT DISTINCT i.seq, "
        "json_extract(finding.value, '$.label') AS label "
        "FROM inspections AS i, json_each(i.findings) AS finding "
        "WHERE i.lot = ? AND i.decision <> 'PASS' AND i.findings <> '[]') "
        "GROUP BY 1 ORDER BY 2 DESC, 1",
        [lot],
    )
    return tuple(Counted(*row) for row in rows)


def _reasons(execute: Any, lot: str) -> tuple[Counted, ...]:
    rows = execute(
        "SELECT reason, count(*) FROM inspections WHERE lot = ? AND decision = 'UNDECIDED' "
        "AND decision <> 'PASS' GROUP BY 1 ORDER BY 2 DESC, 1",
        [lot],
    )
    return tuple(Counted(*row) for row in rows)


def _head(reader: RecordReader, made_at: str) -> Checkpoint:
    """The chain's head as it is, which nobody has signed."""
    return Checkpoint(reader.record_id, *reader.head(), made_at, public_key="")
