"""Who may sign in: worked out from the chain alone, so that nobody can be made to without a trace.

An account is never deleted and its name never given again. It is closed, and stays in the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from inspector_gui.records.entries import ALLOWED, AuditEntry
from inspector_gui.records.permissions import PERMISSIONS, Action, Role

WRONG_PASSWORD = "wrong password"
MAX_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
"""A lock ends by itself, or whoever knows an administrator's name could shut everybody out."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who has signed in.

    What they may do is looked up in the record each time, so that a change of role or the closing
    of the account holds at once.

    Attributes:
        folder: Of the record that they have signed in to; in another one they are nobody.
    """

    account: str
    full_name: str
    signed_in_at: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is now.

    Attributes:
        password_sha256: Names the hash in force; see `passwords`.
        must_change: Somebody else has set the password.
        tokens: SHA-256 of each token that it may sign in with.
        failures: Wrong passwords in a row, the last at `failed_at`.
    """

    name: str
    full_name: str
    role: Role
    added_at: str
    password_sha256: str
    must_change: bool = False
    is_closed: bool = False
    tokens: frozenset[str] = frozenset()
    failures: int = 0
    failed_at: str = ""
    last_signed_in_at: str = ""

    def is_locked(self, now: str) -> bool:
        """Whether there were too many wrong passwords a short while ago; `now` as in entries."""
        if self.failures < MAX_FAILURES:
            return False
        return datetime.fromisoformat(now) - datetime.fromisoformat(self.failed_at) < LOCKED_FOR


class Accounts:
    """All accounts that there ever were, by their folded names."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}

    def __len__(self) -> int:
        return len(self._accounts)

    def __iter__(self) -> Iterator[Account]:
        return iter(self._accounts.values())

    def get(self, name: str) -> Account | None:
        return self._accounts.get(name.strip().casefold())

    def administrators(self) -> list[Account]:
        """Those who can still act."""
        return [
            account
            for account in self._accounts.values()
            if account.role is Role.ADMINISTRATOR and not account.is_closed
        ]

    def take(self, entry: AuditEntry) -> None:
        """Go on by one entry of the audit trail.

        Raises:
            KeyError, TypeError, ValueError: The program did not write it.
        """
        key = entry.subject.casefold()
        if entry.action == Action.ADD_ACCOUNT and entry.outcome == ALLOWED:
            if key in self._accounts:
                raise ValueError("a name that was given before")
            self._accounts[key] = _added(entry)
        elif (account := self._accounts.get(key)) is not None:
            self._accounts[key] = _changed(account, entry)


def may_have_acted(accounts: Accounts, entry: AuditEntry) -> bool:
    """Whether who an entry names was allowed to do it, with the accounts as they were then."""
    if entry.outcome != ALLOWED:
        return True
    if not entry.account:
        role = Role.GUEST if len(accounts) else Role.DEMONSTRATION
    else:
        account = accounts.get(entry.account)
        if account is None or account.is_closed:
            return False
        role = account.role
    return entry.role == role and role in PERMISSIONS[Action(entry.action)]


def _added(entry: AuditEntry) -> Account:
    new = entry.new
    return Account(
        entry.subject,
        new["full_name"],
        Role(new["role"]),
        entry.happened_at,
        new["password_sha256"],
        new["must_change"],
    )


def _changed(account: Account, entry: AuditEntry) -> Account:
    if entry.outcome != ALLOWED:
        if entry.action == Action.SIGN_IN and entry.why == WRONG_PASSWORD:
            failures = account.failures + 1
            return replace(account, failures=failures, failed_at=entry.happened_at)
        return account
    new = entry.new
    match entry.action:
        case Action.SIGN_IN:
            return replace(account, failures=0, last_signed_in_at=entry.happened_at)
        case Action.UNLOCK_ACCOUNT:
            return replace(account, failures=0)
        case Action.CLOSE_ACCOUNT:
            return replace(account, is_closed=True, tokens=frozenset())
        case Action.CHANGE_ROLE:
            return replace(account, role=Role(new["role"]))
        case Action.MAKE_TOKEN:
            return replace(account, tokens=account.tokens | {new["token_sha256"]})
        case Action.CHANGE_OWN_PASSWORD | Action.RESET_PASSWORD:
            return replace(
                account,
                password_sha256=new["password_sha256"],
                must_change=new["must_change"],
                tokens=frozenset() if not new.get("rehashed") else account.tokens,
                failures=0,
            )
    return account
