"""How an entry becomes a row, and how rows are chained.

A row's hash is SHA-256 over the UTF-8 text

    PREVIOUS ⏎ TABLE ⏎ JSON

where PREVIOUS is the hash of the row before it in hexadecimal (for the first row: SHA-256 of
"line-inspector record " and the record's id), ⏎ is one line feed, TABLE is the table's name, and
JSON is an object of all columns but `previous_sha256` and `sha256`, as they are stored: keys in
alphabetical order, separators "," and ":", nothing escaped that JSON does not require, numbers as
Python's `json` writes them (floats by their shortest repr). Nested values are stored, and so
hashed, as text in the same form.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from inspector_gui.records.entries import Entry, EventEntry, ImageEntry, InspectionEntry

Row = dict[str, Any]

CHAIN_COLUMNS = ("previous_sha256", "sha256")
_NESTED = {
    "inspections": ("frame_ids", "thresholds", "findings", "elapsed_ms", "truth"),
    "images": (),
    "events": ("data",),
}


def canonical(value: Any) -> str:
    """JSON of which there is only one form.

    Raises:
        ValueError: The value holds NaN or infinity.
    """
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def genesis(record_id: str) -> str:
    """What the first row is chained to."""
    return hashlib.sha256(f"line-inspector record {record_id}".encode()).hexdigest()


def row_hash(previous_sha256: str, table: str, row: Mapping[str, Any]) -> str:
    """The hash of a row from its stored columns; the chain's own are left out."""
    columns = {name: value for name, value in row.items() if name not in CHAIN_COLUMNS}
    text = f"{previous_sha256}\n{table}\n{canonical(columns)}"
    return hashlib.sha256(text.encode()).hexdigest()


def row_of(entry: Entry, seq: int, previous_sha256: str) -> tuple[str, Row]:
    """The table and the row of an entry at its place in the chain."""
    table, row = _columns(entry)
    row["seq"] = seq
    sha256 = row_hash(previous_sha256, table, row)
    return table, {**row, "previous_sha256": previous_sha256, "sha256": sha256}


def entry_of(table: str, row: Mapping[str, Any]) -> Entry:
    """The entry that a row was made from."""
    values = {k: v for k, v in row.items() if k not in ("seq", *CHAIN_COLUMNS)}
    for name in _NESTED[table]:
        values[name] = json.loads(values[name])
    match table:
        case "inspections":
            values["frame_ids"] = tuple(values["frame_ids"])
            values["findings"] = tuple(values["findings"])
            values["truth"] = None if values["truth"] is None else tuple(values["truth"])
            return InspectionEntry(**values)
        case "images":
            values["sha256"] = values.pop("image_sha256")
            return ImageEntry(**values)
        case _:
            return EventEntry(**values)


def _columns(entry: Entry) -> tuple[str, Row]:
    match entry:
        case InspectionEntry():
            table = "inspections"
        case ImageEntry():
            table = "images"
        case EventEntry():
            table = "events"
    row = {name: getattr(entry, name) for name in entry.__slots__}
    for name in _NESTED[table]:
        row[name] = canonical(row[name])
    for name in ("score", "threshold"):
        if row.get(name) is not None:
            row[name] = float(row[name])
    if table == "images":
        row["image_sha256"] = row.pop("sha256")
    return table, row
