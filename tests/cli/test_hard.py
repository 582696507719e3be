"""A full disk, a folder that may only be read: nothing acknowledged is lost, and it says why."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
from typer.testing import CliRunner, Result

from inspector_gui.cli.app import app
from inspector_gui.records.office import open_office
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.verify import verify
from tests import models
from tests.inspection.fakes import write_recipe
from tests.records.accounts import PASSWORD, add_all, hash_quickly, trail
from tests.records.conftest import NOBODY, unprivileged

PARTS = 60


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    words = [str(mount), "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if mount is None or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def line(tmp_path: Path) -> list[str]:
    """The command of a line that sees a reject in every other part."""
    model = models.save(tmp_path / "brightness.onnx")
    recipe = write_recipe(tmp_path, hashlib.sha256(model.read_bytes()).hexdigest())
    parts = tmp_path / "parts"
    parts.mkdir()
    for n in range(PARTS):
        bright = [(8, 8, 32, 32)] if n % 2 else []
        cv2.imwrite(str(parts / f"part{n:03}.png"), models.part(bright, size=64))
    return ["inspect", "--recipe", str(recipe), "--camera", f"folder:{parts}", "--json"]


def run(folder: Path, words: list[str], user: str = "") -> Result:
    options = ["--records", str(folder), *(["--user", user] if user else [])]
    return CliRunner().invoke(app, [*words, *options], input=f"{PASSWORD}\n")


def fill(disk: Path, but_bytes: int) -> Path:
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free - but_bytes))
    return ballast


def printed(result: Result) -> list[dict[str, object]]:
    return [json.loads(text) for text in result.stdout.splitlines() if text.startswith("{")]


def test_a_disk_that_fills_up_under_a_line(disk: Path, line: list[str]) -> None:
    records = disk / "records"
    assert run(records, [*line, "--parts", "2"]).exit_code == 0
    ballast = fill(disk, but_bytes=100_000)
    stopped = run(records, line)
    assert stopped.exit_code == 4, stopped.output
    assert "Traceback" not in stopped.output
    assert "free some space" in stopped.stderr
    parts = printed(stopped)
    kept = [part for part in parts if part["reason"] != "record_not_written"]
    lost = [part for part in parts if part["reason"] == "record_not_written"]
    assert lost
    assert {part["decision"] for part in lost} == {"UNDECIDED"}
    assert len(parts) < PARTS  # the line was held
    with RecordReader(records) as reader:
        found = {r.entry.part: r.entry.decision for r in reader.inspections(limit=1000)}
    for part in kept:
        assert found.get(int(str(part["part"]))) == part["decision"]
    assert verify(records).problem == ""
    ballast.unlink()
    assert run(records, [*line, "--parts", "3"]).exit_code == 0
    assert verify(records).problem == ""


def test_an_act_on_a_full_disk_is_not_done(disk: Path, tmp_path: Path) -> None:
    records = disk / "records"
    with open_office(records) as office:
        add_all(office)
    before = verify(records).entries
    ballast = fill(disk, but_bytes=0)
    for words in (
        ["users", "unlock", "operator"],
        ["users", "close", "operator"],
        ["records", "backup", "--to", str(tmp_path / "backup")],
    ):
        refused = run(records, words, "administrator")
        assert refused.exit_code == 3, refused.output
        assert "free some space" in refused.output
        assert "Traceback" not in refused.output
    assert verify(records).entries == before
    assert not (tmp_path / "backup").exists()
    ballast.unlink()
    closed = run(records, ["users", "close", "operator"], "administrator")
    assert closed.exit_code == 0, closed.output
    assert trail(records)[-1].action == "close_account"


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_record_that_may_only_be_read(public_folder: Path) -> None:
    """Who may not write to its folder can look, and is told why nothing else is possible."""
    records = public_folder / "records"
    with open_office(records) as office:
        add_all(office)
    for path in (records, *records.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
        if os.geteuid() == 0:
            os.chown(path, NOBODY, -1)
    with unprivileged():
        for words in (["users", "list"], ["audit"], ["records", "verify"]):
            looked = run(records, words)
            assert looked.exit_code == 0, looked.output
        out = str(public_folder / "out.csv")
        for words in (["users", "close", "operator"], ["records", "export", "--out", out]):
            refused = run(records, words, "administrator")
            assert refused.exit_code == 3, refused.output
            assert "that you may write to" in refused.output
            assert "Traceback" not in refused.output
    for path in (records, *records.iterdir()):
        path.chmod(0o755)
