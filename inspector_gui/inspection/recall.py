"""A part out of the record, as it was judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.verdict import AnomalyMap, Box, Decision, Finding, Verdict
from inspector_gui.records.entries import (
    ANOMALY_MAP,
    DispositionEntry,
    InspectionEntry,
    shown_image,
)
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.images import ImageStore
from inspector_gui.records.reader import RecordReader


@dataclass(frozen=True, slots=True, eq=False)
class RecordedPart:
    """What the record holds of one part.

    Attributes:
        seq: Place of its inspection in the record.
        verdict: The machine's, with the anomaly map if the images were kept.
        pixels: uint8 (height, width) or (height, width, 3) of the frame that shows best why; None
            if there is no image, or it cannot be shown.
        problem: Why an image that should be there is not; "" otherwise.
        dispositions: What people decided about it, oldest first; the last one counts.
    """

    seq: int
    entry: InspectionEntry
    verdict: Verdict
    pixels: NDArray[np.uint8] | None
    problem: str
    dispositions: tuple[DispositionEntry, ...]


def recall(reader: RecordReader, seq: int) -> RecordedPart:
    """Read one part with its images.

    Raises:
        KeyError: There is no inspection at this place.
    """
    entry = reader.get(seq).entry
    pixels = steps = None
    problem = ""
    try:
        pixels, steps = _pictures(reader, seq)
    except RecordsError as error:
        problem = str(error)
    anomaly_map = None if steps is None else AnomalyMap.from_uint8(steps)
    given = tuple(recorded.entry for recorded in reader.dispositions(seq))
    return RecordedPart(seq, entry, verdict_of(entry, anomaly_map), pixels, problem, given)


NEAR = 2000
"""So many images to either side are looked through for a good neighbour."""


def good_neighbour(reader: RecordReader, seq: int) -> int | None:
    """Place of the nearest part of the same lot and recipe that passed and has an image.

    A part that somebody has overruled is not good. What lies further than `NEAR` images away is not
    looked at, so that the answer comes soon in any record.

    Raises:
        KeyError: There is no inspection at this place.
    """
    entry = reader.get(seq).entry
    found = [
        int(row[0])
        for side, order in (("<", "DESC"), (">", "ASC"))
        for row in reader.connection.execute(
            _NEIGHBOUR.format(side=side, order=order), [seq, NEAR, entry.lot, entry.recipe]
        )
    ]
    return min(found, key=lambda other: abs(other - seq), default=None)


_NEIGHBOUR = (
    "SELECT i.seq FROM (SELECT inspection_seq, role FROM images "
    "WHERE inspection_seq {side} ? ORDER BY inspection_seq {order} LIMIT ?) AS near "
    "CROSS JOIN inspections AS i ON i.seq = near.inspection_seq "
    "WHERE near.role IS NULL AND i.decision = 'PASS' AND i.lot = ? AND i.recipe = ? "
    "AND NOT EXISTS (SELECT 1 FROM dispositions "
    "WHERE inspection_seq = i.seq AND disposition = 'OVERRULED') "
    "ORDER BY i.seq {order} LIMIT 1"
)


def verdict_of(entry: InspectionEntry, anomaly_map: AnomalyMap | None = None) -> Verdict:
    """The verdict that an entry was written from."""
    return Verdict(
        Decision(entry.decision),
        entry.score,
        entry.threshold,
        tuple(_finding(finding) for finding in entry.findings),
        anomaly_map,
        entry.elapsed_ms,
        entry.reason,
        entry.detail,
    )


def _pictures(
    reader: RecordReader, seq: int
) -> tuple[NDArray[np.uint8] | None, NDArray[np.uint8] | None]:
    """The frame that shows best why, and the anomaly map's steps."""
    store = ImageStore(reader.folder)
    images = [recorded.entry for recorded in reader.images(seq)]
    frame = shown_image(reader.get(seq).entry, images)
    seen = next((image for image in images if image.role == ANOMALY_MAP), None)
    pixels, steps = (
        store.load(image.sha256, image.media_type) if image else None for image in (frame, seen)
    )
    return pixels, steps


def _finding(values: Mapping[str, Any]) -> Finding:
    given = dict(values)
    box = Box(*given.pop("box"))
    outline, nominal = (
        tuple((int(x), int(y)) for x, y in given.pop(name, ())) for name in ("outline", "nominal")
    )
    return Finding(**given, box=box, outline=outline, nominal=nominal)
