"""What needs a hand now, over the picture."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from inspector_gui.theme import Theme
from inspector_gui.widgets.icon import pixmap


class Notice(QFrame):
    """One sentence with the cause, one with the remedy; takes no room while there is nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*[theme.space(3)] * 4)
        layout.setSpacing(theme.space(3))
        sign = QLabel()
        colour = theme.rejected
        scale = self.devicePixelRatioF()
        sign.setPixmap(pixmap("alarm", theme.space(8), colour, theme.ink_on(colour), scale))
        layout.addWidget(sign)
        words = QVBoxLayout()
        words.setSpacing(theme.space(1))
        self._text, self._remedy = QLabel(), QLabel()
        self._text.setProperty("role", "strong")
        for label in (self._text, self._remedy):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            words.addWidget(label)
        layout.addLayout(words, 1)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def show_alarm(self, text: str, remedy: str) -> None:
        self._text.setText(text)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self.setAccessibleName(f"{text} {remedy}".strip())
        self.show()
