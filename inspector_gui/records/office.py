"""Who acts on a record: every act is checked, and on the audit trail, before it is done.

A record without accounts is a demonstration: whoever sits at the computer acts, under their login
name, and nothing can be signed. With its first account, everything that matters needs a sign-in.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from inspector_gui.records.accounts import MAX_FAILURES, WRONG_PASSWORD, Account, Accounts, Session
from inspector_gui.records.entries import (
    ALLOWED,
    REFUSED,
    AuditEntry,
    DispositionEntry,
    Entry,
    Receipt,
)
from inspector_gui.records.errors import RecordsDamaged, RecordsError, Refused
from inspector_gui.records.moment import utc_now, utc_offset_min
from inspector_gui.records.passwords import Passwords
from inspector_gui.records.permissions import ACT_WORDS, PERMISSIONS, Action, Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore, is_written_by_a_line
from inspector_gui.records.turns import Turns

Append = Callable[[Sequence[Entry]], Receipt]
"""Writes entries in one transaction and answers with the last one's receipt."""
Values = Mapping[str, Any]

_ON_THE_TRAIL_ANYWAY = (Action.ADD_ACCOUNT, Action.MAKE_KEY)
_BEFORE_A_PASSWORD_OF_ONE_S_OWN = (Action.CHANGE_OWN_PASSWORD, Action.SIGN_OUT, Action.STOP_LINE)
_WRONG = "Name or password is wrong: try again."


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the trail names them; an account's `must_change` bars all but a few acts."""

    account: str
    role: Role
    must_change: bool = False


