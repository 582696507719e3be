"""Exports: the same rows in every form, and no formula among them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from inspector_gui.records import export as exports
from inspector_gui.records.entries import CONFIRMED, OVERRULED
from inspector_gui.records.errors import ExportCancelled, RecordsError
from inspector_gui.records.export import export
from inspector_gui.records.forms import Form
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import NOT_PASSED, OPEN, Filter, Search
from inspector_gui.records.store import RecordStore
from tests.records.entries import disposition, event, inspection
from tests.records.forms import rows_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = RecordStore.open(tmp_path / "records")
    store.append(
        [
            event(),
            inspection(1, source="=HYPERLINK(A1)"),
            inspection(2, "REJECT", source="-3+4", score=-0.5),
            inspection(3, "UNDECIDED", source="line\nbreak, comma", score=None, threshold=None),
        ]
    )
    store.close()
    return tmp_path / "records"


def test_csv_has_every_row_and_no_formula(folder: Path, tmp_path: Path) -> None:
    assert export(folder, tmp_path / "out.csv", Form.CSV) == 3
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["source"] for row in rows] == ["'=HYPERLINK(A1)", "'-3+4", "line\nbreak, comma"]
    assert [row["score"] for row in rows] == ["0.25", "-0.5", ""]
    assert [json.loads(row["labels"]) for row in rows] == [[], ["crack"], []]


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0-1", "＝1", "-"]
)
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    store = RecordStore.open(tmp_path)
    store.append([inspection(1, source=text, lot=text, detail=text, score=-1.0)])
    store.close()
    export(tmp_path, tmp_path.parent / "out.csv", Form.CSV)
    with (tmp_path.parent / "out.csv").open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert [row["source"], row["lot"], row["detail"], row["score"]] == [*[f"'{text}"] * 3, "-1.0"]


@pytest.mark.parametrize("text", ["lamp - left", "'=1", " lamp", "1-2", "", "tile=3"])
def test_other_text_stays_as_it_is(tmp_path: Path, text: str) -> None:
    store = RecordStore.open(tmp_path / "records")
    store.append([inspection(1, source=text)])
    store.close()
    export(tmp_path / "records", tmp_path / "out.csv", Form.CSV)
    assert rows_of(tmp_path / "out.csv")[0]["source"] == text


def test_json_lines_have_the_same_rows(folder: Path, tmp_path: Path) -> None:
    assert export(folder, tmp_path / "out.jsonl", Form.JSON_LINES) == 3
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["decision"] for row in rows] == ["PASS", "REJECT", "UNDECIDED"]
    assert rows[0]["source"] == "=HYPERLINK(A1)"


def test_a_file_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match="cannot be written"):
        export(folder, tmp_path / "none" / "out.csv", Form.CSV)


@pytest.mark.parametrize("name", ["record.sqlite", "images/export.csv", "."])
def test_an_export_never_overwrites_the_record(folder: Path, name: str) -> None:
    before = (folder / "record.sqlite").read_bytes()
    with pytest.raises(RecordsError, match="outside the record's folder"):
        export(folder, folder / name, Form.CSV)
    assert (folder / "record.sqlite").read_bytes() == before


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("the old export")
    with pytest.raises(RecordsError, match="no record"):
        export(tmp_path / "none", tmp_path / "out.csv", Form.CSV)
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]
    assert (tmp_path / "out.csv").read_text() == "the old export"


@pytest.fixture
def reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of 40 parts, more than one page of an export, some of them decided on."""
    monkeypatch.setattr(exports, "PAGE", 7)
    folder = tmp_path / "records"
    store = RecordStore.open(folder)
    for part in range(1, 41):
        decision = "REJECT" if part % 3 == 0 else "UNDECIDED" if part % 10 == 0 else "PASS"
        more = {"lot": f"lot-{part // 11}", "judged_at": f"2026-01-01T00:{part:02}:30.000000+00:00"}
        (receipt,) = store.append([inspection(part, decision, **more)])
        if part % 6 == 0:
            store.append([disposition(receipt.seq, CONFIRMED, reason="defect")])
        if part % 12 == 0:
            note = "=the lamp"
            store.append([disposition(receipt.seq, OVERRULED, note=note, reviewer="eva")])
    store.close()
    return folder


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(),
        Filter(lot="lot-2"),
        Filter(decision=NOT_PASSED),
        Filter(decision="PASS", since="2026-01-01T00:05", until="2026-01-01T00:31"),
        Filter(disposition=OPEN),
        Filter(disposition=OVERRULED),
        Filter(reviewer="jan", label="crack"),
        Filter(text="tile 1"),
        Filter(lot="none"),
    ],
)
@pytest.mark.parametrize("form", Form)
def test_the_rows_are_those_that_the_filter_finds(
    reviewed: Path, tmp_path: Path, wanted: Filter, form: Form
) -> None:
    path = tmp_path / f"out{form}"
    told: list[tuple[int, int]] = []
    count = export(reviewed, path, form, wanted, lambda *rows: told.append(rows))
    with RecordReader(reviewed) as reader:
        found = [line.seq for line in reversed(Search(reader).page(wanted))]
    assert [int(row["seq"]) for row in rows_of(path)] == found
    assert count == len(found)
    assert told[0] == (0, count)
    assert told[-1] == (count, count)
    assert len(told) == 1 + -(-count // 7)


def test_the_last_decision_of_a_person_comes_along(reviewed: Path, tmp_path: Path) -> None:
    export(reviewed, tmp_path / "out.csv", Form.CSV, Filter(decision="REJECT"))
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["part"]: row for row in csv.DictReader(file)}
    last = ("disposition", "disposition_reason", "disposition_note", "reviewer")
    assert [rows["3"][name] for name in last] == ["", "", "", ""]
    assert [rows["6"][name] for name in last] == ["CONFIRMED", "defect", "", "jan"]
    assert [rows["12"][name] for name in last] == ["OVERRULED", "", "'=the lamp", "eva"]
    assert rows["12"]["decided_at"].startswith("2026-01-01T01")


