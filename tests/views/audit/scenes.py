"""The audit page in every state worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QWidget

from inspector_gui.records.entries import REFUSED
from inspector_gui.records.errors import Refused
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.store import DATABASE
from inspector_gui.records.trail import TrailFilter
from inspector_gui.views.audit.view import AuditView
from tests.records.entries import audit
from tests.views.lots.record import usual_shift
from tests.views.lots.scenes import Act, Make, until
from tests.views.scenes import FakeController, appended

AUDIT = 4


def managed(folder: Path, role: Role = Role.SUPERVISOR) -> FakeController:
    return usual_shift(folder).controller(role)


def refused(folder: Path) -> FakeController:
    """Somebody has tried what only others may."""
    shift = usual_shift(folder)
    with suppress(Refused):
        shift.office.check(Action.SIGN_LOT, shift.sessions[Role.OPERATOR], "M-1042")
    return shift.controller(Role.SUPERVISOR)


def guest(folder: Path) -> FakeController:
    return managed(folder, Role.GUEST)


def no_record(folder: Path) -> FakeController:
    return FakeController(folder=folder)


def one(folder: Path) -> FakeController:
    appended(folder, [audit("sign_in", outcome=REFUSED, why="wrong password")])
    return FakeController(folder=folder)


def damaged(folder: Path) -> FakeController:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DATABASE).write_bytes(b"no database at all" * 1000)
    return FakeController(folder=folder)


def listed(view: QWidget) -> AuditView:
    assert isinstance(view, AuditView)
    until(lambda: bool(view.model.lines) or view.message.isVisible())
    return view


def everything(view: QWidget) -> None:
    listed(view)


def find(wanted: TrailFilter) -> Act:
    def act(view: QWidget) -> None:
        listed(view).set_filter(wanted)

    return act


def preview(wanted: Callable[[str], bool]) -> Act:
    """The newest entry of an act."""

    def act(view: QWidget) -> None:
        page = listed(view)
        rows = (row for row, line in enumerate(page.model.lines) if wanted(line.action))
        page.table.select(next(rows))

    return act


SCENES: dict[str, tuple[Make, int, Act]] = {
    "audit": (managed, AUDIT, everything),
    "audit-refused": (refused, AUDIT, find(TrailFilter(outcome=REFUSED))),
    "audit-lot": (managed, AUDIT, find(TrailFilter(text="M-1042"))),
    "audit-preview": (managed, AUDIT, preview(lambda action: action == "review")),
    "audit-closed": (managed, AUDIT, preview(lambda action: action == "close_lot")),
    "audit-event": (managed, AUDIT, preview(lambda action: action == "overruled_too_often")),
    "audit-empty": (managed, AUDIT, find(TrailFilter(text="no such entry"))),
    "audit-guest": (guest, AUDIT, everything),
    "audit-one": (one, AUDIT, everything),
    "audit-no-record": (no_record, AUDIT, everything),
    "audit-damaged": (damaged, AUDIT, everything),
}
"""Name of a picture, who is there with what, at which place, and what is done."""
