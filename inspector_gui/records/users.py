"""What is done to accounts. Each is an entry of the trail, from which the accounts follow."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from pathlib import Path

from inspector_gui.records.accounts import Account, Session
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.keys import signer_of
from inspector_gui.records.office import Office
from inspector_gui.records.passwords import check_rule
from inspector_gui.records.permissions import ROLES, Action, Role
from inspector_gui.records.private import write_private

_NAME = re.compile(r"[\w.@+-]{1,64}")


def add_account(
    office: Office,
    session: Session | None,
    name: str,
    full_name: str,
    role: Role,
    password: str,
    why: str = "",
) -> None:
    """Make an account; who did not make it for themselves chooses another password at once.

    The first of a record is an administrator's and needs nobody to be signed in.

    Raises:
        Refused: Only an administrator may.
        RecordsError: The name is taken, or something given is no good.
    """
    name = unicodedata.normalize("NFKC", name).strip()
    full_name = " ".join(full_name.split())
    with office.acting():
        office.check(Action.ADD_ACCOUNT, session, name)
        is_first = not office.is_managed
        _check_new(office, name, full_name, role, is_first)
        check_rule(password, name)
        if is_first:
            signer_of(office, session)  # from here on there is something to sign
        office.permit(
            Action.ADD_ACCOUNT,
            session,
            name,
            new={
                "full_name": full_name,
                "role": role.value,
                "password_sha256": office.passwords.add(password),
                "must_change": not is_first,
            },
            why=why,
        )


def _check_new(office: Office, name: str, full_name: str, role: Role, is_first: bool) -> None:
    if not _NAME.fullmatch(name):
        raise RecordsError(
            f"{name!r} is no name for an account: take up to 64 letters, digits and . _ - @ +."
        )
    if not full_name or not full_name.isprintable():
        raise RecordsError(
            "An account needs the person's full name, as it stands under signatures."
        )
    if (taken := office.accounts.get(name)) is not None:
        closed = ", though closed" if taken.is_closed else ""
        raise RecordsError(
            f"There is an account {taken.name} already{closed}: "
            "names are never given again, choose another one."
        )
    _check_role(role)
    if is_first and role is not Role.ADMINISTRATOR:
        raise RecordsError("The first account is an administrator's: add that one first.")


def close_account(office: Office, session: Session | None, name: str, why: str = "") -> None:
    """End an account for good.

    Raises:
        Refused: Only an administrator may.
        RecordsError: There is none, or it is the last administrator's.
    """
    with office.acting():
        office.check(Action.CLOSE_ACCOUNT, session, name)
        account = _open_account(office, name)
        _keep_an_administrator(office, account)
        office.permit(Action.CLOSE_ACCOUNT, session, account.name, why=why)
        office.forget_passwords()


def unlock_account(office: Office, session: Session | None, name: str, why: str = "") -> None:
    """Let somebody try again who mistyped a password too often.

    Raises:
        Refused: Only an administrator may.
        RecordsError: There is no such account.
    """
    with office.acting():
        office.check(Action.UNLOCK_ACCOUNT, session, name)
        account = _open_account(office, name)
        old = {"failures": account.failures}
        office.permit(Action.UNLOCK_ACCOUNT, session, account.name, old=old, why=why)


def change_role(
    office: Office, session: Session | None, name: str, role: Role, why: str = ""
) -> None:
    """Give an account another role, at once.

    Raises:
        Refused: Only an administrator may.
        RecordsError: There is no such account, or it is the last administrator's.
    """
    with office.acting():
        office.check(Action.CHANGE_ROLE, session, name)
        _check_role(role)
        account = _open_account(office, name)
        if role is not Role.ADMINISTRATOR:
            _keep_an_administrator(office, account)
        office.permit(
            Action.CHANGE_ROLE,
            session,
            account.name,
            old={"role": account.role.value},
            new={"role": role.value},
            why=why,
        )


def reset_password(
    office: Office, session: Session | None, name: str, password: str, why: str = ""
) -> None:
    """Set somebody else's password, who then chooses another one; unlocks, and ends their tokens.

    Raises:
        Refused: Only an administrator may.
        RecordsError: There is no such account, or the password is no good.
    """
    with office.acting():
        office.check(Action.RESET_PASSWORD, session, name)
        account = _open_account(office, name)
        check_rule(password, account.name)
        new = {"password_sha256": office.passwords.add(password), "must_change": True}
        office.permit(Action.RESET_PASSWORD, session, account.name, new=new, why=why)
        office.forget_passwords()


def change_own_password(
    office: Office, session: Session | None, password: str, new_password: str
) -> None:
    """Choose another password; ends one's tokens.

    Raises:
        Refused: The old one is wrong.
        RecordsError: The new one is no good.
    """
    with office.acting():
        name = office.check(Action.CHANGE_OWN_PASSWORD, session).account
        office.confirm(session, password, Action.CHANGE_OWN_PASSWORD, name)
        check_rule(new_password, name)
        if new_password == password:
            raise RecordsError("The new password is the old one: choose another one.")
        new = {"password_sha256": office.passwords.add(new_password), "must_change": False}
        office.permit(Action.CHANGE_OWN_PASSWORD, session, name, new=new)
        office.forget_passwords()


def make_token(office: Office, session: Session | None, path: Path) -> None:
    """Write a file to sign in with where nobody is there to type; whoever has it, is its owner.

    It is in force until the account's password is changed or the account is closed, and signs no
    lots.

    Raises:
        Refused: Nobody is signed in.
        RecordsError: There is such a file already, or it cannot be written.
    """
    with office.acting():
        name = office.check(Action.MAKE_TOKEN, session, str(path)).account
        if path.exists():
            raise RecordsError(f"{path} exists already: name a new file.")
        token = secrets.token_urlsafe(32)
        write_private(path, f"{name}\n{token}\n".encode())
        sha256 = hashlib.sha256(token.encode()).hexdigest()
        office.permit(Action.MAKE_TOKEN, session, name, new={"token_sha256": sha256})


def _check_role(role: Role) -> None:
    if role not in ROLES:
        raise RecordsError(f"No account can be a {role}: choose one of {', '.join(ROLES)}.")


def _open_account(office: Office, name: str) -> Account:
    account = office.accounts.get(name)
    if account is None or account.is_closed:
        raise RecordsError(
            f"There is no open account {name!r}: see `inspector users list` for those there are."
        )
    return account


def _keep_an_administrator(office: Office, account: Account) -> None:
    if office.accounts.administrators() == [account]:
        raise RecordsError(
            f"{account.name} is the last administrator: make another one first, "
            "or nobody could look after the accounts."
        )
