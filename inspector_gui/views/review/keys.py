"""The foot of the review: reasons, note, and one row of large keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from inspector_gui.inspection.review import ReviewReason
from inspector_gui.theme import Theme, restyle
from inspector_gui.views import record_words
from inspector_gui.widgets.key_button import KeyButton
from inspector_gui.widgets.wrapped_row import WrappedRow

MOST_NOTE = 500
LEAST_STEPS = 30  # width of the note's field, in steps of the grid


class NoteField(QLineEdit):
    """Is content with little room, and takes what there is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._least = theme.space(LEAST_STEPS)

    def sizeHint(self) -> QSize:
        return QSize(self._least, super().sizeHint().height())


class ReviewKeys(QFrame):
    """What can be done with a part; knows nothing of what follows from it.

    Signals:
        pressed: The key of the button that was clicked, as it stands on its cap.
    """

    pressed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.reasons = {
            reason: KeyButton(theme, str(digit), record_words.review_reason(reason))
            for digit, reason in enumerate(ReviewReason, 1)
        }
        for button in self.reasons.values():
            button.setCheckable(True)
        self.question = QLabel()
        self.question.setProperty("role", "strong")
        self.hint = QLabel()
        self.hint.setProperty("role", "quiet")
        self.note = NoteField(theme)
        self.note.setProperty("role", "field")
        self.note.setMaxLength(MOST_NOTE)
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("Note"))
        self.confirm = KeyButton(theme, "C", self.tr("Confirm"), self.tr("Confirm: it is a reject"))
        self.overrule = KeyButton(theme, "O", self.tr("Overrule"), self.tr("Overrule: it is good"))
        self.skip = KeyButton(theme, "S", self.tr("Skip"))
        self.back = KeyButton(theme, "←", "", self.tr("The part before"))
        self.forth = KeyButton(theme, "→", "", self.tr("The part after"))
        self.finding = KeyButton(theme, "Z", self.tr("Next finding"))
        space = self.tr("Space", "the key")
        self.look = KeyButton(theme, space, self.tr("Look under"), self.tr("Hide what was drawn"))
        self.write = KeyButton(theme, "N", "", self.tr("Write a note"))
        self._ask = QFrame()
        self._lay_out()
        self.ask(self.tr("Why?"), "", ())

    @property
    def keys(self) -> tuple[KeyButton, ...]:
        return (
            *(self.confirm, self.overrule, self.skip, self.back, self.forth),
            *(self.finding, self.look, self.write),
        )

    @property
    def reason(self) -> ReviewReason | None:
        """The one that is chosen."""
        return next((r for r, button in self.reasons.items() if button.isChecked()), None)

    def choose(self, reason: ReviewReason | None) -> None:
        for other, button in self.reasons.items():
            button.setChecked(other is reason)

    def ask(
        self,
        question: str,
        hint: str,
        fitting: Sequence[ReviewReason],
        *,
        is_urgent: bool = False,
    ) -> None:
        """Ask for a reason.

        Args:
            hint: What to do, one line.
            fitting: Those that may be chosen now.
            is_urgent: Whether nothing goes on without one.
        """
        if is_urgent != self._ask.property("current"):
            self._ask.setProperty("current", is_urgent)
            restyle(self._ask)
        self.question.setText(question)
        self.hint.setText(hint)
        for reason, button in self.reasons.items():
            button.setEnabled(reason in fitting)

    def _lay_out(self) -> None:
        space = self._theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        self._ask.setProperty("role", "ask")
        asked = QVBoxLayout(self._ask)
        asked.setContentsMargins(space(2), space(1), space(2), space(1))
        asked.setSpacing(space(1))
        words = QHBoxLayout()
        words.setSpacing(space(3))
        words.addWidget(self.question)
        words.addWidget(self.hint)
        words.addStretch(1)
        asked.addLayout(words)
        choices = WrappedRow(space(1))
        for button in self.reasons.values():
            choices.add(button)
        noted = QFrame()
        note = QHBoxLayout(noted)
        note.setContentsMargins(0, 0, 0, 0)
        note.setSpacing(space(1))
        note.addWidget(self.write)
        note.addWidget(self.note, 1)
        choices.add(noted)
        asked.addWidget(choices)
        layout.addWidget(self._ask)
        layout.addLayout(self._row())
        for button in (*self.reasons.values(), *self.keys):
            if button is not self.look:
                button.clicked.connect(lambda _=False, key=button.key: self.pressed.emit(key))

    def _row(self) -> QHBoxLayout:
        space = self._theme.space
        row = QHBoxLayout()
        row.setSpacing(space(2))
        for button in self.keys:
            if button is self.write:
                continue
            is_decision = button in (self.confirm, self.overrule)
            button.setProperty("role", "large" if is_decision else "key")
            row.addWidget(button, 1 if is_decision else 0)
        for button in (self.skip, self.forth):
            row.insertSpacing(row.indexOf(button) + 1, space(3))
        return row
