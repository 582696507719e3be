"""The audit trail as a file, in pages: memory does not grow with the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from inspector_gui.records.accounts import Session
from inspector_gui.records.chain import canonical
from inspector_gui.records.checkpoints import write_checkpoint_beside
from inspector_gui.records.errors import ExportCancelled
from inspector_gui.records.export import PAGE, Progress
from inspector_gui.records.forms import Form, Row, Table
from inspector_gui.records.office import Office
from inspector_gui.records.outfile import written
from inspector_gui.records.permissions import Action
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.trail import TrailFilter, TrailLine, count_trail, trail_from

TRAIL = Table(
    "Audit trail",
    (
        "seq",
        "happened_at",
        "utc_offset_min",
        "account",
        "role",
        "action",
        "outcome",
        "subject",
        "old",
        "new",
        "why",
    ),
    ("old", "new"),
)


def export_trail(
    folder: Path,
    path: Path,
    form: Form,
    wanted: TrailFilter = TrailFilter(),  # noqa: B008
    progress: Progress = lambda _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Write the lines of the trail that match, oldest first; how many.

    See `export.export`, which does the same for inspections.

    Raises:
        ExportCancelled: There is no new file, and an old one of this name is as it was.
        RecordsError: The record cannot be read, or the file cannot be written.
    """
    with written(folder, path) as part, RecordReader(folder) as reader, reader.snapshot():
        with form.open(part, TRAIL) as write:
            total = count_trail(reader, wanted)
            done = after = 0
            progress(done, total)
            while lines := trail_from(reader, wanted, after, PAGE):
                _stop_if(is_cancelled())
                write([_row(line) for line in lines])
                done, after = done + len(lines), lines[-1].seq
                progress(done, total)
        _stop_if(is_cancelled())
        return done


def permit_trail_export(
    office: Office, session: Session | None, path: Path, wanted: TrailFilter
) -> None:
    """Check that the trail may be exported, and write that on it; a checkpoint goes beside.

    Raises:
        Refused: It may not.
        RecordsError: The trail or the checkpoint cannot be written.
    """
    asked = {name: value for name, value in asdict(wanted).items() if value}
    office.permit(Action.EXPORT, session, str(path), new={"trail": asked})
    if office.is_managed:
        write_checkpoint_beside(office, path, session)


def _stop_if(is_cancelled: bool) -> None:
    if is_cancelled:
        raise ExportCancelled("The export was cancelled; no file was written.")


def _row(line: TrailLine) -> Row:
    values = (getattr(line, name) for name in TRAIL.columns)
    return [canonical(value) if isinstance(value, dict) else value for value in values]
