"""The station's own export as the machine's answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engines.verdict import Decision
from inspector_gui.records.entries import OVERRULED
from inspector_gui.records.export import export
from inspector_gui.records.forms import Form
from inspector_gui.records.search import NOT_PASSED, Filter
from inspector_gui.records.store import RecordStore
from tests.records.entries import disposition, inspection
from tests.training_cli.qualification.kits import kit
from training_cli.errors import UserError
from training_cli.qualification.protocol import qualify
from training_cli.qualification.record import read_record

KIT = kit("AB", "C")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lots run-1 and run-2 over the kit, a shorter lot, and one of another model."""
    folder = tmp_path_factory.mktemp("record") / "records"
    store = RecordStore.open(folder)
    answers = {
        "run-1": ("REJECT", "PASS", "PASS"),
        "run-2": ("REJECT", "UNDECIDED", "PASS"),
        "short": ("REJECT", "PASS"),
    }
    entries = [
        inspection(part, decision, lot=lot, **_scores(decision))
        for lot, decisions in answers.items()
        for part, decision in enumerate(decisions, start=1)
    ]
    other = [inspection(n, "PASS", lot="other", model_sha256="b" * 64) for n in (1, 2, 3)]
    store.append([*entries, *other])
    store.append([disposition(1, OVERRULED)])  # people decide; the machine's answer stays
    store.close()
    return folder


def _scores(decision: str) -> dict[str, object]:
    none = {"score": None, "threshold": None, "reason": "overrun", "detail": "Too fast."}
    return none if decision == "UNDECIDED" else {}


@pytest.fixture(scope="module")
def exported(folder: Path) -> Path:
    export(folder, folder.parent / "all.jsonl", Form.JSON_LINES)
    return folder.parent / "all.jsonl"


def test_each_lot_is_a_run_and_part_n_the_nth_of_the_kit(exported: Path) -> None:
    found = read_record(exported, KIT, ["run-2", "run-1"])
    assert [(j.run, j.part, j.decision) for j in found.judgements] == [
        (1, "A", Decision.REJECT),
        (1, "B", Decision.UNDECIDED),
        (1, "C", Decision.PASS),
        (2, "A", Decision.REJECT),
        (2, "B", Decision.PASS),
        (2, "C", Decision.PASS),
    ]
    assert "Recipe tile, revision 1; model tile, SHA-256 aaaa" in found.judge
    qualification = qualify(KIT, found.judgements, runs=2)
    assert qualification.machine.all_parts.count == 2  # B is rejected once in two runs
    assert qualification.undecided == 1


def test_without_names_all_lots_of_the_file_are_runs(folder: Path) -> None:
    out = folder.parent / "lot.jsonl"
    export(folder, out, Form.JSON_LINES, Filter(lot="run-1"))
    found = read_record(out, KIT)
    assert [(j.run, j.part) for j in found.judgements] == [(1, "A"), (1, "B"), (1, "C")]


@pytest.mark.parametrize(
    ("lots", "sentence"),
    [
        (["run-1", "short"], "Lot short has 2 parts and the kit 3"),
        (["run-1", "none"], "has no lot none: it has run-1, run-2, short, other"),
        (["run-1", "run-1"], "A lot is named twice"),
        (["run-1", "other"], "one qualification is of one model and recipe"),
    ],
)
def test_lots_that_are_no_runs_are_refused(exported: Path, lots: list[str], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read_record(exported, KIT, lots)


def test_an_export_of_some_parts_is_refused(folder: Path) -> None:
    out = folder.parent / "rejects.jsonl"
    export(folder, out, Form.JSON_LINES, Filter(decision=NOT_PASSED))
    with pytest.raises(UserError, match="Lot run-1 has 1 part and the kit 3"):
        read_record(out, KIT, ["run-1"])


def test_a_part_that_was_taken_out_is_noticed(exported: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in exported.read_text().splitlines()][:3]
    rows[2]["part"] = 4
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    with pytest.raises(UserError, match="Lot run-1 lacks its part 3"):
        read_record(tmp_path / "rows.jsonl", KIT)


def test_a_record_without_inspections_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    with pytest.raises(UserError, match="has no inspections"):
        read_record(tmp_path / "empty.jsonl", KIT)
