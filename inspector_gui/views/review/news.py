"""What the record says of lots that wait for review, and of the parts of one."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_gui.inspection.review import LotToReview, lots_to_review, not_passed
from inspector_gui.records.reader import RecordReader

MOST_LOTS = 30


@dataclass(frozen=True, slots=True)
class News:
    """Lots, the one that is looked at, and its parts that did not pass, as `not_passed`."""

    lots: list[LotToReview]
    lot: str
    parts: list[tuple[int, str]]


def read_news(
    reader: RecordReader,
    lot: str | None,
    running: str,
    known: list[LotToReview] | None,
    after: int,
) -> News:
    """Ask the record.

    Args:
        reader: An open record.
        lot: Whose parts are wanted; None for the running lot's, else those of the newest that has
            something left, else of the newest.
        running: The lot that runs, empty if none.
        known: The lots, where they need not be read once more; else None.
        after: Only parts recorded after this one.
    """
    lots = lots_to_review(reader, MOST_LOTS) if known is None else known
    chosen = _first(lots, running) if lot is None else lot
    return News(lots, chosen, not_passed(reader, chosen, after) if chosen else [])


def _first(lots: list[LotToReview], running: str) -> str:
    names = [lot.name for lot in lots]
    if running in names:
        return running
    return next((lot.name for lot in lots if lot.left), names[0] if names else "")
