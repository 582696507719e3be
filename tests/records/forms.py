"""Reads exports back, as the programs of others do."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a file in any form by their columns, as the form holds them."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book]
        book.close()
        return [
            {name: _read(value) for name, value in zip(sheet[0], row, strict=True)}
            for sheet in sheets
            for row in sheet[1:]
        ]
    with path.open(newline="", encoding="utf-8") as file:
        if path.suffix == ".csv":
            return list(csv.DictReader(file))
        return [json.loads(line) for line in file]


def _read(value: Any) -> Any:
    """As Excel reads it: control characters are `_xHHHH_`."""
    return unescape(value) if isinstance(value, str) else value
