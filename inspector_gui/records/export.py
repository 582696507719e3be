"""Inspections as CSV or JSON Lines, in pages: memory does not grow with the record."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from inspector_gui.records.chain import canonical, plain
from inspector_gui.records.errors import ExportCancelled, RecordsError
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import Filter, Search

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
PAGE = 2000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Progress = Callable[[int, int], None]
"""Called with how many rows are written, and how many there will be."""
Row = dict[str, Any]


class Form(StrEnum):
    """What a file is written as; the value is the end of its name."""

    CSV = ".csv"
    JSON_LINES = ".jsonl"


def export(
    folder: Path,
    path: Path,
    form: Form,
    wanted: Filter = Filter(),  # noqa: B008
    progress: Progress = lambda _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Write the inspections that match, oldest first; how many.

    All of it is of the moment at which it begins. In CSV, text that a spreadsheet would take for a
    formula gets an apostrophe in front.

    Args:
        folder: Of the record.
        path: The file; it takes this name only when it is whole.
        is_cancelled: Looked at after every page.

    Raises:
        ExportCancelled: There is no new file, and an old one of this name is as it was.
        RecordsError: The record cannot be read, or the file cannot be written.
    """
    with (
        _written(folder, path) as part,
        RecordReader(folder) as reader,
        reader.snapshot(),
        part.open("w", newline="" if form is Form.CSV else None, encoding="utf-8") as file,
    ):
        write = _csv(file) if form is Form.CSV else _json_lines(file)
        total = Search(reader).count(wanted).parts
        done = 0
        progress(done, total)
        for page in _pages(reader, wanted):
            if is_cancelled():
                raise ExportCancelled("The export was cancelled; no file was written.")
            for row in page:
                write(row)
            done += len(page)
            progress(done, total)
        return done


def _csv(file: IO[str]) -> Callable[[Row], Any]:
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    return lambda row: writer.writerow([_cell(row[name]) for name in COLUMNS])


def _json_lines(file: IO[str]) -> Callable[[Row], Any]:
    return lambda row: file.write(f"{canonical(row)}\n")


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


def _pages(reader: RecordReader, wanted: Filter) -> Iterator[list[Row]]:
    search = Search(reader)
    last = search.last_seq()
    after = 0
    while seqs := search.seqs(wanted, after, last, PAGE):
        yield _rows(reader, seqs)
        after = seqs[-1]


def _rows(reader: RecordReader, seqs: Sequence[int]) -> list[Row]:
    """Whole inspections with the last decision of a person on each."""
    marks = ", ".join("?" * len(seqs))
    execute = reader.connection.execute
    inspections = execute(
        f"SELECT * FROM inspections WHERE seq IN ({marks}) ORDER BY seq", list(seqs)
    ).fetchall()
    given = execute(
        f"SELECT * FROM dispositions WHERE inspection_seq IN ({marks}) ORDER BY seq", list(seqs)
    )
    decided = {row["inspection_seq"]: row for row in given}
    return [_row(row, decided.get(row["seq"])) for row in inspections]


def _row(inspection: Any, decided: Any | None) -> Row:
    values = plain("inspections", inspection)
    labels = dict.fromkeys(str(finding["label"]) for finding in values["findings"])
    return {
        "seq": inspection["seq"],
        **values,
        "labels": list(labels),
        "disposition": decided and decided["disposition"],
        "disposition_reason": decided and decided["reason"],
        "disposition_note": decided and decided["note"],
        "reviewer": decided and decided["reviewer"],
        "decided_at": decided and decided["decided_at"],
    }


def _cell(value: Any) -> Any:
    """A number stays a number; text can never become a formula."""
    if value is None or isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else canonical(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
