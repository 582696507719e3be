"""Lines of widgets that go on below where there is no room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from inspector_gui.widgets.flow import FlowLayout

GAP, LINE_GAP = 10, 4
Flow = tuple[QWidget, list[QWidget]]


def flow(qtbot: QtBot, width: int, *wide: int, growing: int | None = None) -> Flow:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, GAP, LINE_GAP)
    widgets = []
    for number, room in enumerate(wide):
        widget = QWidget()
        if number == growing:
            widget.setMinimumSize(room, 20)
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            widget.setFixedSize(room, 20)
        layout.addWidget(widget)
        widgets.append(widget)
    holder.resize(width, layout.heightForWidth(width))
    holder.show()
    return holder, widgets


@pytest.mark.parametrize(
    ("width", "places"),
    [
        (320, [(0, 0), (110, 0), (220, 0)]),
        (319, [(0, 0), (110, 0), (0, 24)]),
        (100, [(0, 0), (0, 24), (0, 48)]),
    ],
)
def test_as_many_in_a_line_as_there_is_room_for(
    qtbot: QtBot, width: int, places: list[tuple[int, int]]
) -> None:
    holder, widgets = flow(qtbot, width, 100, 100, 100)
    assert [(w.x(), w.y()) for w in widgets] == places
    assert holder.height() == places[-1][1] + 20


def test_what_can_grow_takes_what_is_left_of_its_line(qtbot: QtBot) -> None:
    _holder, (first, second, third) = flow(qtbot, 300, 100, 50, 200, growing=1)
    assert (first.width(), second.width(), third.width()) == (100, 190, 200)
    assert third.y() == 24


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    _holder, (first, second, third) = flow(qtbot, 320, 100, 100, 100)
    second.hide()
    qtbot.waitUntil(lambda: third.x() == 110)
    assert first.x() == 0
