"""Asks and acts about lots for the screen, in the background."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from inspector_gui.background import Background, Job
from inspector_gui.bridge import Bridge
from inspector_gui.records.accounts import Session
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.office import Office
from inspector_gui.records.reader import RecordReader
from inspector_gui.views.live.guidance import AT_REST
from inspector_gui.views.lots.known_lots import KnownLots
from inspector_gui.views.lots.standing import NOTHING, Standing, recipe_of, standing
from inspector_gui.views.open_record import NoRecordYet, OpenRecord

log = logging.getLogger(__name__)

LOOK_MS = 1000
T = TypeVar("T")


class LotDesk(QObject):
    """How it stands with lots, looked at every second, and what is done about them.

    Attributes:
        standing: What it was at the last look; None before the first.

    Signals:
        looked: `standing` is of this moment.
    """

    looked = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.controller = bridge.controller
        self.standing: Standing | None = None
        self._record = OpenRecord("lots", self)
        self._acts = Background("lot-acts", self)
        self._known = KnownLots()
        self._looking: Job[Standing] | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look from now on."""
        self._record.reopen()
        self.look()
        self._timer.start()

    def close(self) -> None:
        self._timer.stop()
        self._record.close()
        self._acts.close()

    def look(self) -> None:
        """Look soon, unless it is looking already."""
        if self._looking is not None:
            return
        controller = self.controller
        folder, session = controller.records(), controller.session
        question = standing(controller.office(folder), session, self._known)
        self._looking = self._record.ask(folder, question, self._take, self._fail)

    def ask(
        self,
        question: Callable[[RecordReader], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Ask the record something else."""
        self._record.ask(self.controller.records(), question, done, failed)

    def act(
        self,
        work: Callable[[Office, Session | None], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Have something done by who is signed in now.

        Args:
            work: Called in the background.
            failed: Called with what it raised, `RecordsError` as a rule.
        """
        controller = self.controller
        office, session = controller.office(controller.records()), controller.session

        def finish(result: T) -> None:
            done(result)
            self.look()

        def fail(error: Exception) -> None:
            if not isinstance(error, RecordsError):
                log.error("an act about a lot failed", exc_info=error)
            failed(error)

        self._acts.run(lambda _job: work(office, session), finish, fail)

    def _take(self, found: Standing) -> None:
        self._looking = None
        self.standing = found
        self._follow(found)
        self.looked.emit()

    def _fail(self, error: Exception) -> None:
        """Live says what is wrong with a record that cannot be read."""
        self._looking = None
        if isinstance(error, NoRecordYet):
            self._take(NOTHING)

    def _follow(self, found: Standing) -> None:
        """Whoever runs a lot runs its recipe."""
        controller = self.controller
        if found.lot is None or not found.recipe_follows_lot:
            return
        recipe = recipe_of(found.lot, controller.recipes())
        chosen, camera = controller.selected()
        if recipe is not None and recipe.key != chosen and controller.status().state in AT_REST:
            controller.select(recipe.key, camera)
