"""Review in every state worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from inspector_gui.inspection.reasons import Reason
from inspector_gui.records.entries import CONFIRMED, OVERRULED
from inspector_gui.records.store import DATABASE
from inspector_gui.theme import Theme
from inspector_gui.views.review.view import LEAST_LOOK_MS, ReviewView
from tests.views.archive import ArchivePart, usual_parts, write_archive
from tests.views.scenes import FakeController

Scene = Callable[[ReviewView], None]
"""What is done to a view that shows its record; let the event loop run before and after."""


def make_record(folder: Path, record: str) -> Path:
    """Folder of one of the records below another folder; written when it is first asked for."""
    records = folder / f"review-{record}"
    if not records.is_dir():
        records.mkdir(parents=True)
        _RECORDS[record](records)
    return records


def review(theme: Theme, folder: Path, record: str = "usual") -> ReviewView:
    """A view on a record of its own below a folder; `shown` is still to be called."""
    records = make_record(folder, record)
    return ReviewView(theme, FakeController(folder=records))


def as_it_opens(_view: ReviewView) -> None:
    """The first part."""


def zoomed(view: ReviewView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Z)


def why(view: ReviewView) -> None:
    seen = QEventLoop()
    QTimer.singleShot(LEAST_LOOK_MS + 50, seen.quit)
    seen.exec()
    QTest.keyClick(view, Qt.Key.Key_O)


def again(view: ReviewView) -> None:
    """Those that somebody has decided about."""
    view.page.again.click()


SCENES: dict[str, tuple[str, Scene]] = {
    "review": ("usual", as_it_opens),
    "review-zoomed": ("usual", zoomed),
    "review-why": ("usual", why),
    "review-again": ("decided", again),
    "review-all": ("decided", as_it_opens),
    "review-lost-picture": ("lost", as_it_opens),
    "review-none": ("passed", as_it_opens),
    "review-no-record": ("none", as_it_opens),
    "review-damaged": ("damaged", as_it_opens),
}
"""Name of a picture, the record it needs, and what is done."""


def _usual(folder: Path) -> None:
    write_archive(folder, usual_parts(20))


def _decided(folder: Path) -> None:
    given = (CONFIRMED, OVERRULED)
    parts = [ArchivePart(2 * n, "fray", disposition=given[n % 3 == 1]) for n in range(5)]
    write_archive(folder, [ArchivePart(1), *parts])


def _lost(folder: Path) -> None:
    lost = ArchivePart(2, reason=Reason.FRAME_LOST, has_image=False)
    write_archive(folder, [ArchivePart(1), lost, ArchivePart(3, "crack")])


def _passed(folder: Path) -> None:
    write_archive(folder, [ArchivePart(1), ArchivePart(2)])


def _damaged(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"SQLite format 3\0" + b"?" * 8000)


_RECORDS: dict[str, Callable[[Path], None]] = {
    "usual": _usual,
    "decided": _decided,
    "lost": _lost,
    "passed": _passed,
    "none": lambda _: None,
    "damaged": _damaged,
}
