"""Writes a lot's report: one PDF, or several volumes where many parts are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from inspector_gui.records.checkpoints import Checkpoint
from inspector_gui.records.errors import ExportCancelled
from inspector_gui.records.export import Progress
from inspector_gui.records.outfile import written
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.report import sections
from inspector_gui.records.report.content import (
    LotContent,
    PartContent,
    lot_content,
    shown_parts,
)
from inspector_gui.records.report.pages import Pages
from inspector_gui.records.report.type import moment

PARTS_A_VOLUME = 400
"""ReportLab holds a whole document in memory until it is saved."""


def write_report(
    folder: Path,
    lot: str,
    path: Path,
    made_at: str,
    checkpoint: Checkpoint | None = None,
    progress: Progress = lambda _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> list[Path]:
    """Write a lot's report; the files, one for every 400 parts shown and one without any.

    All of it is of the moment at which it begins. The second volume of `report.pdf` is
    `report-2.pdf`; none of them takes its name before all are whole.

    Args:
        folder: Of the record.
        made_at: UTC, ISO 8601; with the checkpoint, the only thing in the files that the record
            does not decide.
        checkpoint: One that was just taken; None takes the chain's head as it is, unsigned.
        progress: Called with how many parts are shown, and how many there will be.
        is_cancelled: Looked at after every part.

    Raises:
        ExportCancelled: There is no new file, and old ones of these names are as they were.
        RecordsError: The record cannot be read, has no such lot, or a file cannot be written.
    """
    with ExitStack() as stack:
        reader = stack.enter_context(RecordReader(folder))
        stack.enter_context(reader.snapshot())
        content = lot_content(reader, lot, made_at, checkpoint)
        volumes = max(1, -(-content.shown_parts // PARTS_A_VOLUME))
        paths = [_volume_path(path, number) for number in range(1, volumes + 1)]
        parts = _told(shown_parts(reader, lot), content.shown_parts, progress, is_cancelled)
        for number, volume_path in enumerate(paths, 1):
            part = stack.enter_context(written(folder, volume_path))
            _write_volume(part, content, parts, number, volumes, made_at)
        return paths


def _write_volume(
    path: Path,
    content: LotContent,
    parts: Iterator[PartContent],
    number: int,
    volumes: int,
    made_at: str,
) -> None:
    volume = f", volume {number} of {volumes}" if volumes > 1 else ""
    foot = f"Record {content.record_id} · made {moment(made_at)} UTC{volume}"
    name = f"Lot report {content.lot}"
    pages = Pages(path, name, f"Inspection of lot {content.lot}{volume}", foot, made_at)
    sections.title(pages, content.lot, volume)
    if number == 1:
        sections.summary(pages, content)
    first = (number - 1) * PARTS_A_VOLUME + 1
    last = min(number * PARTS_A_VOLUME, content.shown_parts)
    sections.parts_heading(pages, content, first, last)
    for part in islice(parts, last - first + 1):
        sections.part(pages, part)
    if number == volumes:
        sections.ending(pages, content)
    pages.save()


def _told(
    parts: Iterator[PartContent], total: int, progress: Progress, is_cancelled: Callable[[], bool]
) -> Iterator[PartContent]:
    progress(0, total)
    for done, part in enumerate(parts, 1):
        if is_cancelled():
            raise ExportCancelled("The report was cancelled; no file was written.")
        progress(done, total)
        yield part


def _volume_path(path: Path, number: int) -> Path:
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