class Office:
    """Guards one record; for any thread. Offices of several programs take turns at it."""

    def __init__(self, folder: Path, append: Append) -> None:
        self.folder = folder
        self.passwords = Passwords(folder)
        self._append = append
        self._accounts = Accounts()
        self._seen_seq = 0
        self._lock = threading.RLock()
        self._turns = Turns(folder)

    @property
    def accounts(self) -> Accounts:
        """As they are now.

        Raises:
            RecordsError: The record cannot be read.
        """
        with self._lock, RecordReader(self.folder) as reader:
            for recorded in reader.audit(self._seen_seq):
                try:
                    self._accounts.take(recorded.entry)
                except (KeyError, ValueError, TypeError) as error:
                    raise RecordsDamaged(
                        f"Entry {recorded.seq} of the record in {self.folder} is not as it was "
                        "written: check it with `inspector records verify`."
                    ) from error
                self._seen_seq = recorded.seq
        return self._accounts

    @property
    def is_managed(self) -> bool:
        """Whether it has accounts."""
        return len(self.accounts) > 0

    @property
    def running_lot(self) -> str:
        """The lot that a line is inspecting now, in whatever program; "" without one."""
        if not is_written_by_a_line(self.folder):
            return ""
        with RecordReader(self.folder) as reader:
            row = reader.connection.execute(
                "SELECT seq, subject FROM audit WHERE outcome = 'ALLOWED' "
                f"AND action IN ('{Action.RUN_LINE}', '{Action.RUN_DEMONSTRATION}') "
                "ORDER BY seq DESC LIMIT 1"
            ).fetchone()
            if row is None:
                return ""
            has_ended = reader.connection.execute(
                "SELECT 1 FROM events WHERE seq > ? AND kind = 'station_stopped' LIMIT 1",
                [row["seq"]],
            ).fetchone()
        return "" if has_ended else str(row["subject"])

    def actor(self, session: Session | None) -> Actor:
        """Who acts with a session, as the record has it at this moment."""
        accounts = self.accounts
        if not len(accounts):
            return Actor("", Role.DEMONSTRATION)
        account = accounts.get(session.account) if session else None
        if account is None or account.is_closed:
            return Actor("", Role.GUEST)
        return Actor(account.name, account.role, account.must_change)

    def check(self, action: Action, session: Session | None, subject: str = "") -> Actor:
        """Refuse, on the trail, what may not be done.

        Raises:
            Refused: With one sentence for the user.
            RecordsError: The trail cannot be written.
        """
        actor = self.actor(session)
        if actor.role not in PERMISSIONS[action]:
            self.refuse(action, actor, why_not(action, actor), subject)
        if actor.must_change and action not in _BEFORE_A_PASSWORD_OF_ONE_S_OWN:
            why = "Choose a password of your own first: `inspector users password`."
            self.refuse(action, actor, why, subject)
        return actor

    def permit(
        self,
        action: Action,
        session: Session | None,
        subject: str = "",
        *,
        old: Values | None = None,
        new: Values | None = None,
        why: str = "",
        entries: Sequence[Entry] = (),
    ) -> Receipt | None:
        """Check an act and write it on the trail, in one transaction with what else it writes.

        Returns:
            The receipt of what was written last; None if nothing was, as in a demonstration, which
            has no trail.

        Raises:
            Refused: It may not be done, and has not been.
            RecordsError: It cannot be written, and must not be done.
        """
        if not entries and action not in _ON_THE_TRAIL_ANYWAY and not self.is_managed:
            self.check(action, session, subject)
            return None
        with self._turns.mine():
            actor = self.check(action, session, subject)
            written = list(entries)
            if actor.role is not Role.DEMONSTRATION or action in _ON_THE_TRAIL_ANYWAY:
                written.insert(0, entry_of(action, ALLOWED, actor, subject, old, new, why))
            return self._append(written) if written else None

    def refuse(self, action: Action, actor: Actor, why: str, subject: str = "") -> None:
        """Write on the trail that something was not allowed, and end the attempt.

        Raises:
            Refused: Always.
        """
        if actor.role is not Role.DEMONSTRATION:
            self._append([entry_of(action, REFUSED, actor, subject, why=why)])
        raise Refused(why)

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Keep others from acting between what is read and what is then permitted.

        Raises:
            RecordsBusy: Another program does not end its act.
        """
        with self._turns.mine():
            yield

    def sign_in(self, name: str, password: str) -> Session:
        """Begin a session.

        Raises:
            Refused: Name or password is wrong, or the account is closed or locked.
            RecordsError: The record cannot be written, or its passwords cannot be read.
        """
        with self._turns.mine():
            account = self.accounts.get(name)
            if account is None or account.is_closed:  # a mistyped name may be a password
                self.passwords.fits(password, "")
                known = account.name if account else ""
                self._refuse_sign_in(known, "closed account" if account else "unknown name", _WRONG)
                raise AssertionError
            self._check_password(account, password)
            entries: list[Entry] = []
            if self.passwords.is_outdated(account.password_sha256):
                entries.append(self._rehashed(account, password))
            return self._signed_in(account, {}, entries)

    def sign_in_with_token(self, content: str) -> Session:
        """Begin a session with what a token file holds: name and token, a line each.

        Raises:
            Refused: The token is not in force.
        """
        name, _, token = content.strip().partition("\n")
        with self._turns.mine():
            account = self.accounts.get(name)
            sha256 = hashlib.sha256(token.strip().encode()).hexdigest()
            if account is None or sha256 not in account.tokens:
                sentence = "This token is not in force: make one with `inspector users token`."
                self._refuse_sign_in(account.name if account else "", "wrong token", sentence)
                raise AssertionError
            return self._signed_in(account, {"token_sha256": sha256}, [])

    def sign_out(self, session: Session) -> None:
        self.permit(Action.SIGN_OUT, session, session.account)

    def confirm(self, session: Session | None, password: str, action: Action, subject: str) -> None:
        """Have somebody who is signed in show with the password that it is still them.

        Raises:
            Refused: It is wrong, or the account is locked.
        """
        with self._turns.mine():
            actor = self.check(action, session, subject)
            account = self.accounts.get(actor.account)
            if account is None:
                raise Refused("There is nobody to confirm this: sign in first.")
            try:
                self._check_password(account, password)
            except Refused as refused:
                self.refuse(action, actor, str(refused), subject)

    def review(
        self, session: Session | None, entry: DispositionEntry, also: Sequence[Entry] = ()
    ) -> Receipt:
        """Write what a person decided about a part, under the name of the account.

        Args:
            also: Written with it, before it.

        Raises:
            Refused: It may not be written.
            RecordsError: It cannot be.
        """
        with self._turns.mine():
            actor = self.actor(session)
            given = replace(entry, reviewer=actor.account) if actor.account else entry
            receipt = self.permit(
                Action.REVIEW,
                session,
                f"entry {given.inspection_seq}",
                old=self._last_disposition(given.inspection_seq),
                new={
                    "disposition": given.disposition,
                    "reason": given.reason,
                    "reviewer": given.reviewer,
                },
                why=given.note,
                entries=[*also, given],
            )
            assert receipt is not None
            return receipt

    def forget_passwords(self) -> None:
        """Keep no hash of a password that is not in force any more."""
        in_force = {a.password_sha256 for a in self.accounts if not a.is_closed}
        with suppress(RecordsError):  # it is not needed, and goes the next time
            self.passwords.keep_only(in_force)

    def _last_disposition(self, seq: int) -> Values:
        with RecordReader(self.folder) as reader:
            given = reader.dispositions(seq)
        if not given:
            return {}
        last = given[-1].entry
        return {"disposition": last.disposition, "reason": last.reason, "reviewer": last.reviewer}

    def _check_password(self, account: Account, password: str) -> None:
        if account.is_locked(utc_now()):
            self._refuse_sign_in(
                account.name,
                "locked",
                f"This account is locked after {MAX_FAILURES} wrong passwords: "
                "wait 15 minutes, or have an administrator unlock it.",
            )
        if not self.passwords.fits(password, account.password_sha256):
            self._refuse_sign_in(account.name, WRONG_PASSWORD, _WRONG)

    def _refuse_sign_in(self, name: str, why: str, sentence: str) -> None:
        nobody = Actor("", Role.GUEST)
        self._append([entry_of(Action.SIGN_IN, REFUSED, nobody, name, why=why)])
        raise Refused(sentence)

    def _signed_in(self, account: Account, new: Values, entries: Sequence[Entry]) -> Session:
        actor = Actor(account.name, account.role)
        entry = entry_of(Action.SIGN_IN, ALLOWED, actor, account.name, new=new)
        self._append([entry, *entries])
        if entries:
            self.forget_passwords()
        return Session(account.name, account.full_name, entry.happened_at)

    def _rehashed(self, account: Account, password: str) -> AuditEntry:
        """Today's parameters, as long as the password is at hand."""
        return entry_of(
            Action.CHANGE_OWN_PASSWORD,
            ALLOWED,
            Actor(account.name, account.role),
            account.name,
            new={
                "password_sha256": self.passwords.add(password),
                "must_change": account.must_change,
                "rehashed": True,
            },
            why="hashed anew with today's parameters",
        )


