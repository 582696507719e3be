"""`inspector records`: list, verify, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from engines.verdict import Decision
from inspector_gui.cli.console import errors, output
from inspector_gui.cli.errors import INTEGRITY, fail, one_sentence
from inspector_gui.inspection.opening import default_records
from inspector_gui.records.export import export_csv, export_jsonl
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.verify import verify as verify_record

app = typer.Typer(help="List, verify and export a record.", no_args_is_help=True)

Folder = Annotated[
    Path | None,
    typer.Option("--records", help="Folder of the record; the user's own if not given."),
]


@app.command("list")
def show(
    records: Folder = None,
    decision: Annotated[
        Decision | None, typer.Option(case_sensitive=False, help="Only these.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 50,
) -> None:
    """List the last inspections, newest first."""
    table = Table("Entry", "Judged", "Lot", "Part", "Decision", "Score", "Why", "Source")
    with one_sentence(), RecordReader(records or default_records()) as reader:
        for recorded in reader.inspections(decision=decision, limit=limit):
            row = recorded.entry
            labels = ", ".join(dict.fromkeys(str(f["label"]) for f in row.findings))
            table.add_row(
                str(recorded.seq),
                row.judged_at[:19],
                row.lot,
                str(row.part),
                row.decision,
                "-" if row.score is None else f"{row.score:.3f}/{row.threshold:.3f}",
                row.reason or labels or "-",
                row.source,
            )
        counts = reader.counts()
    output.print(table)
    errors.print(", ".join(f"{n} {name}" for name, n in sorted(counts.items())) or "No parts yet.")


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


@app.command()
def export(
    records: Folder = None,
    csv: Annotated[Path | None, typer.Option(help="Write a table to this file.")] = None,
    jsonl: Annotated[Path | None, typer.Option(help="Write JSON Lines to this file.")] = None,
) -> None:
    """Export all inspections."""
    if csv is None and jsonl is None:
        raise typer.BadParameter("say where to: --csv FILE or --jsonl FILE")
    folder = records or default_records()
    with one_sentence():
        for path, write in ((csv, export_csv), (jsonl, export_jsonl)):
            if path is not None:
                errors.print(f"{write(folder, path)} inspections written to {path}")
