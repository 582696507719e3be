"""`inspector lots`, `inspect --lot`, `audit` and `verify`: a lot's whole life without a window."""

from __future__ import annotations

import hashlib
from pathlib import Path

import cv2
import pytest
from typer.testing import CliRunner, Result

from inspector_gui.cli.app import app
from inspector_gui.records.office import open_office
from inspector_gui.records.verify import verify
from tests import models
from tests.inspection.fakes import write_recipe
from tests.records.accounts import PASSWORD, add_all, hash_quickly


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


class Plant:
    """A record with accounts, a recipe, and photographs of three parts."""

    def __init__(self, folder: Path) -> None:
        self.records, self.elsewhere = folder / "records", folder / "elsewhere"
        with open_office(self.records) as office:
            add_all(office)
        model = models.save(folder / "brightness.onnx")
        self.recipe = write_recipe(folder, hashlib.sha256(model.read_bytes()).hexdigest())
        self.parts = folder / "parts"
        self.parts.mkdir()
        for n, bright in ((1, []), (2, [(8, 8, 32, 32)]), (3, [])):
            cv2.imwrite(str(self.parts / f"part{n}.png"), models.part(bright, size=64))

    def run(self, words: str, user: str = "", passwords: int = 1) -> Result:
        options = [*words.split(), "--records", str(self.records)]
        if user:
            options += ["--user", user]
        return CliRunner().invoke(app, options, input=f"{PASSWORD}\n" * passwords)

    def inspect(self, more: str = "", user: str = "") -> Result:
        words = f"inspect --recipe {self.recipe} --camera folder:{self.parts} {more}"
        return self.run(words, user)


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    return Plant(tmp_path)


def ends(result: Result, code: int, *words: str) -> None:
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    for word in words:
        assert word in " ".join(result.output.replace("│", " ").split())


def test_a_lot_s_whole_life(plant: Plant) -> None:
    kept = f"--checkpoints {plant.elsewhere}"
    opening = f"lots open L1 --recipe {plant.recipe} --expected 3"
    ends(plant.run(opening, "operator"), 6, "an engineer must open the lot")
    ends(plant.run(opening, "engineer"), 0, "L1 is open")
    ends(plant.inspect(user="supervisor", more=kept), 0, "3 parts from 3 frames")
    ends(plant.run(f"lots close L1 {kept}", "operator"), 0, "3 parts, 2 pass", "which agrees")
    ends(plant.run(f"lots sign L1 {kept}", "operator", 2), 6, "may not sign a lot")
    ends(plant.run(f"lots sign L1 {kept}", "supervisor", 2), 0, "Supervisor Tester")
    ends(plant.inspect("--lot L1", "operator"), 3, "takes no more parts")
    listed = plant.run("lots list")
    ends(listed, 0, "L1")
    checked = plant.run(f"records verify --checkpoints {plant.elsewhere}")
    ends(checked, 0, "The record holds", "1 signatures", "4 checkpoints")
    assert verify(plant.records).holds


def test_the_trail_tells_all_of_it(plant: Plant) -> None:
    plant.run(f"lots open L1 --recipe {plant.recipe}", "engineer")
    plant.inspect(user="operator")
    told = plant.run("audit")
    ends(told, 0, "engineer (engineer): release_recipe ALLOWED", "the line: station_started")
    ends(told, 0, "operator (operator): run_line ALLOWED L1", "stop_line", "UTC", "+")
    assert PASSWORD not in told.output
    one = plant.run("audit --action open_lot --account ENGINEER --outcome allowed --subject L1")
    ends(one, 0, "open_lot", "recipe_revision")
    assert "sign_in" not in one.output
    ends(plant.run("audit --until 2000-01-01"), 0, "Nothing on the trail")
    ends(plant.run("audit --since yesterday"), 2, "2026-01-31")


def test_the_trail_is_searched_and_exported(plant: Plant, tmp_path: Path) -> None:
    plant.run(f"lots open L1 --recipe {plant.recipe}", "engineer")
    ends(plant.run("audit --text l1"), 0, "open_lot")
    out = tmp_path / "trail.jsonl"
    ends(plant.run(f"audit --text l1 --out {out}", "operator"), 6, "may not export")
    assert not out.exists()
    ends(plant.run(f"audit --action open_lot --out {out}", "supervisor"), 0, "1 entries written")
    assert '"action":"open_lot"' in out.read_text(encoding="utf-8")
    assert out.with_name("trail.jsonl.checkpoints").is_file()
    ends(plant.run(f"audit --out {tmp_path / 'trail.doc'}", "supervisor"), 3, "says no form")


def test_a_real_line_needs_a_sign_in_and_an_open_lot(plant: Plant) -> None:
    ends(plant.inspect(), 6, "Nobody is signed in", "run the line")
    ends(plant.inspect(user="administrator"), 6, "may not run the line")
    ends(plant.inspect(user="operator"), 3, "No lot is open")
    ends(plant.inspect("--lot nothing", "operator"), 3, "was ever opened")
    ends(plant.run("lots open L1 --recipe nothing", "engineer"), 3, "no recipe")
    ends(plant.run("lots close L1", "operator"), 3, "was ever opened")
    ends(plant.run("lots sign L1", "supervisor", 2), 3, "was ever opened")
    ends(plant.run("lots list"), 0, "No lot was opened yet")


def test_lots_need_accounts(tmp_path: Path, plant: Plant) -> None:
    plant.records = tmp_path / "demonstration"
    ends(plant.inspect(), 0, "3 parts")
    ends(plant.run(f"lots open L1 --recipe {plant.recipe}"), 6, "takes accounts")


def test_checkpoints_without_accounts(tmp_path: Path, plant: Plant) -> None:
    plant.records = tmp_path / "demonstration"
    ends(plant.inspect(f"--checkpoints {plant.elsewhere}"), 0)
    checking = f"records verify --checkpoints {plant.elsewhere}"
    ends(plant.run(checking), 0, "2 checkpoints")
    ends(plant.run(f"{checking} --key {'0' * 64}"), 4, "not the one that was given")
    ends(plant.run("records verify --checkpoints nowhere"), 3, "cannot be read")
