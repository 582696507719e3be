"""What there is to review in a lot, and why a person agrees with the machine or does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from inspector_gui.inspection.clock import event
from inspector_gui.inspection.recipe_parts import ReviewPart
from inspector_gui.records.accounts import Session
from inspector_gui.records.entries import (
    CONFIRMED,
    OVERRULED,
    DispositionEntry,
    EventEntry,
    Receipt,
)
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.office import Office
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import OPEN, Filter, Search

OVERRULED_TOO_OFTEN = "overruled_too_often"
"""Kind of the event that alarms."""


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


def unfitting(
    disposition: str, reason: str | None, note: str, has_picture: bool, own: Sequence[str] = ()
) -> str:
    """Why a decision may not be written as it is, one sentence; "" if it may.

    Args:
        own: The recipe's reasons, which hold instead of the built-in ones.
    """
    fitting: Sequence[str] = own or fitting_reasons(disposition, has_picture)
    if reason is None:
        return "" if disposition == CONFIRMED else "To overrule takes a reason: name one."
    if reason not in fitting:
        return f"{reason} is no reason for this; one of {', '.join(fitting)} is."
    if reason == ReviewReason.OTHER and not note:
        return "Reason other takes a note: say it in your own words."
    return ""


def rules_of(reader: RecordReader, inspection_seq: int) -> ReviewPart:
    """What the recipe of an inspection asks of its review."""
    found = reader.recipe_at(inspection_seq).get("review", {})
    return ReviewPart(**{name: found[name] for name in ReviewPart.model_fields if name in found})


def decide(office: Office, session: Session | None, entry: DispositionEntry) -> Receipt:
    """Write what a person decided about a part, as its recipe asks for it.

    Raises:
        Refused: This account may not review.
        RecordsError: The reason is none of the recipe's, or it cannot be written.
    """
    with office.acting():
        with RecordReader(office.folder) as reader:
            rules = rules_of(reader, entry.inspection_seq)
            if rules.reasons and entry.reason and entry.reason not in rules.reasons:
                raise RecordsError(
                    f"{entry.reason} is no reason for this; one of {', '.join(rules.reasons)} is."
                )
            alarm = _alarm(reader, rules, entry)
        return office.review(session, entry, alarm)


def _alarm(reader: RecordReader, rules: ReviewPart, entry: DispositionEntry) -> list[EventEntry]:
    """An event, if this decision is the one too many of its lot."""
    if rules.max_overruled is None or entry.disposition != OVERRULED:
        return []
    try:
        lot = reader.get(entry.inspection_seq).entry.lot
    except KeyError:  # the record refuses what is about no part
        return []
    overruled = {seq for seq, given in not_passed(reader, lot) if given == OVERRULED}
    if entry.inspection_seq in overruled or len(overruled) != rules.max_overruled:
        return []
    count = len(overruled) + 1
    detail = f"{count} parts of lot {lot} were overruled; the recipe allows {rules.max_overruled}."
    return [event(OVERRULED_TOO_OFTEN, detail, {"lot": lot, "overruled": count})]


def alarms(reader: RecordReader, lot: str) -> list[str]:
    """What a person must look into before a lot can be trusted, one sentence each."""
    return [
        recorded.entry.detail
        for recorded in reader.events()
        if recorded.entry.kind == OVERRULED_TOO_OFTEN and recorded.entry.data["lot"] == lot
    ]


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
