"""The keys of a view, as F1 shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector_gui.theme import Theme

COLUMNS = 2


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """What a key does.

    Attributes:
        keys: One key or several for the same thing, divided by blanks: `F6`, `Ctrl+1`, `← →`.
        text: What it does, in a few translated words.
    """

    keys: str
    text: str


class KeyHelpPanel(QFrame):
    """Key caps with words in two columns; goes away with Escape, F1 or the next click."""

    def __init__(self, theme: Theme, title: str, keys: Sequence[KeyHelp]) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "popover")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        space = theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(6), space(5), space(6), space(5))
        layout.setSpacing(space(4))
        layout.addWidget(_label(title, "section"))
        layout.addLayout(self._table(keys))
        layout.addWidget(_label(self.tr("Escape or F1 closes this."), "quiet"))
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(f"{key.keys}: {key.text}" for key in keys))

    def show_over(self, window: QWidget) -> None:
        """Show it in the middle of a window, whose look it takes."""
        self.setParent(window, Qt.WindowType.Popup)
        self.ensurePolished()
        self.resize(self.sizeHint())  # adjustSize would stop at two thirds of the screen
        middle = window.mapToGlobal(window.rect().center())
        self.move(middle - QPoint(self.width() // 2, self.height() // 2))
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.close()
        else:
            super().keyPressEvent(event)

    def _table(self, keys: Sequence[KeyHelp]) -> QGridLayout:
        """Down the first column, then down the second."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.space(4))
        grid.setVerticalSpacing(self._theme.space(2))
        rows = -(-len(keys) // COLUMNS)
        for number, key in enumerate(keys):
            column, row = divmod(number, rows)
            grid.addLayout(self._caps(key.keys), row, 3 * column)
            grid.addWidget(_label(key.text), row, 3 * column + 1)
        for column in range(1, COLUMNS):
            grid.setColumnMinimumWidth(3 * column - 1, self._theme.space(6))
        return grid

    def _caps(self, keys: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.space(1))
        for key in keys.split():
            cap = _label(_native(key), "key")
            cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row.addWidget(cap)
        row.addStretch(1)
        return row


def _native(key: str) -> str:
    """A key as it stands on the keyboards of the screen's language: End, Ende."""
    if len(key) == 1 or not key.isascii():
        return key
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key


def _label(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
