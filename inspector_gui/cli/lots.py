"""`inspector lots`: open, close, sign and list lots."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from inspector_gui.cli.console import errors, output
from inspector_gui.cli.errors import one_sentence
from inspector_gui.cli.filters import Folder
from inspector_gui.cli.signing_in import (
    Checkpoints,
    TokenFile,
    User,
    Why,
    acting,
    password_of,
)
from inspector_gui.inspection import recipe as recipes
from inspector_gui.inspection.opening import default_records
from inspector_gui.records.accounts import Session
from inspector_gui.records.checkpoints import write_checkpoint
from inspector_gui.records.lots import LotCount, LotRecord, close_lot, lots_of, open_lot, sign_lot
from inspector_gui.records.office import Office
from inspector_gui.records.reader import RecordReader

app = typer.Typer(help="Lots: open, close, sign and list them.", no_args_is_help=False)

Name = Annotated[str, typer.Argument(help="Of the lot.")]


@app.command("open")
def open_(
    name: Name,
    recipe: Annotated[str, typer.Option(help="A recipe's name or .toml file.")],
    expected: Annotated[int | None, typer.Option(min=1, help="How many parts it has.")] = None,
    records: Folder = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Open a lot; an engineer who does it also releases a recipe that is new or has changed."""
    with acting(records, user, token_file) as (office, session):
        content = recipes.load(recipes.find(recipe)).content
        open_lot(office, session, name, content, expected)
    output.print(f"{name} is open with {content['name']}, revision {content['revision']}")


@app.command()
def close(
    name: Name,
    why: Why = "",
    records: Folder = None,
    checkpoints: Checkpoints = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Close a lot: it takes no more parts. Frames and parts must agree, or you say why not."""
    with acting(records, user, token_file) as (office, session):
        count = close_lot(office, session, name, why)
        _checkpoint(office, checkpoints, session)
    output.print(f"{name} is closed: {_counted(count)}")


@app.command()
def sign(
    name: Name,
    meaning: Annotated[str, typer.Option(help="What it says.")] = "reviewed and released",
    records: Folder = None,
    checkpoints: Checkpoints = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Sign a closed lot, with your password once more: nothing about it changes any more."""
    with acting(records, user, token_file) as (office, session):
        password = password_of(session.account) if session else ""
        signature = sign_lot(office, session, name, password, meaning)
        _checkpoint(office, checkpoints, session)
    output.print(f"{name}: {signature.meaning}, {signature.full_name}, {signature.signed_at}")


@app.command("list")
def show(records: Folder = None) -> None:
    """List the lots that were opened, newest first, with what came of them."""
    table = Table("Lot", "Recipe", "Expected", "Opened", "State", "Parts")
    with one_sentence(), RecordReader(records or default_records()) as reader:
        lots = lots_of(reader)
    for lot in reversed(lots):
        table.add_row(
            lot.name,
            f"{lot.recipe} {lot.recipe_revision}",
            "-" if lot.expected is None else str(lot.expected),
            f"{lot.opened_at[:16]} {lot.opened_by}",
            _state(lot),
            _counted(lot.count) if lot.count else "-",
        )
    output.print(table)
    if not lots:
        errors.print("No lot was opened yet.")


def _checkpoint(office: Office, folder: Path | None, session: Session | None) -> None:
    if folder is not None:
        write_checkpoint(office, folder, session)


def _counted(count: LotCount) -> str:
    share = "-" if count.lot_yield is None else f"{count.lot_yield:.1%}"
    agrees = count.difference or f"{count.frames} frames, which agrees."
    return (
        f"{count.parts} parts, {count.passed} pass, {count.rejected} reject, "
        f"{count.undecided} undecided, {count.gaps} gaps, yield {share}; {agrees}"
    )


def _state(lot: LotRecord) -> str:
    signed = [f"{s.full_name} ({s.meaning}, {s.signed_at[:16]})" for s in lot.signatures]
    if signed:
        return f"signed by {', '.join(signed)}"
    return "open" if lot.is_open else f"closed {lot.closed_at[:16]} {lot.closed_by}"
