"""The forms of an export: the same values in each, whatever the text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from inspector_gui.records import forms
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.forms import COLUMNS, NESTED, Form
from tests.records.forms import rows_of

NUMBERS = ("seq", "part", "score", "threshold", "recipe_revision")
TEXTS = [name for name in COLUMNS if name not in (*NUMBERS, *NESTED)]


def row(**changes: Any) -> list[Any]:
    values: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    values |= dict.fromkeys(NUMBERS, 1) | dict.fromkeys(NESTED, "[]")
    return list({**values, **changes}.values())


def written(path: Path, form: Form, rows: list[list[Any]]) -> list[dict[str, Any]]:
    with form.open(path) as write:
        write(rows)
    return rows_of(path)


@pytest.mark.parametrize("name", ["out.CSV", "a.b.jsonl", "out.xlsx"])
def test_a_name_says_the_form(name: str) -> None:
    assert Form.of(Path(name)) == Path(name).suffix.lower()


@pytest.mark.parametrize("name", ["out", "out.xls", ".csv"])
def test_a_name_that_says_none_is_told(name: str) -> None:
    with pytest.raises(RecordsError, match=r"\.csv, \.jsonl, \.xlsx"):
        Form.of(Path(name))


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    number=st.floats(-1e300, 1e300),
)
@settings(max_examples=60, deadline=None)
def test_values_are_the_same_in_every_form(
    tmp_path_factory: pytest.TempPathFactory, text: str, number: float
) -> None:
    folder = tmp_path_factory.mktemp("forms")
    wrote = [row(seq=7, score=number, source=text, labels=json.dumps([text]), truth=None)]
    (lines,) = written(folder / "out.jsonl", Form.JSON_LINES, wrote)
    assert (lines["source"], lines["labels"], lines["score"]) == (text, [text], number)
    (table,) = written(folder / "out.csv", Form.CSV, wrote)
    assert table["source"] in (text, f"'{text}")
    assert float(table["score"]) == number
    (sheet,) = written(folder / "out.xlsx", Form.XLSX, wrote)
    assert (sheet["source"] or "") == text
    assert sheet["score"] == pytest.approx(number, rel=1e-15)  # Excel has 15 digits
    assert (sheet["truth"], sheet["seq"]) == (None, 7)


@pytest.mark.parametrize("text", ["=1+1", "http://a.b", "<r>x</r>", "_x0041_", "a\x01b", "{=1}"])
def test_a_sheet_holds_text_as_text(tmp_path: Path, text: str) -> None:
    written(tmp_path / "out.xlsx", Form.XLSX, [row(source=text)])
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    cell = sheet.cell(2, COLUMNS.index("source") + 1)
    assert cell.data_type in ("s", "inlineStr")
    assert cell.hyperlink is None
    assert unescape(str(cell.value)).rstrip() == text


def test_a_text_too_long_for_a_cell_says_so(tmp_path: Path) -> None:
    whole, long = "x" * forms.CELL_CHARACTERS, "y" * (forms.CELL_CHARACTERS + 1)
    rows = written(tmp_path / "out.xlsx", Form.XLSX, [row(source=whole), row(source=long)])
    assert rows[0]["source"] == whole
    assert len(rows[1]["source"]) == forms.CELL_CHARACTERS
    assert rows[1]["source"].endswith("… [cut: 32768 characters, whole in CSV and JSON Lines]")


def test_a_full_sheet_is_followed_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "SHEET_ROWS", 4)
    rows = written(tmp_path / "out.xlsx", Form.XLSX, [row(seq=n) for n in range(7)])
    assert [found["seq"] for found in rows] == list(range(7))
