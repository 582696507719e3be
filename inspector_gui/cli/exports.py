"""`inspector records export` and `report`: files for somebody outside."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from inspector_gui.cli.console import errors
from inspector_gui.cli.errors import one_sentence
from inspector_gui.cli.filters import Folder, filtered
from inspector_gui.cli.signing_in import Checkpoints, TokenFile, User, permit_files
from inspector_gui.inspection.clock import utc_now
from inspector_gui.inspection.opening import default_records
from inspector_gui.records.export import export as write
from inspector_gui.records.forms import Form
from inspector_gui.records.outfile import refuse_inside
from inspector_gui.records.permissions import Action
from inspector_gui.records.search import Filter


class FormOption(StrEnum):
    CSV = "csv"
    JSON_LINES = "jsonl"
    XLSX = "xlsx"


@filtered
def export(
    wanted: Filter,
    out: Annotated[Path, typer.Option(help="The file; its name's end says the form.")],
    form: Annotated[
        FormOption | None, typer.Option("--format", help="The form, whatever the name.")
    ] = None,
    records: Folder = None,
    checkpoints: Checkpoints = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Export the inspections that match, all without options."""
    with one_sentence():
        kind = Form.of(out) if form is None else Form(f".{form}")
        folder = records or default_records()
        refuse_inside(folder, out)
        permit_files(folder, Action.EXPORT, [out], user, token_file, checkpoints)
        count = write(folder, out, kind, wanted)
    errors.print(f"{count} inspections written to {out}")


def report(
    lot: Annotated[str, typer.Option(help="The lot.")],
    out: Annotated[Path, typer.Option(help="The PDF file.")],
    records: Folder = None,
    checkpoints: Checkpoints = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Write a lot's report as PDF, in volumes where more than 400 parts are shown."""
    from inspector_gui.records.report.report import write_report  # ReportLab slows every start down

    with one_sentence():
        folder = records or default_records()
        refuse_inside(folder, out)
        taken = permit_files(folder, Action.EXPORT, [out], user, token_file, checkpoints)
        for path in write_report(folder, lot, out, utc_now(), taken):
            errors.print(f"Report written to {path}")
