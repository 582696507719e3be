"""The line at the window's head."""

from __future__ import annotations

import getpass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from inspector_gui.inspection.status import Level, StationState, StationStatus
from inspector_gui.theme import Theme
from inspector_gui.views import words
from inspector_gui.widgets.elided_label import ElidedLabel
from inspector_gui.widgets.icon import SIGN, pixmap

_LEVEL = {
    StationState.RUNNING: Level.OK,
    StationState.CAMERA_LOST: Level.ALARM,
    StationState.FAULT: Level.ALARM,
}


class Header(QFrame):
    """Lot, recipe and revision, state of the station, who is there, clock."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "header")
        self.lot, self.recipe = ElidedLabel("strong"), ElidedLabel("strong")
        self._sign, self.state, self.time = QLabel(), QLabel(), QLabel()
        self.state.setProperty("role", "strong")
        self.time.setProperty("role", "section")
        self.who = ElidedLabel("strong")
        self.who.setText(_login())
        self.who.setAccessibleName(self.tr("At the station: {name}").format(name=_login()))
        self.time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(4), 0, theme.space(4), 0)
        layout.setSpacing(theme.space(2))
        layout.addWidget(self._caption(self.tr("Lot")))
        layout.addWidget(self.lot)
        layout.addSpacing(theme.space(6))
        layout.addWidget(self._caption(self.tr("Recipe")))
        layout.addWidget(self.recipe)
        layout.addSpacing(theme.space(6))
        layout.addWidget(self._sign)
        layout.addWidget(self.state)
        layout.addStretch(1)
        layout.addWidget(self._person())
        layout.addWidget(self.who)
        layout.addSpacing(theme.space(6))
        layout.addWidget(self.time)
        self.setFixedHeight(theme.space(12))
        self._shown: StationState | None = None

    def show_status(self, status: StationStatus) -> None:
        self.lot.setText(status.lot or "–")
        recipe = "–"
        if status.recipe:
            revision = self.locale().toString(status.recipe_revision)
            recipe = self.tr("{recipe}, revision {revision}").format(
                recipe=status.recipe, revision=revision
            )
        self.recipe.setText(recipe)
        if status.state is not self._shown:
            self._shown = status.state
            self.state.setText(words.state(status.state))
            self._show_sign(status.state)

    def show_time(self, text: str) -> None:
        self.time.setText(text)

    def _show_sign(self, state: StationState) -> None:
        theme = self._theme
        level = _LEVEL.get(state)
        name = SIGN[level] if level else "stale"
        colour = theme.colour_at(level) if level else theme.quiet
        scale = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap(name, theme.space(4), colour, theme.ink_on(colour), scale))

    def _person(self) -> QLabel:
        label, quiet = QLabel(), self._theme.quiet
        scale = self.devicePixelRatioF()
        label.setPixmap(pixmap("person", self._theme.space(4), quiet, quiet, scale))
        label.setToolTip(self.tr("Who is signed in to this computer"))
        return label

    def _caption(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "quiet")
        label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        return label


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # KeyError before Python 3.13: a number without a name
        return "–"
