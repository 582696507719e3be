"""Inspections as a file, in pages: memory does not grow with the record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from inspector_gui.records.accounts import Session
from inspector_gui.records.chain import canonical
from inspector_gui.records.checkpoints import Checkpoint, write_checkpoint_beside
from inspector_gui.records.errors import ExportCancelled
from inspector_gui.records.forms import COLUMNS, Form, Row
from inspector_gui.records.office import Office
from inspector_gui.records.outfile import written
from inspector_gui.records.permissions import Action
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import Filter, Search

PAGE = 2000

Progress = Callable[[int, int], None]
"""Called with how many rows are written, and how many there will be."""

_OTHERWISE = {
    "labels": "i.findings",
    "disposition": "last.disposition",
    "disposition_reason": "last.reason",
    "disposition_note": "last.note",
    "reviewer": "last.reviewer",
    "decided_at": "last.decided_at",
}
_SELECT = ", ".join(_OTHERWISE.get(name, f"i.{name}") for name in COLUMNS)
_LABELS, _TRUTH = COLUMNS.index("labels"), COLUMNS.index("truth")


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
    formula gets an apostrophe in front; in XLSX text is text, and what is longer than a cell can
    hold is cut and says so.

    Args:
        folder: Of the record.
        path: The file; it takes this name only when it is whole.
        is_cancelled: Looked at after every page, and before the file takes its name.

    Raises:
        ExportCancelled: There is no new file, and an old one of this name is as it was.
        RecordsError: The record cannot be read, or the file cannot be written.
    """

    def stop_if_cancelled() -> None:
        if is_cancelled():
            raise ExportCancelled("The export was cancelled; no file was written.")

    with written(folder, path) as part, RecordReader(folder) as reader, reader.snapshot():
        with form.open(part) as write:
            total = Search(reader).count(wanted).parts
            done = 0
            progress(done, total)
            for page in _pages(reader, wanted):
                stop_if_cancelled()
                write(page)
                done += len(page)
                progress(done, total)
        stop_if_cancelled()
        return done


def permit_file(
    office: Office, action: Action, session: Session | None, path: Path, wanted: Filter | None
) -> Checkpoint | None:
    """Check that a file may be made from a record, and write it on the trail.

    A checkpoint goes beside the file, but in a demonstration.

    Args:
        wanted: What was asked for; None where that is not asked.

    Returns:
        The checkpoint; None in a demonstration.

    Raises:
        Refused: It may not be made.
        RecordsError: The trail or the checkpoint cannot be written.
    """
    given = asdict(wanted) if wanted is not None else {}
    new = {name: value for name, value in given.items() if value}
    office.permit(action, session, str(path), new={"filter": new} if wanted is not None else {})
    return write_checkpoint_beside(office, path, session) if office.is_managed else None


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
    cursor = reader.connection.cursor()
    cursor.row_factory = None
    cursor.execute(
        f"SELECT {_SELECT} FROM inspections AS i LEFT JOIN dispositions AS last ON last.seq = "
        "(SELECT max(seq) FROM dispositions WHERE inspection_seq = i.seq) "
        f"WHERE i.seq IN ({marks}) ORDER BY i.seq",
        list(seqs),
    )
    return [_row(values) for values in cursor]


def _row(values: Sequence[object]) -> Row:
    row = list(values)
    if row[_LABELS] != "[]":
        labels = dict.fromkeys(str(finding["label"]) for finding in json.loads(str(row[_LABELS])))
        row[_LABELS] = canonical(list(labels))
    if row[_TRUTH] == "null":
        row[_TRUTH] = None
    return row
