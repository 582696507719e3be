"""The window with somebody at it, or nobody, in every state worth a picture."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollArea

from inspector_gui.inspection.status import StationState
from inspector_gui.records import users
from inspector_gui.records.accounts import MAX_FAILURES
from inspector_gui.records.errors import Refused
from inspector_gui.records.office import open_office, why_not
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.store import RecordStore
from inspector_gui.views.accounts.panel import Page
from inspector_gui.views.accounts.presence import IDLE
from inspector_gui.views.controller import RIGHTS, idle_status
from inspector_gui.views.settings.account_row import AccountRow
from inspector_gui.views.window import MainWindow
from tests.records.accounts import PASSWORD, hash_quickly
from tests.views.scenes import FakeController

FIRST_PASSWORD = "given by somebody else"
PEOPLE = (
    ("ada", "Ada Lindqvist", Role.ADMINISTRATOR),
    ("jan", "Jan Kowalski", Role.OPERATOR),
    ("mia", "Mia-Sophie Schönwetter-Öztürk", Role.SUPERVISOR),
    ("elias", "Elias Brandt", Role.ENGINEER),
    ("tom", "Tom Lindner", Role.OPERATOR),
    ("noor", "Noor Haddad", Role.OPERATOR),
    ("paul", "Paul Winkler", Role.SUPERVISOR),
)
MUST_CHANGE, LOCKED, CLOSED = "noor", "tom", "paul"

Act = Callable[[MainWindow], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """Who is there, where, and what is done.

    Attributes:
        user: Signed in at first; "" for nobody, None where the record has no accounts.
        place: The view, by its drawing on the rail.
        start: What the controller says.
    """

    user: str | None
    act: Act = lambda _window: None
    place: str = "live"
    start: Callable[[FakeController], None] = lambda _controller: None

    def number(self, window: MainWindow) -> int:
        """Of the view."""
        return [place.drawing for place in window.places].index(self.place)


def make_record(folder: Path) -> Path:
    """A record with an account of every kind; copied from the first that was made."""
    original = folder / "accounts"
    if not original.is_dir():
        with pytest.MonkeyPatch.context() as patch:
            hash_quickly(patch)
            _write(original)
    return original


def make_bare_record(folder: Path) -> Path:
    """One without accounts, which any other scene may give one."""
    bare = folder / "bare"
    shutil.rmtree(bare, ignore_errors=True)
    RecordStore.open(bare).close()
    return bare


def controller_of(scene: Scene, folder: Path) -> FakeController:
    """With who is signed in, on a record below a folder."""
    if scene.user is None:
        return FakeController(folder=make_bare_record(folder))
    controller = FakeController(folder=make_record(folder))
    if scene.user:
        password = FIRST_PASSWORD if scene.user == MUST_CHANGE else PASSWORD
        controller.session = controller.office(controller.folder).sign_in(scene.user, password)
    return controller


def _write(folder: Path) -> None:
    with open_office(folder) as office:
        by = None
        for name, full_name, role in PEOPLE:
            first = FIRST_PASSWORD if by is not None else PASSWORD
            users.add_account(office, by, name, full_name, role, first)
            if by is None:
                by = office.sign_in(name, PASSWORD)
            elif name != MUST_CHANGE:
                session = office.sign_in(name, FIRST_PASSWORD)
                users.change_own_password(office, session, FIRST_PASSWORD, PASSWORD)
        for _ in range(MAX_FAILURES):
            with pytest.raises(Refused):
                office.sign_in(LOCKED, "not the password")
        users.close_account(office, by, CLOSED)


# --- what is done ---


def opened(window: MainWindow) -> None:
    window.accounts.open_panel()


def signs_in(name: str, password: str) -> Act:
    def act(window: MainWindow) -> None:
        window.accounts.open_panel()
        form = window.accounts.sign_in
        form.lines["name"].setText(name)
        form.lines["password"].setText(password)
        form.button.click()

    return act


def sets_up(window: MainWindow) -> None:
    window.accounts.open_set_up()


def changes_password(window: MainWindow) -> None:
    window.accounts.open_panel()
    window.accounts.show_page(Page.PASSWORD)


def left_alone(window: MainWindow) -> None:
    window.presence.sign_out(IDLE)


def left_alone_and_back(window: MainWindow) -> None:
    window.presence.sign_out(IDLE)
    window.accounts.open_panel()


def looks_at_users(window: MainWindow) -> None:
    window.settings.findChild(QScrollArea).verticalScrollBar().setValue(10_000)


def _row(window: MainWindow, name: str) -> AccountRow:
    rows = window.settings.users.account_rows
    return next(row for row in rows if row.account.name == name)


def changes(name: str) -> Act:
    def act(window: MainWindow) -> None:
        _row(window, name).change.click()

    return act


def resets(name: str) -> Act:
    def act(window: MainWindow) -> None:
        changes(name)(window)
        _row(window, name).reset.click()

    return act


def closes(name: str) -> Act:
    def act(window: MainWindow) -> None:
        changes(name)(window)
        _row(window, name).close_account.click()

    return act


def adds(window: MainWindow) -> None:
    window.settings.users.add.click()


def refused_start(controller: FakeController) -> None:
    controller.shown, controller.parts, controller.rejected = None, (), ()
    actor = controller.office(controller.folder).actor(None)
    controller.station = idle_status(StationState.STOPPED, why_not(Action.RUN_LINE, actor), RIGHTS)


SCENES: dict[str, Scene] = {
    "accounts-header": Scene("mia"),
    "accounts-signed-in": Scene("mia", opened),
    "accounts-password": Scene("jan", changes_password),
    "accounts-sign-in": Scene("", opened),
    "accounts-wrong": Scene("", signs_in("jan", "not the password")),
    "accounts-locked": Scene("", signs_in(LOCKED, PASSWORD)),
    "accounts-must-change": Scene("", signs_in(MUST_CHANGE, FIRST_PASSWORD)),
    "accounts-demonstration": Scene(None, opened),
    "accounts-first": Scene(None, sets_up),
    "accounts-idle": Scene("jan", left_alone),
    "accounts-idle-back": Scene("jan", left_alone_and_back),
    "accounts-refused": Scene("", start=refused_start),
    "accounts-over-history": Scene("", opened, place="history"),
    "users": Scene("ada", looks_at_users, place="settings"),
    "users-guest": Scene("", looks_at_users, place="settings"),
    "users-none": Scene(None, looks_at_users, place="settings"),
    "users-change": Scene("ada", changes("tom"), place="settings"),
    "users-reset": Scene("ada", resets("jan"), place="settings"),
    "users-close": Scene("ada", closes("jan"), place="settings"),
    "users-add": Scene("ada", adds, place="settings"),
}
"""By the name of the picture."""
