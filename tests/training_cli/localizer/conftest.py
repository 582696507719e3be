"""A small set of boards, and a run on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engines.synthetic.board import BoardRenderer
from engines.synthetic.board_files import write_boards
from tests.training_cli.command import run
from training_cli.localizer.boards import read_pictures

FIT = (
    *("--backbone", "mobilenetv2_050", "--weights", "none", "--size", "64"),
    *("--frozen-stages", "0", "--batch", "8", "--learning-rate", "1e-2", "--device", "cpu"),
)


@pytest.fixture(scope="session")
def boards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight pictures of each of three boards."""
    folder = tmp_path_factory.mktemp("boards") / "set"
    write_boards([BoardRenderer(number) for number in range(3)], folder, 24, 5)
    return folder


@pytest.fixture(scope="session")
def photos(boards: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good picture of each of the three boards, as a photograph with its corners marked."""
    folder = tmp_path_factory.mktemp("photos")
    marks = {}
    for picture in read_pictures(boards)[::8]:
        name = Path(picture.file).name
        (folder / name).write_bytes((boards / picture.file).read_bytes())
        marks[name] = {"corners": picture.nominal}
    (folder / "corners.json").write_text(json.dumps(marks))
    return folder


@pytest.fixture(scope="session")
def fitted(boards: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run; nothing may change it but `evaluate`."""
    out = tmp_path_factory.mktemp("runs") / "chip"
    assert run("fit", "chip", "--data", boards, "--out", out, "--epochs", 12, *FIT) == 0
    return out
