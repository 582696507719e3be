"""Lines of widgets that go on below where there is no room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector_gui.widgets.wrapped_row import WrappedRow

GAP, LINE_GAP = 10, 4


def row_of(
    qtbot: QtBot, width: int, *wide: int, growing: int | None = None
) -> tuple[WrappedRow, list[QWidget]]:
    row = WrappedRow(GAP, LINE_GAP)
    qtbot.addWidget(row)
    widgets = []
    for number, room in enumerate(wide):
        widget = QWidget()
        if number == growing:
            widget.setMinimumSize(room, 20)
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            widget.setFixedSize(room, 20)
        row.add(widget)
        widgets.append(widget)
    row.resize(width, 20)
    row.show()
    return row, widgets


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
    row, widgets = row_of(qtbot, width, 100, 100, 100)
    assert [(w.x(), w.y()) for w in widgets] == places
    assert row.height() == places[-1][1] + 20


def test_what_can_grow_takes_what_is_left_of_its_line(qtbot: QtBot) -> None:
    _, (first, second, third) = row_of(qtbot, 300, 100, 50, 200, growing=1)
    assert (first.width(), second.width(), third.width()) == (100, 190, 200)
    assert third.y() == 24


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    row, (first, second, third) = row_of(qtbot, 320, 100, 100, 100)
    second.hide()
    qtbot.waitUntil(lambda: third.x() == 110)
    assert first.x() == 0
    assert row.minimumSizeHint().width() == 100


def test_everything_stays_in_sight_when_width_and_words_change(qtbot: QtBot) -> None:
    window, row = QWidget(), WrappedRow(GAP)
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(row)
    layout.addStretch(1)
    buttons = [QPushButton("a button") for _ in range(5)]
    for button in buttons:
        row.add(button)
    wide = sum(button.sizeHint().width() + GAP for button in buttons)
    window.resize(2 * wide, 400)
    window.show()
    assert len({button.y() for button in buttons}) == 1
    window.resize(wide // 2, 400)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) > 1)
    assert all(row.rect().contains(button.geometry()) for button in buttons)
    buttons[0].setText("a button with far more to say than before")
    qtbot.waitUntil(lambda: buttons[0].width() >= buttons[0].sizeHint().width())
