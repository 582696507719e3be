"""Opening, closing and changing over, above the picture; the line goes on meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from inspector_gui.inspection import recipe as recipes
from inspector_gui.inspection.status import StationState
from inspector_gui.records.accounts import Session
from inspector_gui.records.lots import LotCount, LotRecord, close_lot, count_of, open_lot
from inspector_gui.records.office import Office
from inspector_gui.records.permissions import Action
from inspector_gui.theme import Theme
from inspector_gui.views import words
from inspector_gui.views.live.guidance import AT_REST
from inspector_gui.views.lots import lot_words
from inspector_gui.views.lots.close_form import CloseForm
from inspector_gui.views.lots.desk import LotDesk
from inspector_gui.views.lots.open_form import OpenForm
from inspector_gui.widgets.focus import leave


class LotPanel(QFrame):
    """Step 1 closes the lot that is open, step 2 opens the next; each can be left alone.

    Signals:
        sign_asked: Somebody wants to sign the lot of this name.
        turned: It is open now, or it is not.
    """

    sign_asked = Signal(str)
    turned = Signal(bool)

    def __init__(self, theme: Theme, desk: LotDesk) -> None:
        super().__init__()
        self._desk = desk
        self._closing: LotRecord | None = None
        self._to_sign = ""
        self._is_counting = False
        self.setProperty("role", "panel")
        self.title = QLabel()
        self.title.setProperty("role", "section")
        self.close_form, self.open_form = CloseForm(theme), OpenForm(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        layout.setSpacing(theme.space(2))
        for widget in (self.title, self.close_form, self.open_form):
            layout.addWidget(widget)
        self.close_form.stop_asked.connect(self._stop)
        self.close_form.close_asked.connect(self._close_lot)
        self.open_form.open_asked.connect(self._open_lot)
        self.open_form.sign_asked.connect(self._sign)
        for form in (self.close_form, self.open_form):
            form.cancelled.connect(self._put_away)
        desk.looked.connect(self.look)
        desk.bridge.status_changed.connect(self.look)
        self.hide()

    def open_panel(self) -> None:
        """Begin with the step that is next."""
        stands = self._desk.standing
        if stands is None or stands.is_demonstration:
            return
        if stands.lot is not None:
            self._begin_closing(stands.lot)
        elif stands.may(Action.SIGN_LOT) and stands.to_sign:
            self._begin_opening(to_sign=stands.to_sign[0])
        else:
            self._begin_opening()

    def look(self, *_: object) -> None:
        """Go on as the line and the record have come."""
        stands = self._desk.standing
        if not self.isVisible() or stands is None:
            return
        if not stands.may(Action.CLOSE_LOT):  # somebody has signed out
            self._put_away()
        elif self._closing is not None:
            self._look_at_line(self._closing)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.turned.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.turned.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._put_away()
        else:
            super().keyPressEvent(event)

    # --- step 1 ---

    def _begin_closing(self, lot: LotRecord) -> None:
        self._closing = lot
        self.close_form.begin()
        self._show(
            self.tr("Changeover, step 1 of 2: close lot {lot}").format(lot=lot.name),
            is_closing=True,
        )
        self._look_at_line(lot)
        self.close_form.button.setFocus()

    def _look_at_line(self, lot: LotRecord) -> None:
        form, stands = self.close_form, self._desk.standing
        if self._runs_here(lot):
            state = self._desk.controller.status().state
            form.show_running(state not in (StationState.RUNNING, StationState.CAMERA_LOST))
        elif stands is not None and stands.running_lot == lot.name:
            form.show_running_elsewhere()
        elif form.needs_count and not self._is_counting:
            self._is_counting = True
            form.show_counting()
            self._desk.ask(
                lambda reader: count_of(reader, lot.name),
                lambda count: self._show_count(lot, count),
                self._fail_to_count,
            )

    def _show_count(self, lot: LotRecord, count: LotCount) -> None:
        self._is_counting = False
        if self._closing is lot and not self._runs_here(lot):
            self.close_form.show_count(lot, count)

    def _fail_to_count(self, error: Exception) -> None:
        self._is_counting = False
        self._fail_to_close(error)

    def _runs_here(self, lot: LotRecord) -> bool:
        status = self._desk.controller.status()
        return status.state not in AT_REST and status.lot == lot.name

    def _stop(self) -> None:
        self._desk.controller.stop()
        self.look()

    def _close_lot(self, why: str) -> None:
        lot = self._closing
        if lot is None:
            return
        self.close_form.show_busy()

        def work(office: Office, session: Session | None) -> LotCount:
            return close_lot(office, session, lot.name, why)

        self._desk.act(work, lambda count: self._go_on(lot, count), self._fail_to_close)

    def _fail_to_close(self, error: Exception) -> None:
        self.close_form.show_problem(words.sentence(str(error)))

    # --- step 2 ---

    def _go_on(self, lot: LotRecord, count: LotCount) -> None:
        stands = self._desk.standing
        may_sign = stands is not None and stands.may(Action.SIGN_LOT)
        self._begin_opening(lot_words.closed(lot.name, count), lot.name if may_sign else "")

    def _begin_opening(self, closed: str = "", to_sign: str = "") -> None:
        self._closing, self._to_sign = None, to_sign
        controller = self._desk.controller
        selected, _ = controller.selected()
        next_one = self.tr("Changeover, step 2 of 2: open the next lot")
        title = next_one if closed else self.tr("Open a lot")
        self._show(title, is_closing=False)
        self.open_form.begin(controller.recipes(), selected, closed, to_sign)

    def _open_lot(self) -> None:
        form, controller = self.open_form, self._desk.controller
        name, key, expected = form.lot, form.recipe_key, form.expected
        form.show_busy()

        def work(office: Office, session: Session | None) -> None:
            content = recipes.load(recipes.find(key)).content
            open_lot(office, session, name, content, expected)

        def done(_: None) -> None:
            controller.select(key, controller.selected()[1])
            self._put_away()

        self._desk.act(work, done, self._fail_to_open)

    def _fail_to_open(self, error: Exception) -> None:
        self.open_form.show_problem(words.sentence(str(error)))

    def _sign(self) -> None:
        self._put_away()
        self.sign_asked.emit(self._to_sign)

    def _put_away(self) -> None:
        leave(self)
        self.hide()

    def _show(self, title: str, *, is_closing: bool) -> None:
        self.title.setText(title)
        self.setAccessibleName(title)
        self.close_form.setVisible(is_closing)
        self.open_form.setVisible(not is_closing)
        self.show()
