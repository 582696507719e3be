"""Settings: what a station is told once; every change is saved at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from inspector_gui.background import Background
from inspector_gui.bridge import Bridge
from inspector_gui.inspection.status import StationStatus
from inspector_gui.records.permissions import Action
from inspector_gui.settings import Settings
from inspector_gui.theme import Theme
from inspector_gui.views.accounts.presence import Presence
from inspector_gui.views.key_help import KeyHelp
from inspector_gui.views.live.guidance import AT_REST
from inspector_gui.views.sentences import sentence
from inspector_gui.views.settings.folders import FoldersSection
from inspector_gui.views.settings.look import LookSection, SoundSection
from inspector_gui.views.settings.producers import ProducersSection
from inspector_gui.views.settings.section import words
from inspector_gui.views.settings.users import UsersSection
from inspector_gui.widgets.icon import pixmap
from inspector_gui.widgets.notice import Notice

RECORDED = ("records", "recipes", "image_folders", "producers", "idle_lock_min")
"""What the record has to have, with old and new values, before it is changed."""
WIDEST = 280  # steps of the grid
DEVICES_MS = 500
SETTLE_MS = 50


class SettingsView(QWidget):
    """The page of the station's settings.

    Signals:
        changed: `Settings` as somebody has just set them.
    """

    changed = Signal(object)

    def __init__(
        self, theme: Theme, bridge: Bridge, settings: Settings, presence: Presence
    ) -> None:
        super().__init__()
        self._presence = presence
        self._theme = theme
        self._bridge = bridge
        self._settings = settings
        self._background = Background("folders", self)
        self.notice = Notice(theme)
        self._tick, self.saved = QLabel(), QLabel(self.tr("Every change is saved at once."))
        self.look = LookSection(theme, settings)
        self.sound = SoundSection(theme, settings)
        self.folders = FoldersSection(theme, self._background, settings)
        self.producers = ProducersSection(theme, settings)
        self.users = UsersSection(theme, settings, presence)
        self._sections = (self.look, self.sound, self.folders, self.producers, self.users)
        self._lay_out()
        for section in self._sections:
            section.changed.connect(self._change)
        self.producers.look_asked.connect(self._look)
        self.users.unfolded.connect(self._show_whole)
        bridge.status_changed.connect(self._show_status)
        self._devices = QTimer(self, interval=DEVICES_MS)
        self._devices.timeout.connect(self._show_devices)

    def keys(self) -> tuple[KeyHelp, ...]:
        return (
            KeyHelp("Tab", self.tr("Next setting")),
            KeyHelp("← →", self.tr("Choose")),
            KeyHelp("Space", self.tr("Press the button")),
        )

    def shown(self) -> None:
        """Look at the folders, which may have changed meanwhile, and at the cameras."""
        self.folders.show_settings(self._settings)
        self._show_devices()
        self._devices.start()
        self.users.shown()

    def hidden(self) -> None:
        self._devices.stop()

    def close_view(self) -> None:
        self._devices.stop()
        self._background.close()

    def show_saved(self) -> None:
        theme = self._theme
        scale = self.devicePixelRatioF()
        colour = theme.passed
        self._tick.setPixmap(pixmap("ok", theme.space(4), colour, theme.ink_on(colour), scale))
        self.saved.setText(self.tr("Saved"))
        self.notice.hide()

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the file of the settings."""
        self._tick.clear()
        self.saved.clear()
        self.notice.show_alarm(text, "")

    def take_place_of(self, other: SettingsView) -> None:
        """Go on where the same page in another look was left."""
        number = other._focused()
        self._scroll.verticalScrollBar().setValue(other._scroll.verticalScrollBar().value())
        if number is not None:
            self._focus(number)

    def _lay_out(self) -> None:
        space = self._theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(6), space(5), 0, 0)
        layout.setSpacing(space(4))
        bar = space(3)  # the scroll bar's width, so that head and sections end alike
        layout.addLayout(self._limited(self._head(), space(6) + bar, 0))
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(space(4))
        for section in self._sections:
            rows.addWidget(section)
        rows.addStretch(1)
        body = QWidget()
        body.setProperty("role", "ground")
        body.setLayout(self._limited(column, space(6), space(6)))
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(body)
        layout.addWidget(self._scroll, 1)

    def _limited(self, widget: QWidget, right: int, foot: int) -> QHBoxLayout:
        """At the left, and not so wide that a control is far from its name."""
        widget.setMaximumWidth(self._theme.space(WIDEST))
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, right, foot)
        across.addWidget(widget, 1)
        across.addStretch(0)
        return across

    def _head(self) -> QWidget:
        space = self._theme.space
        head = QWidget()
        layout = QVBoxLayout(head)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(4))
        line = QHBoxLayout()
        line.setSpacing(space(2))
        line.addWidget(words(self.tr("Station settings"), "section"), 1)
        line.addWidget(self._tick)
        line.addWidget(self.saved)
        layout.addLayout(line)
        layout.addWidget(self.notice)
        return head

    def _change(self, what: dict[str, object]) -> None:
        """Use what was set; of what matters to the record, only once that has it."""
        if not set(what) & set(RECORDED):
            self._apply(what)
            return
        old = self._settings.model_dump(mode="json", include=set(what))
        new = self._settings.model_copy(update=what).model_dump(mode="json", include=set(what))
        self._presence.permit(
            Action.CHANGE_SETTINGS,
            "settings",
            old,
            new,
            lambda: self._apply(what),
            self._show_refused,
            is_way_out=set(what) == {"records"},
        )

    def _show_refused(self, error: Exception) -> None:
        """Say why nothing was changed, and show again what holds."""
        self.users.show_settings(self._settings)
        self.show_problem(sentence(str(error)))

    def _apply(self, what: dict[str, object]) -> None:
        self.notice.hide()
        self._settings = self._settings.model_copy(update=what)
        focused = self._focused()
        if "producers" in what:
            self.producers.show_settings(self._settings)
        if {"records", "recipes", "image_folders"} & set(what):
            self.folders.show_settings(self._settings)
        if focused is not None:
            self._focus(focused)
        self.changed.emit(self._settings)

    def _show_whole(self, widget: QWidget) -> None:
        """Scroll to something, once it has taken its place."""

        def scroll() -> None:
            if widget.isVisible():
                self._scroll.ensureWidgetVisible(widget, 0, self._theme.space(4))

        QTimer.singleShot(SETTLE_MS, widget, scroll)

    def _look(self) -> None:
        self._bridge.controller.refresh()
        self._show_devices()

    def _show_devices(self) -> None:
        self.producers.show_devices(self._bridge.controller.devices())

    def _show_status(self, status: StationStatus) -> None:
        is_running = status.state not in AT_REST
        self.folders.show_running(is_running)
        self.producers.show_running(is_running)

    def _buttons(self) -> list[QPushButton]:
        return [b for b in self._scroll.findChildren(QPushButton) if b.isVisibleTo(self._scroll)]

    def _focused(self) -> int | None:
        """The number of the button that takes keys, which is the same in every look."""
        focused = QApplication.focusWidget()
        return next((n for n, b in enumerate(self._buttons()) if b is focused), None)

    def _focus(self, number: int) -> None:
        buttons = self._buttons()
        button = buttons[min(number, len(buttons) - 1)]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(button)
