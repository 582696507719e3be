"""One account: who it is, how it is, and what an administrator can do with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inspector_gui.records.accounts import Account
from inspector_gui.records.moment import utc_now
from inspector_gui.records.passwords import MIN_LENGTH
from inspector_gui.records.permissions import ROLES
from inspector_gui.theme import Theme
from inspector_gui.views import moments
from inspector_gui.views.accounts import words as rights
from inspector_gui.views.accounts.form import Field, Form, twice
from inspector_gui.views.settings.section import at_the_left, words
from inspector_gui.widgets.elided_label import ElidedLabel
from inspector_gui.widgets.icon import pixmap
from inspector_gui.widgets.segments import Segments


class AccountRow(QFrame):
    """An account, with what can be changed of it under a fold.

    Signals:
        role_chosen: A role's code.
        password_given: A new password, which its owner will have to change.
        unlock_asked, close_asked: To be done now.
        unfolded: More of it is shown.
    """

    role_chosen = Signal(str)
    password_given = Signal(str)
    unlock_asked = Signal()
    close_asked = Signal()
    unfolded = Signal()

    def __init__(self, theme: Theme, account: Account) -> None:
        super().__init__()
        self._theme = theme
        self.account = account
        self.setProperty("role", "row")
        self.setAccessibleName(f"{account.full_name}: {self._described()}")
        space = theme.space
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(space(3), space(2), space(2), space(2))
        self._rows.setSpacing(space(3))
        self.change = QPushButton(self.tr("Change…"))
        self.change.setAccessibleName(self.tr("Change {name}").format(name=account.full_name))
        self.change.setCheckable(True)
        self.change.toggled.connect(self._unfold)
        self._rows.addLayout(self._head())
        self._fold: QWidget | None = None

    def allow(self, may_change: bool) -> None:
        """Offer to change it, or do not."""
        self.change.setVisible(not self.account.is_closed)
        self.change.setEnabled(may_change)
        if not may_change:
            self.change.setChecked(False)

    def show_working(self) -> None:
        """Something is being done to it; then the row is made anew, or `fail` is called."""
        self.setEnabled(False)

    def fail(self, text: str) -> None:
        """It is as it was: say why."""
        self.setEnabled(True)
        if self._fold is None:
            return
        self.roles.show_current(self.account.role)
        self.said.setText(text)
        self.said.show()
        if self.password.isVisible():
            self.password.fail("")

    def _head(self) -> QHBoxLayout:
        theme, account = self._theme, self.account
        line, texts = QHBoxLayout(), QVBoxLayout()
        line.setSpacing(theme.space(3))
        sign, name = QLabel(), ElidedLabel("strong")
        ink = theme.quiet if account.is_closed else theme.text
        sign.setPixmap(pixmap("person", theme.space(5), ink, ink, self.devicePixelRatioF()))
        name.setText(account.full_name)
        texts.setSpacing(theme.space(1))
        texts.addStretch(1)
        texts.addWidget(name)
        texts.addWidget(words(self._described()))
        texts.addStretch(1)
        line.addWidget(sign)
        line.addLayout(texts, 1)
        line.addWidget(self.change)
        return line

    def _described(self) -> str:
        account = self.account
        signed_in = self.tr("never signed in")
        if account.last_signed_in_at:
            when = moments.day_and_minute(moments.local(account.last_signed_in_at))
            signed_in = self.tr("last signed in {when}").format(when=when)
        said = (account.name, rights.role(account.role), self._state(), signed_in)
        return " · ".join(said)

    def _state(self) -> str:
        account = self.account
        if account.is_closed:
            return self.tr("closed")
        if account.is_locked(utc_now()):
            return self.tr("locked after wrong passwords")
        return self.tr("must choose a password") if account.must_change else self.tr("active")

    # --- under the fold ---

    def _unfold(self, is_open: bool) -> None:
        if self._fold is not None:
            self._rows.removeWidget(self._fold)
            self._fold.hide()
            self._fold.deleteLater()
            self._fold = None
        if is_open:
            self._fold = self._changes()
            self._rows.addWidget(self._fold)
            self._fold.show()
            self.unfolded.emit()

    def _changes(self) -> QWidget:
        fold, space = QWidget(), self._theme.space
        rows = QVBoxLayout(fold)
        rows.setContentsMargins(space(8), 0, space(1), space(2))
        rows.setSpacing(space(3))
        choices = tuple((str(role), rights.role(role)) for role in ROLES)
        self.roles = Segments(self.tr("Role"), choices, self.account.role)
        self.roles.chosen.connect(self.role_chosen)
        self.password = self._password_form()
        self.closing = self._closing()
        self.acts = self._acts()
        self.said = words("", "strong")
        self.said.hide()
        rows.addWidget(self.said)
        rows.addLayout(at_the_left(self.roles))
        for widget in (self.acts, self.password, self.closing):
            rows.addWidget(widget)
        self._show_only(self.acts)
        return fold

    def _acts(self) -> QWidget:
        acts = QWidget()
        line = QHBoxLayout(acts)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.space(2))
        self.reset = self._button(self.tr("Reset password…"))
        self.reset.clicked.connect(lambda: self._ask(self.password))
        self.unlock = self._button(self.tr("Unlock"))
        self.unlock.clicked.connect(self.unlock_asked)
        self.close_account = self._button(self.tr("Close account…"))
        self.close_account.clicked.connect(lambda: self._ask(self.closing))
        for button in (self.reset, self.unlock, self.close_account):
            line.addWidget(button)
        line.addStretch(1)
        self.unlock.setVisible(self.account.is_locked(utc_now()))
        return acts

    def _password_form(self) -> Form:
        fields = (
            Field("new", self.tr("Temporary password"), is_secret=True),
            Field("again", self.tr("Temporary password once more"), is_secret=True),
        )
        form = Form(self._theme, fields, self.tr("Set"), self.tr("Setting…"))
        number = self.locale().toString(MIN_LENGTH)
        hint = self.tr("At least {n} characters. Its owner chooses another one at once.")
        form.explain(hint.format(n=number))
        form.submitted.connect(self._give_password)
        cancel = form.add_button(self.tr("Cancel"))
        cancel.clicked.connect(lambda: self._show_only(self.acts))
        return form

    def _give_password(self, given: dict[str, str]) -> None:
        if twice(given):
            self.password.show_working()
            self.password_given.emit(given["new"])
        else:
            self.password.fail(self.tr("The password was not typed alike twice: try again."))

    def _closing(self) -> QWidget:
        closing = QWidget()
        rows = QVBoxLayout(closing)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._theme.space(2))
        said = self.tr(
            "{name} cannot sign in any more. The account stays in the record, its name is never "
            "given again, and it cannot be opened again."
        )
        rows.addWidget(words(said.format(name=self.account.full_name)))
        line = QHBoxLayout()
        line.setSpacing(self._theme.space(2))
        self.close_for_good = self._button(self.tr("Close for good"))
        self.close_for_good.clicked.connect(self.close_asked)
        self.keep = self._button(self.tr("Keep it"))
        self.keep.clicked.connect(lambda: self._show_only(self.acts))
        line.addWidget(self.close_for_good)
        line.addWidget(self.keep)
        line.addStretch(1)
        rows.addLayout(line)
        return closing

    def _ask(self, question: QWidget) -> None:
        self.said.hide()
        self._show_only(question)
        if question is self.password:
            self.password.focus()
        else:
            self.keep.setFocus()
        self.unfolded.emit()

    def _show_only(self, shown: QWidget) -> None:
        self.password.clear()
        for widget in (self.acts, self.password, self.closing):
            widget.setVisible(widget is shown)

    def _button(self, word: str) -> QPushButton:
        button = QPushButton(word)
        button.setAccessibleName(f"{self.account.full_name}: {word}")
        return button
