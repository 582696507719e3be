"""What an export's file can be written as; every form takes the same rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from inspector_gui.records.chain import canonical
from inspector_gui.records.errors import RecordsError

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

COLUMNS = (
    "seq",
    "judged_at",
    "lot",
    "part",
    "decision",
    "reason",
    "detail",
    "score",
    "threshold",
    "labels",
    "recipe",
    "recipe_revision",
    "camera",
    "source",
    "frame_ids",
    "model",
    "model_sha256",
    "provider",
    "findings",
    "thresholds",
    "elapsed_ms",
    "truth",
    "disposition",
    "disposition_reason",
    "disposition_note",
    "reviewer",
    "decided_at",
)
"""Of a table; the last five are of the last decision of a person, None without one."""
NESTED = ("labels", "frame_ids", "findings", "thresholds", "elapsed_ms", "truth")
"""Columns that hold JSON; `truth` may be None too."""

Row = Sequence[Any]
"""Values in the order of the columns: text, numbers, None."""
Write = Callable[[Sequence[Row]], None]

SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
_FORMULA = frozenset("=+-@＝＋－＠")
_SUSPECT = _FORMULA | frozenset("\t\r\n\v\f \u00a0\u3000")  # what spreadsheets may strip
_WIDTHS = {"seq": 8, "part": 8, "judged_at": 32, "lot": 20, "source": 30, "detail": 30}


@dataclass(frozen=True, slots=True)
class Table:
    """What the rows of an export are.

    Attributes:
        title: Of a workbook's sheets.
        nested: Columns that hold JSON, or None.
    """

    title: str
    columns: Sequence[str]
    nested: Sequence[str]


INSPECTIONS = Table("Inspections", COLUMNS, NESTED)


class Form(StrEnum):
    """The value is the end of a file's name."""

    CSV = ".csv"
    JSON_LINES = ".jsonl"
    XLSX = ".xlsx"

    @classmethod
    def of(cls, path: Path) -> Form:
        """The form that a file's name asks for.

        Raises:
            RecordsError: It asks for none of them.
        """
        try:
            return cls(path.suffix.lower())
        except ValueError:
            raise RecordsError(
                f"{path.name} says no form: let the file's name end in {', '.join(cls)}."
            ) from None

    def open(self, path: Path, table: Table = INSPECTIONS) -> AbstractContextManager[Write]:
        """A file to which pages of rows are written; it is whole when its context has ended."""
        return _OPEN[self](path, table)


@contextmanager
def _csv(path: Path, table: Table) -> Iterator[Write]:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        yield lambda rows: writer.writerows(map(_cells, rows))


def _cells(row: Row) -> Row:
    """A number stays a number; text can never become a formula."""
    return [
        _harmless(value) if value.__class__ is str and value[:1] in _SUSPECT else value
        for value in row
    ]


def _harmless(text: str) -> str:
    is_formula = text[0] in "\t\r\n" or text.lstrip()[:1] in _FORMULA
    return f"'{text}" if is_formula else text


@contextmanager
def _json_lines(path: Path, table: Table) -> Iterator[Write]:
    with path.open("w", newline="\n", encoding="utf-8") as file:
        yield lambda rows: file.writelines(f"{canonical(_plain(row, table))}\n" for row in rows)


def _plain(row: Row, table: Table) -> dict[str, Any]:
    values = dict(zip(table.columns, row, strict=True))
    for name in table.nested:
        if values[name] is not None:
            values[name] = json.loads(values[name])
    return values


@contextmanager
def _xlsx(path: Path, table: Table) -> Iterator[Write]:
    """Sheet after sheet, each written row by row through a file beside the final one."""
    from xlsxwriter import Workbook  # here, since it slows every start down
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as folder:
        # FileCreateError is its wrapper of an OSError
        book = Workbook(str(path), {"constant_memory": True, "tmpdir": folder})
        book.use_zip64()
        sheets = _Sheets(book, table)
        try:
            yield sheets.write
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
        finally:
            sheets.let_go()


class _Sheets:
    """The workbook's sheets, of which the last one is written to."""

    def __init__(self, book: Workbook, table: Table) -> None:
        self._book, self._table = book, table
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._add()

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if self._used == SHEET_ROWS:
                self._add()
            for column, value in enumerate(row):
                if value.__class__ is str:
                    if value:
                        self._sheet.write_string(self._used, column, _sheet_text(value))
                elif value is not None:
                    self._sheet.write_number(self._used, column, value)
            self._used += 1

    def let_go(self) -> None:
        """Close the temporary files, also of a workbook that is given up."""
        for sheet in self._book.worksheets():
            with suppress(OSError):  # a full disk, once more; it has been told
                sheet.row_data_fh.close()

    def _add(self) -> None:
        number = len(self._book.worksheets()) + 1
        self._sheet: Worksheet = self._book.add_worksheet(f"{self._table.title} {number}")
        for column, name in enumerate(self._table.columns):
            self._sheet.set_column(column, column, _WIDTHS.get(name, 16))
        self._sheet.freeze_panes(1, 0)
        self._sheet.write_row(0, 0, self._table.columns, self._bold)
        self._used = 1


def _sheet_text(text: str) -> str:
    """What fits into a cell; a longer text says that it was cut."""
    if text.startswith("<r>") and text.endswith("</r>"):
        text = f"{text} "  # or XlsxWriter takes it for its own markup, unescaped
    if len(text) <= CELL_CHARACTERS:
        return text
    said = f"… [cut: {len(text)} characters, whole in CSV and JSON Lines]"
    return text[: CELL_CHARACTERS - len(said)] + said


_OPEN: dict[Form, Callable[[Path, Table], AbstractContextManager[Write]]] = {
    Form.CSV: _csv,
    Form.JSON_LINES: _json_lines,
    Form.XLSX: _xlsx,
}
