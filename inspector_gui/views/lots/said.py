"""A sentence with its sign; takes no room while there is nothing to say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from inspector_gui.inspection.status import Level
from inspector_gui.theme import Theme
from inspector_gui.widgets.icon import SIGN, pixmap


class Said(QWidget):
    """One sentence, and how urgent it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sign, self._words = QLabel(), QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def say(self, text: str, level: Level = Level.ATTENTION) -> None:
        """Say something; "" is nothing."""
        theme = self._theme
        colour = theme.colour_at(level)
        scale = self.devicePixelRatioF()
        self._sign.setPixmap(
            pixmap(SIGN[level], theme.space(5), colour, theme.ink_on(colour), scale)
        )
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
