"""Roles and acts in the words of the screen, and why somebody may not do something."""

from __future__ import annotations

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from inspector_gui.records.permissions import ACT_WORDS, Action, Role

translate = QCoreApplication.translate
_IN_A_SENTENCE = (
    QT_TRANSLATE_NOOP("RoleInText", "operator"),
    QT_TRANSLATE_NOOP("RoleInText", "supervisor"),
    QT_TRANSLATE_NOOP("RoleInText", "engineer"),
    QT_TRANSLATE_NOOP("RoleInText", "administrator"),
)
_REFUSED = re.compile(
    r"(?:Nobody is signed in: to (?P<to>.+)"
    r"|(?P<who>\S+) \((?P<role>[a-z]+)\) may not (?P<act>.+)), "
    r"sign in as (?P<roles>[a-z ]+)\."
)


def role(value: Role) -> str:
    return {
        Role.DEMONSTRATION: translate("Role", "Demonstration"),
        Role.GUEST: translate("Role", "Nobody is signed in"),
        Role.OPERATOR: translate("Role", "Operator"),
        Role.SUPERVISOR: translate("Role", "Supervisor"),
        Role.ENGINEER: translate("Role", "Engineer"),
        Role.ADMINISTRATOR: translate("Role", "Administrator"),
    }[value]


def act(value: Action) -> str:
    """What is done, to stand after "To" and "may not"."""
    return translate("Station", ACT_WORDS[value])


def refusal(text: str) -> str | None:
    """What the office says to who may not do something; None if it is another sentence."""
    found = _REFUSED.fullmatch(text.replace(": sign in as", ", sign in as"))
    if found is None:
        return None
    *most, last = (translate("RoleInText", name) for name in found["roles"].split(" or "))
    roles = last
    if most:
        roles = translate("Refused", "{roles} or {role}").format(roles=", ".join(most), role=last)
    if found["to"]:
        said = translate("Station", "Nobody is signed in: to {a}, sign in as {b}.")
        return said.format(a=translate("Station", found["to"]), b=roles)
    said = translate("Station", "{a} ({b}) may not {c}: sign in as {d}.")
    own, words = translate("RoleInText", found["role"]), translate("Station", found["act"])
    return said.format(a=found["who"], b=own, c=words, d=roles)
