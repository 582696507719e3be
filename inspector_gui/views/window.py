"""The frame of the window: rail, header, view and status line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QDateTime, QLocale, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFontMetrics, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

import resources
from inspector_gui import theme as themes
from inspector_gui.bridge import Bridge
from inspector_gui.inspection.status import Health, Level, StationStatus
from inspector_gui.settings import Settings
from inspector_gui.theme import Theme
from inspector_gui.views import words
from inspector_gui.views.accounts.idle import IdleWatch
from inspector_gui.views.accounts.panel import AccountPanel
from inspector_gui.views.accounts.presence import IDLE, Presence
from inspector_gui.views.audit.view import AuditView
from inspector_gui.views.controller import Controller
from inspector_gui.views.header import ACCOUNTS_KEY, Header
from inspector_gui.views.header import native as _native
from inspector_gui.views.history.view import HistoryView
from inspector_gui.views.key_help import KeyHelp, KeyHelpPanel
from inspector_gui.views.live.view import LiveView, health_lines
from inspector_gui.views.lots.view import LotsView
from inspector_gui.views.review.view import ReviewView
from inspector_gui.views.settings.view import SettingsView
from inspector_gui.widgets.icon import set_icon
from inspector_gui.widgets.status_line import Sign, StatusLine

SMALLEST = QSize(1280, 800)
CLOCK_MS = 1000
DEFAULTS = Settings()
HEALTH = ("camera", "engine", "record", "disk")


@dataclass(frozen=True, slots=True)
class Place:
    """A view that the rail leads to.

    A view may have `keys()`, its `KeyHelp`s for F1, and `shown()`, `hidden()` and `close_view()`,
    which are called when it is come to, when it is left, and when the window is closed.
    """

    title: str
    drawing: str
    key: str
    view: QWidget


class MainWindow(QMainWindow):
    """Everything an operator sees of one station.

    Signals:
        settings_changed: `Settings` as somebody has just set them.
    """

    settings_changed = Signal(object)

    def __init__(
        self,
        controller: Controller,
        theme: Theme | None = None,
        settings: Settings = DEFAULTS,
    ) -> None:
        """Build the window; it looks at the station from the first time it is shown.

        Args:
            controller: The station's.
            theme: As the desktop is set, by default.
            settings: Where the settings' page begins.
        """
        super().__init__()
        self.theme = theme or themes.system_theme()
        themes.apply(self.theme, self)
        self.bridge = Bridge(controller)
        self.setWindowTitle("line-inspector")
        self.setWindowIcon(QIcon(str(resources.FOLDER / "icons" / "line-inspector.svg")))
        self.presence = Presence(controller, self)
        self.idle = IdleWatch(self)
        self.header = Header(self.theme)
        self.live = LiveView(self.theme, self.bridge)
        self.review = ReviewView(self.theme, controller)
        self.history = HistoryView(self.theme, controller)
        self.lots = LotsView(self.theme, controller)
        self.audit = AuditView(self.theme, controller)
        self.settings = SettingsView(self.theme, self.bridge, settings, self.presence)
        self.places = (
            Place(self.tr("Live"), "live", "Ctrl+1", self.live),
            Place(self.tr("Review"), "review", "Ctrl+2", self.review),
            Place(self.tr("History"), "history", "Ctrl+3", self.history),
            Place(self.tr("Lots"), "lots", "Ctrl+4", self.lots),
            Place(self.tr("Audit"), "audit", "Ctrl+5", self.audit),
            Place(self.tr("Settings"), "settings", "Ctrl+,", self.settings),
        )
        self.pages = QStackedWidget()
        self.status_line = StatusLine(self.theme)
        self._lay_out()
        QShortcut(QKeySequence(Qt.Key.Key_F1), self, self.show_keys)
        self.accounts = self._account_panel()
        self._use(settings)
        self.live.settings_asked.connect(self.open_settings)
        self.live.sign_asked.connect(self._open_lot)
        self.live.desk.looked.connect(self._show_standing)
        self.settings.changed.connect(self._use)
        self.settings.changed.connect(self.settings_changed)
        self.bridge.status_changed.connect(self._show_status)
        self._clock = QTimer(self, interval=CLOCK_MS)
        self._clock.timeout.connect(self._show_time)
        self._show_time()
        self._clock.start()
        self.setFocus()  # on nothing that a stray key could set off
        self.bridge.begin()
        self.presence.begin()
        _tell(self.places[self.place].view, "shown")

    @property
    def place(self) -> int:
        """The number of the open view in `places`."""
        return self.pages.currentIndex()

    def open_place(self, number: int, *_: object) -> None:
        for button in self._rail_buttons:
            button.setChecked(button is self._rail_buttons[number])
        if number != self.place:
            _tell(self.places[self.place].view, "hidden")
            self.pages.setCurrentIndex(number)
            self.setFocus()
            _tell(self.places[self.place].view, "shown")
            self.accounts.place()

    def open_settings(self) -> None:
        self.open_place(self.pages.indexOf(self.settings))

    def _open_lot(self, name: str) -> None:
        self.open_place(self.pages.indexOf(self.lots))
        self.lots.choose(name)

    def show_keys(self) -> None:
        """The keys of the open view and of the window."""
        keys: Callable[[], tuple[KeyHelp, ...]] = getattr(
            self.places[self.place].view, "keys", tuple
        )
        own = (KeyHelp(_native(place.key), place.title) for place in self.places)
        title = self.tr("Keys: {view}").format(view=self.places[self.place].title)
        everywhere = (
            KeyHelp(_native(ACCOUNTS_KEY), self.tr("Sign in, sign out, change users")),
            KeyHelp("F1", self.tr("Show the keys")),
        )
        panel = KeyHelpPanel(self.theme, title, (*keys(), *own, *everywhere))
        panel.show_over(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.bridge.end()
        self._clock.stop()
        self.idle.watch(False)
        self.presence.close()
        _tell(self.places[self.place].view, "hidden")
        for place in self.places:
            _tell(place.view, "close_view")
        super().closeEvent(event)

    def _use(self, settings: Settings) -> None:
        self.live.sound_on_reject = settings.sound_on_reject
        self.idle.limit_min = settings.idle_lock_min

    def _account_panel(self) -> AccountPanel:
        """Below who is there; beside the verdict, which stays in sight."""
        space = self.theme.space
        panel = AccountPanel(self.theme, self.presence, self)

        def right() -> int:
            is_live = self.places[self.place].view is self.live
            edge = self.live.verdict.mapTo(self, QPoint(0, 0)).x() if is_live else self.width()
            return edge - space(3)

        panel.place_at(right, lambda: self.header.height() + space(3))
        self.header.who.clicked.connect(panel.open_or_close)
        QShortcut(QKeySequence(ACCOUNTS_KEY), self, panel.open_or_close)
        self.presence.changed.connect(self._show_present)
        self.idle.idle.connect(lambda: self.presence.sign_out(IDLE))
        self.live.sign_in_asked.connect(panel.open_panel)
        self.review.sign_in_asked.connect(panel.open_panel)
        self.settings.users.set_up_asked.connect(panel.open_set_up)
        self._show_present()
        return panel

    def _show_present(self) -> None:
        self.header.show_present(self.presence)
        for view in (self.review, self.history):
            view.show_rights(self.presence.present.actor)
        self.idle.watch(self.presence.present.is_signed_in)

    def _lay_out(self) -> None:
        frame = QWidget()
        frame.setProperty("role", "ground")
        across = QHBoxLayout(frame)
        down = QVBoxLayout()
        for layout in (across, down):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        across.addWidget(self._rail())
        down.addWidget(self.header)
        down.addWidget(self.pages, 1)
        down.addWidget(self.status_line)
        across.addLayout(down, 1)
        self.setCentralWidget(frame)
        self.setMinimumSize(SMALLEST)

    def _rail(self) -> QFrame:
        space = self.theme.space
        rail = QFrame()
        rail.setProperty("role", "rail")
        layout = QVBoxLayout(rail)
        layout.setContentsMargins(space(2), space(2), space(2), space(2))
        layout.setSpacing(space(1))
        self._rail_buttons: list[QToolButton] = []  # no group, so that Tab leads to each of them
        for number, place in enumerate(self.places):
            self.pages.addWidget(place.view)
            button = self._rail_button(place)
            go = partial(self.open_place, number)
            button.clicked.connect(go)
            QShortcut(QKeySequence(place.key), self, go)  # a button's own waits for its animation
            self._rail_buttons.append(button)
            if place.view is self.settings:
                layout.addStretch(1)
            layout.addWidget(button)
        self._rail_buttons[0].setChecked(True)
        return rail

    def _rail_width(self) -> int:
        """Enough for the longest of the places' names in any language."""
        space = self.theme.space
        metrics = QFontMetrics(self.theme.font(self.theme.quiet_px, strong=True))
        longest = max(metrics.horizontalAdvance(place.title) for place in self.places)
        return max(space(16), longest + space(4))

    def _rail_button(self, place: Place) -> QToolButton:
        space = self.theme.space
        button = QToolButton()
        button.setProperty("role", "place")
        button.setText(place.title)
        set_icon(
            button, place.drawing, space(7), self.theme.quiet, ink_when_on=self.theme.information
        )
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setCheckable(True)
        button.setFixedSize(self._rail_width(), max(space(16), self.theme.target))
        button.setToolTip(f"{place.title}  {_native(place.key)}")
        return button

    def _show_standing(self) -> None:
        self.header.show_standing(self.live.desk.standing)

    def _show_status(self, status: StationStatus) -> None:
        self.header.show_status(status)
        known = {health.name: self._sign(health, status) for health in health_lines(status)}
        signs = (known.get(name) or self._unknown(name) for name in HEALTH)
        self.status_line.show_signs(tuple(signs))

    def _unknown(self, name: str) -> Sign:
        text = self.tr("This is known once the line has been started.")
        return Sign(name, None, words.health_line(name), self.tr("not started"), text)

    def _sign(self, health: Health, status: StationStatus) -> Sign:
        named = {"camera": status.camera_name, "engine": words.provider(status.provider)}
        word = words.level(health.level)
        if health.level is Level.OK:
            word = named.get(health.name) or word
        remedy = words.sentence(health.remedy) if health.remedy else ""
        title = words.health_line(health.name)
        return Sign(health.name, health.level, title, word, words.sentence(health.text), remedy)

    def _show_time(self) -> None:
        time = QDateTime.currentDateTime().time()
        self.header.show_time(QLocale().toString(time, QLocale.FormatType.ShortFormat))


def _tell(view: QWidget, moment: str) -> None:
    """Call a view's `shown`, `hidden` or `close_view`, if it has that."""
    hook = getattr(view, moment, None)
    if hook is not None:
        hook()
