"""Who is at the window, as the record has it."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from inspector_gui.background import Background, Job
from inspector_gui.records import users
from inspector_gui.records.accounts import Session
from inspector_gui.records.errors import RecordsError, Refused
from inspector_gui.records.office import Actor, Office
from inspector_gui.records.permissions import PERMISSIONS, Action, Role
from inspector_gui.records.store import DATABASE, RecordStore
from inspector_gui.views.controller import Controller

log = logging.getLogger(__name__)

LOOK_MS = 2000
IDLE, SWITCHED, OTHER_RECORD = "idle", "another user signed in", "another record was opened"
"""Why somebody was signed out, on the trail."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Present:
    """Who is at the window.

    Attributes:
        full_name: Of the account; "" for nobody.
    """

    actor: Actor
    full_name: str = ""

    @property
    def is_signed_in(self) -> bool:
        return bool(self.actor.account)

    @property
    def is_demonstration(self) -> bool:
        return self.actor.role is Role.DEMONSTRATION

    def may(self, action: Action) -> bool:
        """As far as the role goes; the record's office decides when it is done."""
        return self.actor.role in PERMISSIONS[action]


NOBODY = Present(Actor("", Role.GUEST))


class Presence(QObject):
    """Signs in and out at the window while the line runs on; the controller has the session.

    All of it is called, and calls back, in the event loop's thread; the record is read and written
    in the background. A change that somebody else makes to the account is seen soon after.

    Attributes:
        present: Who is there now.
        gone: Full name of who was signed out because nobody was there; "" for none.

    Signals:
        changed: `present` or `gone` has.
    """

    changed = Signal()

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._background = Background("accounts", self)
        self._looking: Job[Present] | None = None
        self._leaving: deque[tuple[Session, str]] = deque()  # not on the trail yet, and why
        self.present = NOBODY
        self.gone = ""
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look now and from now on."""
        self.look()
        self._timer.start()

    def close(self) -> None:
        """End; who has signed out by now is on the trail."""
        self._timer.stop()
        self._background.close()
        while self._leaving:
            try:
                self._write_next_end()
            except RecordsError as error:
                _warn_of_end(error)

    def look(self) -> None:
        """Look soon who is there."""
        if self._looking is not None:
            return
        folder, session = self._controller.records(), self._controller.session
        if session is not None and session.folder != folder:
            self._end(session, OTHER_RECORD)
            session = None
        office = self._controller.office(folder)
        self._looking = self._background.run(
            lambda _job: _seen(office, session),
            lambda present: self._take(session, present),
            self._leave_as_it_is,
        )

    def act(
        self,
        work: Callable[[Office, Session | None], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Have something done in the record's office, by who is signed in now.

        Args:
            work: Called in the background.
            failed: Called with what it raised, `RecordsError` as a rule.
        """
        office, session = self._controller.office(self._controller.records()), self._session

        def finish(result: T) -> None:
            done(result)
            self.look()

        def fail(error: Exception) -> None:
            if not isinstance(error, RecordsError):
                log.error("an act failed", exc_info=error)
            failed(error)

        self._background.run(lambda _job: work(office, session), finish, fail)

    def permit(
        self,
        action: Action,
        subject: str,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        done: Callable[[], None],
        failed: Callable[[Exception], None],
        *,
        is_way_out: bool = False,
    ) -> None:
        """Have an act checked and written on the trail before it is done.

        Args:
            is_way_out: It helps where the record cannot be used any more; who may do it, then may
                without the trail, and anybody where it cannot even be read who may.
        """

        def work(office: Office, session: Session | None) -> None:
            if not _is_there(office.folder):
                return
            try:
                office.permit(action, session, subject, old=old, new=new)
            except Refused:
                raise
            except RecordsError as error:
                if not is_way_out or not _may_anyway(office, session, action):
                    raise
                log.warning("%s is not on the trail: %s", subject, error)

        self.act(work, lambda _: done(), failed)

    def read(
        self,
        question: Callable[[Office], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Ask the office something that needs no right."""
        office = self._controller.office(self._controller.records())
        self._background.run(lambda _job: question(office), done, failed)

    def sign_in(
        self,
        name: str,
        password: str,
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Sign somebody in; whoever was before is then signed out."""

        def work(office: Office, before: Session | None) -> tuple[Session, Present]:
            session = office.sign_in(name, password)
            if before is not None:
                with suppress(RecordsError):  # a closed account's session ends by itself
                    office.sign_out(before, SWITCHED)
            return session, _seen(office, session)

        self.act(work, lambda result: self._welcome(*result, done), failed)

    def set_up(
        self,
        name: str,
        full_name: str,
        password: str,
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Make the first account, an administrator's, and sign in."""

        def work(office: Office, _session: Session | None) -> tuple[Session, Present]:
            if not _is_there(office.folder):
                RecordStore.open(office.folder).close()
            users.add_account(office, None, name, full_name, Role.ADMINISTRATOR, password)
            session = office.sign_in(name, password)
            return session, _seen(office, session)

        self.act(work, lambda result: self._welcome(*result, done), failed)

    def sign_out(self, why: str = "") -> None:
        """End the session, at once; the line runs on."""
        session = self._session
        if session is not None:
            self._end(session, why)
            self._show(NOBODY, session.full_name if why == IDLE else "")

    @property
    def _session(self) -> Session | None:
        return self._controller.session

    def _end(self, session: Session, why: str) -> None:
        self._controller.session = None
        self._leaving.append((session, why))
        self._background.run(lambda _job: self._write_next_end(), lambda _: None, _warn_of_end)

    def _write_next_end(self) -> None:
        session, why = self._leaving.popleft()
        self._controller.office(session.folder).sign_out(session, why)

    def _welcome(self, session: Session, present: Present, done: Callable[[], None]) -> None:
        self._controller.session = session
        self._show(present, "")
        done()

    def _take(self, session: Session | None, present: Present) -> None:
        self._looking = None
        if session is not self._session:  # somebody has come or gone meanwhile
            self.look()
            return
        if session is not None and not present.is_signed_in:  # the account has been closed
            self._controller.session = None
        self._show(present, "" if present.is_signed_in else self.gone)

    def _leave_as_it_is(self, _error: Exception) -> None:
        self._looking = None  # Live says what is wrong with the record

    def _show(self, present: Present, gone: str) -> None:
        if (present, gone) != (self.present, self.gone):
            self.present, self.gone = present, gone
            self.changed.emit()


def _warn_of_end(error: Exception) -> None:
    log.warning("a sign-out is not on the trail: %s", error)


def _seen(office: Office, session: Session | None) -> Present:
    if not _is_there(office.folder):
        return Present(Actor("", Role.DEMONSTRATION))
    actor = office.actor(session)
    return Present(actor, session.full_name if session is not None and actor.account else "")


def _may_anyway(office: Office, session: Session | None, action: Action) -> bool:
    try:
        return office.actor(session).role in PERMISSIONS[action]
    except RecordsError:
        return True


def _is_there(folder: Path) -> bool:
    """Whether there is a record yet; one that is still to be made has no accounts."""
    return (folder / DATABASE).is_file()
