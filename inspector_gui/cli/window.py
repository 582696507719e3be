"""`inspector` alone: the window, or a short headless run where there is no display."""

from __future__ import annotations

import os
import sys

import typer

from inspector_gui.cli.console import errors
from inspector_gui.cli.inspect import inspect

HEADLESS_PARTS = 30


def window() -> None:
    """Open the application on the simulated line."""
    if not _has_display():
        errors.print(
            f"There is no display: inspecting {HEADLESS_PARTS} simulated parts headless instead. "
            "Set DISPLAY to open the window."
        )
        inspect("tile", "simulated", HEADLESS_PARTS)
        return
    from inspector_gui.application import run  # Qt is not needed by any other command

    raise typer.Exit(run())


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))
