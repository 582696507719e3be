"""`inspector-train synthesize`: what is written, and what is said of wrong input."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engines.synthetic.board import BoardRenderer
from engines.synthetic.png import write_png
from tests.training_cli.command import run


def test_strips_are_written_with_the_frames_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "strips"
    assert run("synthesize", "vial", "--out", out, "--count", 2, "--frames", "0,7,15") == 0
    assert "2 strips from seed 0" in capsys.readouterr().out
    lines = (out / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    files = [file for line in lines for file in json.loads(line)["files"]]
    assert len(files) == 6
    assert all((out / file).is_file() for file in files)


@pytest.mark.parametrize(
    ("frames", "words"), [("0,16", "frames 0 to 15"), ("first", "whole numbers")]
)
def test_wrong_frames_are_refused_in_one_sentence(
    frames: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "strips"
    assert run("synthesize", "vial", "--out", out, "--count", 1, "--frames", frames) == 3
    error = capsys.readouterr().err
    assert words in " ".join(error.split())
    assert "Traceback" not in error
    assert not out.exists()


def test_boards_are_written_with_their_corners(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "boards"
    arguments = ("--out", out, "--count", 4, "--boards", 2, "--first-board", 7)
    assert run("synthesize", "chip", *arguments) == 0
    assert "4 boards from seed 0" in capsys.readouterr().out
    lines = [json.loads(line) for line in (out / "labels.jsonl").read_text().splitlines()]
    assert [line["board"] for line in lines] == [7, 7, 8, 8]
    assert all((out / line["file"]).is_file() and len(line["nominal"]) == 4 for line in lines)


def test_surfaces_are_written_with_masks(tmp_path: Path) -> None:
    out = tmp_path / "surfaces"
    assert run("synthesize", "surface", "--out", out, "--count", 6) == 0
    assert sorted(path.name for path in (out / "ground_truth").iterdir()) == [
        "crack",
        "scratch",
        "spot",
    ]
    assert len((out / "labels.jsonl").read_text().splitlines()) == 6


def photographs(folder: Path) -> Path:
    part = BoardRenderer(40).render(1, None)
    write_png(folder / "board.png", part.pixels)
    marks = {"board.png": {"corners": part.corners, "leads_px": 20}}
    (folder / "corners.json").write_text(json.dumps(marks), encoding="utf-8")
    return folder


def test_boards_are_made_of_photographs(tmp_path: Path) -> None:
    out, photos = tmp_path / "boards", photographs(tmp_path / "photos")
    arguments = ("--photos", photos, "--max-shift-px", 10, "--max-rotation-deg", 4)
    assert run("synthesize", "chip", "--out", out, "--count", 12, *arguments) == 0
    lines = [json.loads(line) for line in (out / "labels.jsonl").read_text().splitlines()]
    labels = [line["label"] for line in lines]
    assert {label: labels.count(label) for label in labels} == {
        "good": 6,
        "displaced": 2,
        "rotated": 2,
        "missing": 2,
    }
    for line in lines:
        assert (out / line["file"]).is_file()
        if line["present"]:
            middles = np.mean(line["corners"], axis=0) - np.mean(line["nominal"], axis=0)
            assert np.hypot(*middles) <= 10.01


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--photos", "nowhere"), 3, "corners.json cannot be read"),
        (("--photos", "PHOTOS", "--max-shift-px", 1), 3, "must be more than 5.5"),
        (("--photos", "PHOTOS", "--max-shift-px", 200), 3, "out of the picture"),
        (("--max-shift-px", 10), 2, "are for --photos"),
        (("--max-rotation-deg", 10), 2, "are for --photos"),
        (("--boards", 0), 2, "--boards"),
        (("--photos", "PHOTOS", "--boards", 2), 2, "are for rendered boards"),
        (("--photos", "PHOTOS", "--first-board", 0), 2, "are for rendered boards"),
    ],
)
def test_wrong_boards_are_refused_in_one_sentence(
    arguments: tuple[object, ...],
    code: int,
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    photos = photographs(tmp_path / "photos")
    given = [photos if argument == "PHOTOS" else argument for argument in arguments]
    out = tmp_path / "boards"
    assert run("synthesize", "chip", "--out", out, "--count", 1, *given) == code
    error = capsys.readouterr().err
    assert words in " ".join(error.split())
    assert "Traceback" not in error
    assert not out.exists()
