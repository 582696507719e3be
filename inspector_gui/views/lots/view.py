"""Lots: what came of each, and its signatures."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inspector_gui.background import Background, Job
from inspector_gui.records.errors import RecordsDamaged, RecordsError
from inspector_gui.records.lots import LotRecord, sign_lot
from inspector_gui.records.office import Actor
from inspector_gui.records.permissions import Role
from inspector_gui.records.signatures import Signature
from inspector_gui.theme import Theme
from inspector_gui.views import record_words, words
from inspector_gui.views.controller import Controller
from inspector_gui.views.key_help import KeyHelp
from inspector_gui.views.lots import lot_words, questions
from inspector_gui.views.lots.facts import LotFactsPanel
from inspector_gui.views.lots.known_lots import KnownLots
from inspector_gui.views.lots.questions import LotFacts, Lots
from inspector_gui.views.lots.sign_form import SignForm
from inspector_gui.views.lots.table import LotsModel, LotsTable
from inspector_gui.views.open_record import NoRecordYet, OpenRecord
from inspector_gui.widgets.elided_label import ElidedLabel
from inspector_gui.widgets.message import Message

log = logging.getLogger(__name__)

LOOK_MS = 2000
SIDE_STEPS = (100, 160)  # width, in steps of the grid
SIDE_SHARE = 0.38


class LotsView(QWidget):
    """Look through the lots and sign those that are closed; nothing is read in the event loop.

    Signals:
        listed: The list is on the screen, or why there is none.
        told: So is what there is to say about the chosen lot.
    """

    listed = Signal()
    told = Signal()

    def __init__(self, theme: Theme, controller: Controller) -> None:
        super().__init__()
        self._theme = theme
        self._controller = controller
        self._folder = Path()
        self._record = OpenRecord("lots-page", self)
        self._acts = Background("lot-signing", self)
        self._known = KnownLots()
        self._looking: Job[Any] | None = None
        self._telling: Job[Any] | None = None
        self._listed: Lots | None = None
        self._wanted = ""  # a lot to show as soon as it is listed
        self.summary = QLabel()
        self.summary.setProperty("role", "section")
        self.model = LotsModel()
        self.table = LotsTable(theme, self.model)
        self.message = Message(theme, "lots")
        self.name, self.state = ElidedLabel("section"), QLabel()
        self.state.setProperty("role", "quiet")
        self.facts = LotFactsPanel(theme)
        self.form = SignForm(theme)
        self._lay_out()
        self.table.current_changed.connect(self._choose)
        self.form.sign_asked.connect(self._sign)
        self.message.pressed.connect(self.shown)
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self._look)

    def shown(self) -> None:
        """The place is opened: look at the lots as they are now."""
        self._folder = self._controller.records()
        self._record.reopen()
        self._listed = None
        self._look()
        self._looks.start()

    def hidden(self) -> None:
        self._looks.stop()
        self.form.password.clear()
        for job in (self._looking, self._telling):
            if job is not None:
                job.cancel()
        self._looking = self._telling = None

    def close_view(self) -> None:
        self.hidden()
        self._record.close()
        self._acts.close()

    def keys(self) -> tuple[KeyHelp, ...]:
        return (
            KeyHelp("↑ ↓", self.tr("next lot")),
            KeyHelp("Home End", self.tr("newest, oldest lot")),
            KeyHelp("Tab", self.tr("to the signature")),
        )

    def choose(self, name: str) -> None:
        """Show a lot, as soon as it is on the list."""
        self._wanted = name
        self._show_wanted()

    @property
    def lot(self) -> LotRecord | None:
        """The one that is chosen."""
        found = self.table.current_line
        return found if isinstance(found, LotRecord) else None

    def _look(self) -> None:
        if self._looking is not None:
            return
        office, session = self._controller.office(self._folder), self._controller.session
        question = questions.lots(office, session, self._known)
        self._looking = self._record.ask(self._folder, question, self._show_lots, self._fail)

    def _show_lots(self, found: Lots) -> None:
        self._looking = None
        if found == self._listed:
            return
        self._listed = found
        chosen = self.lot
        if list(self.model.lines) != list(found.lots):
            self.model.show(found.lots, False)
        waiting = sum(lot_words.state(lot) == lot_words.TO_SIGN for lot in found.lots)
        self.summary.setText(self._summary(len(found.lots), waiting))
        if not found.lots:
            self._say_none(found.actor)
            return
        self._show_content(True)
        row = self.model.row_of(chosen.name) if chosen else 0
        if self.table.currentIndex().row() != row or self.lot is None:
            self.table.select(max(0, row))
        else:
            self._choose(self.lot)
        self._show_wanted()
        self.listed.emit()

    def _summary(self, count: int, waiting: int) -> str:
        n = record_words.number
        if count == 1:
            text = self.tr("1 lot, {waiting} to sign")
        else:
            text = self.tr("{count} lots, {waiting} to sign")
        return text.format(count=n(count), waiting=n(waiting)) if count else ""

    def _say_none(self, actor: Actor) -> None:
        if actor.role is Role.DEMONSTRATION:
            self._say_demonstration()
        else:
            self.message.tell(
                self.tr("No lot was opened yet"), self.tr("Open one on Live, and it comes here.")
            )
            self._show_content(False)
        self.listed.emit()

    def _say_demonstration(self) -> None:
        self.message.tell(
            self.tr("A demonstration has no lots to sign"),
            self.tr("Set up accounts in Settings, then open a lot on Live."),
        )
        self._show_content(False)

    def _show_content(self, has_lots: bool) -> None:
        self.summary.setVisible(has_lots)
        self.lists.setCurrentWidget(self.content if has_lots else self.message)
        if has_lots and QApplication.focusWidget() in (None, self.window()):
            self.table.setFocus()

    def _show_wanted(self) -> None:
        row = self.model.row_of(self._wanted) if self._wanted else -1
        if row >= 0:
            self._wanted = ""
            self.table.select(row)

    def _choose(self, lot: LotRecord | None) -> None:
        if self._telling is not None:
            self._telling.cancel()
        if lot is None or self._listed is None:
            return
        self.name.setText(lot.name)
        self.state.setText(lot_words.state_word(lot_words.state(lot)))
        self.form.show_lot(lot, self._listed.actor)
        question = questions.facts(lot)
        self._telling = self._record.ask(self._folder, question, self._tell, self._fail)

    def _tell(self, facts: LotFacts) -> None:
        self._telling = None
        self.facts.show_facts(facts)
        self.told.emit()

    def _sign(self, meaning: str, password: str) -> None:
        lot = self.lot
        if lot is None:
            return
        self.form.show_busy()
        office, session = self._controller.office(self._folder), self._controller.session

        def work(_job: Job[Signature]) -> Signature:
            return sign_lot(office, session, lot.name, password, meaning)

        self._acts.run(work, self._show_signed, self._show_refused)

    def _show_signed(self, _signature: Signature) -> None:
        self.form.show_signed()
        self.table.setFocus()  # before the fields vanish
        self._look()

    def _show_refused(self, error: Exception) -> None:
        if not isinstance(error, RecordsError):
            log.error("a lot could not be signed", exc_info=error)
        self.form.show_problem(words.sentence(str(error)))

    def _fail(self, error: Exception) -> None:
        """Say why there is nothing to see, and what to do."""
        self._looking = self._telling = None
        self._listed = None
        if not isinstance(error, RecordsError):
            log.error("the lots could not be read", exc_info=error)
        self.model.show([], False)
        self.summary.setText("")
        if isinstance(error, NoRecordYet):
            self._say_demonstration()
        else:
            title = self.tr("The record cannot be read")
            if isinstance(error, RecordsDamaged):
                title = self.tr("The record is damaged")
            self.message.tell(
                title, words.sentence(str(error)), self.tr("Try again"), is_alarm=True
            )
            self._show_content(False)
        self.listed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        least, most = map(self._theme.space, SIDE_STEPS)
        self._side.setFixedWidth(min(max(least, round(self.width() * SIDE_SHARE)), most))
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        space = self._theme.space
        self._side = QFrame()
        self._side.setProperty("role", "panel")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(space(4), space(3), space(4), space(3))
        side.setSpacing(space(2))
        side.addWidget(self.name)
        side.addWidget(self.state)
        side.addWidget(self._scrolled(), 1)
        side.addWidget(self.form)
        self.content = QWidget()
        across = QHBoxLayout(self.content)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(space(3))
        across.addWidget(self.table, 1)
        across.addWidget(self._side)
        self.lists = QStackedWidget()
        self.lists.addWidget(self.content)
        self.lists.addWidget(self.message)
        self.lists.setCurrentWidget(self.message)
        down = QVBoxLayout(self)
        down.setContentsMargins(space(3), space(3), space(3), space(3))
        down.setSpacing(space(2))
        down.addWidget(self.summary)
        down.addWidget(self.lists, 1)

    def _scrolled(self) -> QScrollArea:
        area = QScrollArea()
        area.setProperty("role", "facts")
        area.setAccessibleName(self.tr("What the record says about the lot"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.facts)
        area.viewport().setAutoFillBackground(False)
        self.facts.setAutoFillBackground(False)
        return area
