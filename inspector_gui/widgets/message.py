"""Why there is nothing to see, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from inspector_gui.theme import Theme
from inspector_gui.widgets.icon import pixmap


class Message(QFrame):
    """A title, a hint and at most one thing to press, in the middle of the room there is.

    Signals:
        pressed: The button.
    """

    pressed = Signal()

    def __init__(self, theme: Theme, drawing: str = "picture") -> None:
        """Say nothing yet.

        Args:
            drawing: An icon's name, of what is missing here.
        """
        super().__init__()
        self._theme = theme
        self._drawing = drawing
        self.setProperty("role", "panel")
        self._sign, self.title, self.hint, self.detail = (QLabel() for _ in range(4))
        self.title.setProperty("role", "section")
        self.detail.setProperty("role", "quiet")
        self.button = QPushButton()
        self.button.clicked.connect(self.pressed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.space(6)] * 4)
        layout.setSpacing(theme.space(2))
        layout.addStretch(1)
        for label in (self._sign, self.title, self.hint, self.detail):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(label is not self._sign)
            layout.addWidget(label)
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.space(2), 0, 0)
        row.addStretch(1)
        row.addWidget(self.button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(2)

    def tell(
        self,
        title: str,
        hint: str = "",
        press: str = "",
        detail: str = "",
        *,
        is_alarm: bool = False,
    ) -> None:
        """Say something.

        Args:
            press: The button's word; "" for no button.
            detail: What support needs.
            is_alarm: Something is wrong, and not only missing.
        """
        sign = "alarm" if is_alarm else self._drawing
        ink = self._theme.rejected if is_alarm else self._theme.quiet
        mark = self._theme.ink_on(ink) if is_alarm else ink
        size, scale = self._theme.space(12), self.devicePixelRatioF()
        self._sign.setPixmap(pixmap(sign, size, ink, mark, scale))
        for label, text in ((self.title, title), (self.hint, hint), (self.detail, detail)):
            label.setText(text)
            label.setVisible(bool(text))
        self.button.setText(press)
        self.button.setVisible(bool(press))
        self.setAccessibleName(f"{title} {hint}".strip())
