"""The accounts in the settings, and which settings need a right."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from inspector_gui.records.accounts import Account
from inspector_gui.records.entries import ALLOWED, REFUSED, Receipt
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.office import Office
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.store import DATABASE
from inspector_gui.records.verify import verify
from inspector_gui.views.settings.account_row import AccountRow
from inspector_gui.views.settings.users import UsersSection
from inspector_gui.views.window import MainWindow
from tests.records.accounts import PASSWORD, trail
from tests.views.accounts.scenes import CLOSED, LOCKED
from tests.views.conftest import Open
from tests.views.scenes import FakeController

TEMPORARY = "given for the first time"


@pytest.fixture
def window(opened: Open, controller: FakeController, qtbot: QtBot) -> MainWindow:
    """At the settings, with an administrator."""
    controller.session = controller.office(controller.folder).sign_in("ada", PASSWORD)
    window = opened(controller)
    window.open_settings()
    qtbot.waitUntil(lambda: len(window.settings.users.account_rows) > 0)
    qtbot.waitUntil(lambda: window.settings.users.add.isEnabled())
    return window


def row(window: MainWindow, name: str) -> AccountRow:
    rows = window.settings.users.account_rows
    return next(row for row in rows if row.account.name == name)


def unfolded(window: MainWindow, name: str) -> AccountRow:
    found = row(window, name)
    found.change.click()
    return found


def account(controller: FakeController, name: str) -> Account:
    found = controller.office(controller.folder).accounts.get(name)
    assert found is not None
    return found


def fill(section: UsersSection | AccountRow, **given: str) -> None:
    form = section.form if isinstance(section, UsersSection) else section.password
    for key, text in given.items():
        form.lines[key].setText(text)
    form.button.click()
    secret = QLineEdit.EchoMode.Password
    assert {line.text() for line in form.lines.values() if line.echoMode() is secret} == {""}


def test_every_account_is_listed_with_its_state(window: MainWindow) -> None:
    names = {row.account.name: row.accessibleName() for row in window.settings.users.account_rows}
    assert "ada · Administrator · active · last signed in" in names["ada"]
    assert "must choose a password" in names["noor"]
    assert "locked after wrong passwords" in names[LOCKED]
    assert "closed" in names[CLOSED]
    assert window.settings.users.account_rows[-1].account.name == CLOSED
    assert row(window, CLOSED).change.isHidden()


def test_an_account_is_added(window: MainWindow, controller: FakeController, qtbot: QtBot) -> None:
    section = window.settings.users
    section.add.click()
    assert QApplication.focusWidget() is section.form.lines["name"]
    section.role.buttons[Role.ENGINEER].click()
    given = {"name": "eva", "full_name": "Eva Roth"}
    fill(section, **given, new=TEMPORARY, again="something else")
    assert "not typed alike" in section.form.said.text()
    fill(section, **given, new="short", again="short")
    qtbot.waitUntil(lambda: "at least 12" in section.form.said.text())
    fill(section, **given, new=TEMPORARY, again=TEMPORARY)
    qtbot.waitUntil(lambda: any(r.account.name == "eva" for r in section.account_rows))
    assert section.new.isHidden()
    assert section.add.hasFocus()
    added = account(controller, "eva")
    assert (added.role, added.must_change) == (Role.ENGINEER, True)
    assert verify(controller.folder).holds


def test_a_name_is_never_given_again(window: MainWindow, qtbot: QtBot) -> None:
    section = window.settings.users
    section.add.click()
    fill(section, name=CLOSED, full_name="Paul Neu", new=TEMPORARY, again=TEMPORARY)
    qtbot.waitUntil(lambda: "names are never given again" in section.form.said.text())


def test_a_role_is_changed(window: MainWindow, controller: FakeController, qtbot: QtBot) -> None:
    unfolded(window, "jan").roles.buttons[Role.SUPERVISOR].click()
    qtbot.waitUntil(lambda: account(controller, "jan").role is Role.SUPERVISOR)
    qtbot.waitUntil(lambda: "Supervisor" in row(window, "jan").accessibleName())


def test_the_last_administrator_stays_one(window: MainWindow, qtbot: QtBot) -> None:
    ada = unfolded(window, "ada")
    ada.roles.buttons[Role.OPERATOR].click()
    qtbot.waitUntil(lambda: "ada is the last administrator" in ada.said.text())
    assert ada.roles.current == Role.ADMINISTRATOR
    assert ada.isEnabled()


def test_a_password_is_reset(window: MainWindow, controller: FakeController, qtbot: QtBot) -> None:
    jan = unfolded(window, "jan")
    jan.reset.click()
    assert QApplication.focusWidget() is jan.password.lines["new"]
    fill(jan, new="short", again="short")
    qtbot.waitUntil(lambda: "at least 12" in jan.said.text())
    fill(jan, new=TEMPORARY, again=TEMPORARY)
    qtbot.waitUntil(lambda: account(controller, "jan").must_change)
    assert controller.office(controller.folder).sign_in("jan", TEMPORARY)


def test_an_account_is_unlocked(
    window: MainWindow, controller: FakeController, qtbot: QtBot
) -> None:
    assert unfolded(window, "jan").unlock.isHidden()
    unfolded(window, LOCKED).unlock.click()
    qtbot.waitUntil(lambda: account(controller, LOCKED).failures == 0)
    qtbot.waitUntil(lambda: "active" in row(window, LOCKED).accessibleName())


def test_an_account_is_closed_only_after_a_second_thought(
    window: MainWindow, controller: FakeController, qtbot: QtBot
) -> None:
    jan = unfolded(window, "jan")
    jan.close_account.click()
    assert QApplication.focusWidget() is jan.keep
    jan.keep.click()
    assert not jan.closing.isVisible()
    jan.close_account.click()
    jan.close_for_good.click()
    qtbot.waitUntil(lambda: account(controller, "jan").is_closed)
    qtbot.waitUntil(lambda: row(window, "jan").change.isHidden())


def test_nobody_else_is_offered_any_of_it(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    controller.session = controller.office(controller.folder).sign_in("jan", PASSWORD)
    window = opened(controller)
    window.open_settings()
    section = window.settings.users
    qtbot.waitUntil(lambda: section.note.text().startswith("jan (operator) may not add an account"))
    qtbot.waitUntil(lambda: len(section.account_rows) > 0)
    assert not section.add.isEnabled()
    assert not any(row.change.isEnabled() for row in section.account_rows)
    section.account_rows[0].role_chosen.emit(Role.OPERATOR)  # the office refuses anyway
    qtbot.waitUntil(lambda: trail(controller.folder)[-1].outcome == REFUSED)
    assert trail(controller.folder)[-1].action == Action.CHANGE_ROLE
    assert account(controller, "ada").role is Role.ADMINISTRATOR


def test_a_record_without_accounts_leads_to_the_first(
    opened: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    window = opened(FakeController(folder=tmp_path / "none"))
    window.open_settings()
    section = window.settings.users
    qtbot.waitUntil(section.set_up.isVisible)
    section.set_up.setFocus()
    qtbot.keyClick(section.set_up, Qt.Key.Key_Space)
    assert window.accounts.first.isVisible()


# --- which settings need a right ---


def test_what_matters_is_on_the_trail_with_old_and_new_values(
    window: MainWindow, controller: FakeController, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.settings_changed) as caught:
        window.settings.users.idle.buttons["30"].click()
    assert caught.args[0].idle_lock_min == 30
    assert window.idle.limit_min == 30
    entry = trail(controller.folder)[-1]
    assert (entry.action, entry.outcome, entry.account) == (
        Action.CHANGE_SETTINGS,
        ALLOWED,
        "ada",
    )
    assert (entry.old, entry.new) == ({"idle_lock_min": 10}, {"idle_lock_min": 30})


def test_a_folder_is_on_the_trail_too(
    window: MainWindow, controller: FakeController, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.settings_changed):
        window.settings.folders.changed.emit({"recipes": tmp_path})
    entry = trail(controller.folder)[-1]
    assert (entry.old, entry.new) == ({"recipes": None}, {"recipes": str(tmp_path)})


@pytest.mark.parametrize("name", ["jan", ""])
def test_who_may_not_changes_nothing(
    opened: Open, controller: FakeController, qtbot: QtBot, name: str
) -> None:
    if name:
        controller.session = controller.office(controller.folder).sign_in(name, PASSWORD)
    window = opened(controller)
    window.open_settings()
    settings = window.settings
    with qtbot.assertNotEmitted(window.settings_changed):
        settings.users.idle.buttons["0"].click()
        qtbot.waitUntil(settings.notice.isVisible)
    assert "change the settings" in settings.notice.text
    assert settings.users.idle.current == "10"
    assert trail(controller.folder)[-1].outcome == REFUSED
    with qtbot.waitSignal(window.settings_changed):  # how it looks is anybody's
        settings.sound.sound.buttons["on"].click()


# --- a record that cannot be used any more ---


def full(_entries: object) -> Receipt:
    raise RecordsError("The record could not be written (disk full).")


@pytest.mark.parametrize(("name", "may"), [("elias", True), ("jan", False)])
def test_who_may_moves_the_record_from_a_full_disk(
    opened: Open, controller: FakeController, tmp_path: Path, qtbot: QtBot, name: str, may: bool
) -> None:
    folder = controller.folder
    controller.session = controller.office(folder).sign_in(name, PASSWORD)
    controller.offices[folder] = Office(folder, full)
    settings = opened(controller).settings
    settings.folders.changed.emit({"recipes": tmp_path})
    qtbot.waitUntil(lambda: "disk full" in settings.notice.text)
    if may:
        with qtbot.waitSignal(settings.changed):
            settings.folders.changed.emit({"records": tmp_path / "larger"})
    else:
        with qtbot.assertNotEmitted(settings.changed, wait=300):
            settings.folders.changed.emit({"records": tmp_path / "larger"})


def test_a_damaged_record_can_be_left(
    opened: Open, controller: FakeController, tmp_path: Path, qtbot: QtBot
) -> None:
    (controller.folder / DATABASE).write_bytes(b"no database" * 100)
    settings = opened(controller).settings
    with qtbot.waitSignal(settings.changed):
        settings.folders.changed.emit({"records": tmp_path / "new"})
