"""Roles and acts in the words of the screen, and why somebody may not do something."""

from __future__ import annotations

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from inspector_gui.records.permissions import Action, Role

translate = QCoreApplication.translate
_IN_A_SENTENCE = (
    QT_TRANSLATE_NOOP("RoleInText", "operator"),
    QT_TRANSLATE_NOOP("RoleInText", "supervisor"),
    QT_TRANSLATE_NOOP("RoleInText", "engineer"),
    QT_TRANSLATE_NOOP("RoleInText", "administrator"),
)
_REFUSED = re.compile(
    r"(?:Nobody is signed in, who|(?P<account>\S+) \((?P<role>[a-z]+)\)) "
    r"may not (?P<act>[a-z ]+): sign in as (?P<roles>[a-z ]+)\."
)
_NO_ACCOUNTS = re.compile(r"To (?P<act>[a-z ]+), the record needs accounts: .+")


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
    return {
        Action.SIGN_IN: translate("Act", "sign in"),
        Action.SIGN_OUT: translate("Act", "sign out"),
        Action.RUN_DEMONSTRATION: translate("Act", "run the simulated line"),
        Action.RUN_LINE: translate("Act", "run the line"),
        Action.STOP_LINE: translate("Act", "stop the line"),
        Action.RELEASE_RECIPE: translate("Act", "release a recipe"),
        Action.CHANGE_SETTINGS: translate("Act", "change these settings"),
        Action.OPEN_LOT: translate("Act", "open a lot"),
        Action.CLOSE_LOT: translate("Act", "close a lot"),
        Action.SIGN_LOT: translate("Act", "sign a lot"),
        Action.REVIEW: translate("Act", "review parts"),
        Action.EXPORT: translate("Act", "export parts"),
        Action.BACKUP: translate("Act", "back up the record"),
        Action.MAKE_KEY: translate("Act", "make a key"),
        Action.ADD_ACCOUNT: translate("Act", "add an account"),
        Action.CLOSE_ACCOUNT: translate("Act", "close an account"),
        Action.UNLOCK_ACCOUNT: translate("Act", "unlock an account"),
        Action.CHANGE_ROLE: translate("Act", "change a role"),
        Action.RESET_PASSWORD: translate("Act", "reset a password"),
        Action.CHANGE_OWN_PASSWORD: translate("Act", "change the password"),
        Action.MAKE_TOKEN: translate("Act", "make a token"),
    }[value]


def refusal(text: str) -> str | None:
    """What the office says to who may not do something; None if it is another sentence."""
    found = _REFUSED.fullmatch(text)
    if found is None:
        found = _NO_ACCOUNTS.fullmatch(text)
        template = translate("Refused", "To {act}, the record needs accounts: set them up first.")
        return template.format(act=_act(found["act"])) if found else None
    *most, last = (translate("RoleInText", name) for name in found["roles"].split(" or "))
    roles = last
    if most:
        roles = translate("Refused", "{roles} or {role}").format(roles=", ".join(most), role=last)
    if found["account"] is None:
        template = translate("Refused", "Nobody is signed in. To {act}, sign in as {roles}.")
        return template.format(act=_act(found["act"]), roles=roles)
    template = translate("Refused", "{who} ({role}) may not {act}: sign in as {roles}.")
    return template.format(
        who=found["account"],
        role=translate("RoleInText", found["role"]),
        act=_act(found["act"]),
        roles=roles,
    )


def _act(words: str) -> str:
    code = words.replace(" ", "_")
    return act(Action(code)) if code in set(Action) else words
