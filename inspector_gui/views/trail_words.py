"""Codes of the audit trail and of signatures, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from inspector_gui.inspection.review import OVERRULED_TOO_OFTEN
from inspector_gui.records.entries import ALLOWED, REFUSED
from inspector_gui.records.permissions import ACT_WORDS, Action, Role
from inspector_gui.records.trail import TrailLine
from inspector_gui.views import words

MOST_CHARACTERS = 2000
translate = QCoreApplication.translate


def act(code: str) -> str:
    """What was done, or befell the line; unknown ones as the record has them."""
    if code not in set(Action):
        return _events().get(code, code)
    said = words.sentence(ACT_WORDS[Action(code)])
    return said[:1].upper() + said[1:]


def role(code: str) -> str:
    return (
        {
            Role.DEMONSTRATION: translate("Role", "Demonstration"),
            Role.GUEST: translate("Role", "Nobody is signed in"),
            Role.OPERATOR: translate("Role", "Operator"),
            Role.SUPERVISOR: translate("Role", "Supervisor"),
            Role.ENGINEER: translate("Role", "Engineer"),
            Role.ADMINISTRATOR: translate("Role", "Administrator"),
        }[Role(code)]
        if code in set(Role)
        else code
    )


def outcome(code: str) -> str:
    return {
        ALLOWED: translate("Trail", "Allowed"),
        REFUSED: translate("Trail", "Refused"),
    }.get(code, code)


def who(line: TrailLine) -> str:
    """Account and role, or that it was the line."""
    if not line.outcome:
        return translate("Trail", "The line")
    return " · ".join(text for text in (line.account, role(line.role)) if text)


def meaning(text: str) -> str:
    """What a signature says; what somebody else has put it in, as it is."""
    return {
        "reviewed": translate("Signature", "reviewed"),
        "reviewed and released": translate("Signature", "reviewed and released"),
        "reviewed and not released": translate("Signature", "reviewed and not released"),
        "approved": translate("Signature", "approved"),
    }.get(text, text)


def offset(minutes: int | None) -> str:
    """How far the clock on the wall was ahead of UTC: `UTC+01:00`."""
    if minutes is None:
        return "UTC"
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def value(given: object) -> str:
    """What something was or became, as the record has it."""
    if given is None:
        return "–"
    if isinstance(given, bool):
        return translate("Trail", "yes") if given else translate("Trail", "no")
    if isinstance(given, int):
        return QLocale().toString(given)
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
    return shown if len(shown) <= MOST_CHARACTERS else f"{shown[: MOST_CHARACTERS - 1]}…"


def change(line: TrailLine) -> str:
    """What became of what, in one line; why, where that is all there is to say."""
    said = [
        f"{name}: {value(new)}" if old is None else f"{name}: {value(old)} → {value(new)}"
        for name, old, new in line.changes
        if line.outcome
    ]
    return "; ".join(said + [words.sentence(line.why)] * bool(line.why))


def _events() -> Mapping[str, str]:
    return {
        "station_started": translate("Trail", "Line started"),
        "station_stopped": translate("Trail", "Line stopped"),
        "camera_not_opened": translate("Trail", "Camera not opened"),
        "camera_lost": translate("Trail", "Camera lost"),
        "camera_back": translate("Trail", "Camera is back"),
        "clock_stepped": translate("Trail", "Clock was set"),
        "image_not_kept": translate("Trail", "Image not kept"),
        OVERRULED_TOO_OFTEN: translate("Trail", "Overruled too often"),
    }
