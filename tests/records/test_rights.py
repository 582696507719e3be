"""Every act and role, as the table in RIGHTS.md has it: allowed or refused, and on the trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inspector_gui import records
from inspector_gui.records import users
from inspector_gui.records.accounts import Session
from inspector_gui.records.entries import ALLOWED, REFUSED
from inspector_gui.records.errors import Refused
from inspector_gui.records.office import Office, open_office
from inspector_gui.records.permissions import PERMISSIONS, Action, Role
from tests.records.accounts import PASSWORD, hash_quickly, managed, trail


def table() -> list[tuple[str, str, bool]]:
    """Act, role, and whether it is allowed, from the documentation."""
    path = Path(records.__file__).with_name("RIGHTS.md")
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    head, _, *body = rows
    return [
        (row[0], role, cell == "yes")
        for row in body
        for role, cell in zip(head[1:], row[1:], strict=True)
    ]


def test_the_table_names_every_act_and_role() -> None:
    assert {(act, role) for act, role, _ in table()} == {(a, r) for a in Action for r in Role}
    assert PERMISSIONS.keys() == set(Action)


@pytest.fixture(scope="module")
def with_accounts(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Office, dict[Role, Session | None]]]:
    with pytest.MonkeyPatch.context() as patch:
        hash_quickly(patch)
        with managed(tmp_path_factory.mktemp("records")) as both:
            yield both


Act = Callable[[Office, Session | None, str], object]
ACTS: dict[Action, Act] = {
    Action.ADD_ACCOUNT: lambda office, session, name: users.add_account(
        office, session, f"{name}-2", "New Tester", Role.OPERATOR, PASSWORD
    ),
    Action.CLOSE_ACCOUNT: users.close_account,
    Action.UNLOCK_ACCOUNT: users.unlock_account,
    Action.CHANGE_ROLE: lambda office, session, name: users.change_role(
        office, session, name, Role.ENGINEER
    ),
    Action.RESET_PASSWORD: lambda office, session, name: users.reset_password(
        office, session, name, PASSWORD
    ),
    Action.CHANGE_OWN_PASSWORD: lambda office, session, _name: users.change_own_password(
        office, session, _current[session], _next(session)
    ),
    Action.MAKE_TOKEN: lambda office, session, name: users.make_token(
        office, session, office.folder / f"{name}.token"
    ),
}
"""Those that are more than an entry; the station's and the lots' own are with their tests."""
_current: defaultdict[Session | None, str] = defaultdict(lambda: PASSWORD)


def _next(session: Session | None) -> str:
    _current[session] += "!"
    return _current[session]


@pytest.mark.parametrize(("act", "role", "may"), [r for r in table() if r[1] != Role.DEMONSTRATION])
def test_with_accounts(
    with_accounts: tuple[Office, dict[Role, Session | None]], act: str, role: str, may: bool
) -> None:
    office, sessions = with_accounts
    session = sessions[Role(role)]
    name = f"{act}.{role}"
    users.add_account(
        office, sessions[Role.ADMINISTRATOR], name, "Some Tester", Role.OPERATOR, PASSWORD
    )
    before = len(trail(office.folder))
    do = ACTS.get(Action(act), lambda office, *given: office.permit(Action(act), *given))
    if may:
        do(office, session, name)
    else:
        with pytest.raises(Refused, match=act.replace("_", " ")):
            do(office, session, name)
    entry = trail(office.folder)[-1]
    assert len(trail(office.folder)) == before + 1
    assert (entry.action, entry.outcome) == (act, ALLOWED if may else REFUSED)
    assert (entry.account, entry.role) == (session.account if session else "", role)


@pytest.mark.parametrize(("act", "role", "may"), [r for r in table() if r[1] == Role.DEMONSTRATION])
def test_in_a_demonstration(tmp_path: Path, act: str, role: str, may: bool) -> None:
    with open_office(tmp_path) as office:
        if may and act != Action.ADD_ACCOUNT:
            office.permit(Action(act), None, "that")
        elif not may:
            with pytest.raises(Refused, match="needs accounts"):
                office.permit(Action(act), None, "that")
    assert [e.action for e in trail(tmp_path)] == (["make_key"] if act == "make_key" else [])
