"""`inspector users`: accounts and their passwords."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from inspector_gui.cli.console import errors, output
from inspector_gui.cli.errors import one_sentence
from inspector_gui.cli.filters import Folder
from inspector_gui.cli.signing_in import TokenFile, User, Why, acting, password_of
from inspector_gui.inspection.opening import default_records
from inspector_gui.records import users
from inspector_gui.records.accounts import Account
from inspector_gui.records.moment import utc_now
from inspector_gui.records.office import look
from inspector_gui.records.permissions import ROLES, Role

app = typer.Typer(help="Accounts of a record and their passwords.", no_args_is_help=False)

Name = Annotated[str, typer.Argument(help="Of the account.")]
AccountRole = Annotated[Role, typer.Option(help=f"One of {', '.join(ROLES)}.")]


@app.command()
def add(
    name: Name,
    full_name: Annotated[str, typer.Option(help="The person's, as it stands under signatures.")],
    role: AccountRole,
    why: Why = "",
    records: Folder = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Make an account. The first one is an administrator's, and from then on all sign in."""
    with acting(records, user, token_file) as (office, session):
        password = password_of(name, is_new=True)
        users.add_account(office, session, name, full_name, role, password, why)
    output.print(f"{name} is {role}")


@app.command("list")
def show(records: Folder = None) -> None:
    """List all accounts that there ever were."""
    with one_sentence():
        accounts = list(look(records or default_records()).accounts)
    table = Table("Name", "Full name", "Role", "Since", "Last signed in", "State")
    for account in accounts:
        table.add_row(
            account.name,
            account.full_name,
            account.role,
            account.added_at[:10],
            account.last_signed_in_at[:16] or "-",
            _state(account),
        )
    output.print(table)
    if not accounts:
        errors.print("No accounts: this record is a demonstration.")


@app.command()
def close(
    name: Name,
    why: Why = "",
    records: Folder = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Close an account for good; it stays in the record, and its name is never given again."""
    with acting(records, user, token_file) as (office, session):
        users.close_account(office, session, name, why)
    output.print(f"{name} is closed")


@app.command()
def unlock(
    name: Name,
    why: Why = "",
    records: Folder = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Let somebody try again who mistyped a password too often."""
    with acting(records, user, token_file) as (office, session):
        users.unlock_account(office, session, name, why)
    output.print(f"{name} is unlocked")


@app.command()
def role(
    name: Name,
    role: Annotated[Role, typer.Argument(help=f"One of {', '.join(ROLES)}.")],
    why: Why = "",
    records: Folder = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Give an account another role."""
    with acting(records, user, token_file) as (office, session):
        users.change_role(office, session, name, role, why)
    output.print(f"{name} is {role}")


@app.command()
def password(
    name: Annotated[str, typer.Argument(help="Whose; your own if not given.")] = "",
    why: Why = "",
    records: Folder = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Choose another password; an administrator sets anybody's."""
    with acting(records, user, token_file) as (office, session):
        own = session.account if session else ""
        if name and name.casefold() != own.casefold():
            users.reset_password(office, session, name, password_of(name, is_new=True), why)
        else:
            old = password_of(own)
            users.change_own_password(office, session, old, password_of(own, is_new=True))
    output.print(f"{name or own} has a new password")


@app.command()
def token(
    out: Annotated[Path, typer.Option(help="A new file, which only you will be able to read.")],
    records: Folder = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Write a file that signs you in where nobody can type; a new password ends it."""
    with acting(records, user, token_file) as (office, session):
        users.make_token(office, session, out)
    output.print(f"{out} signs in as {session.account if session else ''}")


def _state(account: Account) -> str:
    if account.is_closed:
        return "closed"
    if account.is_locked(utc_now()):
        return "locked"
    return "must change password" if account.must_change else "open"
