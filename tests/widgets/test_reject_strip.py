from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from engines.verdict import Decision
from inspector_gui import theme
from inspector_gui.widgets.reject_strip import Reject, RejectStrip


def reject(part: int, grey: int | None) -> Reject:
    image = None
    if grey is not None:
        image = QImage(72, 72, QImage.Format.Format_RGB888)
        image.fill(QColor(grey, grey, grey))
    words = "Crack" if grey else "Picture lost"
    return Reject(("lot", part), Decision.REJECT, QLocale().toString(part), words, image)


Clocked = tuple[RejectStrip, list[float]]


@pytest.fixture
def strip_at(qtbot: QtBot) -> Clocked:
    """A strip and the time it reads."""
    now = [0.0]
    strip = RejectStrip(theme.LIGHT, lambda: now[0])
    qtbot.addWidget(strip)
    strip.resize(400, 100)
    strip.show()
    return strip, now


@pytest.fixture
def strip(qtbot: QtBot) -> RejectStrip:
    strip = RejectStrip(theme.LIGHT)
    qtbot.addWidget(strip)
    strip.resize(400, 100)
    strip.show_rejects([reject(9, 200), reject(8, None), reject(7, 90)])
    strip.show()
    return strip


def test_pictures_stand_in_a_row_newest_first(strip: RejectStrip) -> None:
    picture = strip.grab().toImage()
    centres = [picture.pixelColor(36 + 80 * index, 50).red() for index in range(3)]
    assert centres == [200, QColor(theme.LIGHT.well).red(), 90]


def test_every_picture_says_what_was_found(strip: RejectStrip) -> None:
    names = [picture.accessibleName() for picture in strip.pictures]
    assert names == ["9: Crack", "8: Picture lost", "7: Crack"]
    assert [picture.toolTip() for picture in strip.pictures] == names


def test_says_when_there_is_none(strip: RejectStrip) -> None:
    before = strip.grab().toImage()
    strip.show_rejects([])
    assert strip.pictures == ()
    assert strip.grab().toImage() != before


def test_only_what_fits_is_shown(strip: RejectStrip) -> None:
    strip.show_rejects([reject(n, 90) for n in range(20, 0, -1)])
    assert len(strip.pictures) == 5
    strip.resize(170, 100)
    assert len(strip.pictures) == 2


def test_a_new_reject_is_marked_for_a_while(qtbot: QtBot, strip_at: Clocked) -> None:
    strip, now = strip_at
    strip.show_rejects([reject(1, 90)])
    assert [picture.is_new for picture in strip.pictures] == [False]  # it was there before
    strip.show_rejects([reject(2, 90), reject(1, 90)])
    assert [picture.is_new for picture in strip.pictures] == [True, False]
    now[0] = 1.0
    strip.show_rejects([reject(3, 90), reject(2, 90)])
    assert [picture.is_new for picture in strip.pictures] == [True, True]
    now[0] = 2.5
    strip.show_chosen(None)
    assert [picture.is_new for picture in strip.pictures] == [True, False]
    now[0] = 3.0
    qtbot.waitUntil(lambda: not any(p.is_new for p in strip.pictures), timeout=3000)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_one_is_chosen_by_key(strip: RejectStrip, key: Qt.Key, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.chosen, timeout=1000) as heard:
        qtbot.keyClick(strip.pictures[1], key)
    assert heard.args == [("lot", 8)]


def test_the_part_that_was_meant_is_chosen_though_it_moves_on(
    strip: RejectStrip, qtbot: QtBot
) -> None:
    chosen: list[object] = []
    strip.chosen.connect(chosen.append)
    picture = strip.pictures[0]
    qtbot.mousePress(picture, Qt.MouseButton.LeftButton)
    strip.show_rejects([reject(10, 90), *strip.rejects])
    qtbot.mouseRelease(picture, Qt.MouseButton.LeftButton)
    assert chosen == [("lot", 9)]


def test_focus_stays_with_its_part(strip: RejectStrip, qtbot: QtBot) -> None:
    with qtbot.waitActive(strip):
        strip.activateWindow()
    strip.pictures[1].setFocus()
    strip.show_rejects([reject(10, 90), *strip.rejects])
    assert strip.pictures[2].hasFocus()


def test_what_is_shown_is_checked(strip: RejectStrip) -> None:
    strip.show_chosen(("lot", 7))
    assert [picture.isChecked() for picture in strip.pictures] == [False, False, True]
    strip.pictures[0].click()  # it is for the view to say what is shown
    assert [picture.isChecked() for picture in strip.pictures] == [False, False, True]
