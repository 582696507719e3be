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
    text = translate(
        "Lots",
        "{parts} parts: {passed} passed, {rejected} rejected, {undecided} undecided, {gaps} gaps.",
    ).format(
        parts=n(count.parts),
        passed=n(count.passed),
        rejected=n(count.rejected),
        undecided=n(count.undecided),
        gaps=n(count.gaps),
    )
    if expected is None:
        return text
    return f"{text} {translate('Lots', '{n} were expected.').format(n=n(expected))}"


def frames(count: LotCount) -> str:
    """The reconciliation of a lot that agrees."""
    n = record_words.number
    text = translate("Lots", "{taken} frames were taken and {recorded} are in the record.")
    return text.format(taken=n(count.frames), recorded=n(count.frames_recorded))


def closed(name: str, count: LotCount) -> str:
    if not count.parts:
        return translate("Lots", "Lot {lot} is closed, without a part.").format(lot=name)
    text = translate("Lots", "Lot {lot} is closed: {parts} parts, yield {yield_}.")
    return text.format(lot=name, parts=record_words.number(count.parts), yield_=lot_yield(count))


def key(public_key: str) -> str:
    """The first of a key's digits, as people compare them."""
    shown = public_key[:16]
    return " ".join(shown[at : at + 4] for at in range(0, len(shown), 4))
