"""Live: the part that has just been judged, and how the line does."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engines.verdict import Decision
from inspector_gui.bridge import Bridge
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.status import Health, Level, StationState, StationStatus
from inspector_gui.theme import Theme
from inspector_gui.views import words
from inspector_gui.views.line_panel import AT_REST, LinePanel
from inspector_gui.views.picture import Picture
from inspector_gui.views.picture_tools import PictureTools
from inspector_gui.views.thumbnail import thumbnail
from inspector_gui.views.verdict_panel import VerdictPanel
from inspector_gui.widgets.figures import Figures
from inspector_gui.widgets.notice import Notice
from inspector_gui.widgets.reject_strip import Reject, RejectStrip
from inspector_gui.widgets.trend import Trend

SIDE_STEPS = (104, 240)  # width of the right column, in steps of the grid
SIDE_SHARE = 0.27
CHOICES_MS = 1000
NEEDS_A_HAND = frozenset({StationState.FAULT, StationState.CAMERA_LOST})


class LiveView(QWidget):
    """The view an operator looks at while the line runs."""

    def __init__(self, theme: Theme, bridge: Bridge) -> None:
        super().__init__()
        self._theme = theme
        self._bridge = bridge
        self._status: StationStatus | None = None
        self.picture = Picture(theme)
        self.tools = PictureTools(theme, self.picture)
        self.notice = Notice(theme)
        self.strip = RejectStrip(theme)
        self.verdict = VerdictPanel(theme)
        self.figures = Figures(theme, {d: words.decision(d) for d in Decision})
        self.trend = Trend(theme)
        self.line = LinePanel(theme, bridge)
        self._lay_out()
        self._clear_verdict()
        bridge.inspected.connect(self._show_inspection)
        bridge.cleared.connect(self._clear_verdict)
        bridge.status_changed.connect(self._show_status)
        self._choices = QTimer(self, interval=CHOICES_MS)
        self._choices.timeout.connect(self._look_at_choices)
        self._choices.start()

    def _lay_out(self) -> None:
        space = self._theme.space
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space(3), space(3), space(3), space(3))
        layout.setSpacing(space(3))
        left = QVBoxLayout()
        left.setSpacing(space(2))
        left.addWidget(self.notice)
        left.addWidget(self.picture, 1)
        left.addWidget(self.tools)
        left.addWidget(self._panel(self.strip))
        layout.addLayout(left, 1)
        side = QWidget()
        self._side = side
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(space(3))
        right.addWidget(self.verdict, 1)
        right.addWidget(self._panel(self.figures, self.trend))
        right.addWidget(self._panel(self.line))
        layout.addWidget(side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        least, most = map(self._theme.space, SIDE_STEPS)
        self._side.setFixedWidth(min(max(least, round(self.width() * SIDE_SHARE)), most))
        super().resizeEvent(event)

    def _panel(self, *widgets: QWidget) -> QFrame:
        panel = QFrame()
        panel.setProperty("role", "panel")
        space = self._theme.space
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(space(4), space(3), space(4), space(3))
        layout.setSpacing(space(2))
        for widget in widgets:
            layout.addWidget(widget)
        return panel

    def _show_inspection(self, inspection: Inspection) -> None:
        self.picture.show_inspection(inspection)
        self.verdict.show_verdict(inspection.verdict)

    def _clear_verdict(self) -> None:
        waits = self._status is not None and self._status.state is StationState.RUNNING
        why = self.tr("Waiting for the next part") if waits else self.tr("No verdict")
        self.verdict.clear(why)

    def _show_status(self, status: StationStatus) -> None:
        last, self._status = self._status, status
        if self.verdict.banner.decision is None:
            self._clear_verdict()
        self.line.show_status(status)
        self.figures.show_status(status)
        if last is None or last.counters != status.counters or last.lot != status.lot:
            self.trend.show_parts(self._bridge.controller.trend())
            self._show_rejects()
        self._show_notice(status)
        if self._bridge.controller.latest() is None:
            self._show_nothing(status)

    def _show_notice(self, status: StationStatus) -> None:
        if status.state not in NEEDS_A_HAND:
            self.notice.hide()
            return
        alarm = next((h for h in health_lines(status) if h.level is Level.ALARM), None)
        text = status.detail or (alarm.text if alarm else words.state(status.state))
        remedy = alarm.remedy if alarm else ""
        self.notice.show_alarm(words.sentence(text), words.sentence(remedy) if remedy else "")

    def _show_nothing(self, status: StationStatus) -> None:
        title, hint = self.tr("No picture yet"), self.tr("The first part will appear here.")
        if self.line.recipe.count() == 0:
            title, hint = self.tr("No recipe yet"), self.tr("Add a recipe, then choose it here.")
        elif self.line.camera.count() == 0:
            title = self.tr("No camera yet")
            hint = self.tr("Connect one, or choose the simulated line.")
        elif status.state in AT_REST:
            title = self.tr("The line is stopped")
            hint = self.tr("Choose recipe and camera, then press Start or F6.")
        self.picture.show_nothing(title, hint)

    def _look_at_choices(self) -> None:
        self.line.show_choices()
        if self._status is not None and self._bridge.controller.latest() is None:
            self._show_nothing(self._status)

    def _show_rejects(self) -> None:
        known = {reject.key: reject for reject in self.strip.rejects}
        rejects = reversed(self._bridge.controller.rejects())
        self.strip.show_rejects([known.get((i.lot, i.part)) or self._reject(i) for i in rejects])

    def _reject(self, inspection: Inspection) -> Reject:
        verdict = inspection.verdict
        pixels = next((f.pixels for f in inspection.frames if f.pixels is not None), None)
        image = None
        if pixels is not None:
            box = verdict.findings[0].box if verdict.findings else None
            side = round(self.strip.side * self.devicePixelRatioF())
            small = thumbnail(pixels, box, side)
            image = QImage(
                small.data, side, side, small.strides[0], QImage.Format.Format_RGB888
            ).copy()
        return Reject(
            (inspection.lot, inspection.part),
            verdict.decision,
            self.locale().toString(inspection.part),
            words.findings_line(verdict),
            image,
        )


def health_lines(status: StationStatus) -> tuple[Health, ...]:
    """The lines of the station's health; where there is no station, why there is none."""
    if status.health or not status.fault_in:
        return status.health
    remedy = "Mend the cause, then start the line again."
    return (Health(status.fault_in, Level.ALARM, status.detail, remedy),)
