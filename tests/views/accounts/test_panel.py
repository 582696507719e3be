"""Signing in, out and over, by keyboard alone, on a record with accounts."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from inspector_gui.bridge import STATUS_EVERY
from inspector_gui.records import users
from inspector_gui.records.accounts import MAX_FAILURES
from inspector_gui.records.entries import ALLOWED, REFUSED, AuditEntry
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import Search
from inspector_gui.records.verify import verify
from inspector_gui.views.accounts.panel import Page
from inspector_gui.views.accounts.presence import IDLE, SWITCHED
from inspector_gui.views.controller import idle_status
from inspector_gui.views.window import MainWindow
from tests.records.accounts import PASSWORD, managed, trail
from tests.views.accounts.scenes import FIRST_PASSWORD, LOCKED, MUST_CHANGE, refused_start
from tests.views.archive import ArchivePart, write_archive
from tests.views.conftest import Open
from tests.views.scenes import FakeController, status, tile

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
OWN = "a password of my own"


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier or Qt.KeyboardModifier.NoModifier)


def write(qtbot: QtBot, *lines: str) -> None:
    """Each with Enter after it."""
    for line in lines:
        qtbot.keyClicks(QApplication.focusWidget(), line)
        press(qtbot, Key.Key_Return)


def sign_in(window: MainWindow, qtbot: QtBot, name: str, password: str = PASSWORD) -> None:
    press(qtbot, Key.Key_L, CONTROL)
    write(qtbot, name, password)
    qtbot.waitUntil(lambda: window.accounts.sign_in.button.isEnabled())


def acts(folder: Path, action: Action) -> list[AuditEntry]:
    return [entry for entry in trail(folder) if entry.action == action]


def secrets(window: MainWindow) -> list[str]:
    lines = window.findChildren(QLineEdit)
    return [line.text() for line in lines if line.echoMode() is not QLineEdit.EchoMode.Normal]


def test_somebody_signs_in_and_out_by_keyboard_while_the_line_runs(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    controller.station = status()
    window = opened(controller)
    qtbot.waitUntil(lambda: window.header.who.text() == "Sign in")
    sign_in(window, qtbot, "jan")
    qtbot.waitUntil(lambda: not window.accounts.isVisible())
    assert window.header.who.text() == "Jan Kowalski · Operator"
    assert controller.session is not None
    assert controller.session.account == "jan"
    assert QApplication.activeModalWidget() is None
    press(qtbot, Key.Key_L, CONTROL)
    assert window.accounts.page is Page.SIGNED_IN
    press(qtbot, Key.Key_Tab)
    press(qtbot, Key.Key_Space)
    assert controller.session is None
    qtbot.waitUntil(lambda: window.header.who.text() == "Sign in")
    qtbot.waitUntil(lambda: len(acts(controller.folder, Action.SIGN_OUT)) > 0)
    assert controller.asked == []  # nobody has touched the line
    assert verify(controller.folder).holds


def test_a_wrong_password_is_said_cleared_and_on_the_trail(
    opened: Open,
    controller: FakeController,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    window = opened(controller)
    sign_in(window, qtbot, "jan", "not the password")
    assert window.accounts.sign_in.said.text() == "Name or password is wrong: try again."
    assert controller.session is None
    assert secrets(window) == [""] * len(secrets(window))
    assert QApplication.focusWidget() is window.accounts.sign_in.lines["password"]
    refused = [e for e in acts(controller.folder, Action.SIGN_IN) if e.outcome == REFUSED]
    assert refused[-1].subject == "jan"
    assert "not the password" not in caplog.text
    write(qtbot, PASSWORD)
    qtbot.waitUntil(lambda: controller.session is not None)


def test_a_locked_account_says_so(opened: Open, controller: FakeController, qtbot: QtBot) -> None:
    window = opened(controller)
    sign_in(window, qtbot, LOCKED)
    said = window.accounts.sign_in.said.text()
    assert said.startswith(f"This account is locked after {MAX_FAILURES} wrong passwords")


def test_no_password_is_in_a_widget_while_it_is_checked(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    window = opened(controller)
    press(qtbot, Key.Key_L, CONTROL)
    write(qtbot, "jan", PASSWORD)
    assert window.accounts.sign_in.said.text() == "Signing in…"
    assert not window.accounts.sign_in.button.isEnabled()
    assert set(secrets(window)) == {""}
    qtbot.waitUntil(lambda: controller.session is not None)


def test_a_given_password_is_changed_at_once(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    window = opened(controller)
    panel = window.accounts
    sign_in(window, qtbot, MUST_CHANGE, FIRST_PASSWORD)
    assert panel.page is Page.PASSWORD
    write(qtbot, FIRST_PASSWORD, OWN, "something else")
    assert "not typed alike" in panel.password.said.text()
    assert set(secrets(window)) == {""}
    write(qtbot, FIRST_PASSWORD, "short", "short")
    qtbot.waitUntil(lambda: "at least 12" in panel.password.said.text())
    write(qtbot, FIRST_PASSWORD, OWN, OWN)
    qtbot.waitUntil(lambda: not panel.isVisible())
    qtbot.waitUntil(lambda: not window.presence.present.actor.must_change)
    press(qtbot, Key.Key_L, CONTROL)
    assert panel.page is Page.SIGNED_IN
    assert controller.office(controller.folder).sign_in(MUST_CHANGE, OWN)


def test_who_has_to_change_a_password_cannot_get_around_it(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    window = opened(controller)
    sign_in(window, qtbot, MUST_CHANGE, FIRST_PASSWORD)
    press(qtbot, Key.Key_Escape)
    assert not window.accounts.isVisible()
    press(qtbot, Key.Key_L, CONTROL)
    assert window.accounts.page is Page.PASSWORD
    window.accounts._back_out.click()
    assert controller.session is None


def test_users_change_without_anybody_stopping_the_line(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    controller.station = status()
    window = opened(controller)
    sign_in(window, qtbot, "jan")
    press(qtbot, Key.Key_L, CONTROL)
    press(qtbot, Key.Key_Space)  # sign in as somebody else
    assert window.accounts.page is Page.SIGN_IN
    write(qtbot, "mia", "wrong password")
    qtbot.waitUntil(lambda: window.accounts.sign_in.button.isEnabled())
    assert controller.session is not None
    assert controller.session.account == "jan"  # until somebody else is signed in
    write(qtbot, PASSWORD)
    qtbot.waitUntil(lambda: controller.session.account == "mia")
    (out,) = [e for e in acts(controller.folder, Action.SIGN_OUT) if e.why == SWITCHED]
    assert out.account == "jan"
    assert controller.asked == []


def test_the_first_administrator(opened: Open, tmp_path: Path, qtbot: QtBot) -> None:
    controller = FakeController(folder=tmp_path / "new")
    window = opened(controller)
    qtbot.waitUntil(lambda: window.header.who.text() == "Demonstration")
    press(qtbot, Key.Key_L, CONTROL)
    assert window.accounts.page is Page.DEMONSTRATION
    press(qtbot, Key.Key_Space)
    assert "This cannot be undone" in window.accounts.text.text()
    write(qtbot, "ada", "Ada Lindqvist", "short", "short")
    qtbot.waitUntil(lambda: "at least 12" in window.accounts.first.said.text())
    write(qtbot, OWN, OWN)
    qtbot.waitUntil(lambda: controller.session is not None)
    assert window.header.who.text() == "Ada Lindqvist · Administrator"
    account = controller.office(controller.folder).accounts.get("ada")
    assert account is not None
    assert (account.role, account.must_change) == (Role.ADMINISTRATOR, False)
    assert verify(controller.folder).holds


def test_a_closed_account_is_nobody_s_soon_after(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    window = opened(controller)
    sign_in(window, qtbot, "jan")
    office = controller.office(controller.folder)
    users.close_account(office, office.sign_in("ada", PASSWORD), "jan")
    window.presence.look()
    qtbot.waitUntil(lambda: controller.session is None)
    qtbot.waitUntil(lambda: window.header.who.text() == "Sign in")


def test_a_session_ends_with_its_record(
    opened: Open, controller: FakeController, original: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window, first = opened(controller), controller.folder
    sign_in(window, qtbot, "ada")
    session = controller.session
    controller.folder = original  # which has an account of that name, too
    assert controller.office(original).actor(session).role is Role.GUEST
    window.presence.look()
    qtbot.waitUntil(lambda: window.header.who.text() == "Sign in")
    assert controller.session is None
    qtbot.waitUntil(lambda: [out.account for out in acts(first, Action.SIGN_OUT)] == ["ada"])


def test_who_is_gone_is_signed_out_and_named(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    controller.station = status()
    window = opened(controller)
    sign_in(window, qtbot, "jan")
    press(qtbot, Key.Key_L, CONTROL)
    window.idle.idle.emit()
    assert controller.session is None
    assert window.header.gone.text() == "Jan Kowalski was signed out"
    assert window.accounts.page is Page.SIGN_IN
    assert "Jan Kowalski was signed out, as nobody was here" in window.accounts.text.text()
    qtbot.waitUntil(lambda: len(acts(controller.folder, Action.SIGN_OUT)) > 0)
    (out,) = acts(controller.folder, Action.SIGN_OUT)
    assert (out.account, out.outcome, out.why) == ("jan", ALLOWED, IDLE)
    assert controller.asked == []
    write(qtbot, "jan", PASSWORD)
    qtbot.waitUntil(lambda: controller.session is not None)
    assert window.header.gone.text() == ""


def test_escape_closes_the_panel_and_not_what_lies_behind(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    window = opened(controller)
    window.header.who.click()
    qtbot.keyClicks(QApplication.focusWidget(), "half a na")
    press(qtbot, Key.Key_Escape)
    assert not window.accounts.isVisible()
    window.header.who.click()
    assert window.accounts.sign_in.lines["name"].text() == ""


def test_the_verdict_stays_in_sight(opened: Open, controller: FakeController) -> None:
    controller.station = status()
    window = opened(controller)
    window.accounts.open_panel()
    verdict = window.live.verdict
    left = verdict.mapTo(window, verdict.rect().topLeft()).x()
    assert window.accounts.geometry().right() < left


def test_a_refused_start_leads_to_signing_in(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    refused_start(controller)
    window = opened(controller)
    guide = window.live.picture.guide
    assert guide.title.startswith("Nobody is signed in: to run the line, sign in as engineer")
    assert window.header.state.text() == "Stopped"  # nothing is wrong with the line
    assert not window.live.notice.isVisible()
    qtbot.mouseClick(guide.buttons[0], Qt.MouseButton.LeftButton)
    assert window.accounts.isVisible()
    assert QApplication.focusWidget() is window.accounts.sign_in.lines["name"]
    controller.station = idle_status()  # the button that led here goes
    for _ in range(STATUS_EVERY):
        window.bridge.look()
    qtbot.wait(10)
    write(qtbot, "jan", PASSWORD)
    assert window.accounts.isAncestorOf(QApplication.focusWidget())
    qtbot.waitUntil(lambda: not window.accounts.isVisible())
    assert QApplication.focusWidget() is window


def test_a_refused_start_is_said_above_a_frozen_picture(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    controller.station, controller.shown = status(), tile(1, 11)
    window = opened(controller)
    window.bridge.look()
    window.live.tools.freeze.click()
    refused_start(controller)
    for _ in range(STATUS_EVERY):
        window.bridge.look()
    assert window.live.notice.isVisible()
    qtbot.mouseClick(window.live.notice.buttons[0], Qt.MouseButton.LeftButton)
    assert window.accounts.isVisible()


def test_a_refused_decision_comes_back_with_the_way_to_sign_in(
    opened: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    write_archive(folder, [ArchivePart(1, "crack"), ArchivePart(2, "fray")])
    with managed(folder) as (_, sessions):
        pass
    controller = FakeController(folder=folder)
    window = opened(controller)
    window.open_place(1)
    review = window.review
    qtbot.waitUntil(lambda: review.can_decide)
    press(qtbot, Key.Key_C)
    qtbot.waitUntil(review.page.notice.isVisible)
    assert "Nobody is signed in: to review parts" in review.page.notice.text
    review.page.notice.buttons[0].click()
    assert window.accounts.isVisible()
    press(qtbot, Key.Key_Escape)
    controller.session = sessions[Role.OPERATOR]
    review.setFocus()
    qtbot.waitUntil(lambda: review.can_decide)
    press(qtbot, Key.Key_C)

    def reviewers() -> list[str]:
        with RecordReader(folder) as reader:
            return Search(reader).reviewers()

    qtbot.waitUntil(lambda: reviewers() == ["operator"])  # the account, not the login


def test_a_sign_out_as_the_window_closes_is_on_the_trail(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    window = opened(controller)
    sign_in(window, qtbot, "jan")
    is_free = threading.Event()
    window.presence.read(lambda _: is_free.wait(0.5), lambda _: None, lambda _: None)
    window.presence.sign_out()
    assert not acts(controller.folder, Action.SIGN_OUT)
    window.close()
    (left,) = acts(controller.folder, Action.SIGN_OUT)
    assert left.account == "jan"


def test_review_and_history_say_beforehand_who_may(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    write_archive(controller.folder, [ArchivePart(1, "crack")])
    window = opened(controller)
    window.open_place(1)
    qtbot.waitUntil(lambda: window.review.can_decide)
    hint = window.review.page.keys.hint
    assert hint.text().startswith("Nobody is signed in: to review parts, sign in as")
    window.open_place(2)
    history = window.history
    qtbot.waitUntil(history.why_no_export.isVisible)
    assert history.why_no_export.text().endswith("sign in as engineer or supervisor.")
    assert not history.export.isEnabled()
    assert history.export.toolTip() == history.why_no_export.text()
    sign_in(window, qtbot, "mia")
    qtbot.waitUntil(history.export.isEnabled)
    assert not history.why_no_export.isVisible()
    assert hint.text() == "Confirm needs no reason, Overrule does."
