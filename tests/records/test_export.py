"""Exports: the same rows in every form, and no formula among them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from inspector_gui.records.errors import RecordsError
from inspector_gui.records.export import export_csv, export_jsonl
from inspector_gui.records.store import RecordStore
from tests.records.entries import event, inspection


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
    assert export_csv(folder, tmp_path / "out.csv") == 3
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["source"] for row in rows] == ["'=HYPERLINK(A1)", "'-3+4", "line\nbreak, comma"]
    assert [row["score"] for row in rows] == ["0.25", "-0.5", ""]
    assert [json.loads(row["labels"]) for row in rows] == [[], ["crack"], []]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    store = RecordStore.open(tmp_path)
    store.append([inspection(1, source=text, lot=text, detail=text, score=-1.0)])
    store.close()
    export_csv(tmp_path, tmp_path.parent / "out.csv")
    with (tmp_path.parent / "out.csv").open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert [row["source"], row["lot"], row["detail"], row["score"]] == [*[f"'{text}"] * 3, "-1.0"]


def test_json_lines_have_the_same_rows(folder: Path, tmp_path: Path) -> None:
    assert export_jsonl(folder, tmp_path / "out.jsonl") == 3
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["decision"] for row in rows] == ["PASS", "REJECT", "UNDECIDED"]
    assert rows[0]["source"] == "=HYPERLINK(A1)"


def test_a_file_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match="cannot be written"):
        export_csv(folder, tmp_path / "none" / "out.csv")


@pytest.mark.parametrize("name", ["record.sqlite", "images/export.csv", "."])
def test_an_export_never_overwrites_the_record(folder: Path, name: str) -> None:
    before = (folder / "record.sqlite").read_bytes()
    with pytest.raises(RecordsError, match="outside the record's folder"):
        export_csv(folder, folder / name)
    assert (folder / "record.sqlite").read_bytes() == before


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("the old export")
    with pytest.raises(RecordsError, match="no record"):
        export_csv(tmp_path / "none", tmp_path / "out.csv")
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]
    assert (tmp_path / "out.csv").read_text() == "the old export"
