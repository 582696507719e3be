"""How an entry becomes a row, and how rows are chained.

A row's hash is SHA-256, in lower-case hexadecimal, over the UTF-8 text

    PREVIOUS ⏎ TABLE ⏎ JSON

where PREVIOUS is the hash of the row before it (for the first row: SHA-256 of
"line-inspector record " and the record's id), ⏎ is one line feed and TABLE is the table's name.
JSON is one object of the row's columns as they are stored, but for `previous_sha256`, `sha256`
and those that are NULL (so that a later release can add a column and old rows still hold):

- keys in the order of their code points, separators "," and ":", no white space;
- text: only `"`, `\\` and U+0000 to U+001F are escaped, as \\b \\t \\n \\f \\r or else \\u and
  four lower-case digits;
- integers in decimal; floats as Python's `repr` writes them (`0.1`, `1.0`, `1e-07`, `1e+16`).

Nested values are stored, and so hashed, as text in the same form. A column's minus zero is stored
as zero, since SQLite does not keep its sign; NaN and infinity are refused. A surrogate without its
pair, as in the name of a file that is not UTF-8, is stored as its escape, such as \\udc80.
"""

from __future__ import annotations

import hashlib
import json
import operator
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

from inspector_gui.records.entries import (
    AuditEntry,
    DispositionEntry,
    Entry,
    EventEntry,
    ImageEntry,
    InspectionEntry,
)

Row = dict[str, Any]

CHAIN_COLUMNS = ("previous_sha256", "sha256")
_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


def canonical(value: Any) -> str:
    """JSON of which there is only one form.

    Raises:
        ValueError: The value holds NaN or infinity.
        TypeError: It holds something that JSON does not know.
    """
    return _text(_encode(value))


def genesis(record_id: str) -> str:
    """What the first row is chained to."""
    return hashlib.sha256(f"line-inspector record {record_id}".encode()).hexdigest()


def row_hash(previous_sha256: str, table: str, row: Mapping[str, Any]) -> str:
    """The hash of a row from its stored columns; the chain's own are left out."""
    columns = {
        name: value
        for name, value in row.items()
        if value is not None and name not in CHAIN_COLUMNS
    }
    text = f"{previous_sha256}\n{table}\n{canonical(columns)}"
    return hashlib.sha256(text.encode()).hexdigest()


def row_of(entry: Entry, seq: int, previous_sha256: str) -> tuple[str, Row]:
    """The table and the row of an entry at its place in the chain.

    Raises:
        TypeError, ValueError, OverflowError: A value is not of its column's type or range.
    """
    table = _TABLE[type(entry)]
    row: Row = {"seq": seq}
    for name, stored in _STORED[table].items():
        row[_COLUMN.get((table, name), name)] = stored(getattr(entry, name))
    sha256 = row_hash(previous_sha256, table, row)
    return table, {**row, "previous_sha256": previous_sha256, "sha256": sha256}


def entry_of(table: str, row: Mapping[str, Any]) -> Entry:
    """The entry that a row was made from."""
    values = plain(table, row)
    match table:
        case "inspections":
            values["frame_ids"] = tuple(values["frame_ids"])
            values["findings"] = tuple(values["findings"])
            values["truth"] = None if values["truth"] is None else tuple(values["truth"])
            return InspectionEntry(**values)
        case "images":
            return ImageEntry(**values)
        case "dispositions":
            return DispositionEntry(**values)
        case "audit":
            return AuditEntry(**values)
        case _:
            return EventEntry(**values)


def plain(table: str, row: Mapping[str, Any]) -> Row:
    """A row's values by the names of its entry's fields, nested ones read from their text."""
    values: Row = {}
    for name, stored in _STORED[table].items():
        value = row[_COLUMN.get((table, name), name)]
        values[name] = json.loads(value) if stored is canonical else value
    return values


def _text(value: str) -> str:
    return str.encode(value, errors="backslashreplace").decode()


def _integer(value: int) -> int:
    number = int(operator.index(value))
    if not -(2**63) <= number < 2**63:
        raise OverflowError(f"{number} does not fit into 64 bits")
    return number


def _real(value: float | None) -> float | None:
    return None if value is None else float(value) + 0.0


def _text_if_any(value: str | None) -> str | None:
    return None if value is None else _text(value)


_STORE: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    str | None: _text_if_any,
    int: _integer,
    float | None: _real,
}
_TABLE: dict[type[Entry], str] = {
    InspectionEntry: "inspections",
    ImageEntry: "images",
    EventEntry: "events",
    DispositionEntry: "dispositions",
    AuditEntry: "audit",
}
_STORED: dict[str, dict[str, Callable[[Any], Any]]] = {
    table: {name: _STORE.get(hint, canonical) for name, hint in get_type_hints(entry).items()}
    for entry, table in _TABLE.items()
}
_COLUMN = {("images", "sha256"): "image_sha256"}  # a row's own hash is its `sha256`
