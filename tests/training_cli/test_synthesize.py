"""`inspector-train synthesize vial`: what is written, and what is said of wrong frames."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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
