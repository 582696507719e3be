"""The button in the window's head that says who is there."""

from __future__ import annotations

import getpass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from inspector_gui.theme import Theme
from inspector_gui.views.accounts import words
from inspector_gui.views.accounts.presence import Present
from inspector_gui.widgets.icon import set_icon

WIDEST = 48  # steps of the grid, for a name


class WhoButton(QPushButton):
    """A person, with full name and role; pressed, it leads to signing in and out."""

    def __init__(self, theme: Theme, key: str) -> None:
        """Show nothing yet.

        Args:
            key: What else leads there.
        """
        super().__init__()
        self._theme = theme
        self._key = key
        self.setProperty("role", "flat")

    def show_present(self, present: Present) -> None:
        theme = self._theme
        ink = theme.text if present.is_signed_in else theme.quiet
        set_icon(self, "person", theme.space(5), ink, gap=theme.space(1))
        self.setText(self._text(present))
        self.setToolTip(f"{self._told(present)}  {self._key}")
        self.setAccessibleName(self._told(present))

    def _text(self, present: Present) -> str:
        if present.is_signed_in:
            end, widest = Qt.TextElideMode.ElideRight, self._theme.space(WIDEST)
            name = self.fontMetrics().elidedText(present.full_name, end, widest)
            return f"{name} · {words.role(present.actor.role)}"
        return words.role(present.actor.role) if present.is_demonstration else self.tr("Sign in")

    def _told(self, present: Present) -> str:
        if present.is_demonstration:
            said = self.tr("Demonstration, without accounts. At the station: {name}")
            return said.format(name=login())
        if present.is_signed_in:
            return self.tr("Signed in: {name}, {role}").format(
                name=present.full_name, role=words.role(present.actor.role)
            )
        return self.tr("Sign in: nobody is")


def login() -> str:
    """Who is signed in to the computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # KeyError before Python 3.13: a number without a name
        return "–"
