"""The command line `inspector`."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

import inspector_gui
from inspector_gui.cli.audit import audit
from inspector_gui.cli.cameras import cameras
from inspector_gui.cli.console import output
from inspector_gui.cli.inspect import inspect
from inspector_gui.cli.lots import app as lots
from inspector_gui.cli.models import list_recipes, models
from inspector_gui.cli.records import app as records
from inspector_gui.cli.selftest import selftest
from inspector_gui.cli.users import app as users
from inspector_gui.cli.window import window

app = typer.Typer(
    help="Inspection station: cameras, engines, verdicts and their record.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(inspect)
app.command()(cameras)
app.command()(models)
app.command("recipes")(list_recipes)
app.command()(selftest)
app.add_typer(records, name="records")
app.command()(audit)
app.add_typer(lots, name="lots")
app.add_typer(users, name="users")


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Open the window; without a display, inspect 30 simulated parts headless."""
    if version:
        output.print(f"line-inspector {inspector_gui.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        window()


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name must not stop the printing
    app()
