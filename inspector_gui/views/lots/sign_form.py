"""Signing a lot, with the password once more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector_gui.inspection.status import Level
from inspector_gui.records.lots import LotRecord
from inspector_gui.records.office import Actor
from inspector_gui.records.permissions import Action
from inspector_gui.records.signatures import MEANINGS
from inspector_gui.theme import Theme
from inspector_gui.views import trail_words
from inspector_gui.views.lots.said import Said
from inspector_gui.views.rights import reason_against


class SignForm(QWidget):
    """Meaning and password; or why whoever is there cannot sign.

    Signals:
        sign_asked: With `meaning` and `password`, which is forgotten at once.
    """

    sign_asked = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._is_busy = self._signs_again = False
        self._shown: tuple[Actor, LotRecord] | None = None
        self.why_not, self.problem = QLabel(), Said(theme)
        self.why_not.setWordWrap(True)
        self.who = QLabel()
        self.who.setProperty("role", "quiet")
        self.who.setWordWrap(True)
        self.meaning, self.password = QComboBox(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setProperty("role", "field")
        self.password.textChanged.connect(lambda _: self._show_button())
        self.password.returnPressed.connect(self._press)
        self.button = QPushButton(self.tr("Sign lot"))
        self.button.clicked.connect(self._press)
        self.again = QPushButton(self.tr("Sign with another meaning…"))
        self.again.clicked.connect(self._sign_again)
        self._fields = QWidget()
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(theme.space(1))
        fields.addWidget(self.who)
        for text, widget in (
            (self.tr("Meaning"), self.meaning),
            (self.tr("Password, once more"), self.password),
        ):
            label = QLabel(text)
            label.setProperty("role", "quiet")
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            fields.addWidget(label)
            fields.addWidget(widget)
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.space(1), 0, 0)
        row.addStretch(1)
        row.addWidget(self.button)
        fields.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        for part in (self.why_not, self.again, self.problem, self._fields):
            layout.addWidget(part)

    def show_lot(self, lot: LotRecord, actor: Actor) -> None:
        """Let a lot be signed by who is there."""
        if (actor, lot) == self._shown:
            return
        is_same = self._shown is not None and (self._shown[0], self._shown[1].name) == (
            actor,
            lot.name,
        )
        self._shown = actor, lot
        if not is_same:
            self.password.clear()
            self.problem.say("")
        self._signs_again = False
        self._offer(lot, actor)
        role = trail_words.role(actor.role)
        self.who.setText(
            self.tr(
                "You sign as {account} ({role}). From then on nobody decides about its parts."
            ).format(account=actor.account, role=role)
        )
        self._show_parts(lot, actor)

    def _show_parts(self, lot: LotRecord, actor: Actor) -> None:
        why = self._why_not(lot, actor)
        self.why_not.setText(why)
        self.why_not.setVisible(bool(why))
        has_signed = any(s.account == actor.account for s in lot.signatures)
        self.again.setVisible(bool(why) and has_signed and bool(self._left(lot, actor)))
        self._fields.setVisible(not why)
        self._show_button()

    def _sign_again(self) -> None:
        self._signs_again = True
        if self._shown is not None:
            self._show_parts(self._shown[1], self._shown[0])
        self.password.setFocus()

    def show_busy(self) -> None:
        self._is_busy = True
        self.problem.say("")
        self._show_button()

    def show_signed(self) -> None:
        self._is_busy = False
        self.problem.say("")

    def show_problem(self, sentence: str) -> None:
        self._is_busy = False
        self.problem.say(sentence, Level.ALARM)
        self.password.setFocus()
        self._show_button()

    def _why_not(self, lot: LotRecord, actor: Actor) -> str:
        if lot.is_open:
            return self.tr("This lot is open. Close it on Live, then it can be signed.")
        if why := reason_against(Action.SIGN_LOT, actor):
            return why
        has_signed = any(s.account == actor.account for s in lot.signatures)
        return self.tr("You have signed this lot.") if has_signed and not self._signs_again else ""

    def _left(self, lot: LotRecord, actor: Actor) -> list[str]:
        """Meanings that this account has not signed it with."""
        given = {s.meaning for s in lot.signatures if s.account == actor.account}
        return [meaning for meaning in MEANINGS if meaning not in given]

    def _offer(self, lot: LotRecord, actor: Actor) -> None:
        chosen = self.meaning.currentData()
        self.meaning.clear()
        for meaning in self._left(lot, actor):
            self.meaning.addItem(trail_words.meaning(meaning), meaning)
        self.meaning.setCurrentIndex(max(0, self.meaning.findData(chosen)))

    def _show_button(self) -> None:
        self.button.setEnabled(bool(self.password.text()) and not self._is_busy)

    def _press(self) -> None:
        if self.button.isEnabled():
            password = self.password.text()
            self.password.clear()
            self.sign_asked.emit(self.meaning.currentData(), password)
