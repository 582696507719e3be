from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.inspection.status import Level
from inspector_gui.widgets.status_line import Popover, Sign, StatusLine

GOOD = Sign("camera", Level.OK, "Camera", "simulated", "The camera delivers every frame.")
GONE = Sign("camera", Level.ALARM, "Camera", "Alarm", "It is gone.", "Check its cable.")
DISK = Sign("disk", Level.OK, "Disk", "OK", "There is room.")


def made(qtbot: QtBot) -> StatusLine:
    line = StatusLine(theme.LIGHT)
    qtbot.addWidget(line)
    line.show_signs((GOOD, DISK))
    line.show()
    return line


def popover() -> Popover | None:
    shown = QApplication.activePopupWidget()
    return shown if isinstance(shown, Popover) else None


def test_says_name_and_state_of_each(qtbot: QtBot) -> None:
    line = made(qtbot)
    assert [button.text() for button in line.buttons] == ["Camera  simulated", "Disk  OK"]


def test_click_says_what_is_wrong_and_what_to_do(qtbot: QtBot) -> None:
    line = made(qtbot)
    line.show_signs((GONE, DISK))
    qtbot.mouseClick(line.buttons[0], Qt.MouseButton.LeftButton)
    shown = popover()
    assert shown is not None
    texts = [label.text() for label in shown.findChildren(QLabel)]
    assert "It is gone." in texts
    assert "Check its cable." in texts
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert popover() is None


def test_alarm_blinks_until_somebody_looks(qtbot: QtBot) -> None:
    line = made(qtbot)
    camera, disk = line.buttons
    assert not camera.is_blinking
    line.show_signs((GONE, DISK))
    assert camera.is_blinking
    assert not disk.is_blinking
    qtbot.mouseClick(camera, Qt.MouseButton.LeftButton)
    assert not camera.is_blinking
    line.show_signs((replace(GONE, text="It is still gone."), DISK))
    assert not camera.is_blinking
    line.show_signs((GOOD, DISK))
    line.show_signs((GONE, DISK))
    assert camera.is_blinking


def test_alarm_that_is_there_from_the_beginning_blinks(qtbot: QtBot) -> None:
    line = StatusLine(theme.LIGHT)
    qtbot.addWidget(line)
    line.show_signs((GONE, DISK))
    assert line.buttons[0].is_blinking


def test_alarm_that_goes_by_itself_does_not_blink_on(qtbot: QtBot) -> None:
    line = made(qtbot)
    line.show_signs((GONE, DISK))
    line.show_signs((GOOD, DISK))
    assert not line.buttons[0].is_blinking
