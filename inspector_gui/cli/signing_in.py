"""How a command signs in: by a password that it asks for, or by a token file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from inspector_gui.cli.errors import one_sentence
from inspector_gui.inspection.opening import default_records
from inspector_gui.records.accounts import Session
from inspector_gui.records.checkpoints import FOLDER_VARIABLE, Checkpoint, write_checkpoint
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.export import permit_file
from inspector_gui.records.office import Office, look, open_office
from inspector_gui.records.permissions import Action
from inspector_gui.records.private import read_private
from inspector_gui.records.search import Filter

User = Annotated[str, typer.Option("--user", help="Sign in as; the password is asked for.")]
TokenFile = Annotated[
    Path | None, typer.Option(help="Sign in with this file; see `inspector users token`.")
]
Checkpoints = Annotated[
    Path | None,
    typer.Option(
        envvar=FOLDER_VARIABLE,
        help="Folder for signed checkpoints, on another disk or computer.",
    ),
]
Why = Annotated[str, typer.Option(help="For the audit trail.")]


@contextmanager
def acting(
    records: Path | None, user: str, token_file: Path | None
) -> Iterator[tuple[Office, Session | None]]:
    """The office of a record, and the session of who uses the command; errors end it."""
    with one_sentence(), open_office(records or default_records()) as office:
        yield office, signed_in(office, user, token_file)


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
    return asked(user, token_file)(office)


def asked(user: str, token_file: Path | None) -> Callable[[Office], Session | None]:
    """Ask now who uses a command, for a record with accounts that is opened later.

    Raises:
        RecordsError: The token file cannot be used.
    """
    if token_file is not None:
        content = read_private(token_file).decode(errors="replace")
        return lambda office: office.sign_in_with_token(content)
    if not user and sys.stdin.isatty():
        user = typer.prompt("Name", err=True)
    if not user:
        return lambda _office: None
    password = password_of(user)
    return lambda office: office.sign_in(user, password)


def password_of(name: str, *, is_new: bool = False) -> str:
    """Ask for a password, a new one twice."""
    what = f"New password for {name}" if is_new else f"Password of {name}"
    return str(typer.prompt(what, hide_input=True, confirmation_prompt=is_new, err=True))


def permit_files(
    folder: Path,
    action: Action,
    paths: Sequence[Path],
    user: str,
    token_file: Path | None,
    checkpoints: Path | None = None,
    wanted: Filter | None = None,
) -> Checkpoint | None:
    """Check that something may be made from a record, and write it on the trail.

    A checkpoint goes beside each file or folder, and to the second place. A demonstration has
    neither trail nor checkpoints, so that it can be read from a read-only medium.

    Returns:
        The last checkpoint; None in a demonstration.

    Raises:
        Refused: They may not be made.
        RecordsError: The trail or a checkpoint cannot be written.
    """
    taken = None
    if look(folder).is_managed or user or token_file:
        with open_office(folder) as office:
            session = signed_in(office, user, token_file)
            for path in paths:
                taken = permit_file(office, action, session, path, wanted)
            if checkpoints is not None:
                write_checkpoint(office, checkpoints, session)
    return taken
