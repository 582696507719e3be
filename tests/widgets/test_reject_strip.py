from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
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


def test_tip_says_what_was_found(strip: RejectStrip, qtbot: QtBot) -> None:
    place = QPoint(90, 20)
    tip = QHelpEvent(QEvent.Type.ToolTip, place, strip.mapToGlobal(place))
    QApplication.sendEvent(strip, tip)
    assert QToolTip.text() == "8: Picture lost"
    QToolTip.hideText()


def test_says_when_there_is_none(strip: RejectStrip) -> None:
    before = strip.grab().toImage()
    strip.show_rejects([])
    assert strip.grab().toImage() != before
    assert strip.accessibleDescription() == ""
