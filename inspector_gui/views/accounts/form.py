"""A few fields, a button, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from inspector_gui.theme import Theme
from inspector_gui.widgets.icon import pixmap

LONGEST = 1024
WIDEST = 120  # steps of the grid


@dataclass(frozen=True, slots=True)
class Field:
    """A line to be filled in.

    Attributes:
        key: Names it for the program.
        is_secret: A password: it is not shown, and not kept.
    """

    key: str
    word: str
    is_secret: bool = False


class Form(QWidget):
    """Fields under their names; Enter leads to the next empty one, then does it.

    Passwords leave the form with `submitted` and are gone from it.

    Signals:
        submitted: A dict of what was filled in, by the fields' keys.
    """

    submitted = Signal(object)

    def __init__(self, theme: Theme, fields: Sequence[Field], word: str, working: str) -> None:
        """Lay it out.

        Args:
            word: Of the button.
            working: What is said while it is being done.
        """
        super().__init__()
        self._theme = theme
        self._fields = fields
        self._working = working
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.lines: dict[str, QLineEdit] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        self.setMaximumWidth(theme.space(WIDEST))
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.hide()
        layout.addWidget(self.hint)
        layout.addSpacing(theme.space(1))
        for field in fields:
            self._add(layout, field)
        self._sign, self.said = QLabel(), QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.setSpacing(theme.space(2))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.said, 1)
        layout.addLayout(row)
        self.button = QPushButton(word)
        self.button.setProperty("role", "do")
        self.button.clicked.connect(self._submit)
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(0, theme.space(1), 0, 0)
        self.buttons.setSpacing(theme.space(2))
        self.buttons.addWidget(self.button)
        self.buttons.addStretch(1)
        layout.addLayout(self.buttons)
        self.tell("")

    def add_button(self, word: str) -> QPushButton:
        """Another button, after the first."""
        button = QPushButton(word)
        self.buttons.insertWidget(self.buttons.count() - 1, button)
        return button

    def explain(self, text: str) -> None:
        """Say, above the fields, what is asked for."""
        self.hint.setText(text)
        self.hint.show()

    def tell(self, text: str) -> None:
        """Say what went wrong; "" for nothing."""
        theme = self._theme
        colour = theme.rejected
        scale = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap("alarm", theme.space(5), colour, theme.ink_on(colour), scale))
        self._sign.setVisible(bool(text))
        self._say(text)

    def show_working(self) -> None:
        """It is being done; nothing can be entered until `fail` or `clear`."""
        self.setFocus()  # or disabling the fields would pass it on to whatever comes next
        self._enable(False)
        self._sign.hide()
        self._say(self._working)

    def fail(self, text: str) -> None:
        """It was not done: say why, and ask again for what is missing by now."""
        self._enable(True)
        self.tell(text)
        self.focus()

    def clear(self) -> None:
        """Forget everything, and be ready."""
        for line in self.lines.values():
            line.clear()
        self._enable(True)
        self.tell("")

    def focus(self) -> None:
        """Go to the first field that is empty."""
        lines = list(self.lines.values())
        empty = next((line for line in lines if not line.text()), lines[0])
        empty.setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self, layout: QVBoxLayout, field: Field) -> None:
        label, line = QLabel(field.word), QLineEdit()
        label.setBuddy(line)
        line.setProperty("role", "field")
        line.setAccessibleName(field.word)
        line.setMaxLength(LONGEST)
        if field.is_secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
            hints = Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
            line.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoPredictiveText)
        line.returnPressed.connect(self._go_on)
        line.textEdited.connect(lambda _: self.tell(""))
        self.lines[field.key] = line
        layout.addWidget(label)
        layout.addWidget(line)
        layout.addSpacing(self._theme.space(2))

    def _go_on(self) -> None:
        if any(not line.text() for line in self.lines.values()):
            self.focus()
        else:
            self._submit()

    def _submit(self) -> None:
        given = {key: line.text() for key, line in self.lines.items()}
        if not all(given.values()):
            self.tell(self.tr("Something is missing: fill in every field."))
            self.focus()
            return
        for field in self._fields:
            if field.is_secret:
                self.lines[field.key].clear()
        self.submitted.emit(given)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _enable(self, is_enabled: bool) -> None:
        for line in self.lines.values():
            line.setEnabled(is_enabled)
        for index in range(self.buttons.count()):
            item = self.buttons.itemAt(index)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setEnabled(is_enabled)


def twice(given: dict[str, str], first: str = "new", second: str = "again") -> bool:
    """Whether a new password was typed alike both times."""
    return given[first] == given[second]