def test_what_is_recorded_meanwhile_is_not_in_it(reviewed: Path, tmp_path: Path) -> None:
    store = RecordStore.open(reviewed)

    def record_more(done: int, _total: int) -> None:
        (receipt,) = store.append([inspection(100 + done, "REJECT")])
        store.append([disposition(receipt.seq)])
        store.append([disposition(3)])  # of one that is not written yet

    count = export(reviewed, tmp_path / "out.csv", Form.CSV, Filter(disposition=OPEN), record_more)
    store.close()
    assert count == len((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()) - 1 == 10


@pytest.mark.parametrize("old", [None, "the old export"])
@pytest.mark.parametrize("form", Form)
def test_a_cancelled_export_leaves_nothing(
    reviewed: Path, tmp_path: Path, old: str | None, form: Form
) -> None:
    path = tmp_path / f"out{form}"
    if old is not None:
        path.write_text(old)
    told: list[int] = []
    with pytest.raises(ExportCancelled):
        export(
            reviewed,
            path,
            form,
            progress=lambda done, _total: told.append(done),
            is_cancelled=lambda: told[-1] >= 14,
        )
    assert told == [0, 7, 14]
    left = [p.name for p in tmp_path.iterdir() if p != reviewed]
    assert left == ([] if old is None else [path.name])
    assert old is None or path.read_text() == old


@pytest.mark.parametrize("form", Form)
def test_an_export_cancelled_at_its_end_leaves_nothing(
    reviewed: Path, tmp_path: Path, form: Form
) -> None:
    told: list[tuple[int, int]] = []
    with pytest.raises(ExportCancelled):
        export(
            reviewed,
            tmp_path / f"out{form}",
            form,
            progress=lambda *rows: told.append(rows),
            is_cancelled=lambda: told[-1][0] == 40,
        )
    assert [p for p in tmp_path.iterdir() if p != reviewed] == []


@pytest.mark.parametrize("form", Form)
def test_a_full_disk_is_one_sentence(
    folder: Path, tmp_path: Path, small_disk: Path, form: Form
) -> None:
    (small_disk / f"out{form}").write_text("the old export")
    store = RecordStore.open(folder)
    store.append([inspection(n, source=f"{n}" * 900) for n in range(4, 500)])
    store.close()
    with pytest.raises(RecordsError, match=r"No space left on device.*free some space"):
        export(folder, small_disk / f"out{form}", form)
    assert [p.name for p in small_disk.iterdir()] == [f"out{form}"]
    assert (small_disk / f"out{form}").read_text() == "the old export"


_MEMORY = """
import sys, tracemalloc
from pathlib import Path
from inspector_gui.records import export as exports
from inspector_gui.records.forms import Form
from inspector_gui.records.search import Filter

exports.PAGE = 200
folder, out, form = map(Path, sys.argv[1:])
peaks = []
for lot in ("small", "small", "large"):
    tracemalloc.start()
    exports.export(folder, out, Form(str(form)), Filter(lot=lot))
    peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
print(peaks[2] / peaks[1])
"""


@pytest.mark.parametrize("form", Form)
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, many: Path, form: Form) -> None:
    """A lot of 3 pages beside one of 50."""
    words = [sys.executable, "-c", _MEMORY, str(many), str(tmp_path / f"out{form}"), form]
    said = subprocess.run(words, capture_output=True, text=True, check=True, timeout=300)
    assert float(said.stdout) < 1.2, said


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "records"
    store = RecordStore.open(folder)
    store.append([inspection(n, "REJECT", lot="small") for n in range(600)])
    store.append([inspection(n, "REJECT", lot="large") for n in range(10_000)])
    store.close()
    return folder
