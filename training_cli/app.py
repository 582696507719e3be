"""The command `inspector-train`, and the one door for its errors."""

from __future__ import annotations

import sys

import typer

from training_cli.commands import (
    augment,
    calibrate,
    compare,
    evaluate,
    export,
    fit,
    judge,
    preview,
    qualify,
    quantize,
    remember,
    synthesize,
)
from training_cli.errors import USAGE, UserError

app = typer.Typer(
    name="inspector-train",
    help="Retrain the engines, judge them, and export them for the station.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(fit.app, name="fit")
app.add_typer(augment.app, name="augment")
app.add_typer(preview.app, name="preview")
app.add_typer(compare.app, name="compare")
app.command("remember")(remember.remember)
app.add_typer(judge.app, name="judge")
app.command("evaluate")(evaluate.evaluate)
app.command("export")(export.export)
app.command("calibrate")(calibrate.calibrate)
app.command("quantize")(quantize.quantize)
app.command("qualify")(qualify.qualify)
app.add_typer(synthesize.app, name="synthesize")

DIFFUSION = ("diffusers", "transformers")


def main() -> None:
    """Run the command; exit 2 on wrong usage, 3 on bad input, 4 on a refused export."""
    try:
        app()
    except UserError as error:
        typer.echo(f"inspector-train: {error}", err=True)
        sys.exit(error.exit_code)
    except ModuleNotFoundError as error:
        extra = "train,diffusion" if error.name in DIFFUSION else "train"
        typer.echo(
            f"inspector-train: {error.name} is missing: pip install 'line-inspector[{extra}]'.",
            err=True,
        )
        sys.exit(USAGE)


if __name__ == "__main__":
    main()
