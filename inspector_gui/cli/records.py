"""`inspector records`: list, review, verify, and what the record is given out as."""

from __future__ import annotations

import getpass
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from inspector_gui.cli.backup import backup, restore
from inspector_gui.cli.console import errors, output
from inspector_gui.cli.errors import INTEGRITY, fail, one_sentence
from inspector_gui.cli.exports import export, report
from inspector_gui.cli.filters import Folder, filtered
from inspector_gui.inspection.clock import utc_now
from inspector_gui.inspection.opening import default_records
from inspector_gui.inspection.review import ReviewReason, unfitting
from inspector_gui.records.entries import CONFIRMED, OVERRULED, DispositionEntry
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import Filter, Found, Search
from inspector_gui.records.store import RecordStore
from inspector_gui.records.verify import verify as verify_record

app = typer.Typer(help="List, review, verify, export and back up a record.", no_args_is_help=True)
app.command()(export)
app.command()(report)
app.command()(backup)
app.command()(restore)


@app.command("list")
@filtered
def show(
    wanted: Filter,
    records: Folder = None,
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 50,
) -> None:
    """List the last inspections that match, newest first."""
    table = Table("Entry", "Judged", "Lot", "Part", "Decision", "Score", "Why", "Source")
    with one_sentence(), RecordReader(records or default_records()) as reader:
        search = Search(reader)
        for found in search.page(wanted, limit=limit):
            table.add_row(*_cells(found))
        tally = search.count(wanted)
    output.print(table)
    counts = {"PASS": tally.passed, "REJECT": tally.rejected, "UNDECIDED": tally.undecided}
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    errors.print(said or ("No parts yet." if wanted.is_empty else "No parts match."))


def _cells(found: Found) -> tuple[str, ...]:
    return (
        str(found.seq),
        found.judged_at[:19],
        found.lot,
        str(found.part),
        found.decision,
        "-" if found.score is None else f"{found.score:.3f}/{found.threshold:.3f}",
        _why(found),
        found.source,
    )


def _why(found: Found) -> str:
    why = found.reason or ", ".join(found.labels) or "-"
    return f"{why} ({found.disposition.lower()})" if found.disposition else why


class Disposition(StrEnum):
    CONFIRM = "confirm"
    OVERRULE = "overrule"


@app.command()
def review(
    entry: Annotated[int, typer.Argument(help="The inspection's entry, as `list` shows it.")],
    disposition: Annotated[Disposition, typer.Argument(help="Whether you agree.")],
    reason: Annotated[ReviewReason | None, typer.Option(help="Why; needed to overrule.")] = None,
    note: Annotated[str, typer.Option(help="In your own words; needed by reason `other`.")] = "",
    records: Folder = None,
) -> None:
    """Write down what you decided about a part. The machine's verdict stays as it is."""
    folder = records or default_records()
    kind = CONFIRMED if disposition is Disposition.CONFIRM else OVERRULED
    with one_sentence():
        with RecordReader(folder) as reader:
            try:
                part = reader.get(entry).entry
            except KeyError:
                raise RecordsError(
                    f"Entry {entry} is no inspection: take one from `inspector records list`."
                ) from None
            has_picture = bool(reader.images(entry))
        if why_not := unfitting(kind, reason, note.strip(), has_picture):
            raise typer.BadParameter(why_not)
        given = DispositionEntry(
            entry, kind, reason or "", note.strip(), getpass.getuser(), utc_now()
        )
        store = RecordStore.open(folder)
        try:
            (receipt,) = store.append([given])
        finally:
            store.close()
    output.print(f"Entry {receipt.seq}: {kind.lower()} part {part.part} of {part.lot}")


@app.command()
def verify(records: Folder = None) -> None:
    """Check the whole chain and all images; name the first row that does not hold."""
    with one_sentence():
        result = verify_record(records or default_records())
    for warning in result.warnings:
        errors.print(warning)
    if not result.holds:
        fail(str(result), INTEGRITY)
    output.print(str(result))
