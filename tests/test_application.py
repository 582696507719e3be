"""The application: its settings count, and a new look leaves the line alone."""

from __future__ import annotations

import gc
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from inspector_gui import settings as files
from inspector_gui.application import Desk
from inspector_gui.bridge import Bridge
from inspector_gui.records.permissions import Action, Role
from inspector_gui.settings import Settings
from inspector_gui.theme import DARK, GLOVES_TARGET, LIGHT
from tests.desks import open_desk, swept
from tests.records.accounts import hash_quickly, managed, trail

TURNS = 3


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.json"
    files.save(Settings(language="en", theme="light", records=tmp_path / "records"), path)
    return path


@pytest.fixture
def desk(qapp: QApplication, file: Path) -> Iterator[Desk]:
    with open_desk(qapp, file) as desk:
        yield desk


def header(desk: Desk) -> list[str]:
    return [label.text() for label in desk.window.header.findChildren(QLabel)]


def saved(file: Path) -> dict[str, object]:
    return json.loads(file.read_text())


def test_settings_count_from_the_start(qapp: QApplication, file: Path, tmp_path: Path) -> None:
    files.save(
        Settings(language="de", theme="dark", large_targets=True, records=tmp_path / "own"), file
    )
    with open_desk(qapp, file) as desk:
        assert desk.window.theme.information == DARK.information
        assert desk.window.theme.target == GLOVES_TARGET
        assert "Los" in header(desk)
        assert desk.controller.records() == tmp_path / "own"


def test_a_change_is_used_and_saved(desk: Desk, file: Path, qtbot: QtBot) -> None:
    window = desk.window
    window.open_settings()
    window.settings.sound.sound.buttons["on"].click()
    assert window.live.sound_on_reject
    qtbot.waitUntil(lambda: saved(file)["sound_on_reject"] is True)
    qtbot.waitUntil(lambda: window.settings.saved.text() == "Saved")
    assert desk.window is window


def test_what_was_set_at_the_very_last_is_saved(desk: Desk, file: Path) -> None:
    desk.window.settings.sound.sound.buttons["on"].click()
    desk.close()
    assert saved(file)["sound_on_reject"] is True


def test_a_new_look_opens_the_window_anew_while_the_line_runs(
    desk: Desk, file: Path, qtbot: QtBot
) -> None:
    desk.controller.start()
    qtbot.waitUntil(lambda: desk.controller.status().counters.parts > 0, timeout=20_000)
    station = desk.controller._station
    old = desk.window
    old.resize(1400, 900)
    old.open_settings()
    button = old.settings.look.look.buttons["light"]
    button.setFocus()
    with qtbot.waitSignal(old.destroyed):
        qtbot.keyClick(button, Qt.Key.Key_Right)
        swept()
    window = desk.window
    assert window is not old
    assert window.theme == DARK
    assert (window.width(), window.height()) == (1400, 900)
    assert window.places[window.place].view is window.settings
    assert window.focusWidget() is window.settings.look.look.buttons["dark"]
    assert desk.controller._station is station
    parts = desk.controller.status().counters.parts
    qtbot.waitUntil(lambda: desk.controller.status().counters.parts > parts, timeout=20_000)
    qtbot.waitUntil(lambda: saved(file)["theme"] == "dark")
    desk.change(desk.settings.model_copy(update={"language": "de"}))
    assert "Los" in header(desk)


def test_nothing_is_left_of_former_windows(desk: Desk, qtbot: QtBot) -> None:
    def turn(theme: str) -> int:
        desk.window.open_settings()
        desk.change(desk.settings.model_copy(update={"theme": theme}))
        qtbot.waitUntil(lambda: desk._saved == desk.settings)
        swept()
        return len(QApplication.allWidgets())

    qtbot.waitUntil(lambda: desk.controller.devices() is not None, timeout=20_000)
    before = turn("dark")
    for _ in range(TURNS):
        turn("light")
        assert turn("dark") == before
    windows = [w for w in QApplication.topLevelWidgets() if type(w) is type(desk.window)]
    assert windows == [desk.window]


def test_windows_bring_no_threads_and_no_bridges_along(desk: Desk, qtbot: QtBot) -> None:
    for theme in ("dark", "light", "dark"):
        desk.window.open_settings()
        desk.change(desk.settings.model_copy(update={"theme": theme}))
        swept()
    alive = [thread.name for thread in threading.enumerate()]
    assert sum(name.startswith("folders") for name in alive) <= 1
    bridges = [thing for thing in gc.get_objects() if type(thing) is Bridge]
    assert [b for b in bridges if b._timer.isActive()] == [desk.window.bridge]


def test_qt_speaks_the_language_as_well(desk: Desk) -> None:
    desk.change(desk.settings.model_copy(update={"language": "de"}))
    key = QKeySequence("Ctrl+1").toString(QKeySequence.SequenceFormat.NativeText)
    assert key == "Strg+1"
    desk.change(desk.settings.model_copy(update={"language": "en"}))
    key = QKeySequence("Ctrl+1").toString(QKeySequence.SequenceFormat.NativeText)
    assert key == "Ctrl+1"


def test_a_damaged_file_is_told_at_once(qapp: QApplication, file: Path) -> None:
    file.write_text('{"theme": ')
    with open_desk(qapp, file) as desk:
        assert desk.window.theme in (LIGHT, DARK)
        assert desk.window.places[desk.window.place].view is desk.window.settings
        assert not desk.window.settings.notice.isHidden()
        assert str(file) in desk.window.settings.notice.text
    assert file.read_text() == '{"theme": '


def test_settings_that_cannot_be_saved_are_told(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    with open_desk(qapp, tmp_path / "config" / "settings.json") as desk:
        desk.window.open_settings()
        desk.window.settings.sound.sound.buttons["on"].click()
        notice = desk.window.settings.notice
        qtbot.waitUntil(lambda n=notice: "cannot be saved" in n.text)
        assert not notice.isHidden()
        assert desk.window.live.sound_on_reject


def test_references_to_true_stay_the_same_over_new_windows(desk: Desk) -> None:
    def turn(times: int) -> None:
        for number in range(times):
            theme = ("dark", "light")[number % 2]
            desk.change(desk.settings.model_copy(update={"theme": theme}))
            swept()

    turn(2)
    before = sys.getrefcount(True)
    turn(4)
    assert abs(sys.getrefcount(True) - before) < 50


def test_the_header_says_who_is_there(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "m.keller")
    desk.change(desk.settings.model_copy(update={"theme": "dark"}))
    who = desk.window.header.who
    qtbot.waitUntil(lambda: who.text() == "Demonstration")
    assert "m.keller" in who.accessibleName()


def test_closing_the_window_signs_out(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hash_quickly(monkeypatch)
    with managed(tmp_path / "records") as (_, sessions):
        pass
    desk.controller.session = sessions[Role.OPERATOR]
    qtbot.waitUntil(lambda: "Operator Tester" in desk.window.header.who.text())
    desk.change(desk.settings.model_copy(update={"theme": "dark"}))  # the window is another one
    qtbot.waitUntil(lambda: "Operator Tester" in desk.window.header.who.text())
    assert desk.close()
    last = trail(tmp_path / "records")[-1]
    assert (last.action, last.account) == (Action.SIGN_OUT, "operator")
    assert last.why == "the window was closed"
