"""One choice of a few, all of them in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

_STEP = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class Segments(QWidget):
    """Buttons side by side, one of which is down; Tab leads to it and arrow keys choose.

    Signals:
        chosen: The key of a choice, made by click or key.
    """

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], current: str) -> None:
        """Lay out the buttons.

        Args:
            name: What is chosen, for assistive technology.
            choices: Key and word of each.
            current: The key that is chosen at first.
        """
        super().__init__()
        self._keys = [key for key, _ in choices]
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        last = len(choices) - 1
        for number, (key, word) in enumerate(choices):
            button = _Segment(word)
            button.setCheckable(True)
            button.setChecked(key == current)
            _let_tab_in(button, key == current)
            button.setAccessibleName(f"{name}: {word}")
            segment = "first" if number == 0 else "last" if number == last else "middle"
            button.setProperty("segment", segment)
            button.stepped.connect(self._step)
            self._group.addButton(button, number)
            layout.addWidget(button)
        self._group.buttonToggled.connect(_let_tab_in)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._keys[number]))

    @property
    def current(self) -> str:
        return self._keys[self._group.checkedId()]

    def show_current(self, key: str) -> None:
        """Have another button down; nobody has chosen it."""
        self._group.button(self._keys.index(key)).setChecked(True)

    @property
    def buttons(self) -> dict[str, QPushButton]:
        """By key."""
        found = zip(self._keys, self._group.buttons(), strict=True)
        return {key: button for key, button in found if isinstance(button, QPushButton)}

    def _step(self, step: int) -> None:
        number = self._group.checkedId() + step
        if 0 <= number < len(self._keys):
            button = self._group.button(number)
            button.setFocus(Qt.FocusReason.TabFocusReason)
            button.click()


def _let_tab_in(button: QAbstractButton, is_down: bool) -> None:
    """Qt does so by itself, but only once one of them has had the focus."""
    policy = Qt.FocusPolicy.StrongFocus if is_down else Qt.FocusPolicy.ClickFocus
    button.setFocusPolicy(policy)


class _Segment(QPushButton):
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEP.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)
