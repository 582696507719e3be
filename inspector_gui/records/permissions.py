"""Who may do what. RIGHTS.md beside this file says the same in words; a test compares the two."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What an account is for; the first two are of whoever is not signed in."""

    DEMONSTRATION = "demonstration"  # the record has no accounts: anybody at the computer
    GUEST = "guest"  # it has accounts, and nobody is signed in
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    ENGINEER = "engineer"
    ADMINISTRATOR = "administrator"


ROLES = (Role.OPERATOR, Role.SUPERVISOR, Role.ENGINEER, Role.ADMINISTRATOR)
"""Those that an account can have."""


class Action(StrEnum):
    """Codes of the audit trail."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    RUN_DEMONSTRATION = "run_demonstration"
    RUN_LINE = "run_line"
    STOP_LINE = "stop_line"
    RELEASE_RECIPE = "release_recipe"
    CHANGE_SETTINGS = "change_settings"
    OPEN_LOT = "open_lot"
    CLOSE_LOT = "close_lot"
    SIGN_LOT = "sign_lot"
    REVIEW = "review"
    EXPORT = "export"
    BACKUP = "backup"
    MAKE_KEY = "make_key"
    ADD_ACCOUNT = "add_account"
    CLOSE_ACCOUNT = "close_account"
    UNLOCK_ACCOUNT = "unlock_account"
    CHANGE_ROLE = "change_role"
    RESET_PASSWORD = "reset_password"
    CHANGE_OWN_PASSWORD = "change_own_password"
    MAKE_TOKEN = "make_token"


ACT_WORDS: Mapping[Action, str] = {
    Action.SIGN_IN: "sign in",
    Action.SIGN_OUT: "sign out",
    Action.RUN_DEMONSTRATION: "run the simulated line",
    Action.RUN_LINE: "run the line",
    Action.STOP_LINE: "stop the line",
    Action.RELEASE_RECIPE: "release a recipe",
    Action.CHANGE_SETTINGS: "change the settings",
    Action.OPEN_LOT: "open a lot",
    Action.CLOSE_LOT: "close a lot",
    Action.SIGN_LOT: "sign a lot",
    Action.REVIEW: "review parts",
    Action.EXPORT: "export from the record",
    Action.BACKUP: "back up or restore the record",
    Action.MAKE_KEY: "make the record's key",
    Action.ADD_ACCOUNT: "add an account",
    Action.CLOSE_ACCOUNT: "close an account",
    Action.UNLOCK_ACCOUNT: "unlock an account",
    Action.CHANGE_ROLE: "change a role",
    Action.RESET_PASSWORD: "set somebody's password",
    Action.CHANGE_OWN_PASSWORD: "choose another password",
    Action.MAKE_TOKEN: "make a token",
}
"""What follows "may" or "can" in a sentence, and names an act on a screen."""

_EVERYBODY = frozenset(Role)
_SIGNED_IN = frozenset(ROLES)
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_FIRST_OR_ADMINISTRATOR = frozenset({Role.DEMONSTRATION, Role.ADMINISTRATOR})
_AT_THE_LINE = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.ENGINEER})
_IN_CHARGE = frozenset({Role.SUPERVISOR, Role.ENGINEER})
_NO_ACCOUNTS = frozenset({Role.DEMONSTRATION})

PERMISSIONS: Mapping[Action, frozenset[Role]] = {
    Action.SIGN_IN: _SIGNED_IN,
    Action.SIGN_OUT: _SIGNED_IN,
    Action.RUN_DEMONSTRATION: _EVERYBODY,
    Action.RUN_LINE: _AT_THE_LINE | _NO_ACCOUNTS,
    Action.STOP_LINE: _EVERYBODY,
    Action.RELEASE_RECIPE: frozenset({Role.ENGINEER}),
    Action.CHANGE_SETTINGS: frozenset({Role.DEMONSTRATION, Role.ENGINEER, Role.ADMINISTRATOR}),
    Action.OPEN_LOT: _AT_THE_LINE,
    Action.CLOSE_LOT: _AT_THE_LINE,
    Action.SIGN_LOT: frozenset({Role.SUPERVISOR}),
    Action.REVIEW: _AT_THE_LINE | _NO_ACCOUNTS,
    Action.EXPORT: _IN_CHARGE | _NO_ACCOUNTS,
    Action.BACKUP: _IN_CHARGE | {Role.ADMINISTRATOR} | _NO_ACCOUNTS,
    Action.MAKE_KEY: _EVERYBODY,
    Action.ADD_ACCOUNT: _FIRST_OR_ADMINISTRATOR,
    Action.CLOSE_ACCOUNT: _ADMINISTRATOR,
    Action.UNLOCK_ACCOUNT: _ADMINISTRATOR,
    Action.CHANGE_ROLE: _ADMINISTRATOR,
    Action.RESET_PASSWORD: _ADMINISTRATOR,
    Action.CHANGE_OWN_PASSWORD: _SIGNED_IN,
    Action.MAKE_TOKEN: _SIGNED_IN,
}
