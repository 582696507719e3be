"""The audit trail: found, looked at and exported, on real records."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.records.checkpoints import read_checkpoints
from inspector_gui.records.entries import REFUSED
from inspector_gui.records.errors import Refused
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.store import DATABASE, RecordStore
from inspector_gui.records.trail import TrailFilter
from inspector_gui.views.audit.table import Column
from inspector_gui.views.audit.view import AuditView
from tests.records.accounts import trail
from tests.records.entries import audit
from tests.views.lots.record import Shift, usual_shift
from tests.views.scenes import FakeController, appended

Open = Callable[[FakeController], AuditView]


@pytest.fixture
def shift(tmp_path: Path) -> Shift:
    return usual_shift(tmp_path / "records")


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    views: list[AuditView] = []

    def open_view(controller: FakeController) -> AuditView:
        view = AuditView(theme.LIGHT, controller)
        theme.apply(theme.LIGHT, view)
        qtbot.addWidget(view)
        view.resize(1200, 700)
        views.append(view)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        with qtbot.waitSignal(view.listed):
            view.shown()
        return view

    yield open_view
    for view in views:
        view.close_view()


def find(qtbot: QtBot, view: AuditView, wanted: TrailFilter) -> None:
    with qtbot.waitSignals([view.listed, view.counted]):
        view.set_filter(wanted)


def row(view: AuditView, number: int) -> list[str]:
    return [view.model.index(number, column).data() for column in Column]


def test_the_newest_first_in_words(shift: Shift, opened: Open, qtbot: QtBot) -> None:
    view = opened(shift.controller(Role.SUPERVISOR))
    assert row(view, 0)[1:4] == ["The line", "Line stopped", ""]
    at = next(n for n, line in enumerate(view.model.lines) if line.action == "close_lot")
    shown = row(view, at)
    assert shown[Column.WHO] == "operator · Operator"
    assert shown[Column.ACT : Column.CHANGE] == ["Close a lot", "Allowed", "M-1042"]
    assert shown[Column.CHANGE].endswith("The cable was pulled while the line stood.")
    qtbot.waitUntil(lambda: view.summary.text() == f"{len(view.model.lines)} entries")


def test_time_is_local_and_the_tip_tells_the_writers_offset(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    appended(tmp_path, [audit(happened_at="2025-03-14T08:15:02.000000+00:00")])
    monkeypatch.setenv("TZ", "Asia/Kolkata")  # 5:30 ahead; it was written 1:00 ahead
    time.tzset()
    try:
        view = opened(FakeController(folder=tmp_path))
        index = view.model.index(0, Column.TIME)
        assert index.data() == "3/14/2025 13:45:02"
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        assert tip == "3/14/2025 13:45:02\n3/14/2025 09:15:02 UTC+01:00"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (TrailFilter(account="operator"), lambda line: line.account == "operator"),
        (TrailFilter(action="open_lot"), lambda line: line.action == "open_lot"),
        (TrailFilter(text="m-1042"), lambda line: "M-1042" in f"{line.subject}{line.new}"),
        (TrailFilter(since="2026-01-01T00:00"), lambda line: line.happened_at > "2026"),
    ],
)
def test_filters_narrow_it_down(
    shift: Shift,
    opened: Open,
    qtbot: QtBot,
    wanted: TrailFilter,
    fits: Callable[[object], bool],
) -> None:
    view = opened(shift.controller(Role.SUPERVISOR))
    qtbot.waitUntil(lambda: view.summary.text().endswith("entries"))
    every = list(view.model.lines)
    find(qtbot, view, wanted)
    assert view.filters.filter == wanted
    assert list(view.model.lines) == [line for line in every if fits(line)]
    assert 0 < len(view.model.lines) < len(every)
    assert view.summary.text() == f"{len(view.model.lines)} of {len(every)} entries"


def test_what_there_is_can_be_chosen(shift: Shift, opened: Open, qtbot: QtBot) -> None:
    view = opened(shift.controller(Role.SUPERVISOR))
    qtbot.waitUntil(lambda: view.filters.act.count() > 1)
    accounts = [view.filters.account.itemData(n) for n in range(view.filters.account.count())]
    assert accounts == ["", "administrator", "engineer", "operator", "supervisor"]
    acts = [view.filters.act.itemText(n) for n in range(view.filters.act.count())]
    assert {"Sign a lot", "Line started", "Overruled too often"} < set(acts)
    with qtbot.waitSignal(view.listed):
        view.filters.act.setCurrentIndex(acts.index("Sign a lot"))
    assert [line.subject for line in view.model.lines] == ["M-1041"]


def test_nothing_matches_and_reset(shift: Shift, opened: Open, qtbot: QtBot) -> None:
    view = opened(shift.controller(Role.SUPERVISOR))
    find(qtbot, view, TrailFilter(text="no such entry"))
    assert view.message.title.text() == "No entries match"
    assert view.preview.title.text() == "No entry is selected"
    assert not view.export.isEnabled()
    with qtbot.waitSignal(view.listed):
        view.message.button.click()
    assert view.model.lines


def test_a_change_is_told_in_two_columns(tmp_path: Path, opened: Open) -> None:
    old = {"thresholds": {"crack": {"score": 0.5, "min_area_px": 8}}, "revision": 1}
    new = {"thresholds": {"crack": {"score": 0.9, "min_area_px": 8}}, "revision": 2}
    appended(tmp_path, [audit("release_recipe", subject="tile", old=old, new=new, why="drift")])
    view = opened(FakeController(folder=tmp_path))
    said = view.preview.text.replace("\u200b", "").splitlines()
    assert said[said.index("Was") :] == [
        "Was",
        "Became",
        "revision",
        "1",
        "2",
        "thresholds.crack.score",
        "0.5",
        "0.9",
    ]
    place = {
        label.text(): view.preview._changes.getItemPosition(view.preview._changes.indexOf(label))[
            :2
        ]
        for label in view.preview.findChildren(QLabel)
        if label.text() in ("0.5", "0.9")
    }
    assert place["0.5"][0] == place["0.9"][0]
    assert place["0.5"][1] < place["0.9"][1]


def test_a_refusal_stands_out(shift: Shift, opened: Open, qtbot: QtBot) -> None:
    with pytest.raises(Refused):
        shift.office.check(Action.SIGN_LOT, shift.sessions[Role.OPERATOR], "M-1042")
    view = opened(shift.controller(Role.SUPERVISOR))
    find(qtbot, view, TrailFilter(outcome=REFUSED))
    assert [line.subject for line in view.model.lines] == ["M-1042"]
    assert view.preview.title.text() == "Sign a lot · Refused"
    cells = view.table.itemDelegate()
    assert cells.is_strong(view.model.lines[0])  # type: ignore[attr-defined]


def test_one_entry_and_none(tmp_path: Path, opened: Open, qtbot: QtBot) -> None:
    view = opened(FakeController(folder=tmp_path / "none"))
    assert view.message.title.text() == "No record yet"
    RecordStore.open(tmp_path / "empty").close()
    view = opened(FakeController(folder=tmp_path / "empty"))
    assert view.message.title.text() == "Nothing is on the trail yet"
    appended(tmp_path / "one", [audit()])
    view = opened(FakeController(folder=tmp_path / "one"))
    qtbot.waitUntil(lambda: view.summary.text() == "1 entry")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / DATABASE).write_bytes(b"no database" * 1000)
    view = opened(FakeController(folder=tmp_path / "damaged"))
    assert view.message.title.text() == "The record is damaged"


def test_many_entries_come_page_by_page(tmp_path: Path, opened: Open, qtbot: QtBot) -> None:
    appended(tmp_path, [audit(subject=f"n{n}") for n in range(1000)])
    view = opened(FakeController(folder=tmp_path))
    qtbot.waitUntil(lambda: view.summary.text() == "1,000 entries")
    assert len(view.model.lines) < 1000
    shown = 0
    while shown < 1000:
        shown = len(view.model.lines)
        qtbot.keyClick(view.table, Qt.Key.Key_End)
        if shown < 1000:
            qtbot.waitUntil(lambda shown=shown: len(view.model.lines) > shown)
    assert [line.subject for line in view.model.lines] == [f"n{n}" for n in range(999, -1, -1)]


def test_new_entries_are_announced_and_come_when_they_are_wanted(
    tmp_path: Path, opened: Open, qtbot: QtBot
) -> None:
    appended(tmp_path, [audit()])
    view = opened(FakeController(folder=tmp_path))
    appended(tmp_path, [audit(subject="new")])
    view._ask_head()
    qtbot.waitUntil(lambda: view.news.isVisible())
    assert view.news.text() == "1 new entries: show"
    with qtbot.waitSignal(view.listed):
        view.news.click()
    assert view.table.current_line.subject == "new"


@pytest.mark.parametrize("role", [Role.GUEST, Role.OPERATOR, Role.ADMINISTRATOR])
def test_who_may_not_export_is_told_why(
    shift: Shift, opened: Open, qtbot: QtBot, role: Role
) -> None:
    view = opened(shift.controller(role))
    qtbot.waitUntil(lambda: bool(view.why_no_export.text()))
    assert not view.export.isEnabled()
    assert "sign in as engineer or supervisor" in view.why_no_export.text()


def test_the_core_refuses_an_export_all_the_same(
    shift: Shift, opened: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    view = opened(shift.controller(Role.OPERATOR))
    path = tmp_path / "trail.csv"
    view._export_to(shift.folder, TrailFilter(), path)
    qtbot.waitUntil(lambda: "may not export" in view.exports.text.text())
    assert not path.exists()
    assert trail(shift.folder)[-1].outcome == REFUSED


def test_exactly_what_is_filtered_is_exported_and_that_is_on_the_trail(
    shift: Shift, opened: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    view = opened(shift.controller(Role.SUPERVISOR))
    find(qtbot, view, TrailFilter(action="open_lot"))
    qtbot.waitUntil(lambda: view.export.isEnabled())
    view.export.click()
    dialog = view.findChild(QFileDialog)
    path = tmp_path / "trail.csv"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    qtbot.waitUntil(lambda: not view.exports.is_running)
    assert view.exports.text.text() == f"3 entries written to {path}"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["subject"] for row in rows] == ["M-1041", "M-1042", "M-1043"]
    last = trail(shift.folder)[-1]
    assert (last.action, last.account, last.subject) == ("export", "supervisor", str(path))
    assert last.new == {"trail": {"action": "open_lot"}}
    (checkpoint,) = read_checkpoints(tmp_path / "trail.csv.checkpoints")
    assert checkpoint.entries > 0


def test_a_demonstration_exports_without_a_sign_in(
    tmp_path: Path, opened: Open, qtbot: QtBot
) -> None:
    appended(tmp_path / "records", [audit("stop_line", role="demonstration")])
    view = opened(FakeController(folder=tmp_path / "records"))
    qtbot.waitUntil(lambda: view.export.isEnabled())
    view._export_to(tmp_path / "records", TrailFilter(), tmp_path / "trail.jsonl")
    qtbot.waitUntil(lambda: (tmp_path / "trail.jsonl").exists())
