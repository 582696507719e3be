"""The translations belong to the sources, and what is compiled belongs to them."""

from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path
from xml.etree import ElementTree

import pytest

from inspector_gui.views import language

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(sysconfig.get_path("scripts"))


def tool(name: str) -> Path:
    path = SCRIPTS / name
    if not path.exists():
        pytest.skip(f"{name} is not in this environment")
    return path


def sources(ts: Path) -> set[tuple[str, str]]:
    return {
        (context.findtext("name") or "", message.findtext("source") or "")
        for context in ElementTree.parse(ts).iter("context")
        for message in context.iter("message")
    }


def test_no_text_in_the_sources_is_without_translation(tmp_path: Path) -> None:
    files = [p for d in ("views", "widgets") for p in (ROOT / "inspector_gui" / d).rglob("*.py")]
    fresh = tmp_path / "fresh.ts"
    command = [tool("pyside6-lupdate"), *files, "-ts", fresh]
    subprocess.run(command, check=True, capture_output=True)
    assert sources(fresh) == sources(language.FOLDER / "inspector_de.ts")


def test_compiled_translation_is_the_current_one(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    ts = language.FOLDER / "inspector_de.ts"
    command = [tool("pyside6-lrelease"), ts, "-qm", fresh]
    subprocess.run(command, check=True, capture_output=True)
    assert fresh.read_bytes() == (language.FOLDER / "inspector_de.qm").read_bytes()
