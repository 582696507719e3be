"""What the office refuses, in the words of the screen."""

from __future__ import annotations

import pytest

from inspector_gui.records.office import Actor, why_not
from inspector_gui.records.permissions import PERMISSIONS, ROLES, Action, Role
from inspector_gui.views.accounts import words
from inspector_gui.views.sentences import sentence

REFUSED = [
    (action, role)
    for action in Action
    for role in Role
    if role not in PERMISSIONS[action] and role is not Role.DEMONSTRATION
]


@pytest.mark.parametrize(("action", "role"), REFUSED)
def test_every_refusal_is_understood(action: Action, role: Role) -> None:
    actor = Actor("jan" if role in ROLES else "", role)
    said = sentence(why_not(action, actor))
    assert words.act(action) in said
    assert "sign in as " in said
    assert ("jan" in said) == (role in ROLES)


@pytest.mark.parametrize("action", [a for a in Action if a not in (Action.SIGN_IN,)])
def test_a_demonstration_is_told_to_set_up_accounts(action: Action) -> None:
    said = sentence(why_not(action, Actor("", Role.DEMONSTRATION)))
    assert said == f"To {words.act(action)} takes accounts: begin with `inspector users add`."


def test_they_read_well() -> None:
    assert sentence(why_not(Action.RUN_LINE, Actor("", Role.GUEST))) == (
        "Nobody is signed in: to run the line, sign in as engineer, operator or supervisor."
    )
    assert sentence(why_not(Action.EXPORT, Actor("jan", Role.OPERATOR))) == (
        "jan (operator) may not export from the record: sign in as engineer or supervisor."
    )


def test_an_account_s_name_is_never_taken_for_a_word() -> None:
    said = sentence(why_not(Action.EXPORT, Actor("review", Role.OPERATOR)))
    assert said.startswith("review (operator)")
