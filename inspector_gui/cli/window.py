"""`inspector` alone: the window, or a short headless run where there is no display."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from pathlib import Path

import typer

from inspector_gui.cli.console import errors
from inspector_gui.cli.inspect import inspect

HEADLESS_PARTS = 30
_ON_SCREEN = ("", "xcb", "wayland")  # Qt's names of what needs a display; it aborts without one


def window() -> None:
    """Open the application on the simulated line."""
    why = _why_no_window()
    if why:
        errors.print(f"{why}: inspecting {HEADLESS_PARTS} simulated parts headless instead.")
        inspect("tile", "simulated", HEADLESS_PARTS)
        return
    from inspector_gui.application import run  # Qt is not needed by any other command

    raise typer.Exit(run())


def _why_no_window() -> str:
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if sys.platform != "linux" or platform not in _ON_SCREEN:
        return ""
    x11, wayland = os.environ.get("DISPLAY"), os.environ.get("WAYLAND_DISPLAY")
    if not x11 and not wayland:
        return "There is no display (set DISPLAY to open the window)"
    if (x11 and _answers_x11()) or (wayland and _answers_wayland(wayland)):
        return ""
    return f"The display {x11 or wayland} does not answer (check DISPLAY, and who may open it)"


def _answers_x11() -> bool:
    """Whether the display can be opened, asked through the library that Qt asks through."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers


def _answers_wayland(name: str) -> bool:
    place = Path(os.environ.get("XDG_RUNTIME_DIR", "/"), name)
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(place))
        except OSError:
            return False
    return True
