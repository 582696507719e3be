"""A record with one account of every role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from inspector_gui.records import passwords, users
from inspector_gui.records.accounts import Session
from inspector_gui.records.entries import AuditEntry
from inspector_gui.records.office import Office, open_office
from inspector_gui.records.permissions import ROLES, Role
from inspector_gui.records.reader import RecordReader

PASSWORD = "correct horse battery"
_FIRST_PASSWORD = "given by somebody else"


def hash_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real thing with parameters that protect nothing."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 8, 1))


def add(office: Office, by: Session | None, name: str, role: Role) -> Session:
    """An account that can be used at once, and its session."""
    first = PASSWORD if by is None else _FIRST_PASSWORD
    users.add_account(office, by, name, f"{name.title()} Tester", role, first)
    if by is not None:
        session = office.sign_in(name, _FIRST_PASSWORD)
        users.change_own_password(office, session, _FIRST_PASSWORD, PASSWORD)
    return office.sign_in(name, PASSWORD)


def add_all(office: Office) -> dict[Role, Session | None]:
    """An account for every role, named as it."""
    administrator = add(office, None, Role.ADMINISTRATOR, Role.ADMINISTRATOR)
    sessions: dict[Role, Session | None] = {
        role: add(office, administrator, role, role)
        for role in ROLES
        if role is not Role.ADMINISTRATOR
    }
    return {Role.GUEST: None, **sessions, Role.ADMINISTRATOR: administrator}


@contextmanager
def managed(folder: Path) -> Iterator[tuple[Office, dict[Role, Session | None]]]:
    with open_office(folder) as office:
        yield office, add_all(office)


def trail(folder: Path) -> list[AuditEntry]:
    with RecordReader(folder) as reader:
        return [recorded.entry for recorded in reader.audit()]
