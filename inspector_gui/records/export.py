"""Inspections as CSV or JSON Lines, streamed: memory does not grow with the record."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from inspector_gui.records.chain import canonical, plain
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.reader import RecordReader

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
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_csv(folder: Path, path: Path) -> int:
    """Write all inspections, oldest first; how many.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.

    Raises:
        RecordsError: The record cannot be read, or the file cannot be written.
    """
    with _written(folder, path) as part, part.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        return sum(bool(writer.writerow([_cell(r[n]) for n in COLUMNS])) for r in _rows(folder))


def export_jsonl(folder: Path, path: Path) -> int:
    """Write all inspections as one JSON object a line, oldest first; how many.

    Raises:
        RecordsError: The record cannot be read, or the file cannot be written.
    """
    with _written(folder, path) as part, part.open("w", encoding="utf-8") as file:
        return sum(bool(file.write(f"{canonical(row)}\n")) for row in _rows(folder))


@contextmanager
def _written(folder: Path, path: Path) -> Iterator[Path]:
    """A file to write to, which takes its name only when it is whole."""
    if path.is_dir() or path.resolve().is_relative_to(folder.resolve()):
        raise RecordsError(f"{path} is not for exports: name a file outside the record's folder.")
    part = path.with_name(f"{path.name}.part")
    try:
        try:
            yield part
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise RecordsError(
            f"{path} cannot be written ({error.strerror}): choose another file, or free some space."
        ) from error


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    with RecordReader(folder) as reader:
        for table, row in reader.rows("inspections"):
            values = plain(table, row)
            labels = dict.fromkeys(str(f["label"]) for f in values["findings"])
            yield {"seq": row["seq"], **values, "labels": list(labels)}


def _cell(value: Any) -> Any:
    """A number stays a number; text can never become a formula."""
    if value is None or isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else canonical(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
