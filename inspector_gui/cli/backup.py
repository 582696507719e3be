"""`inspector records backup` and `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inspector_gui.cli.console import errors
from inspector_gui.cli.errors import one_sentence
from inspector_gui.cli.filters import Folder
from inspector_gui.inspection.clock import utc_now
from inspector_gui.inspection.opening import default_records
from inspector_gui.records import backup as backups


def backup(
    to: Annotated[Path, typer.Option(help="Folder of the backup, best on another disk.")],
    records: Folder = None,
) -> None:
    """Back the record up, also while the station writes; only what is new is copied."""
    with one_sentence():
        made = backups.backup(records or default_records(), to, utc_now())
    errors.print(f"{made.checked} Backed up to {to}, {made.copied} images of it new.")


def restore(
    source: Annotated[Path, typer.Option("--from", help="Folder of the backup.")],
    records: Annotated[Path, typer.Option(help="Folder of the new record.")],
) -> None:
    """Make a record from its backup, once all of it is checked."""
    with one_sentence():
        checked = backups.restore(source, records)
    errors.print(f"{checked} Restored to {records}.")
