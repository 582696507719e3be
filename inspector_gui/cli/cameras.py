"""`inspector cameras`: what is there, with what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table

from inspector_gui.acquisition.sources import describe, list_cameras
from inspector_gui.cli.console import output
from inspector_gui.cli.errors import one_sentence


def cameras(
    camera: Annotated[
        str | None, typer.Argument(help="Show the feature tree of this GenTL camera.")
    ] = None,
    producer: Annotated[
        list[Path] | None, typer.Option(help="A GenTL producer (.cti) to load as well.")
    ] = None,
) -> None:
    """List the cameras that can be used, or one camera's features."""
    producers = tuple(map(str, producer or ()))
    with one_sentence():
        output.print(_features(camera, producers) if camera else _cameras(producers))


def _cameras(producers: tuple[str, ...]) -> Table:
    table = Table("Camera", "Vendor", "Model", "Serial", "State")
    for info in list_cameras(producers):
        table.add_row(info.spec, info.vendor, info.model, info.serial, info.problem or "ok")
    return table


def _features(camera: str, producers: tuple[str, ...]) -> Table:
    table = Table(Column("Feature", no_wrap=True), "Type", "Access", "Value", "Range")
    for feature in describe(camera, producers):
        table.add_row(feature.name, feature.kind, feature.access, feature.value, feature.range)
    return table