def entry_of(
    action: Action,
    outcome: str,
    actor: Actor,
    subject: str,
    old: Values | None = None,
    new: Values | None = None,
    why: str = "",
) -> AuditEntry:
    """An entry of the trail, of this moment."""
    return AuditEntry(
        action.value,
        outcome,
        actor.account,
        actor.role.value,
        utc_now(),
        utc_offset_min(),
        subject,
        old or {},
        new or {},
        why,
    )


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """The office of a record, whether a line is writing it or not; it is made where there is none.

    Raises:
        RecordsError: It cannot be written.
    """
    store = RecordStore.beside(folder)
    try:
        yield Office(folder, lambda entries: store.append(entries)[-1])
    finally:
        store.close()


def look(folder: Path) -> Office:
    """The office of a record only to look at, also while a line is writing it."""
    return Office(folder, _cannot_write)


def _cannot_write(_entries: Sequence[Entry]) -> Receipt:
    raise AssertionError("this office is only to look at")


def why_not(action: Action, actor: Actor) -> str:
    """One sentence for the user who is not permitted an act."""
    act = ACT_WORDS[action]
    able = [role.value for role in PERMISSIONS[action] if role not in _NOT_SIGNED_IN]
    if not able or actor.role is Role.DEMONSTRATION:
        return f"To {act} takes accounts: begin with `inspector users add`."
    roles = " or ".join(sorted(able))
    if not actor.account:
        return f"Nobody is signed in: to {act}, sign in as {roles}."
    return f"{actor.account} ({actor.role}) may not {act}: sign in as {roles}."


_NOT_SIGNED_IN = (Role.DEMONSTRATION, Role.GUEST)
