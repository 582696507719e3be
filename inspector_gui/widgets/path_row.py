"""A file or folder, how it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from inspector_gui.inspection.status import Level
from inspector_gui.theme import Theme
from inspector_gui.widgets.elided_label import ElidedLabel
from inspector_gui.widgets.icon import SIGN, pixmap


class PathRow(QFrame):
    """A shape, a path over a sentence, and buttons at the right."""

    def __init__(self, theme: Theme, path: str) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "row")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(
            theme.space(3), theme.space(2), theme.space(2), theme.space(2)
        )
        self._layout.setSpacing(theme.space(2))
        self._sign = QLabel()
        self._layout.addWidget(self._sign)
        words = QVBoxLayout()
        words.setSpacing(theme.space(1))
        self.path = ElidedLabel("strong")
        self.path.setText(path)
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        words.addStretch(1)
        words.addWidget(self.path)
        words.addWidget(self.state)
        words.addStretch(1)
        self._layout.addLayout(words, 1)
        self.buttons: list[QPushButton] = []

    def add_button(self, word: str, name: str) -> QPushButton:
        """A button at the right.

        Args:
            name: What it does and to what, for assistive technology.
        """
        button = QPushButton(word)
        button.setAccessibleName(name)
        self._layout.addWidget(button)
        button.show()  # now, not with the next turn of the event loop: it may be given the focus
        self.buttons.append(button)
        return button

    def show_state(self, level: Level | None, text: str) -> None:
        """Say how it is; None while that is not known."""
        theme = self._theme
        colour = theme.colour_at(level) if level else theme.quiet
        drawing = SIGN[level] if level else "stale"
        scale = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap(drawing, theme.space(5), colour, theme.ink_on(colour), scale))
        self.state.setText(text)
        self.setAccessibleName(f"{self.path.text()}: {text}")
