"""The command line: what it prints, and how it ends."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner, Result

from inspector_gui.cli.app import app
from inspector_gui.inspection import health
from inspector_gui.records.disk import DiskRoom
from tests import models
from tests.inspection.fakes import write_recipe


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    model = models.save(tmp_path / "brightness.onnx")
    return write_recipe(tmp_path, hashlib.sha256(model.read_bytes()).hexdigest())


@pytest.fixture
def photographs(tmp_path: Path) -> Path:
    folder = tmp_path / "parts"
    folder.mkdir()
    for n, bright in ((1, []), (2, [(8, 8, 32, 32)]), (10, [])):
        cv2.imwrite(str(folder / f"part{n}.png"), models.part(bright, size=64))
    return folder


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def inspect(recipe: Path, camera: object, *more: object) -> Result:
    records = recipe.parent / "records"
    return run("inspect", "--recipe", recipe, "--camera", camera, "--records", records, *more)


def ends(result: Result, code: int, *words: str) -> None:
    """It ended with this code and one clear sentence, without a traceback."""
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    for word in words:
        assert word in result.output.replace("\n", " ")


def test_json_has_one_object_a_part_and_nothing_else_on_stdout(
    recipe: Path, photographs: Path
) -> None:
    result = inspect(recipe, f"folder:{photographs}", "--json")
    ends(result, 0)
    parts = sorted(
        (json.loads(line) for line in result.stdout.splitlines()), key=lambda p: p["part"]
    )
    assert [p["decision"] for p in parts] == ["PASS", "REJECT", "PASS"]
    assert [Path(p["source"]).name for p in parts] == ["part1.png", "part2.png", "part10.png"]
    keys = "part source frame_ids decision reason score threshold findings model_sha256 provider"
    assert set(keys.split()) <= set(parts[0])
    assert {"label", "score", "box", "area"} == set(parts[1]["findings"][0])
    assert parts[0]["elapsed_ms"]["total"] > 0
    assert "3 parts from 3 frames" in result.stderr


def test_lines_for_people(recipe: Path, photographs: Path) -> None:
    result = inspect(recipe, f"folder:{photographs}", "--parts", 2)
    ends(result, 0, "PASS", "REJECT", "scratch", "part2.png")


def test_the_record_of_a_run_can_be_listed_verified_and_exported(
    recipe: Path, photographs: Path, tmp_path: Path
) -> None:
    inspect(recipe, f"folder:{photographs}")
    records = ["--records", tmp_path / "records"]
    ends(run("records", "list", *records), 0, "REJECT", "bright")
    ends(run("records", "verify", *records), 0)
    table = tmp_path / "export.csv"
    ends(run("records", "export", *records, "--out", table), 0)
    assert len(table.read_text().splitlines()) == 4


def test_damaged_images_are_undecided_and_the_run_goes_on(recipe: Path, photographs: Path) -> None:
    photo = np.random.default_rng(1).integers(0, 255, (64, 64), np.uint8)
    cv2.imwrite(str(photographs / "part3.jpg"), photo)
    whole = (photographs / "part3.jpg").read_bytes()
    (photographs / "part3.jpg").write_bytes(whole[: len(whole) // 2])
    cv2.imwrite(str(photographs / "part4.png"), photo.astype(np.uint16) * 200)
    result = inspect(recipe, f"folder:{photographs}", "--json")
    ends(result, 0)
    parts = {Path(p["source"]).name: p for p in map(json.loads, result.stdout.splitlines())}
    assert len(parts) == 5
    for name in ("part3.jpg", "part4.png"):
        assert parts[name]["decision"] == "UNDECIDED"
        assert parts[name]["reason"] == "frame_unreadable"
        assert parts[name]["detail"]


def test_a_missing_folder(recipe: Path, tmp_path: Path) -> None:
    ends(inspect(recipe, f"folder:{tmp_path / 'none'}"), 3, "none")


def test_a_camera_of_no_kind(recipe: Path) -> None:
    ends(inspect(recipe, "webcam:0"), 5, "webcam:0", "gentl:ID")


def test_a_camera_that_is_not_there(recipe: Path) -> None:
    ends(inspect(recipe, "gentl:nobody"), 5, "nobody")


def test_a_recipe_with_a_typo(recipe: Path) -> None:
    recipe.write_text(recipe.read_text().replace("product", "prodct"))
    ends(inspect(recipe, "simulated"), 3, "prod", recipe.name)


def test_a_recipe_that_is_not_there() -> None:
    ends(run("inspect", "--recipe", "tilde"), 3, "no recipe 'tilde'")


def test_a_text_file_named_onnx(recipe: Path) -> None:
    content = b"this is no model"
    (recipe.parent / "brightness.onnx").write_bytes(content)
    write_recipe(recipe.parent, hashlib.sha256(content).hexdigest())
    ends(inspect(recipe, "simulated"), 3, "brightness.onnx", "not an ONNX file")


def test_another_model_than_the_released_one(recipe: Path) -> None:
    models.save(recipe.parent / "brightness.onnx", models.brightness_graph(opset=18))
    ends(inspect(recipe, "simulated"), 4, "SHA-256")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs Linux's /proc")
def test_a_read_only_records_folder(recipe: Path, photographs: Path) -> None:
    camera = f"folder:{photographs}"
    command = ["inspect", "--recipe", recipe, "--camera", camera]
    ends(run(*command, "--records", "/proc/records"), 3, "/proc/records", "may write")


def test_records_where_a_file_is(recipe: Path, photographs: Path, tmp_path: Path) -> None:
    (tmp_path / "records").write_text("a file")
    ends(inspect(recipe, f"folder:{photographs}"), 3, "records")


def test_wrong_usage(recipe: Path) -> None:
    assert run("inspect").exit_code == 2
    assert inspect(recipe, "simulated", "--parts", "0").exit_code == 2
    assert run("records", "shred").exit_code == 2


def test_what_is_wrong_with_a_model_is_listed(recipe: Path) -> None:
    (recipe.parent / "text.onnx").write_text("no model")
    card = models.card(intended_use="Lamps. Nothing else.", limits=("It sees no colour.",))
    models.save(recipe.parent / "careful.onnx", own_card=card)
    ends(run("models", recipe.parent), 0, "Lamps. Nothing else.", "It sees no colour.")
    ends(run("models", recipe.parent), 0, "brightness.onnx", "ok", "text.onnx", "not an ONNX")
    ends(run("recipes", recipe.parent), 0, "Bright part", "ok")
    ends(run("models", recipe.parent / "none"), 3, "no folder")


def test_the_command_imports_neither_qt_nor_torch() -> None:
    code = (
        "import sys, inspector_gui.cli.app\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'PySide6', 'pyqtgraph', 'torch'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_name_cannot_break_a_line(recipe: Path, photographs: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("names are text there")
    (photographs / "part1.png").rename(photographs / "part1\n\x1b[31m.png")
    (photographs / "part2.png").rename(photographs / os.fsdecode(b"part2\xff.png"))
    result = inspect(recipe, f"folder:{photographs}")
    ends(result, 0, r"part1\n\x1b[31m.png", r"part2\udcff.png")
    assert len(result.stdout.splitlines()) == 3


def test_a_decision_that_there_is_not(recipe: Path, photographs: Path, tmp_path: Path) -> None:
    inspect(recipe, f"folder:{photographs}")
    show = ["records", "list", "--records", tmp_path / "records", "--decision"]
    ends(run(*show, "reject"), 0, "REJECT")
    ends(run(*show, "maybe"), 2)


def test_recipes_that_ship_are_named_whatever_was_asked_for(tmp_path: Path) -> None:
    ends(
        run("inspect", "--recipe", tmp_path / "none"), 3, "one of chip, steel, surface, tile, vial"
    )


def test_a_recipe_nested_too_deeply(recipe: Path) -> None:
    recipe.write_text(f"a = {'[' * 5000}")
    ends(inspect(recipe, "simulated"), 3, "not valid TOML")


def test_a_disk_that_fills_up_is_said_before_it_is_full(
    recipe: Path, photographs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "disk_room", lambda _: DiskRoom.LOW)
    result = inspect(recipe, f"folder:{photographs}")
    ends(result, 0)
    assert result.stderr.startswith("Disk: The record's disk is filling up")
