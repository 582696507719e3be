"""A small set of boards, and a run on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.synthetic.board import BoardRenderer
from engines.synthetic.board_files import write_boards
from tests.training_cli.command import run

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
def fitted(boards: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run; nothing may change it but `evaluate`."""
    out = tmp_path_factory.mktemp("runs") / "chip"
    assert run("fit", "chip", "--data", boards, "--out", out, "--epochs", 12, *FIT) == 0
    return out
