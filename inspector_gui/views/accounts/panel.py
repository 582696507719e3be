"""Signing in and out, over the view and beside the line: nothing waits for it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector_gui.records import users
from inspector_gui.records.passwords import MIN_LENGTH
from inspector_gui.theme import Theme
from inspector_gui.views.accounts import words
from inspector_gui.views.accounts.form import Field, Form, twice
from inspector_gui.views.accounts.presence import Presence
from inspector_gui.views.accounts.who import login
from inspector_gui.views.sentences import sentence

WIDTH = 104  # steps of the grid


class Page(StrEnum):
    """What the panel is about."""

    SIGN_IN = "sign_in"
    SIGNED_IN = "signed_in"
    PASSWORD = "password"
    DEMONSTRATION = "demonstration"
    SET_UP = "set_up"


class AccountPanel(QFrame):
    """Lies over the window's view while it is open; Escape closes it, a click elsewhere does not.

    What it shows follows who is there.
    """

    def __init__(self, theme: Theme, presence: Presence, window: QWidget) -> None:
        """Make it, closed.

        Args:
            window: Over which it lies.
        """
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._presence = presence
        self._right: Callable[[], int] = window.width
        self._top: Callable[[], int] = lambda: 0
        self._before: QWidget | None = None
        self.setProperty("role", "popover")
        self.page = Page.SIGN_IN
        self.title, self.text = _label("section"), _label()
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setProperty("role", "flat")
        self.close_button.clicked.connect(self.close_panel)
        self.sign_in = self._sign_in_form()
        self.password = self._password_form()
        self.first = self._first_form()
        self.choices = self._choices()
        self._lay_out()
        presence.changed.connect(self._follow)
        window.installEventFilter(self)
        self.hide()

    def place_at(self, right: Callable[[], int], top: Callable[[], int]) -> None:
        """Where its upper right corner comes to lie, in the window's pixels; asked each time."""
        self._right, self._top = right, top

    def open_or_close(self) -> None:
        if self.isVisible() and self._has_focus():
            self.close_panel()
        else:
            self.open_panel()

    def open_panel(self) -> None:
        """Open it at what comes next for who is there."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
            self.show_page(self._first_page())
        self.show()
        self.raise_()
        self.place()
        self._focus()

    def open_set_up(self) -> None:
        """Open it at the first account."""
        self.open_panel()
        if self._presence.present.is_demonstration:
            self.show_page(Page.SET_UP)

    def close_panel(self) -> None:
        """Close it and forget what was typed; its focus goes back to where it was before."""
        had_focus = self._has_focus()
        self.hide()
        self._clear()
        before, self._before = self._before, None
        if not had_focus:
            return
        if before in self._window.findChildren(QWidget) and before.isVisible():  # if it still is
            before.setFocus()
        else:
            self._window.setFocus()

    def show_page(self, page: Page) -> None:
        self.page = page
        self._clear()
        form, present = self._forms().get(page), self._presence.present
        for each in (*self._forms().values(), self.choices):
            each.setVisible(each is form)
        self.choices.setVisible(form is None)
        self._offer.setVisible(page is Page.DEMONSTRATION)
        for button in (self._change, self._switch, self._sign_out):
            button.setVisible(page is Page.SIGNED_IN)
        self.title.setText(self._titles()[page])
        self.text.setText(self._texts()[page])
        self.text.setVisible(bool(self.text.text()))
        self._back_out.setVisible(present.actor.must_change)
        if self.isVisible():
            self.place()
            self._focus()

    # --- what is done ---

    def _do_sign_in(self, given: dict[str, str]) -> None:
        self.sign_in.show_working()
        self._presence.sign_in(
            given["name"],
            given["password"],
            self._signed_in,
            lambda error: self._fail(self.sign_in, error),
        )

    def _signed_in(self) -> None:
        if self._presence.present.actor.must_change:
            self.show_page(Page.PASSWORD)
        else:
            self.close_panel()

    def _do_password(self, given: dict[str, str]) -> None:
        if not twice(given):
            self.password.fail(self.tr("The new password was not typed alike twice: try again."))
            return
        self.password.show_working()
        self._presence.act(
            lambda office, session: users.change_own_password(
                office, session, given["old"], given["new"]
            ),
            lambda _: self.close_panel(),
            lambda error: self._fail(self.password, error),
        )

    def _do_first(self, given: dict[str, str]) -> None:
        if not twice(given):
            self.first.fail(self.tr("The new password was not typed alike twice: try again."))
            return
        self.first.show_working()
        self._presence.set_up(
            given["name"],
            given["full_name"],
            given["new"],
            self.close_panel,
            lambda error: self._fail(self.first, error),
        )

    def _do_sign_out(self) -> None:
        self._presence.sign_out()
        self.close_panel()

    def _fail(self, form: Form, error: Exception) -> None:
        form.fail(sentence(str(error)))
        self.place()

    def _follow(self) -> None:
        """Somebody has come or gone: what is open may be about somebody else."""
        first = self._first_page()
        if not self.isVisible() or self._is_working():
            return
        if self.page is not first or self._presence.gone:
            self.show_page(first)

    def _is_working(self) -> bool:
        form = self._forms().get(self.page)
        return form is not None and not form.button.isEnabled()

    # --- what it says ---

    def _first_page(self) -> Page:
        present = self._presence.present
        if present.is_demonstration:
            return Page.DEMONSTRATION
        if not present.is_signed_in:
            return Page.SIGN_IN
        return Page.PASSWORD if present.actor.must_change else Page.SIGNED_IN

    def _titles(self) -> dict[Page, str]:
        return {
            Page.SIGN_IN: self.tr("Sign in"),
            Page.SIGNED_IN: self._presence.present.full_name,
            Page.PASSWORD: self.tr("A password of your own"),
            Page.DEMONSTRATION: self.tr("Demonstration"),
            Page.SET_UP: self.tr("First administrator"),
        }

    def _texts(self) -> dict[Page, str]:
        present, gone = self._presence.present, self._presence.gone
        least = self.locale().toString(MIN_LENGTH)
        rule = self.tr("A password has at least {n} characters.").format(n=least)
        if present.actor.must_change:
            given = self.tr("Somebody else has set your password: choose one that only you know.")
            rule = f"{given} {rule}"
        left = self.tr("{name} was signed out, as nobody was here. The line runs on.")
        demonstration = self.tr(
            "This record has no accounts. Whoever is here acts as {name}; nothing can be signed."
        )
        role = words.role(present.actor.role)
        return {
            Page.SIGN_IN: left.format(name=gone) if gone else "",
            Page.SIGNED_IN: f"{present.actor.account} · {role}",
            Page.PASSWORD: rule,
            Page.DEMONSTRATION: demonstration.format(name=login()),
            Page.SET_UP: self.tr(
                "From this account on, everything that matters in this record needs a sign-in. "
                "This cannot be undone."
            )
            + f" {rule}",
        }

    # --- what it is made of ---

    def _forms(self) -> dict[Page, Form]:
        return {
            Page.SIGN_IN: self.sign_in,
            Page.PASSWORD: self.password,
            Page.SET_UP: self.first,
        }

    def _sign_in_form(self) -> Form:
        fields = (
            Field("name", self.tr("Name")),
            Field("password", self.tr("Password"), is_secret=True),
        )
        form = Form(self._theme, fields, self.tr("Sign in"), self.tr("Signing in…"))
        form.submitted.connect(self._do_sign_in)
        return form

    def _password_form(self) -> Form:
        fields = (
            Field("old", self.tr("Password until now"), is_secret=True),
            Field("new", self.tr("New password"), is_secret=True),
            Field("again", self.tr("New password once more"), is_secret=True),
        )
        form = Form(self._theme, fields, self.tr("Change password"), self.tr("Changing…"))
        form.submitted.connect(self._do_password)
        self._back_out = form.add_button(self.tr("Sign out"))
        self._back_out.clicked.connect(self._do_sign_out)
        return form

    def _first_form(self) -> Form:
        fields = (
            Field("name", self.tr("Name")),
            Field("full_name", self.tr("Full name, as under signatures")),
            Field("new", self.tr("Password"), is_secret=True),
            Field("again", self.tr("Password once more"), is_secret=True),
        )
        form = Form(self._theme, fields, self.tr("Set up accounts"), self.tr("Setting up…"))
        form.submitted.connect(self._do_first)
        return form

    def _choices(self) -> QWidget:
        choices = QWidget()
        layout = QVBoxLayout(choices)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.space(2))
        offered = (
            (self.tr("Set up accounts…"), lambda: self.show_page(Page.SET_UP)),
            (self.tr("Change password…"), lambda: self.show_page(Page.PASSWORD)),
            (self.tr("Sign in as somebody else…"), lambda: self.show_page(Page.SIGN_IN)),
            (self.tr("Sign out"), self._do_sign_out),
        )
        made = []
        for word, act in offered:
            button = QPushButton(word)
            button.clicked.connect(act)
            layout.addWidget(button)
            made.append(button)
        self._offer, self._change, self._switch, self._sign_out = made
        return choices

    def _lay_out(self) -> None:
        space = self._theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(3), space(5), space(5))
        layout.setSpacing(space(3))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(self.text)
        for widget in (self.sign_in, self.password, self.first, self.choices):
            layout.addWidget(widget)
        layout.addStretch(1)

    def _clear(self) -> None:
        for form in self._forms().values():
            form.clear()

    def _has_focus(self) -> bool:
        at = QApplication.focusWidget()
        return at is not None and (at is self or self.isAncestorOf(at))

    def _focus(self) -> None:
        form = self._forms().get(self.page)
        if form is not None:
            form.focus()
        elif self.page is Page.DEMONSTRATION:
            self._offer.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._switch.setFocus(Qt.FocusReason.TabFocusReason)

    # --- where it is ---

    def place(self) -> None:
        """Take the room that it needs, where it belongs."""
        width = self._theme.space(WIDTH)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(width, max(layout.totalHeightForWidth(width), layout.sizeHint().height()))
        self.move(self._right() - width, self._top())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:  # not the view's, which lies behind
                event.accept()
                return True
        elif event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.place()
        return super().event(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            event.accept()  # nothing that is typed here is meant for the view behind


def _label(role: str = "") -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
