"""The record's accounts, and when nobody is taken to be there any more."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inspector_gui.records import users
from inspector_gui.records.accounts import Account, Session
from inspector_gui.records.office import Office, why_not
from inspector_gui.records.passwords import MIN_LENGTH
from inspector_gui.records.permissions import ROLES, Action, Role
from inspector_gui.settings import Settings
from inspector_gui.theme import Theme
from inspector_gui.views.accounts import words as rights
from inspector_gui.views.accounts.form import Field, Form, twice
from inspector_gui.views.accounts.presence import Presence
from inspector_gui.views.sentences import sentence
from inspector_gui.views.settings.account_row import AccountRow
from inspector_gui.views.settings.section import Section, at_the_left, clear, words
from inspector_gui.widgets.focus import leave
from inspector_gui.widgets.segments import Segments

log = logging.getLogger(__name__)

IDLE_MIN = (0, 5, 10, 30)
Act = Callable[[Office, Session | None], None]


class UsersSection(Section):
    """Accounts are listed for everybody; an administrator adds, changes and closes them.

    Signals:
        changed: A dict of what is set differently.
        set_up_asked: Somebody wants to make the first account.
        unfolded: A widget within, which has just been shown.
    """

    changed = Signal(object)
    unfolded = Signal(QWidget)
    set_up_asked = Signal()

    def __init__(self, theme: Theme, settings: Settings, presence: Presence) -> None:
        super().__init__(theme, self.tr("Users"))
        self._presence = presence
        self._accounts: list[Account] | None = None
        self.account_rows: list[AccountRow] = []
        self.idle = self._idle(settings.idle_lock_min)
        self.note = words("", "strong")
        self.set_up = QPushButton(self.tr("Set up accounts…"))
        self.set_up.clicked.connect(self.set_up_asked)
        self.add = QPushButton(self.tr("Add an account…"))
        self.add.clicked.connect(self._ask_for_account)
        self._place = QVBoxLayout()
        self._place.setSpacing(theme.space(2))
        self.new = self._new_account()
        self.rows.addWidget(self.note)
        self.rows.addLayout(self._place)
        self.rows.addWidget(self.new)
        line = QHBoxLayout()
        line.addWidget(self.set_up)
        line.addWidget(self.add)
        line.addStretch(1)
        self.rows.addLayout(line)
        self.new.hide()
        presence.changed.connect(self._follow)
        self._show_rights()

    def shown(self) -> None:
        """Read the accounts as they are now."""
        self._read()

    def show_settings(self, settings: Settings) -> None:
        self.idle.show_current(str(settings.idle_lock_min))

    # --- what there is ---

    def _read(self) -> None:
        self._presence.read(lambda office: list(office.accounts), self._show, self._show_none)

    def _follow(self) -> None:
        self._show_rights()
        if self.isVisible():
            self._read()

    def _show(self, accounts: list[Account]) -> None:
        accounts = sorted(accounts, key=lambda a: (a.is_closed, a.full_name.casefold()))
        if accounts != self._accounts:
            self._accounts = accounts
            clear(self._place)
            self.account_rows = [self._row(account) for account in accounts]
        self._show_rights()

    def _show_none(self, _error: Exception) -> None:
        """There is no record yet, or Live and the folders say what is wrong with it."""
        self._show([])

    def _row(self, account: Account) -> AccountRow:
        row, name = AccountRow(self.theme, account), account.name
        row.role_chosen.connect(
            lambda code: self._act(
                lambda office, session: users.change_role(office, session, name, Role(code)), row
            )
        )
        row.password_given.connect(
            lambda password: self._act(
                lambda office, session: users.reset_password(office, session, name, password), row
            )
        )
        row.unlock_asked.connect(
            lambda: self._act(
                lambda office, session: users.unlock_account(office, session, name), row
            )
        )
        row.close_asked.connect(
            lambda: self._act(
                lambda office, session: users.close_account(office, session, name), row
            )
        )
        row.unfolded.connect(lambda: self.unfolded.emit(row))
        row.change.toggled.connect(lambda is_open: self._fold_others(row, is_open))
        self._place.addWidget(row)
        row.show()
        return row

    def _show_rights(self) -> None:
        present = self._presence.present
        is_demonstration = present.is_demonstration
        may = present.may(Action.CHANGE_ROLE)
        note = ""
        if is_demonstration:
            note = self.tr(
                "This record has no accounts: whoever is here acts under the computer's login."
            )
        elif not may:
            note = sentence(why_not(Action.ADD_ACCOUNT, present.actor))
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.set_up.setVisible(is_demonstration)
        self.add.setVisible(not is_demonstration and self.new.isHidden())
        self.add.setEnabled(may)
        if not may:
            self._close_new()
        for row in self.account_rows:
            row.allow(may)

    # --- what is done ---

    def _act(self, act: Act, row: AccountRow) -> None:
        row.show_working()
        self._presence.act(act, lambda _: self._acted(), lambda error: self._failed(row, error))

    def _acted(self) -> None:
        self._accounts = None  # so that every fold is closed
        self._read()

    def _failed(self, row: AccountRow, error: Exception) -> None:
        if row in self.account_rows:
            row.fail(sentence(str(error)))
        self._read()

    def _fold_others(self, row: AccountRow, is_open: bool) -> None:
        for other in self.account_rows:
            if is_open and other is not row:
                other.change.setChecked(False)

    # --- a new account ---

    def _new_account(self) -> QWidget:
        new, space = QWidget(), self.theme.space
        rows = QVBoxLayout(new)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(space(2))
        choices = tuple((str(role), rights.role(role)) for role in ROLES)
        self.role = Segments(self.tr("Role"), choices, Role.OPERATOR)
        fields = (
            Field("name", self.tr("Name to sign in with")),
            Field("full_name", self.tr("Full name, as under signatures")),
            Field("new", self.tr("Temporary password"), is_secret=True),
            Field("again", self.tr("Temporary password once more"), is_secret=True),
        )
        self.form = Form(self.theme, fields, self.tr("Add account"), self.tr("Adding…"))
        hint = self.tr("At least {n} characters. Its owner chooses another one at once.")
        self.form.explain(hint.format(n=QLocale().toString(MIN_LENGTH)))
        self.form.submitted.connect(self._add)
        self.form.add_button(self.tr("Cancel")).clicked.connect(self._close_new)
        rows.addWidget(words(self.tr("New account"), "strong"))
        rows.addWidget(QLabel(self.tr("Role")))
        rows.addLayout(at_the_left(self.role))
        rows.addWidget(self.form)
        return new

    def _ask_for_account(self) -> None:
        self.new.show()
        self.add.hide()
        self.form.focus()
        self.unfolded.emit(self.new)

    def _add(self, given: dict[str, str]) -> None:
        if not twice(given):
            self.form.fail(self.tr("The password was not typed alike twice: try again."))
            return
        self.form.show_working()
        role = Role(self.role.current)
        self._presence.act(
            lambda office, session: users.add_account(
                office, session, given["name"], given["full_name"], role, given["new"]
            ),
            lambda _: self._added(),
            lambda error: self.form.fail(sentence(str(error))),
        )

    def _added(self) -> None:
        self._close_new()
        self._acted()

    def _close_new(self) -> None:
        had_focus = leave(self.new)
        self.form.clear()
        self.new.hide()
        self.add.setVisible(not self._presence.present.is_demonstration)
        if had_focus:
            self.add.setFocus()
            self.unfolded.emit(self.add)

    # --- when nobody is there ---

    def _idle(self, minutes: int) -> Segments:
        name = self.tr("Sign out when nobody is here")
        known: Sequence[int] = sorted({*IDLE_MIN, minutes})
        choices = [(str(n), self._minutes(n)) for n in known]
        idle = Segments(name, choices, str(minutes))
        idle.chosen.connect(lambda key: self.changed.emit({"idle_lock_min": int(key)}))
        self.add_setting(
            name, self.tr("After so long without a key or the mouse; the line runs on."), idle
        )
        return idle

    def _minutes(self, minutes: int) -> str:
        if not minutes:
            return self.tr("Never")
        return self.tr("{n} min").format(n=QLocale().toString(minutes))
