"""History with a large record: `python -m pytest tests/benchmarks/test_history.py -s`.

The record lies in the folder that the variable LINE_INSPECTOR_LARGE_RECORD names; without it one of
20,000 parts is made.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import OPEN, Filter, Search
from inspector_gui.views.history.view import HistoryView
from tests.benchmarks.records import write_record
from tests.views.scenes import FakeController

LARGE = "LINE_INSPECTOR_LARGE_RECORD"
PARTS = 20_000
LONGEST_S = 60
EXPORT_MS = 3000


@dataclass
class Beats:
    """How long the event loop was away at most, between beats a millisecond apart."""

    last: float = 0.0
    longest_ms: float = 0.0

    def beat(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self.last) * 1000)
        self.last = now

    def begin(self) -> None:
        self.last, self.longest_ms = time.perf_counter(), 0.0


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if given := os.environ.get(LARGE):
        return Path(given)
    folder = tmp_path_factory.mktemp("large") / "records"
    folder.mkdir()
    write_record(folder, PARTS)
    print(f"\n{LARGE} is not set: a record of {PARTS:,} parts was made")
    return folder


@pytest.fixture
def view(qtbot: QtBot, record: Path) -> Iterator[HistoryView]:
    view = HistoryView(theme.LIGHT, FakeController(folder=record))
    theme.apply(theme.LIGHT, view)
    qtbot.addWidget(view)
    view.resize(1200, 700)
    with qtbot.waitExposed(view):
        view.show()
    qtbot.wait(200)
    yield view
    view.close_view()


def test_how_long_it_takes(record: Path, view: HistoryView, qtbot: QtBot, tmp_path: Path) -> None:
    beats = Beats()
    timer = QTimer(view, interval=1, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beats.beat)
    timer.start()
    with RecordReader(record) as reader:
        search = Search(reader)
        parts, lot = search.count(Filter()).parts, search.lots(2)[-1]
        newest = search.page(Filter(), limit=1)[0].judged_at
    day = newest[:10]
    print(f"\n{parts:,} parts; milliseconds: first page, count, chart, longest stall")

    def measure(name: str, act: Callable[[], None], *, has_chart: bool = False) -> None:
        took: dict[str, float] = {}
        begun = time.perf_counter()

        def note(what: str) -> None:
            view.repaint()  # it counts when it is on the screen
            took.setdefault(what, (time.perf_counter() - begun) * 1000)

        noted = [
            (view.listed, lambda: note("page")),
            (view.counted, lambda: note("count")),
            (view.charted, lambda: note("chart")),
        ]
        for signal, slot in noted:
            signal.connect(slot)
        beats.begin()
        begun = time.perf_counter()
        act()
        needed = {"page", "count"} | ({"chart"} if has_chart else set())
        qtbot.waitUntil(lambda: needed <= took.keys(), timeout=LONGEST_S * 1000)
        for signal, slot in noted:
            signal.disconnect(slot)
        figures = [took.get(what) for what in ("page", "count", "chart")] + [beats.longest_ms]
        told = "".join(f"{'-' if ms is None else round(ms):>8}" for ms in figures)
        print(f"{name:28}{told}   {len(view.model.found)} on the page")

    measure("opening", view.shown, has_chart=True)
    for name, wanted in (
        ("a rare label", Filter(label="uneven")),
        ("a text that is nowhere", Filter(text="nowhere at all")),
        ("a text that is somewhere", Filter(text=f"frame {parts - 7}")),
        ("nobody has decided", Filter(disposition=OPEN)),
        ("overruled", Filter(disposition="OVERRULED")),
        ("undecided", Filter(decision="UNDECIDED")),
        ("not passed, of a recipe", Filter(decision="NOT_PASSED", recipe=lot.recipe)),
    ):
        measure(name, lambda wanted=wanted: view.set_filter(wanted))
    measure("a lot", lambda: view.set_filter(Filter(lot=lot.name)), has_chart=True)
    measure("a label in it", lambda: view.set_filter(Filter(lot=lot.name, label="crack")))
    measure("everything again", lambda: view.set_filter(Filter()), has_chart=True)
    whole_day = Filter(since=f"{day}T00:00", until=f"{day}T23:59")
    measure("a day", lambda: view.set_filter(whole_day), has_chart=True)
    assert view.model.found[0].judged_at == newest

    beats.begin()
    for _ in range(5):
        rows = view.model.rowCount()
        view.table.scrollToBottom()
        qtbot.waitUntil(lambda rows=rows: view.model.rowCount() > rows)
    print(f"{'five pages further':28}{'':24}{round(beats.longest_ms):>8}")

    beats.begin()
    view.exports.start(record, tmp_path / "parts.csv", Filter())
    qtbot.wait(EXPORT_MS)
    if view.exports.is_running:
        view.exports.button.click()
    print(f"{'while it exports':28}{'':24}{round(beats.longest_ms):>8}")
