"""Why somebody may not do something, before they try; the record's office decides when they do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from inspector_gui.records.office import Actor, why_not
from inspector_gui.records.permissions import PERMISSIONS, Action
from inspector_gui.views import words

translate = QCoreApplication.translate


def reason_against(action: Action, actor: Actor) -> str:
    """One sentence; "" if it is allowed."""
    if actor.role not in PERMISSIONS[action]:
        return words.sentence(why_not(action, actor))
    return translate("Rights", "Choose a password of your own first.") if actor.must_change else ""
