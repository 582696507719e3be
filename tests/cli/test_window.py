"""Where no window can be opened, that is said and the line is inspected headless."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from inspector_gui.cli import window as windows
from inspector_gui.cli.app import app

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have a display")


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XAUTHORITY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("NOTHING", "", "There is no display (set DISPLAY to open the window)"),
        ("DISPLAY", ":987", "The display :987 does not answer"),
        ("DISPLAY", "nonsense", "The display nonsense does not answer"),
        ("WAYLAND_DISPLAY", "wayland-987", "The display wayland-987 does not answer"),
    ],
)
def test_without_a_display_a_few_parts_are_inspected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(windows, "HEADLESS_PARTS", 1)
    result = CliRunner().invoke(app, [])
    assert result.exit_code == 0
    assert sentence in " ".join(result.stderr.split())
    assert "1 parts from 1 frames" in result.stderr


def test_a_platform_without_a_screen_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert windows._why_no_window() == ""
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert windows._why_no_window() != ""


def test_a_compositor_that_answers_is_a_display(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        assert windows._why_no_window() == ""


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="there is no Xvfb to answer")
def test_a_server_that_answers_is_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    command = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert server.stdout is not None
    try:
        number = server.stdout.readline().decode().strip()
        monkeypatch.setenv("DISPLAY", f":{number}")
        assert windows._why_no_window() == ""
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()
