"""What there is to review in a lot, and why a person agrees with the machine or does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from inspector_gui.records.entries import CONFIRMED, OVERRULED
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import OPEN, Filter, Search


class ReviewReason(StrEnum):
    """Codes for the record, in the order of the digits that choose them."""

    DEFECT = "defect"
    WITHIN_SPECIFICATION = "within_specification"
    DIRT = "dirt"
    REFLECTION = "reflection"
    POSITION = "position"
    INSPECTED_BY_HAND = "inspected_by_hand"
    OTHER = "other"


def fitting_reasons(disposition: str, has_picture: bool) -> tuple[ReviewReason, ...]:
    """What may be given as the reason of a disposition.

    A defect is no reason to overrule, nor its absence one to confirm; who has no picture can only
    have looked at the part itself.
    """
    if not has_picture:
        return ReviewReason.INSPECTED_BY_HAND, ReviewReason.OTHER
    contrary = (
        ReviewReason.WITHIN_SPECIFICATION if disposition == CONFIRMED else ReviewReason.DEFECT
    )
    return tuple(reason for reason in ReviewReason if reason is not contrary)


def possible_reasons(has_picture: bool) -> tuple[ReviewReason, ...]:
    """What may be given as a reason, whatever the disposition will be."""
    fitting = {r for d in (CONFIRMED, OVERRULED) for r in fitting_reasons(d, has_picture)}
    return tuple(reason for reason in ReviewReason if reason in fitting)


def unfitting(disposition: str, reason: ReviewReason | None, note: str, has_picture: bool) -> str:
    """Why a decision may not be written as it is, one sentence; "" if it may."""
    fitting = fitting_reasons(disposition, has_picture)
    if reason is None:
        return "" if disposition == CONFIRMED else "To overrule takes a reason: name one."
    if reason not in fitting:
        return f"{reason} is no reason for this; one of {', '.join(fitting)} is."
    if reason is ReviewReason.OTHER and not note:
        return "Reason other takes a note: say it in your own words."
    return ""


@dataclass(frozen=True, slots=True)
class LotToReview:
    """A lot that has parts which did not pass.

    Attributes:
        not_passed: How many those are.
        left: How many of them nobody has decided about.
    """

    name: str
    not_passed: int
    left: int


def lots_to_review(reader: RecordReader, limit: int) -> list[LotToReview]:
    """The last lots in which something did not pass, newest first."""
    search = Search(reader)
    lots = [lot for lot in search.lots() if lot.not_passed][:limit]
    return [
        LotToReview(
            lot.name, lot.not_passed, search.count(Filter(lot=lot.name, disposition=OPEN)).parts
        )
        for lot in lots
    ]


def not_passed(reader: RecordReader, lot: str, after_seq: int = 0) -> list[tuple[int, str]]:
    """Places of a lot's parts that did not pass, oldest first, each with its last disposition.

    The disposition is "" where nobody has decided.
    """
    rows = reader.connection.execute(
        "SELECT i.seq, coalesce((SELECT disposition FROM dispositions "
        "WHERE inspection_seq = i.seq ORDER BY seq DESC LIMIT 1), '') "
        "FROM inspections AS i INDEXED BY inspections_not_passed_by_lot "
        "WHERE i.lot = ? AND i.decision IN ('REJECT', 'UNDECIDED') AND i.decision <> 'PASS' "
        "AND i.seq > ? ORDER BY i.seq",
        [lot, after_seq],
    )
    return [(int(seq), str(disposition)) for seq, disposition in rows]
