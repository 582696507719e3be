"""Files that people and machines hand in, and the sentences about faulty ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.verdict import Decision
from training_cli.errors import UserError
from training_cli.qualification.judgements import (
    Judgement,
    Patch,
    read_inspections,
    read_judgements,
    write_judgements,
)
from training_cli.qualification.kit import Truth, read_kit

HEAD = "part,truth,label,vial,region\n"
PATCH = Patch(vial=2, region="R1", score=0.25, threshold=0.5, decision=Decision.PASS, frame=8)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_kit_is_read_in_its_order(tmp_path: Path) -> None:
    text = f"{HEAD}S2,defective,scratch,1,R0\nS1,good,,,\nS2,defective,burn,4,R3\n7,defective,,,\n"
    kit = read_kit(written(tmp_path / "kit.csv", text))
    assert [(p.name, p.truth) for p in kit.parts] == [
        ("S2", Truth.DEFECTIVE),
        ("S1", Truth.GOOD),
        ("7", Truth.DEFECTIVE),
    ]
    assert kit.by_name["S2"].labels == ("scratch", "burn")
    assert kit.by_name["S2"].places == {(1, "R0"), (4, "R3")}
    assert kit.by_name["S1"].places == frozenset()
    assert kit.by_name["7"].places is None


@pytest.mark.parametrize("head", ["truth,part", "\ufeffpart,truth"])
def test_columns_may_stand_in_any_order_and_some_be_missing(tmp_path: Path, head: str) -> None:
    rows = "good,A\ndefective,B\n" if head == "truth,part" else "A,good\r\nB,defective\r\n"
    kit = read_kit(written(tmp_path / "kit.csv", f"{head}\n{rows}"))
    assert [p.name for p in kit.parts] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "lacks the column 'part'"),
        ("part,truth\n", "has no parts"),
        ("part;truth\nA;good\n", "unknown column 'part;truth'"),
        ("part,truth,colour\nA,good,red\n", "unknown column 'colour'"),
        ("part,truth,part\nA,good,A\n", "a column twice"),
        ("part\nA\n", "lacks the column 'truth'"),
        ("part,truth\nA,good\nB,good\n", "no defective part"),
        ("part,truth\nA,defective\n", "no good part"),
        ("part,truth\nA,good\nB,bad\n", "line 3: truth: Input should be 'good' or 'defective'"),
        ("part,truth\n,good\n", "line 2: part: Field required"),
        ("part,truth\nA,good,x\n", "line 2 has another number of cells"),
        ("part,truth,label\nA,good\n", "line 2 has another number of cells"),
        ("part,truth\nA,good\nA,good\n", "Part A is listed twice"),
        ("part,truth\nA,good\nA,defective\n", "Part A is listed as good and as defective"),
        (f"{HEAD}A,good,scratch,,\n", "Part A is good and has a defect"),
        (f"{HEAD}A,defective,,x,R0\n", "line 2: vial: "),
        ('part,truth\n"A,good\n', "is no CSV"),
    ],
)
def test_a_faulty_kit_is_refused_in_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = written(tmp_path / "kit.csv", text)
    with pytest.raises(UserError) as refused:
        read_kit(path)
    assert sentence in str(refused.value)
    assert str(refused.value).startswith(str(path))
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes("part,truth\nä,good\n".encode("latin-1"))
    with pytest.raises(UserError, match="is not UTF-8 text"):
        read_kit(tmp_path / "latin.csv")
    with pytest.raises(UserError, match="cannot be read"):
        read_kit(tmp_path / "none.csv")
    with pytest.raises(UserError, match="cannot be read"):
        read_judgements(tmp_path)


def test_judgements_come_back_as_they_were_written(tmp_path: Path) -> None:
    judgements = [
        Judgement(part="Ä 1", run=1, decision=Decision.PASS, patches=(PATCH,)),
        Judgement(part="Ä 1", run=2, decision=Decision.UNDECIDED),
    ]
    write_judgements(tmp_path / "new" / "judgements.jsonl", judgements)
    assert read_judgements(tmp_path / "new" / "judgements.jsonl") == judgements


def test_judgements_are_read_as_documented(tmp_path: Path) -> None:
    text = (
        '{"part": "A", "run": 1, "decision": "REJECT", "patches": [{"vial": 2, "region": "R1", '
        '"frame": 8, "score": 0.25, "threshold": 0.5, "decision": "PASS"}]}\r\n\r\n'
        '{"part": 7, "run": 2, "decision": "UNDECIDED"}'
    )
    found = read_judgements(written(tmp_path / "judgements.jsonl", text))
    assert found == [
        Judgement(part="A", run=1, decision=Decision.REJECT, patches=(PATCH,)),
        Judgement(part="7", run=2, decision=Decision.UNDECIDED),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"part": "A", "run": 1, "decision": "OK"}', "decision: Input should be 'PASS', 'REJECT'"),
        ('{"part": "A", "run": 0, "decision": "PASS"}', "run: Input should be greater"),
        ('{"part": "A", "decision": "PASS"}', "run: Field required"),
        ('{"part": "A", "run": 1, "decision": "PASS", "patchs": []}', "patchs: Extra inputs"),
        (
            '{"part": "A", "run": 1, "decision": "PASS", "patches": [{"vial": 1, "region": "R0", '
            '"score": NaN, "threshold": 0.5, "decision": "PASS"}]}',
            "patches.0.score: Input should be a finite number",
        ),
        ("{", "Invalid JSON"),
        ("[]", "Input should be an object"),
    ],
)
def test_a_faulty_judgement_is_named_by_its_line(tmp_path: Path, line: str, sentence: str) -> None:
    good = '{"part": "A", "run": 1, "decision": "PASS"}\n'
    path = written(tmp_path / "judgements.jsonl", good + line)
    with pytest.raises(UserError) as refused:
        read_judgements(path)
    assert f"{path}, line 2: " in str(refused.value)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_inspectors_pass_or_reject(tmp_path: Path) -> None:
    text = "part,inspector,run,decision\nA,Eva,1,PASS\nA,Eva,2,REJECT\n"
    found = read_inspections(written(tmp_path / "inspectors.csv", text))
    assert [(i.part, i.inspector, i.run, i.is_rejected) for i in found] == [
        ("A", "Eva", 1, False),
        ("A", "Eva", 2, True),
    ]
    undecided = written(tmp_path / "other.csv", text + "A,Eva,3,UNDECIDED\n")
    with pytest.raises(UserError, match="line 4: decision: Input should be"):
        read_inspections(undecided)
