"""Every act and role, as the table in RIGHTS.md has it: allowed or refused, and on the trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inspector_gui import records
from inspector_gui.inspection.beginning import begin
from inspector_gui.records import lots, users
from inspector_gui.records.accounts import Session
from inspector_gui.records.entries import ALLOWED, REFUSED
from inspector_gui.records.errors import Refused
from inspector_gui.records.keys import signer_of
from inspector_gui.records.office import Office, open_office
from inspector_gui.records.permissions import ACT_WORDS, PERMISSIONS, Action, Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from tests.inspection.fakes import recipe
from tests.records.accounts import PASSWORD, hash_quickly, managed, trail
from tests.records.entries import disposition, inspection


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
    assert PERMISSIONS.keys() == ACT_WORDS.keys() == set(Action)
    assert len(set(ACT_WORDS.values())) == len(Action)


@pytest.fixture(scope="module")
def with_accounts(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Office, dict[Role, Session | None]]]:
    with pytest.MonkeyPatch.context() as patch:
        hash_quickly(patch)
        folder = tmp_path_factory.mktemp("records")
        store = RecordStore.open(folder)
        store.append([inspection(1, "REJECT")])
        store.close()
        with managed(folder) as (office, sessions):
            signer_of(office)
            lots.release_recipe(office, sessions[Role.ENGINEER], RECIPE.content)
            yield office, sessions


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
    Action.RUN_LINE: lambda office, session, name: begin(office, session, RECIPE, CAMERA, name),
    Action.RUN_DEMONSTRATION: lambda office, session, _name: begin(
        office, session, RECIPE, "simulated", ""
    ),
    Action.RELEASE_RECIPE: lambda office, session, name: lots.release_recipe(
        office, session, {"name": name, "revision": 1}
    ),
    Action.OPEN_LOT: lambda office, session, name: lots.open_lot(
        office, session, name, RECIPE.content
    ),
    Action.CLOSE_LOT: lots.close_lot,
    Action.SIGN_LOT: lambda office, session, name: lots.sign_lot(
        office, session, name, PASSWORD, "released"
    ),
    Action.REVIEW: lambda office, session, _name: office.review(session, disposition(1)),
    Action.MAKE_TOKEN: lambda office, session, name: users.make_token(
        office, session, office.folder / f"{name}.token"
    ),
}
"""Those that are more than an entry."""
NEEDS_OPEN_LOT = (Action.RUN_LINE, Action.CLOSE_LOT)
CAMERA = "gentl:viky"
RECIPE = recipe()
_current: defaultdict[Session | None, str] = defaultdict(lambda: PASSWORD)


def _prepare(office: Office, sessions: dict[Role, Session | None], act: Action, lot: str) -> None:
    """Only the lot that an act needs is open, or closed where it is to be signed."""
    engineer = sessions[Role.ENGINEER]
    if act in NEEDS_OPEN_LOT or act is Action.SIGN_LOT:
        lots.open_lot(office, engineer, lot, RECIPE.content)
    if act is Action.SIGN_LOT:
        lots.close_lot(office, engineer, lot)


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
    _prepare(office, sessions, Action(act), name)
    before = len(trail(office.folder))
    do = ACTS.get(Action(act), lambda office, *given: office.permit(Action(act), *given))
    if may:
        do(office, session, name)
    else:
        with pytest.raises(Refused, match=f"{ACT_WORDS[Action(act)]}|was never released"):
            do(office, session, name)
    entry = trail(office.folder)[-1]
    assert len(trail(office.folder)) == before + 1
    assert (entry.action, entry.outcome) == (act, ALLOWED if may else REFUSED)
    assert (entry.account, entry.role) == (session.account if session else "", role)
    with RecordReader(office.folder) as reader:
        still_open = [lot.name for lot in lots.lots_of(reader) if lot.is_open]
    for lot in still_open:
        lots.close_lot(office, sessions[Role.ENGINEER], lot)


@pytest.mark.parametrize(("act", "role", "may"), [r for r in table() if r[1] == Role.DEMONSTRATION])
def test_in_a_demonstration(tmp_path: Path, act: str, role: str, may: bool) -> None:
    with open_office(tmp_path) as office:
        if may and act != Action.ADD_ACCOUNT:
            office.permit(Action(act), None, "that")
        elif not may:
            with pytest.raises(Refused, match="takes accounts"):
                office.permit(Action(act), None, "that")
    assert [e.action for e in trail(tmp_path)] == (["make_key"] if act == "make_key" else [])
