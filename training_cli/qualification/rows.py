"""Reads what people hand in as text: CSV with a head, and JSON Lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from training_cli.errors import UserError

Model = TypeVar("Model", bound=BaseModel)


def read_text(path: Path) -> str:
    """A file's text, without a byte order mark.

    Raises:
        UserError: It cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(
            f"{path} cannot be read ({error.strerror}): name the file to read."
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8 text: save it as UTF-8.") from error


def read_csv(path: Path, kind: type[Model]) -> list[Model]:
    """A row for each line; the columns are the model's fields, in any order.

    Empty cells are left out, so that the model's defaults hold.

    Raises:
        UserError: The file, a column or a value is at fault.
    """
    reader = csv.DictReader(io.StringIO(read_text(path)), strict=True)
    try:
        _check_columns(path, list(reader.fieldnames or ()), kind)
        return [_row(path, reader.line_num, cells, kind) for cells in reader]
    except csv.Error as error:
        raise UserError(f"{path}, line {reader.line_num} is no CSV: {error}.") from error


def read_json_lines(path: Path, kind: type[Model]) -> Iterator[Model]:
    """An object for each line that is not blank.

    Raises:
        UserError: The file or a line is at fault.
    """
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            try:
                yield kind.model_validate_json(line)
            except ValidationError as error:
                raise UserError(f"{path}, line {number}: {fault_of(error)}.") from error


def fault_of(error: ValidationError) -> str:
    """The first thing that is wrong, without the full stop."""
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    message = first["msg"].rstrip(".")
    return f"{place}: {message}" if place else message


def _check_columns(path: Path, columns: list[str], kind: type[Model]) -> None:
    fields = kind.model_fields
    expected = ", ".join(fields)
    if len(set(columns)) < len(columns):
        raise UserError(f"{path} has a column twice: the columns are {expected}.")
    if unknown := [name for name in columns if name not in fields]:
        raise UserError(
            f"{path} has an unknown column {unknown[0]!r}: the columns are {expected}, "
            "separated by commas."
        )
    missing = [n for n, field in fields.items() if field.is_required() and n not in columns]
    if missing:
        raise UserError(f"{path} lacks the column {missing[0]!r}: the columns are {expected}.")


def _row(path: Path, line: int, cells: dict[str, str], kind: type[Model]) -> Model:
    if None in cells or None in cells.values():
        raise UserError(f"{path}, line {line} has another number of cells than the first line.")
    try:
        return kind.model_validate({name: text for name, text in cells.items() if text.strip()})
    except ValidationError as error:
        raise UserError(f"{path}, line {line}: {fault_of(error)}.") from error
