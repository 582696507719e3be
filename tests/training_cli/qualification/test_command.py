"""`inspector-train qualify`, from files to exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector_gui.records.export import export
from inspector_gui.records.forms import Form
from inspector_gui.records.store import RecordStore
from tests.records.entries import inspection
from tests.training_cli.command import run
from tests.training_cli.qualification.kits import judgements, rejected
from training_cli.qualification.judgements import write_judgements

TRUTH = {"A": "defective", "B": "defective", "C": "good"}


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    lines = ["part,truth", *(f"{part},{truth}" for part, truth in TRUTH.items())]
    (tmp_path / "kit.csv").write_text("\n".join(lines))
    return tmp_path / "kit.csv"


def machine(folder: Path, a: int, b: int, c: int) -> Path:
    counts = zip(TRUTH, (a, b, c), strict=True)
    path = folder / "judgements.jsonl"
    write_judgements(path, judgements({part: rejected(n) for part, n in counts}))
    return path


def people(folder: Path, a: int, b: int, c: int) -> Path:
    lines = ["part,inspector,run,decision"]
    for part, count in zip(TRUTH, (a, b, c), strict=True):
        answers = ["REJECT"] * count + ["PASS"] * (10 - count)
        lines += [f"{part},Eva,{n},{answer}" for n, answer in enumerate(answers, start=1)]
    (folder / "inspectors.csv").write_text("\n".join(lines))
    return folder / "inspectors.csv"


def test_a_machine_as_good_as_people_ends_with_0(
    kit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers, inspectors = machine(tmp_path, 10, 8, 0), people(tmp_path, 9, 9, 2)
    out = tmp_path / "new" / "out"
    options = ("--judgements", answers, "--inspectors", inspectors, "--out", out)
    assert run("qualify", kit, *options) == 0
    said = capsys.readouterr()
    assert "QUALIFIED. The machine does at least as well as people" in said.out
    assert "90.00 % against 90.00 %, 3 of 3 parts well classified against 3" in said.out
    assert {p.name for p in out.iterdir()} == {"qualification.json", "qualification.html"}
    facts = json.loads((out / "qualification.json").read_text())["provenance"]
    assert set(facts) >= {"Kit", "Judgements", "Inspectors", "Command"}


def test_a_worse_machine_ends_with_4_and_a_report(
    kit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers, inspectors = machine(tmp_path, 10, 6, 0), people(tmp_path, 9, 9, 2)
    options = ("--judgements", answers, "--inspectors", inspectors, "--out", tmp_path / "out")
    assert run("qualify", kit, *options) == 4
    assert "The machine does worse than the inspectors" in capsys.readouterr().err
    report = json.loads((tmp_path / "out" / "qualification.json").read_text())
    assert report["is_accepted"] is False


def test_a_record_is_taken_as_the_station_exports_it(
    kit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = RecordStore.open(tmp_path / "records")
    decisions = ("REJECT", "REJECT", "PASS")
    store.append(
        [
            inspection(part, decision, lot=f"kit-{n}")
            for n in range(1, 11)
            for part, decision in enumerate(decisions, start=1)
        ]
    )
    store.close()
    exported = tmp_path / "record.jsonl"
    export(tmp_path / "records", exported, Form.JSON_LINES)
    out = tmp_path / "out"
    assert run("qualify", kit, "--record", exported, "--out", out) == 0
    assert "classifies 3 of 3 parts well" in capsys.readouterr().out
    report = json.loads((out / "qualification.json").read_text())
    assert report["provenance"]["Judged by"].startswith("Recipe tile, revision 1; model tile")
    some = ("--lot", "kit-2", "--lot", "kit-1")
    assert run("qualify", kit, "--record", exported, *some, "--runs", 2, "--out", out) == 0
    assert "The parts were run 2 times, not 10" in capsys.readouterr().out
    assert run("qualify", kit, "--record", exported, *some, "--out", out) == 3
    assert "of 2 runs and 10 are asked for" in capsys.readouterr().err


def test_options_that_do_not_go_together(
    kit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("qualify", kit, "--out", tmp_path / "out") == 2
    assert "either --judgements or --record" in capsys.readouterr().err
    both = ("--judgements", kit, "--record", kit)
    assert run("qualify", kit, *both, "--out", tmp_path / "out") == 2
    assert run("qualify", kit, "--judgements", kit, "--lot", "x", "--out", tmp_path / "out") == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read"),
        (b"part,truth\n", "has no parts"),
        (b"part,truth\n\xe4,good\n", "is not UTF-8 text"),
        (b"part,truth\nA,good\n", "no defective part"),
        (b"part,truth\nA,defective\nB,good\nC,good\nD,good\n", "Part D is missing in run 1"),
    ],
)
def test_bad_input_ends_with_3_one_sentence_and_no_report(
    kit: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes | None,
    sentence: str,
) -> None:
    answers = machine(tmp_path, 10, 6, 0)
    kit.unlink() if content is None else kit.write_bytes(content)
    assert run("qualify", kit, "--judgements", answers, "--out", tmp_path / "out") == 3
    said = capsys.readouterr().err
    assert sentence in said
    assert said.startswith("inspector-train: ")
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_an_out_that_is_a_file_is_refused(
    kit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = machine(tmp_path, 10, 6, 0)
    assert run("qualify", kit, "--judgements", answers, "--out", kit) == 3
    assert "cannot be written" in capsys.readouterr().err
    assert kit.read_text().startswith("part,truth")
