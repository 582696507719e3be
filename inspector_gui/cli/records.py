"""`inspector records`: list, review, verify, and what the record is given out as."""

from __future__ import annotations

import getpass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from inspector_gui.cli.backup import backup, restore
from inspector_gui.cli.console import errors, output
from inspector_gui.cli.errors import INTEGRITY, fail, one_sentence
from inspector_gui.cli.exports import export, report
from inspector_gui.cli.filters import Folder, filtered
from inspector_gui.cli.signing_in import (
    TokenFile,
    User,
    signed_in,
)
from inspector_gui.inspection.clock import utc_now
from inspector_gui.inspection.opening import default_records
from inspector_gui.inspection.review import ReviewReason, alarms, decide, rules_of, unfitting
from inspector_gui.records import offline_verifier
from inspector_gui.records.checkpoints import read_checkpoints
from inspector_gui.records.entries import CONFIRMED, OVERRULED, DispositionEntry
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.office import open_office
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import Filter, Found, Search
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
    reason: Annotated[
        str,
        typer.Option(help=f"Why; needed to overrule. The recipe's, or {', '.join(ReviewReason)}."),
    ] = "",
    note: Annotated[str, typer.Option(help="In your own words; needed by reason `other`.")] = "",
    records: Folder = None,
    user: User = "",
    token_file: TokenFile = None,
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
            own = rules_of(reader, entry).reasons
        if why_not := unfitting(kind, reason or None, note.strip(), has_picture, own):
            raise typer.BadParameter(why_not)
        given = DispositionEntry(entry, kind, reason, note.strip(), getpass.getuser(), utc_now())
        with open_office(folder) as office:
            receipt = decide(office, signed_in(office, user, token_file), given)
        with RecordReader(folder) as reader:
            said = alarms(reader, part.lot)
    output.print(f"Entry {receipt.seq}: {kind.lower()} part {part.part} of {part.lot}")
    for alarm in said:
        errors.print(f"Alarm: {alarm}", style="bold red")


@app.command()
def verify(
    records: Folder = None,
    checkpoints: Annotated[
        Path | None, typer.Option(help="File or folder of checkpoints that were kept elsewhere.")
    ] = None,
    key: Annotated[str, typer.Option(help="The record's public key, as written down.")] = "",
) -> None:
    """Check the whole chain and all images; name the first row that does not hold."""
    with one_sentence():
        known = read_checkpoints(checkpoints) if checkpoints else []
        result = verify_record(records or default_records(), known, key.strip().lower())
    for warning in result.warnings:
        errors.print(warning)
    errors.print(f"Record {result.record}, key {result.public_key or 'none yet'}.")
    if not result.holds:
        fail(str(result), INTEGRITY)
    output.print(str(result))


@app.command()
def verifier(
    out: Annotated[Path, typer.Option(help="The Python file to write.")],
) -> None:
    """Write a verifier to keep: one file that needs Python and `cryptography`, nothing of this."""
    with one_sentence():
        try:
            out.write_bytes(Path(offline_verifier.__file__).read_bytes())
        except OSError as error:
            raise RecordsError(
                f"{out} cannot be written ({error.strerror}): name another file."
            ) from error
    output.print(f"Run it as: python {out} RECORD --checkpoints DIR --key KEY")
