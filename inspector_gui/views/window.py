"""The frame of the window: rail, header, view and status line."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
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
from inspector_gui.theme import Theme
from inspector_gui.views import words
from inspector_gui.views.controller import Controller
from inspector_gui.views.header import Header
from inspector_gui.views.live import LiveView, health_lines
from inspector_gui.widgets.icon import set_icon
from inspector_gui.widgets.status_line import Sign, StatusLine

SMALLEST = QSize(1280, 800)
CLOCK_MS = 1000
HEALTH = ("camera", "engine", "record", "disk")


@dataclass(frozen=True, slots=True)
class Place:
    """A view that the rail leads to; its key is Ctrl and its number in the rail."""

    title: str
    drawing: str
    view: QWidget


class MainWindow(QMainWindow):
    """Everything an operator sees of one station."""

    def __init__(self, controller: Controller, theme: Theme | None = None) -> None:
        """Build the window; it looks at the station from the first time it is shown.

        Args:
            controller: The station's.
            theme: As the desktop is set, by default.
        """
        super().__init__()
        self.theme = theme or themes.system_theme()
        themes.apply(self.theme, self)
        self.bridge = Bridge(controller)
        self.setWindowTitle("line-inspector")
        self.setWindowIcon(QIcon(str(resources.FOLDER / "icons" / "line-inspector.svg")))
        self.header = Header(self.theme)
        self.live = LiveView(self.theme, self.bridge)
        self.places = (Place(self.tr("Live"), "live", self.live),)
        self.pages = QStackedWidget()
        self.status_line = StatusLine(self.theme)
        self._lay_out()
        self.bridge.status_changed.connect(self._show_status)
        self._clock = QTimer(self, interval=CLOCK_MS)
        self._clock.timeout.connect(self._show_time)
        self._show_time()
        self._clock.start()
        self.setFocus()  # on nothing that a stray key could set off
        self.bridge.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.bridge.end()
        super().closeEvent(event)

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
        rail.setFixedWidth(space(20))
        layout = QVBoxLayout(rail)
        layout.setContentsMargins(space(2), space(2), space(2), space(2))
        layout.setSpacing(space(1))
        group = QButtonGroup(rail)
        for number, place in enumerate(self.places):
            self.pages.addWidget(place.view)
            button = self._rail_button(place, number + 1)
            group.addButton(button, number)
            layout.addWidget(button)
        group.button(0).setChecked(True)
        group.idClicked.connect(self.pages.setCurrentIndex)
        layout.addStretch(1)
        return rail

    def _rail_button(self, place: Place, number: int) -> QToolButton:
        space = self.theme.space
        button = QToolButton()
        button.setProperty("role", "place")
        button.setText(place.title)
        set_icon(
            button, place.drawing, space(7), self.theme.quiet, ink_when_on=self.theme.information
        )
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setCheckable(True)
        button.setFixedSize(space(16), space(16))
        key = QKeySequence(f"Ctrl+{number}")
        button.setShortcut(key)
        native = key.toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{place.title}  {native}")
        return button

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
