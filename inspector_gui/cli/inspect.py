"""`inspector inspect`: the station without a window."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from inspector_gui.cli.console import errors, output
from inspector_gui.cli.errors import BAD_INPUT, CAMERA, INTEGRITY, fail, one_sentence
from inspector_gui.cli.report import STYLE, as_json, as_line
from inspector_gui.cli.signing_in import Checkpoints, TokenFile, User, signed_in
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.opening import default_records, open_station
from inspector_gui.inspection.station import Station
from inspector_gui.inspection.status import Level, StationState, StationStatus

WAKE_S = 0.5


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
    lot: Annotated[
        str,
        typer.Option(help="One that is open; see `inspector lots`. By default the one that is."),
    ] = "",
    checkpoints: Checkpoints = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Inspect parts without a window and write the record. Ctrl+C ends the lot in good order."""
    show = _Printer(_print_json if as_json_lines else _print_line)
    with (
        one_sentence(),
        open_station(
            recipe,
            camera=camera,
            records=records,
            frame_rate=fps,
            parts=parts,
            on_inspection=show,
            sign_in=lambda office: signed_in(office, user, token_file),
            lot=lot,
            checkpoints=checkpoints,
        ) as station,
    ):
        show.station = station
        _stop_on_signals(station)
        station.start()
        _warn(station.status)
        while not station.wait(WAKE_S):  # on Windows a wait without end does not notice Ctrl+C
            pass
        status = station.status
    _summarise(status, records or default_records())
    if show.problem:
        fail(f"The output cannot be written ({show.problem}): the lot was ended.", BAD_INPUT)


class _Printer:
    """Prints what is handed out, and ends the lot when that fails: nobody would see the rest."""

    def __init__(self, write: Callable[[Inspection], None]) -> None:
        self._write = write
        self.station: Station | None = None
        self.problem = ""

    def __call__(self, inspection: Inspection) -> None:
        if self.problem:
            return
        try:
            self._write(inspection)
        except (OSError, SystemExit) as error:  # Rich ends the program at a broken pipe
            self.problem = getattr(error, "strerror", None) or "its reader has gone"
            _discard_output()
            if self.station is not None:
                self.station.request_stop()


def _discard_output() -> None:
    """What is still buffered would fail again when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _stop_on_signals(station: Station) -> None:
    """End in good order on Ctrl+C and on a service's stop; at once when asked again."""

    def stop(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, before[signal.Signals(number)])
        station.request_stop()

    before = {n: signal.signal(n, stop) for n in (signal.SIGINT, signal.SIGTERM)}


def _print_json(inspection: Inspection) -> None:
    sys.stdout.write(json.dumps(as_json(inspection)) + "\n")
    sys.stdout.flush()


def _print_line(inspection: Inspection) -> None:
    output.print(as_line(inspection), style=STYLE[inspection.verdict.decision])


def _warn(status: StationStatus) -> None:
    for line in status.health:
        if line.level is not Level.OK and line.name != status.fault_in:
            errors.print(f"{line.name.capitalize()}: {line.text} {line.remedy}")


def _summarise(status: StationStatus, records: Path) -> None:
    n = status.counters
    errors.print(
        f"{n.parts} parts from {status.frames} frames: {n.passed} pass, {n.rejected} reject, "
        f"{n.undecided} undecided ({n.overruns} overruns, {status.camera.gaps} gaps). "
        f"Record: {records.resolve()}"
    )
    _warn(status)
    if status.state is StationState.FAULT:
        fail(status.detail, CAMERA if status.fault_in == "camera" else INTEGRITY)
