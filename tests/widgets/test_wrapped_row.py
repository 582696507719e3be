from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector_gui.widgets.wrapped_row import WrappedRow


def test_it_goes_on_below_and_everything_stays_in_sight(qtbot: QtBot) -> None:
    window, row = QWidget(), WrappedRow(4)
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(row)
    layout.addStretch(1)
    buttons = [QPushButton("a button") for _ in range(5)]
    for button in buttons:
        row.add(button)
    wide = sum(button.sizeHint().width() + 4 for button in buttons)
    window.resize(2 * wide, 400)
    window.show()
    assert len({button.y() for button in buttons}) == 1
    assert buttons[-1].geometry().right() == row.rect().right()
    window.resize(wide // 2, 400)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) > 1)
    assert all(row.rect().contains(button.geometry()) for button in buttons)
    buttons[0].setText("a button with far more to say than before")
    qtbot.waitUntil(lambda: buttons[0].width() >= buttons[0].sizeHint().width())
