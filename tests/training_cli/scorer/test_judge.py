"""An acceptance run with the model that ships, from the kit to the report."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import resources
from tests.training_cli.command import run

MODELS = resources.FOLDER / "models"
FEW = ("--seed", "77", "--defective", "3", "--good", "2", "--runs", "2")


def test_a_kit_is_judged_and_qualified(tmp_path: Path) -> None:
    out = tmp_path / "accept"
    assert run("judge", "vial", MODELS / "vial.onnx", "--out", out, *FEW) == 0
    with (out / "kit.csv").open(newline="") as file:
        kit = {row["part"]: row for row in csv.DictReader(file)}
    assert [row["truth"] for row in kit.values()].count("good") == 2
    assert len({row["label"] for row in kit.values() if row["truth"] == "defective"}) == 3
    lines = [json.loads(line) for line in (out / "judgements.jsonl").read_text().splitlines()]
    assert {(line["part"], line["run"]) for line in lines} == {(p, n) for p in kit for n in (1, 2)}
    for line in lines:
        assert len(line["patches"]) == 20
        over = [p for p in line["patches"] if p["score"] >= p["threshold"]]
        assert line["decision"] == ("REJECT" if over else "PASS")
        assert all(patch["decision"] == "REJECT" for patch in over)
    first, second = (
        next(line for line in lines if line["part"] == "0001" and line["run"] == n) for n in (1, 2)
    )
    assert first["patches"] != second["patches"]
    wrong = {path.stem for path in (out / "pictures").glob("*.png")}
    right = {
        part: sum(
            (line["decision"] == "REJECT") == (kit[part]["truth"] == "defective")
            for line in lines
            if line["part"] == part
        )
        for part in kit
    }
    assert wrong == {part for part, count in right.items() if count < 2}
    judged = ("--judgements", out / "judgements.jsonl", "--runs", "2")
    assert run("qualify", out / "kit.csv", *judged, "--out", tmp_path / "report") == 0
    assert (tmp_path / "report" / "qualification.html").is_file()


@pytest.mark.parametrize(
    ("model", "code", "words"),
    [
        ("tile.onnx", 2, "name a scorer of strips"),
        ("none.onnx", 3, "none.onnx"),
    ],
)
def test_a_mistake_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], model: str, code: int, words: str
) -> None:
    assert run("judge", "vial", MODELS / model, "--out", tmp_path / "out", *FEW) == code
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()
