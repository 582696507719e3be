"""Numbers of photographs and weights of rectangularity against each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.training_cli.command import run
from tests.training_cli.localizer.conftest import FIT

GRID = (*FIT, "--frozen-stages", "5", "--epochs", "2", "--count", "20")


def test_a_grid_is_fitted_once_and_drawn(
    photos: Path, boards: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    given = ("compare", "chip", "--photos", photos, "--unseen", boards, "--out", out, *GRID)
    chosen = ("--photographs", "1,2", "--rectangularity", "0,0.5")
    assert run(*given, *chosen) == 0
    table = (out / "comparison.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:4] for line in table.splitlines() if line.startswith("| ")][2:]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["1", "0", "1"],
        ["1", "0.5", "1"],
        ["2", "0", "1"],
        ["2", "0.5", "1"],
    ]
    cell = json.loads((out / "cells" / "photographs2-weight0.5-seed0.json").read_text())
    assert set(cell["centre_px"]) == {"same boards", "boards never seen"}
    assert cell["missing_found"].endswith("of 3")
    with Image.open(out / "comparison.png") as drawn:
        assert drawn.width > 400
    capsys.readouterr()
    assert run(*given, *chosen) == 0
    assert "4/4" not in capsys.readouterr().out
    assert run(*given, *chosen, "--learning-rate", "0.5") == 2
    assert "other learning_rate" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--photographs", "4"), 2, "holds 3 photographs, fewer than 4"),
        (("--photographs", "some"), 2, "no number from 1 on"),
        (("--rectangularity", "-1"), 2, "no number from 0 on"),
        (("--photographs", "1", "--unseen", "nowhere"), 3, "cannot be read"),
    ],
)
def test_a_mistake_is_one_sentence(
    photos: Path,
    boards: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    given = ("--photos", photos, "--unseen", boards, "--out", tmp_path / "out", *GRID)
    assert run("compare", "chip", *given, *options) == code
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
