"""`inspector-train preview`: the sheet of injected defects."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engines.synthetic.dataset import write_dataset
from tests.training_cli.command import run
from training_cli.datasets.magnetic_tiles import CLASSES
from training_cli.segmenter import preview
from training_cli.sheet import Case


@pytest.fixture(scope="module")
def strips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("strips") / "rendered"
    write_dataset("steel", folder, 12, 1)
    return folder


def test_each_class_is_injected_in_turn_and_shown_before_and_after(
    tiles_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Case] = []
    draw = preview.draw_sheet

    def look(cases: list[Case], *rest: object) -> np.ndarray:
        seen.extend(cases)
        return draw(cases, *rest)

    monkeypatch.setattr(preview, "draw_sheet", look)
    out = tmp_path / "new" / "sheet.png"
    assert run("preview", "tile", "--data", tiles_folder, "--out", out, "--count", 5) == 0
    assert [case.title for case in seen] == list(CLASSES)
    assert {case.note for case in seen} <= {"cut-paste", "Poisson"}
    for case in seen:
        before, after, outlined = case.panels
        assert outlined.masks is not None
        changed = (before.pixels != after.pixels).mean()
        assert 0 < changed < 0.9
        assert outlined.masks.any((1, 2)).tolist() == [name == case.title for name in CLASSES]
        assert case.aspect == 96 / 128
    with Image.open(out) as sheet:
        assert sheet.mode == "RGB"


def test_a_seed_gives_the_same_sheet(tiles_folder: Path, tmp_path: Path) -> None:
    sheets = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        out = tmp_path / f"{name}.png"
        options = ("--count", 5, "--seed", seed)
        assert run("preview", "tile", "--data", tiles_folder, "--out", out, *options) == 0
        sheets.append(out.read_bytes())
    assert sheets[0] == sheets[1] != sheets[2]


def test_strips_and_extra_images(strips: Path, tiles_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheet.png"
    steel = ("preview", "steel", "--layout", "rendered", "--out", out, "--count", 4)
    assert run(*steel, "--data", strips, "--extra", strips) == 0
    assert out.is_file()


def test_mistakes_get_one_sentence_and_a_code(
    strips: Path, tiles_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    free = tmp_path / "free"
    shutil.copytree(strips, free)
    shutil.rmtree(free / "train")
    shutil.rmtree(free / "test" / "good")
    out = tmp_path / "a.png"
    for arguments, code, sentence in (
        (("tile", "--data", "nowhere", "--out", out), 3, "holds no tiles.csv"),
        (("tile", "--data", tiles_folder, "--out", tmp_path / "a.txt"), 2, "end in .png"),
        (("steel", "--layout", "rendered", "--data", free, "--out", out), 3, "without a defect"),
    ):
        assert run("preview", *arguments) == code
        assert sentence in capsys.readouterr().err
    assert not out.exists()
