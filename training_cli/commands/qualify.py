"""`inspector-train qualify`: whether the machine does as well as people on a kit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from training_cli.errors import UsageError, WorseError


def qualify(
    kit: Annotated[Path, typer.Argument(help="CSV: part, truth, label, vial, region.")],
    out: Annotated[Path, typer.Option(help="Folder for qualification.html and .json.")],
    judgements: Annotated[
        Path | None, typer.Option(help="The machine's answers, JSON Lines.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="Instead: the station's record, exported as JSON Lines.")
    ] = None,
    lot: Annotated[
        list[str] | None,
        typer.Option(help="Of the record: a lot that is a run over the kit; all without."),
    ] = None,
    inspectors: Annotated[
        Path | None, typer.Option(help="CSV of people's answers: part, inspector, run, decision.")
    ] = None,
    pictures: Annotated[Path | None, typer.Option(help="Folder with PART.png.")] = None,
    runs: Annotated[int, typer.Option(min=1, help="How often each part was run.")] = 10,
) -> None:
    """Hold the machine against human inspectors on a kit, by the protocol of Knapp and Abramson.

    Each part goes through ten times and is well classified if at least 7 answers are right. The
    machine has to reach the inspectors' reject-zone efficiency and their well classified parts.
    Exits with 4, the report written, where it does not.
    """
    if (judgements is None) == (record is None):
        raise UsageError("Give the machine's answers: either --judgements or --record.")
    if lot and record is None:
        raise UsageError("--lot names lots of a record: give --record, too.")
    from training_cli.qualification.judgements import read_inspections, read_judgements
    from training_cli.qualification.kit import read_kit
    from training_cli.qualification.protocol import qualify as qualified
    from training_cli.qualification.record import read_record
    from training_cli.qualification.report import write_report
    from training_cli.qualification.wording import notes_of, verdict_of

    parts = read_kit(kit)
    inputs, judge = {"Kit": kit}, ""
    if record is not None:
        recorded = read_record(record, parts, lot or ())
        answers, judge, inputs["Record"] = recorded.judgements, recorded.judge, record
    elif judgements is not None:
        answers, inputs["Judgements"] = tuple(read_judgements(judgements)), judgements
    people = None
    if inspectors is not None:
        people, inputs["Inspectors"] = read_inspections(inspectors), inspectors
    qualification = qualified(parts, answers, people, runs=runs)
    page = write_report(qualification, out, pictures=pictures, judge=judge, inputs=inputs)
    for note in notes_of(qualification):
        typer.echo(note)
    typer.echo(f"Report: {page}")
    verdict = verdict_of(qualification)
    if qualification.is_accepted is False:
        raise WorseError(verdict.sentence)
    typer.echo(f"{verdict.word}. {verdict.sentence}")
