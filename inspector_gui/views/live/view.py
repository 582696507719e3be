"""Live: the part that has just been judged, and how the line does."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engines.verdict import Decision
from inspector_gui.bridge import Bridge
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.status import StationState, StationStatus
from inspector_gui.theme import Theme
from inspector_gui.views import words
from inspector_gui.views.key_help import KeyHelp
from inspector_gui.views.live.guidance import SIMULATED, Action, action, guidance, notice
from inspector_gui.views.live.guidance import health_lines as health_lines
from inspector_gui.views.live.line_panel import START_KEY, LinePanel
from inspector_gui.views.live.picture import Picture
from inspector_gui.views.live.thumbnail import thumbnail
from inspector_gui.views.live.verdict_panel import VerdictPanel
from inspector_gui.views.lots.bar import LotBar
from inspector_gui.views.lots.desk import LotDesk
from inspector_gui.views.lots.panel import LotPanel
from inspector_gui.views.lots.standing import what_next, why_no_start
from inspector_gui.views.picture_tools import PictureTools
from inspector_gui.widgets.figures import Figures
from inspector_gui.widgets.notice import Notice
from inspector_gui.widgets.reject_strip import Key, Reject, RejectStrip
from inspector_gui.widgets.sound import Sound
from inspector_gui.widgets.trend import Trend

SIDE_STEPS = (104, 240)  # width of the right column, in steps of the grid
SIDE_SHARE = 0.27
CHOICES_MS = 1000


class LiveView(QWidget):
    """The view an operator looks at while the line runs.

    Attributes:
        sound_on_reject: Whether a part that does not pass is heard.

    Signals:
        settings_asked: Somebody wants to see the settings.
        sign_in_asked: Somebody wants to sign in.
        sign_asked: Somebody wants to sign the lot of this name.
    """

    settings_asked = Signal()
    sign_in_asked = Signal()
    sign_asked = Signal(str)

    def __init__(self, theme: Theme, bridge: Bridge) -> None:
        super().__init__()
        self._theme = theme
        self._bridge = bridge
        self._status: StationStatus | None = None
        self._next = ""  # what to do about the lot while the line is stopped
        self.sound_on_reject = False
        self.sound = Sound()
        self.picture = Picture(theme)
        self.tools = PictureTools(theme, self.picture)
        self.notice = Notice(theme)
        self.strip = RejectStrip(theme)
        self.verdict = VerdictPanel(theme)
        self.figures = Figures(theme, {d: words.decision(d) for d in Decision})
        self.trend = Trend(theme)
        self.line = LinePanel(theme, bridge)
        self.desk = LotDesk(bridge, self)
        self.lot = LotBar(theme, bridge.controller)
        self.lot_panel = LotPanel(theme, self.desk)
        self._lay_out()
        self._clear_verdict()
        self._connect()
        self._choices = QTimer(self, interval=CHOICES_MS)
        self._choices.timeout.connect(self._look_at_choices)
        self._choices.start()

    def shown(self) -> None:
        """The place is opened: look how it stands with lots, and go on, for the window's head."""
        self.desk.begin()

    def close_view(self) -> None:
        self.desk.close()

    def keys(self) -> tuple[KeyHelp, ...]:
        """What F1 shows."""
        start = START_KEY.toString(QKeySequence.SequenceFormat.NativeText)
        return (
            KeyHelp(start, self.tr("Start or stop the line")),
            KeyHelp("Esc", self.tr("Back from a frozen picture to the line")),
            KeyHelp("Tab", self.tr("Go to the next control")),
            KeyHelp("← → ↑ ↓", self.tr("In the picture: move it")),
            KeyHelp("+ −", self.tr("In the picture: larger, smaller")),
            KeyHelp("0", self.tr("In the picture: fit it")),
            KeyHelp("1", self.tr("In the picture: show it 1:1")),
            KeyHelp("← →", self.tr("In the last rejects: next, previous")),
            KeyHelp("Enter", self.tr("In the last rejects: look at one")),
        )

    def _connect(self) -> None:
        bridge = self._bridge
        bridge.inspected.connect(self._show_inspection)
        bridge.cleared.connect(self._clear_verdict)
        bridge.status_changed.connect(self._show_status)
        self.strip.chosen.connect(self._hold)
        self.tools.freeze.toggled.connect(self._show_frozen)
        self.picture.guide.chosen.connect(self._act)
        self.notice.chosen.connect(self._act)
        self.desk.looked.connect(self._show_lot)
        self.lot.pressed.connect(self.lot_panel.open_panel)
        self.lot_panel.sign_asked.connect(self.sign_asked)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._return_to_line)
        self._escape.setEnabled(False)

    def _lay_out(self) -> None:
        space = self._theme.space
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space(3), space(3), space(3), space(3))
        layout.setSpacing(space(3))
        left = QVBoxLayout()
        left.setSpacing(space(2))
        left.addWidget(self.lot)
        left.addWidget(self.lot_panel)
        left.addWidget(self.notice)
        left.addWidget(self.picture, 1)
        left.addWidget(self.tools)
        last_rejects = self._panel(self.strip)
        self.lot_panel.turned.connect(lambda is_open: last_rejects.setVisible(not is_open))
        left.addWidget(last_rejects)
        layout.addLayout(left, 1)
        side = QWidget()
        self._side = side
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(space(2))
        right.addWidget(self.verdict, 5)
        right.addWidget(self._panel(self.figures, self.trend), 3)
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
        layout.setContentsMargins(space(4), space(2), space(4), space(2))
        layout.setSpacing(space(2))
        for widget in widgets:
            layout.addWidget(widget)
        return panel

    # --- what the station says ---

    def _show_inspection(self, inspection: Inspection) -> None:
        self.picture.show_inspection(inspection)
        self.tools.setEnabled(True)
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
            self._show_rejects(is_first=last is None)
        self._show_guidance(status)

    def _show_guidance(self, status: StationStatus) -> None:
        """In the place of the picture while there is none, above it while there is one."""
        controller = self._bridge.controller
        said = notice(status)
        if controller.latest() is None:
            screen = guidance(
                status, controller.recipes(), controller.cameras(), controller.selected()
            )
            if self._next and status.state is StationState.STOPPED and not screen.actions:
                screen = replace(screen, remedy=self._next)
            self.picture.show_guidance(screen)
            self.tools.setEnabled(self.picture.shown is not None)
            if (screen.is_alarm or screen == said) and self.picture.shown is None:
                said = None
        if said is None:
            self.notice.hide()
        else:
            buttons = [(value.value, action(value)) for value in said.actions]
            self.notice.show_alarm(said.title, said.remedy, buttons)

    def _look_at_choices(self) -> None:
        self.line.show_choices()
        self._show_lot()
        if self._status is not None and self._bridge.controller.latest() is None:
            self._show_guidance(self._status)

    def _show_lot(self) -> None:
        """Which lot is open, and whether the line may be started on it as it is chosen."""
        stands, controller = self.desk.standing, self._bridge.controller
        self.lot.show_standing(stands)
        if stands is not None:
            self.line.show_recipe(not stands.recipe_follows_lot)
            why = why_no_start(stands, controller.recipes(), controller.selected())
            self.line.block(why)
            self._next = what_next(stands, why)

    # --- what the operator does ---

    def _act(self, key: str) -> None:
        chosen = Action(key)
        controller = self._bridge.controller
        if chosen is Action.SETTINGS:
            self.settings_asked.emit()
        elif chosen is Action.SIGN_IN:
            self.sign_in_asked.emit()
        elif chosen is Action.TRY_AGAIN:
            self._bridge.start_or_stop()
        else:
            recipe, _ = controller.selected()
            controller.select(recipe, SIMULATED)
            self._look_at_choices()

    def _hold(self, key: Key) -> None:
        """Show an earlier part in the picture, frozen."""
        rejects = self._bridge.controller.rejects()
        kept = next((i for i in rejects if (i.lot, i.part) == key), None)
        if kept is not None:
            self.picture.hold(kept)
            self.tools.setEnabled(True)
            self.tools.freeze.setChecked(True)
            self.strip.show_chosen(key)

    def _show_frozen(self, is_frozen: bool) -> None:
        self._escape.setEnabled(is_frozen)
        if not is_frozen:
            self.strip.show_chosen(None)
            self.tools.setEnabled(self.picture.shown is not None)

    def _return_to_line(self) -> None:
        self.tools.freeze.setChecked(False)

    # --- the last rejects ---

    def _show_rejects(self, *, is_first: bool) -> None:
        known = {reject.key: reject for reject in self.strip.rejects}
        rejects = list(reversed(self._bridge.controller.rejects()))
        self.strip.show_rejects([known.get((i.lot, i.part)) or self._reject(i) for i in rejects])
        has_new = bool(rejects) and (rejects[0].lot, rejects[0].part) not in known
        if has_new and self.sound_on_reject and not is_first:
            self.sound.play()

    def _reject(self, inspection: Inspection) -> Reject:
        verdict = inspection.verdict
        pixels = inspection.pixels
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
