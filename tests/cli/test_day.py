"""A supervisor's day on the command line, with a line that runs beside it in another process."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner

from inspector_gui.cli.app import app
from inspector_gui.records.reader import RecordReader
from tests.records.accounts import PASSWORD, hash_quickly
from tests.records.forms import rows_of
from tests.records.manipulations import unguarded

FIRST = "given by somebody else"


class Plant:
    """Runs commands on one record; what is not expected ends the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records, self.elsewhere = folder / "records", folder / "elsewhere"

    def run(self, words: str, user: str = "", given: str = "", code: int = 0) -> str:
        options = ["--records", str(self.records), *(["--user", user] if user else [])]
        typed = f"{PASSWORD}\n" * bool(user) + given
        result = CliRunner().invoke(app, [*words.split(), *options], input=typed)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return " ".join(result.output.replace("│", " ").split())

    def add(self, name: str, role: str) -> None:
        words = f"users add {name} --full-name {name.title()} --role {role}"
        if role == "administrator":
            self.run(words, given=f"{PASSWORD}\n{PASSWORD}\n")
            return
        self.run(words, "ada", f"{FIRST}\n{FIRST}\n")
        own = f"{FIRST}\n{FIRST}\n{PASSWORD}\n{PASSWORD}\n"
        options = ["users", "password", "--user", name, "--records", str(self.records)]
        assert CliRunner().invoke(app, options, input=own).exit_code == 0

    @contextmanager
    def line(self) -> Iterator[None]:
        """A simulated line on the lot that is open, from its first part on; ended by Ctrl+C."""
        words = "inspect --recipe tile --camera simulated --fps 10 --json"
        options = ["--token-file", self.folder / "olga.token", "--checkpoints", self.elsewhere]
        program = [sys.executable, "-m", "inspector_gui.cli"]
        process = subprocess.Popen(
            [*program, *words.split(), *options, "--records", self.records],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout is not None
            assert json.loads(process.stdout.readline())["part"] == 1
            yield
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
            assert process.returncode == 0, said
        finally:
            process.kill()

    def not_passed(self) -> list[int]:
        with RecordReader(self.records) as reader:
            kinds = ("REJECT", "UNDECIDED")
            return [found.seq for kind in kinds for found in reader.inspections(decision=kind)]


@pytest.mark.skipif(sys.platform == "win32", reason="a process is not sent Ctrl+C there")
def test_a_supervisor_s_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)
    plant = Plant(tmp_path)
    for name, role in (
        ("ada", "administrator"),
        ("erik", "engineer"),
        ("sue", "supervisor"),
        ("olga", "operator"),
    ):
        plant.add(name, role)
    plant.run("lots open L1 --recipe tile", "erik")
    plant.run(f"users token --out {tmp_path / 'olga.token'}", "olga")

    with plant.line():
        assert "running on lot L1: stop it first" in plant.run("lots close L1", "olga", code=3)
        assert "is unlocked" in plant.run("users unlock sue", "ada")
        plant.run(f"records export --out {tmp_path / 'running.csv'}", "sue")
        plant.run(f"records backup --to {tmp_path / 'backup'}", "sue")
        assert "olga (operator): run_line ALLOWED L1" in plant.run("audit")
        token = f"--token-file {tmp_path / 'olga.token'}"
        second = f"inspect --recipe tile --camera simulated {token}"
        assert "by another station" in plant.run(second, code=3)
        assert "The record holds" in plant.run("records verify")

    for entry in plant.not_passed()[:2]:
        plant.run(f"records review {entry} confirm", "sue")
    kept = f"--checkpoints {plant.elsewhere}"
    assert "which agrees" in plant.run(f"lots close L1 {kept}", "sue")
    assert "reviewed and released" in plant.run(f"lots sign L1 {kept}", "sue", f"{PASSWORD}\n")
    plant.run(f"records export --lot L1 --out {tmp_path / 'L1.xlsx'} {kept}", "sue")
    plant.run(f"records report --lot L1 --out {tmp_path / 'L1.pdf'} {kept}", "sue")
    with RecordReader(plant.records) as reader:
        parts = len(reader.inspections(lot="L1", limit=100_000))
    assert len(rows_of(tmp_path / "L1.xlsx")) == parts > 0
    with pypdfium2.PdfDocument(tmp_path / "L1.pdf") as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    said = " ".join(" ".join(pages).split())
    for text in ("Signed by Sue (sue, supervisor)", "Holds: made with", "olga (operator)", "Key"):
        assert text in said, text

    verifier = tmp_path / "verifier.py"
    CliRunner().invoke(app, ["records", "verifier", "--out", str(verifier)])
    copy = tmp_path / "copy"
    shutil.copytree(plant.records, copy)
    words = [sys.executable, str(verifier), str(copy), "--checkpoints", str(plant.elsewhere)]
    key = plant.run("records verify").partition("key ")[2][:64]
    whole = subprocess.run([*words, "--key", key], capture_output=True, text=True, check=False)
    assert (whole.returncode, "1 signatures" in whole.stdout) == (0, True), whole
    with unguarded(copy) as connection:
        (last,) = connection.execute("SELECT max(seq) FROM audit").fetchone()
        connection.execute("DELETE FROM audit WHERE seq > ?", [last - 4])
    cut = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (cut.returncode, "the end was cut off" in cut.stdout) == (1, True), cut
    assert "The record holds" in plant.run(f"records verify {kept} --key {key}")
