"""`inspector records backup` and `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inspector_gui.cli.console import errors
from inspector_gui.cli.errors import one_sentence
from inspector_gui.cli.filters import Folder
from inspector_gui.cli.signing_in import (
    Checkpoints,
    TokenFile,
    User,
    asked,
    permit_files,
    signed_in,
)
from inspector_gui.inspection.clock import utc_now
from inspector_gui.inspection.opening import default_records
from inspector_gui.records import backup as backups
from inspector_gui.records.keys import public_key_of, renew_key
from inspector_gui.records.office import open_office
from inspector_gui.records.permissions import Action
from inspector_gui.records.reader import RecordReader

RESTORED = "restored from a backup, which holds no private key"


def backup(
    to: Annotated[Path, typer.Option(help="Folder of the backup, best on another disk.")],
    records: Folder = None,
    checkpoints: Checkpoints = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Back the record up, also while a line writes it; only what is new is copied.

    The passwords' hashes come along, readable by you alone, so that people can sign in to what is
    restored. The private signing key does not: keep no copy of it.
    """
    folder = records or default_records()
    with one_sentence():
        backups.refuse_nested(folder, to)
        permit_files(folder, Action.BACKUP, [to], user, token_file, checkpoints)
        made = backups.backup(folder, to, utc_now())
    errors.print(f"{made.checked} Backed up to {to}, {made.copied} images of it new.")


def restore(
    source: Annotated[Path, typer.Option("--from", help="Folder of the backup.")],
    records: Annotated[Path, typer.Option(help="Folder of the new record.")],
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Make a record from its backup, once all of it is checked.

    You sign in with an account of the backup. The record gets a new signing key, which you write
    down; what was signed before still holds with the old one.
    """
    with one_sentence():
        sign_in = asked(user, token_file) if user or token_file else None

        def accept(new: Path) -> None:
            with open_office(new) as office:
                if sign_in is None or not office.is_managed:
                    session = signed_in(office, user, token_file)
                else:
                    session = sign_in(office)
                came_from = {"restored_from": str(source)}
                office.permit(Action.BACKUP, session, str(records), new=came_from)
                renew_key(office, session, RESTORED)

        checked = backups.restore(source, records, accept=accept)
        with RecordReader(records) as reader:
            key = public_key_of(reader)
    errors.print(f"{checked} Restored to {records}.")
    if key:
        errors.print(f"Its signing key is new: write down the public one, {key}.")
