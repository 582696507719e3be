"""`inspector inspect`: the station without a window."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from inspector_gui.cli.console import errors, output
from inspector_gui.cli.errors import CAMERA, INTEGRITY, fail, one_sentence
from inspector_gui.cli.report import STYLE, as_json, as_line
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.opening import default_records, open_station
from inspector_gui.inspection.status import StationState, StationStatus


def inspect(
    recipe: Annotated[str, typer.Option(help="A recipe's name or .toml file.")],
    camera: Annotated[
        str | None,
        typer.Option(help="folder:PATH, gentl:ID or simulated; the recipe's own if not given."),
    ] = None,
    parts: Annotated[int | None, typer.Option(min=1, help="Stop after this many parts.")] = None,
    fps: Annotated[
        float | None, typer.Option(min=0.001, help="Frames a second, instead of the recipe's.")
    ] = None,
    records: Annotated[
        Path | None, typer.Option(help="Folder of the record; the user's own if not given.")
    ] = None,
    as_json_lines: Annotated[
        bool, typer.Option("--json", help="One JSON object a part on stdout.")
    ] = False,
) -> None:
    """Inspect parts without a window and write the record. Ctrl+C ends the lot in good order."""
    show = _print_json if as_json_lines else _print_line
    with (
        one_sentence(),
        open_station(
            recipe, camera=camera, records=records, frame_rate=fps, parts=parts, on_inspection=show
        ) as station,
    ):
        station.start()
        try:
            station.wait()
        except KeyboardInterrupt:
            station.stop()
        status = station.status
    _summarise(status, records or default_records())


def _print_json(inspection: Inspection) -> None:
    sys.stdout.write(json.dumps(as_json(inspection)) + "\n")
    sys.stdout.flush()


def _print_line(inspection: Inspection) -> None:
    output.print(as_line(inspection), style=STYLE[inspection.verdict.decision])


def _summarise(status: StationStatus, records: Path) -> None:
    n = status.counters
    errors.print(
        f"{n.parts} parts from {status.frames} frames: {n.passed} pass, {n.rejected} reject, "
        f"{n.undecided} undecided ({n.overruns} overruns, {status.camera.gaps} gaps). "
        f"Record: {records.resolve()}"
    )
    if status.state is StationState.FAULT:
        fail(status.detail, CAMERA if status.fault_in == "camera" else INTEGRITY)
