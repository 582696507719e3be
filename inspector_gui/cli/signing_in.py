"""How a command signs in: by a password that it asks for, or by a token file."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from inspector_gui.records.accounts import Session
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.office import Office, look, open_office
from inspector_gui.records.permissions import Action
from inspector_gui.records.private import read_private

Folder = Annotated[
    Path | None,
    typer.Option("--records", help="Folder of the record; the user's own if not given."),
]
User = Annotated[str, typer.Option("--user", help="Sign in as; the password is asked for.")]
TokenFile = Annotated[
    Path | None, typer.Option(help="Sign in with this file; see `inspector users token`.")
]
Checkpoints = Annotated[
    Path | None,
    typer.Option(
        envvar="LINE_INSPECTOR_CHECKPOINTS",
        help="Folder for signed checkpoints, on another disk or computer.",
    ),
]
Why = Annotated[str, typer.Option(help="For the audit trail.")]


def signed_in(office: Office, user: str, token_file: Path | None) -> Session | None:
    """The session of who uses a command; None where nobody signs in.

    Raises:
        Refused: Name, password or token is wrong.
        RecordsError: The token file cannot be used.
    """
    if not office.is_managed:
        if user or token_file:
            raise RecordsError(
                "This record has no accounts to sign in to: begin with `inspector users add`."
            )
        return None
    if token_file is not None:
        content = read_private(token_file).decode(errors="replace")
        return office.sign_in_with_token(content)
    if not user and sys.stdin.isatty():
        user = typer.prompt("Name", err=True)
    return office.sign_in(user, password_of(user)) if user else None


def password_of(name: str, *, is_new: bool = False) -> str:
    """Ask for a password, a new one twice."""
    what = f"New password for {name}" if is_new else f"Password of {name}"
    return str(typer.prompt(what, hide_input=True, confirmation_prompt=is_new, err=True))


def permit(
    folder: Path,
    action: Action,
    subject: str,
    user: str,
    token_file: Path | None,
    new: Mapping[str, Any] | None = None,
) -> None:
    """Check what a command is about to do, and write it on the trail; not in a demonstration.

    Raises:
        Refused: It may not be done.
        RecordsError: The trail cannot be written, as while a line runs.
    """
    if look(folder).is_managed or user or token_file:
        with open_office(folder) as office:
            office.permit(action, signed_in(office, user, token_file), subject, new=new)
