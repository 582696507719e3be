"""The line at the window's head."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from inspector_gui.inspection.status import Level, StationState, StationStatus
from inspector_gui.theme import Theme
from inspector_gui.views import words
from inspector_gui.views.accounts.presence import Presence
from inspector_gui.views.accounts.who import WhoButton
from inspector_gui.views.live.guidance import AT_REST
from inspector_gui.views.lots.standing import Standing
from inspector_gui.widgets.elided_label import ElidedLabel
from inspector_gui.widgets.icon import SIGN, pixmap

ACCOUNTS_KEY = "Ctrl+L"
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
        self.gone = ElidedLabel("quiet")
        self.who = WhoButton(theme, native(ACCOUNTS_KEY))
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
        layout.addWidget(self.gone)
        layout.addWidget(self.who)
        layout.addSpacing(theme.space(2))
        layout.addWidget(self.time)
        self.setFixedHeight(max(theme.space(12), theme.target + theme.grid))
        self._shown: StationState | None = None
        self._status: StationStatus | None = None
        self._standing: Standing | None = None

    def show_standing(self, standing: Standing | None) -> None:
        """Name the lot that is open while no line runs, instead of the one that ran last."""
        self._standing = standing
        if self._status is not None:
            self.show_status(self._status)

    def show_status(self, status: StationStatus) -> None:
        self._status = status
        lot, recipe, revision = status.lot, status.recipe, status.recipe_revision
        stands = self._standing
        if status.state in AT_REST and stands is not None and not stands.is_demonstration:
            lot, recipe, revision = "", "", 0
            if stands.lot is not None:
                of = stands.lot
                lot, recipe, revision = of.name, of.recipe, of.recipe_revision
        self.lot.setText(lot or "–")
        said = self.tr("{recipe}, revision {revision}")
        number = self.locale().toString(revision)
        self.recipe.setText(said.format(recipe=recipe, revision=number) if recipe else "–")
        if status.state is not self._shown:
            self._shown = status.state
            self.state.setText(words.state(status.state))
            self._show_sign(status.state)

    def show_present(self, presence: Presence) -> None:
        """Who is there, or who was signed out because nobody was."""
        self.who.show_present(presence.present)
        said = self.tr("{name} was signed out").format(name=presence.gone)
        self.gone.setText(said if presence.gone else "")

    def show_time(self, text: str) -> None:
        self.time.setText(text)

    def _show_sign(self, state: StationState) -> None:
        theme = self._theme
        level = _LEVEL.get(state)
        name = SIGN[level] if level else "stale"
        colour = theme.colour_at(level) if level else theme.quiet
        scale = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap(name, theme.space(4), colour, theme.ink_on(colour), scale))

    def _caption(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "quiet")
        label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        return label


def native(key: str) -> str:
    """A key as it stands on the keyboards here."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
