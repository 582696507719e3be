"""What needs a hand now, over the picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from inspector_gui.theme import Theme
from inspector_gui.widgets.icon import pixmap


class Notice(QFrame):
    """One sentence with the cause, one with the remedy; takes no room while there is nothing.

    Signals:
        chosen: The key of the button that was clicked.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._shown: object = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(*[theme.space(3)] * 4)
        self._row.setSpacing(theme.space(3))
        sign = QLabel()
        colour = theme.rejected
        scale = self.devicePixelRatioF()
        sign.setPixmap(pixmap("alarm", theme.space(8), colour, theme.ink_on(colour), scale))
        self._row.addWidget(sign)
        words = QVBoxLayout()
        words.setSpacing(theme.space(1))
        self._text, self._remedy = QLabel(), QLabel()
        self._text.setProperty("role", "strong")
        for label in (self._text, self._remedy):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            words.addWidget(label)
        self._row.addLayout(words, 1)
        self.buttons: tuple[QPushButton, ...] = ()
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def show_alarm(self, text: str, remedy: str, buttons: Sequence[tuple[str, str]] = ()) -> None:
        """Say what is the case and what to do.

        Args:
            buttons: Key and word of each.
        """
        said = (text, remedy, tuple(buttons))
        if said != self._shown:
            self._shown = said
            self._text.setText(text)
            self._remedy.setText(remedy)
            self._remedy.setVisible(bool(remedy))
            self._show_buttons(buttons)
            self.setAccessibleName(f"{text} {remedy}".strip())
        self.show()

    def _show_buttons(self, buttons: Sequence[tuple[str, str]]) -> None:
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = tuple(QPushButton(word) for _, word in buttons)
        for button, (key, _) in zip(self.buttons, buttons, strict=True):
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._row.addWidget(button)
