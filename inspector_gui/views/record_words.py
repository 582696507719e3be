"""What a record says about a part, in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from engines.verdict import Decision
from inspector_gui.inspection.review import ReviewReason
from inspector_gui.records.entries import CONFIRMED, OVERRULED, DispositionEntry
from inspector_gui.records.search import Found, Tally
from inspector_gui.views import moments, words

_MOST_LABELS = 3
translate = QCoreApplication.translate


def number(value: int) -> str:
    return QLocale().toString(value)


def percent(part: int, whole: int) -> str:
    """Such as `2.0`; the sign belongs to the sentence."""
    return QLocale().toString(100.0 * part / whole if whole else 0.0, "f", 1)


def found_line(found: Found) -> str:
    """Findings, or why it is undecided; "" for a part without either."""
    if found.decision == Decision.UNDECIDED:
        return words.reason(found.reason)
    labels = [words.label(label) for label in found.labels]
    if not labels:
        return ""
    line = ", ".join(labels[:_MOST_LABELS]) + ("…" if len(labels) > _MOST_LABELS else "")
    return line[:1].upper() + line[1:]


def disposition(code: str) -> str:
    return {
        CONFIRMED: translate("Disposition", "Confirmed"),
        OVERRULED: translate("Disposition", "Overruled"),
    }.get(code, code)


def disposition_line(code: str, reviewer: str) -> str:
    """What was decided and by whom; "" for nothing."""
    return " · ".join(text for text in (disposition(code), reviewer) if text)


def review_reason(code: str) -> str:
    return (
        {
            ReviewReason.DEFECT: translate("ReviewReason", "Defect"),
            ReviewReason.WITHIN_SPECIFICATION: translate("ReviewReason", "Within specification"),
            ReviewReason.DIRT: translate("ReviewReason", "Dirt"),
            ReviewReason.REFLECTION: translate("ReviewReason", "Reflection"),
            ReviewReason.POSITION: translate("ReviewReason", "Position"),
            ReviewReason.INSPECTED_BY_HAND: translate("ReviewReason", "Inspected by hand"),
            ReviewReason.OTHER: translate("ReviewReason", "Other"),
        }.get(ReviewReason(code), code)
        if code in set(ReviewReason)
        else code
    )


def decision_of_a_person(entry: DispositionEntry) -> str:
    """One decision on three lines at most: what and why, the note, who and when."""
    what = " · ".join(
        text for text in (disposition(entry.disposition), review_reason(entry.reason)) if text
    )
    note = translate("History", "“{note}”").format(note=entry.note) if entry.note else ""
    who = translate("History", "{who}, {when}").format(
        who=entry.reviewer, when=moments.day_and_minute(moments.local(entry.decided_at))
    )
    return "\n".join(text for text in (what, note, who) if text)


def tally(found: Tally, whole: Tally | None) -> str:
    """How many parts match: `12,408 of 5,000,000 parts, 2.0 % rejected`."""
    if not found.parts:
        return translate("History", "No parts")
    if found.parts == 1 and whole is None:
        return translate("History", "1 part")
    text = (
        translate("History", "{found} parts, {percent} % rejected")
        if whole is None
        else translate("History", "{found} of {all} parts, {percent} % rejected")
    )
    return text.format(
        found=number(found.parts),
        all=number(whole.parts if whole else 0),
        percent=percent(found.rejected, found.parts),
    )


def elapsed(elapsed_ms: Mapping[str, float]) -> str:
    """The whole time, if it is known, and else the steps'."""
    steps = {name: ms for name, ms in elapsed_ms.items() if name == "total"} or elapsed_ms
    return ", ".join(f"{QLocale().toString(float(ms), 'f', 1)} ms" for ms in steps.values())


def span(when: str, parts: int, passed: int) -> str:
    """How many parts there were in a stretch of time, and their yield."""
    if not parts:
        return translate("History", "{when}: no parts").format(when=when)
    text = translate("History", "{when}: {parts} parts, yield {percent} %")
    return text.format(when=when, parts=number(parts), percent=percent(passed, parts))
