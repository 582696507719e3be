"""History in every state worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from inspector_gui.records.search import NOT_PASSED, Filter
from inspector_gui.records.store import DATABASE
from inspector_gui.theme import Theme
from inspector_gui.views.filter_fields import OWN, TimeRange
from inspector_gui.views.history.view import HistoryView
from tests.views.archive import FIRST, usual_parts, write_archive
from tests.views.scenes import FakeController

Scene = Callable[[HistoryView], None]
"""What is done to a view that shows its record; let the event loop run before and after."""


def make_record(folder: Path, record: str) -> Path:
    """Folder of one of the records below another folder; written when it is first asked for."""
    records = folder / f"history-{record}"
    if not records.is_dir():
        records.mkdir(parents=True)
        _RECORDS[record](records)
    return records


def history(theme: Theme, folder: Path, record: str = "usual") -> HistoryView:
    """A view on a record of its own below a folder; `shown` is still to be called."""
    records = make_record(folder, record)
    return HistoryView(theme, FakeController(folder=records))


def everything(_view: HistoryView) -> None:
    """As it opens."""


def filtered(view: HistoryView) -> None:
    view.set_filter(Filter(decision=NOT_PASSED))


def own_time(view: HistoryView) -> None:
    """A stretch of the chart has been chosen."""
    hour = f"{FIRST:%Y-%m-%dT%H}"
    view.filters.set_range(TimeRange(OWN, f"{hour}:20", f"{hour}:40"))


def nothing_matches(view: HistoryView) -> None:
    view.set_filter(Filter(text="no such part"))


def large(view: HistoryView) -> None:
    view.table.select(next(r for r, found in enumerate(view.model.found) if found.labels))
    view.table.opened.emit()


def without_picture(view: HistoryView) -> None:
    view.set_filter(Filter(text="never arrived"))


SCENES: dict[str, tuple[str, Scene]] = {
    "history": ("usual", everything),
    "history-filtered": ("usual", filtered),
    "history-own-time": ("usual", own_time),
    "history-empty": ("usual", nothing_matches),
    "history-large": ("usual", large),
    "history-lost-picture": ("usual", without_picture),
    "history-one": ("one", everything),
    "history-no-record": ("none", everything),
    "history-damaged": ("damaged", everything),
}
"""Name of a picture, the record it needs, and what is done."""


def _damaged(folder: Path) -> None:
    write_archive(folder)
    (folder / DATABASE).write_bytes(b"no database at all" * 1000)


_RECORDS: dict[str, Callable[[Path], object]] = {
    "usual": write_archive,
    "one": lambda folder: write_archive(folder, usual_parts(4)[3:]),
    "none": lambda folder: None,
    "damaged": _damaged,
}
