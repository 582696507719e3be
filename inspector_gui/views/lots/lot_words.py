"""What came of a lot, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from inspector_gui.records.lots import LotCount, LotRecord
from inspector_gui.views import record_words

translate = QCoreApplication.translate
OPEN, TO_SIGN, SIGNED = "open", "to_sign", "signed"


def state(lot: LotRecord) -> str:
    """`OPEN`, `TO_SIGN` or `SIGNED`."""
    if lot.is_open:
        return OPEN
    return SIGNED if lot.signatures else TO_SIGN


def state_word(value: str) -> str:
    return {
        OPEN: translate("Lots", "Open"),
        TO_SIGN: translate("Lots", "To sign"),
        SIGNED: translate("Lots", "Signed"),
    }[value]


def lot_yield(count: LotCount) -> str:
    """Such as `98.2 %`; a dash without parts."""
    if count.lot_yield is None:
        return "–"
    text = translate("Lots", "{percent} %")
    return text.format(percent=record_words.percent(count.passed, count.parts))


def counted(count: LotCount, expected: int | None) -> str:
    """All parts by what came of them, and how many there should be."""
    n = record_words.number
    said = [
        (translate("Lots", "parts {n}"), count.parts),
        (translate("Lots", "expected {n}"), expected),
        (translate("Lots", "passed {n}"), count.passed),
        (translate("Lots", "rejected {n}"), count.rejected),
        (translate("Lots", "undecided {n}"), count.undecided),
        (translate("Lots", "gaps {n}"), count.gaps),
    ]
    return " · ".join(text.format(n=n(number)) for text, number in said if number is not None)


def frames(count: LotCount) -> str:
    """The reconciliation of a lot that agrees."""
    n = record_words.number
    text = translate("Lots", "frames taken {taken} · in the record {recorded}: they agree")
    return text.format(taken=n(count.frames), recorded=n(count.frames_recorded))


def closed(name: str, count: LotCount) -> str:
    text = translate("Lots", "Lot {lot} is closed: parts {parts} · yield {share}")
    return text.format(lot=name, parts=record_words.number(count.parts), share=lot_yield(count))


def key(public_key: str) -> str:
    """The first of a key's digits, as people compare them."""
    shown = public_key[:16]
    return " ".join(shown[at : at + 4] for at in range(0, len(shown), 4))
