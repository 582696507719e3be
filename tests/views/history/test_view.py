"""History: found, looked at and exported by keyboard and by click, with real records."""

from __future__ import annotations

import csv
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.records.entries import ALLOWED, CONFIRMED, REFUSED
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.search import NOT_PASSED, OPEN, Filter
from inspector_gui.records.store import DATABASE, RecordStore
from inspector_gui.views import moments
from inspector_gui.views.filter_fields import OWN, WEEK, TimeRange
from inspector_gui.views.history.export import PartsExportStrip
from inspector_gui.views.history.table import Column
from inspector_gui.views.history.view import HistoryView
from tests.records.accounts import hash_quickly, managed, trail
from tests.records.entries import disposition, inspection
from tests.views.archive import write_archive
from tests.views.scenes import FakeController

Open = Callable[[Path], HistoryView]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of 40 parts with pictures; only to be read."""
    folder = tmp_path_factory.mktemp("history") / "records"
    folder.mkdir()
    write_archive(folder)
    return folder


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    views: list[HistoryView] = []

    def open_view(folder: Path) -> HistoryView:
        view = HistoryView(theme.LIGHT, FakeController(folder=folder))
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


def find(qtbot: QtBot, view: HistoryView, wanted: Filter) -> None:
    with qtbot.waitSignal(view.listed):
        view.set_filter(wanted)


def shown_parts(view: HistoryView) -> list[tuple[str, int]]:
    return [(found.decision, found.part) for found in view.model.found]


def says(view: HistoryView, text: str) -> Callable[[], None]:
    def check() -> None:
        assert text in view.summary.text()

    return check


def write_parts(folder: Path, count: int, **changes: object) -> None:
    store = RecordStore.open(folder)
    store.append([inspection(part, **changes) for part in range(1, count + 1)])
    store.close()


def test_it_opens_with_the_newest_parts_and_shows_the_first(
    archive: Path, opened: Open, qtbot: QtBot
) -> None:
    view = opened(archive)
    assert len(view.model.found) == 40
    assert view.table.current == view.model.found[0]
    qtbot.waitUntil(lambda: view.preview.picture.has_picture)
    assert "REJECT" in view.preview.facts.text
    qtbot.waitUntil(says(view, "40 parts, 25.0 % rejected"))
    row = [view.model.index(0, column).data() for column in Column]
    assert row[0] == "REJECT"
    assert row[2:] == ["tile-20250314-083042", "20", "0.78", "Uneven", "tile · 3", ""]


def test_times_are_those_of_the_clock_on_the_wall(
    archive: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Kolkata")  # 5:30 ahead
    time.tzset()
    try:
        view = opened(archive)
        assert view.model.index(39, Column.TIME).data() == "3/14/2025 13:45:02"
        view.filters.set_range(TimeRange(OWN, "2025-03-14T08:20", "2025-03-14T08:30"))
        assert view.filters.since.text() == "3/14/2025 13:50"
        view.filters.since.stepBy(1)
        assert view.filters.filter.since != "2025-03-14T08:20"
        assert view.filters.filter.until == "2025-03-14T08:30"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("field", "word", "found"),
    [
        ("decision", "Not passed", 12),
        ("decision", "UNDECIDED", 2),
        ("disposition", "Overruled", 2),
        ("disposition", "Open", 7),
        ("label", "crack", 2),
        ("reviewer", "jan", 5),
        ("recipe", "tile", 40),
        ("time", "Last hour", 0),
    ],
)
def test_every_choice_narrows_the_list_down(
    archive: Path, opened: Open, qtbot: QtBot, field: str, word: str, found: int
) -> None:
    view = opened(archive)
    box = getattr(view.filters, field)
    assert isinstance(box, QComboBox)
    qtbot.waitUntil(lambda: box.findText(word) >= 0)
    if box.currentText() != word:
        with qtbot.waitSignal(view.listed):
            box.setFocus()
            qtbot.keyClicks(box, word)
    assert len(view.model.found) == found
    if 0 < found < 40:
        qtbot.waitUntil(says(view, f"{found} of 40 parts"))


def test_text_is_searched_when_nobody_types_any_longer(
    archive: Path, opened: Open, qtbot: QtBot
) -> None:
    view = opened(archive)
    qtbot.keyClick(view.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.filters.text.hasFocus()
    with qtbot.waitSignal(view.listed, timeout=2000):
        qtbot.keyClicks(view.filters.text, "shines on")
    assert [found.disposition for found in view.model.found] == ["OVERRULED"] * 2
    qtbot.keyClicks(view.filters.text, "/")
    assert view.filters.text.text() == "shines on/"


def test_a_lot_is_chosen_or_typed(archive: Path, opened: Open, qtbot: QtBot) -> None:
    view = opened(archive)
    qtbot.waitUntil(lambda: view.filters.lot.count() == 2)
    assert view.filters.lot.itemText(0) == "tile-20250314-083042"
    with qtbot.waitSignal(view.listed):
        view.filters.lot.setCurrentIndex(1)
    assert {found.lot for found in view.model.found} == {"tile-20250314-081502"}
    with qtbot.waitSignal(view.listed):
        view.filters.lot.lineEdit().setText("tile-2")
        assert not view.filters._typing.isActive()
        qtbot.keyClick(view.filters.lot.lineEdit(), Qt.Key.Key_Return)
    assert view.lists.currentWidget() is view.message


def test_nothing_found_says_what_to_do_and_reset_does_it(
    archive: Path, opened: Open, qtbot: QtBot
) -> None:
    view = opened(archive)
    find(qtbot, view, Filter(text="nowhere", decision="PASS", lot="no"))
    assert view.lists.currentWidget() is view.message
    assert "reset the filter" in view.message.hint.text()
    assert not view.export.isEnabled()
    with qtbot.waitSignal(view.listed):
        qtbot.mouseClick(view.message.button, Qt.MouseButton.LeftButton)
    assert view.filters.filter == Filter()
    assert len(view.model.found) == 40


def test_only_the_last_filter_counts(archive: Path, opened: Open, qtbot: QtBot) -> None:
    view = opened(archive)
    for wanted in (Filter(decision="PASS"), Filter(label="crack"), Filter(disposition=OPEN)):
        view.set_filter(wanted)
    qtbot.waitSignal(view.listed).wait()
    qtbot.waitUntil(says(view, "7 of 40 parts"))
    assert len(view.model.found) == 7


def test_pages_come_as_one_scrolls(tmp_path: Path, opened: Open, qtbot: QtBot) -> None:
    write_parts(tmp_path, 450)
    view = opened(tmp_path)
    assert view.model.rowCount() == 200
    qtbot.keyClick(view.table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: view.model.rowCount() >= 400)
    qtbot.keyClick(view.table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: view.model.rowCount() == 450)
    assert not view.model.canFetchMore(view.table.rootIndex())
    assert [found.part for found in view.model.found] == list(range(450, 0, -1))


def test_a_page_of_the_last_filter_is_never_added(
    tmp_path: Path, opened: Open, qtbot: QtBot
) -> None:
    write_parts(tmp_path, 450)
    write_parts(tmp_path, 300, decision="REJECT")
    view = opened(tmp_path)
    view.set_filter(Filter(decision="PASS"))
    view.table.scrollToBottom()  # while the old list is still here
    qtbot.waitSignal(view.listed).wait()
    qtbot.wait(200)
    parts = [found.part for found in view.model.found]
    assert parts == list(range(450, 450 - len(parts), -1))


def test_new_parts_are_announced_and_do_not_move_the_list(
    tmp_path: Path, opened: Open, qtbot: QtBot
) -> None:
    write_parts(tmp_path, 5)
    view = opened(tmp_path)
    find(qtbot, view, Filter(decision=NOT_PASSED))
    assert view.lists.currentWidget() is view.message
    store = RecordStore.open(tmp_path)
    store.append([inspection(part, "REJECT" if part > 6 else "PASS") for part in range(6, 10)])
    store.close()
    qtbot.waitUntil(view.news.isVisible, timeout=4000)
    assert view.news.text() == "3 new parts: show"
    assert view.model.rowCount() == 0
    with qtbot.waitSignal(view.listed):
        view.news.click()
    assert shown_parts(view) == [("REJECT", 9), ("REJECT", 8), ("REJECT", 7)]
    assert not view.news.isVisible()


def test_nothing_is_looked_at_while_another_place_is_open(
    tmp_path: Path, opened: Open, qtbot: QtBot
) -> None:
    write_parts(tmp_path, 5)
    view = opened(tmp_path)
    view.hidden()
    write_parts(tmp_path, 3)
    qtbot.wait(2300)
    assert not view.news.isVisible()
    with qtbot.waitSignal(view.listed):
        view.shown()
    assert view.model.rowCount() == 8


def test_coming_back_keeps_the_part_that_was_looked_at(
    archive: Path, opened: Open, qtbot: QtBot
) -> None:
    view = opened(archive)
    view.table.select(7)
    looked_at = view.table.current
    view.hidden()
    with qtbot.waitSignal(view.listed):
        view.shown()
    assert view.table.current == looked_at


def test_a_part_large_and_its_neighbours_by_keyboard(
    archive: Path, opened: Open, qtbot: QtBot
) -> None:
    view = opened(archive)
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert view.stack.currentWidget() is view.page
    qtbot.waitUntil(lambda: "Part 19" in view.page.facts.text)
    qtbot.keyClick(view.page, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "Part 18" in view.page.facts.text)
    qtbot.keyClick(view.page, Qt.Key.Key_Up)
    qtbot.keyClick(view.page, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: "Part 20" in view.page.facts.text)
    assert view.page.picture.has_picture
    qtbot.keyClick(view.page.tools.opacity, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: "Part 19" in view.page.facts.text)
    qtbot.keyClick(view.page, Qt.Key.Key_PageUp)
    qtbot.keyClick(view.page, Qt.Key.Key_Escape)
    assert view.stack.currentIndex() == 0
    assert view.table.hasFocus()
    assert view.table.current is not None
    assert view.table.current.part == 20


def test_a_double_click_opens_the_part(archive: Path, opened: Open, qtbot: QtBot) -> None:
    view = opened(archive)
    place = view.table.visualRect(view.model.index(2, 3)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.stack.currentWidget() is view.page
    qtbot.waitUntil(lambda: "Part 18" in view.page.facts.text)
    qtbot.mouseClick(view.page.back, Qt.MouseButton.LeftButton)
    assert view.stack.currentIndex() == 0


def test_a_part_says_everything_that_was_recorded(
    archive: Path, opened: Open, qtbot: QtBot
) -> None:
    view = opened(archive)
    find(qtbot, view, Filter(disposition="OVERRULED", lot="tile-20250314-081502"))
    qtbot.waitUntil(lambda: "Part 12" in view.preview.facts.text)
    said = view.preview.facts.text
    for text in (
        "0.84 / 0.50",
        "Break: 0.84",
        "Overruled · Reflection",
        "“Lamp 2 shines on the edge.”",
        "jan, 3/14/2025",
        "tile · 3",
        "tile segmenter · aaaaaaaaaaaa\n",
        "simulated frame 11",
        "21.0 ms",
    ):
        assert text in said


@pytest.mark.parametrize(
    ("wanted", "title", "hint"),
    [
        (Filter(text="never arrived"), "Picture lost", "The frame never arrived"),
        (Filter(text="frame 13"), "Too fast", ""),
    ],
)
def test_why_there_is_no_picture(
    archive: Path, opened: Open, qtbot: QtBot, wanted: Filter, title: str, hint: str
) -> None:
    view = opened(archive)
    find(qtbot, view, wanted)
    if title == "Too fast":  # its picture was kept all the same
        qtbot.waitUntil(lambda: view.preview.picture.has_picture)
        return
    qtbot.waitUntil(lambda: view.preview.picture.title.text() == title)
    assert hint in view.preview.picture.hint.text()


def test_a_picture_that_is_gone_is_said_to_be(tmp_path: Path, opened: Open, qtbot: QtBot) -> None:
    write_archive(tmp_path)
    shutil.rmtree(tmp_path / "images")
    view = opened(tmp_path)
    qtbot.waitUntil(lambda: "cannot be shown" in view.preview.picture.title.text())
    assert "cannot be read" in view.preview.picture.hint.text()
    assert "REJECT" in view.preview.facts.text


def test_no_record_yet_and_then_there_is_one(tmp_path: Path, opened: Open, qtbot: QtBot) -> None:
    view = opened(tmp_path)
    assert view.message.title.text() == "No record yet"
    assert "Start the line" in view.message.hint.text()
    with qtbot.waitSignal(view.listed, timeout=4000):
        write_parts(tmp_path, 3)
    assert view.model.rowCount() == 3


def test_a_damaged_record_says_so_and_can_be_tried_again(
    tmp_path: Path, opened: Open, qtbot: QtBot
) -> None:
    write_parts(tmp_path, 3)
    whole = (tmp_path / DATABASE).read_bytes()
    (tmp_path / DATABASE).write_bytes(b"nonsense" * 2000)
    view = opened(tmp_path)
    assert view.message.title.text() == "The record is damaged"
    assert "restore it from its backup" in view.message.hint.text()
    (tmp_path / DATABASE).write_bytes(whole)
    with qtbot.waitSignal(view.listed):
        view.message.button.click()
    assert view.model.rowCount() == 3


def test_nothing_is_read_in_the_event_loop(
    archive: Path, opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspector_gui.records import search
    from inspector_gui.views.history import questions as history_questions

    threads: set[str] = set()
    page, recall = search.Search.page, history_questions.recall

    def noted_page(*given: object, **named: object) -> object:
        threads.add(threading.current_thread().name)
        return page(*given, **named)  # type: ignore[arg-type]

    def noted_recall(*given: object) -> object:
        threads.add(threading.current_thread().name)
        return recall(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(search.Search, "page", noted_page)
    monkeypatch.setattr(history_questions, "recall", noted_recall)
    view = opened(archive)
    qtbot.waitUntil(lambda: view.preview.picture.has_picture)
    assert {name.rstrip("_0") for name in threads} == {"history-list"}


def test_dragging_over_the_chart_chooses_the_time_and_escape_undoes_it(
    archive: Path, opened: Open, qtbot: QtBot
) -> None:
    view = opened(archive)
    qtbot.waitUntil(lambda: bool(view.chart._spans))
    middle = view.chart.height() // 2
    left, right = (QPoint(view.chart.width() * share // 10, middle) for share in (4, 6))
    with qtbot.waitSignal(view.listed):
        qtbot.mousePress(view.chart, Qt.MouseButton.LeftButton, pos=left)
        qtbot.mouseMove(view.chart, right)
        assert "parts" in view.chart.told
        qtbot.mouseRelease(view.chart, Qt.MouseButton.LeftButton, pos=right)
    chosen = view.filters.filter
    assert "2025-03-14T08:2" <= chosen.since < chosen.until < "2025-03-14T08:40"
    assert 0 < len(view.model.found) < 20
    assert view.whole_range.isVisible()
    with qtbot.waitSignal(view.listed):
        qtbot.keyClick(view.chart, Qt.Key.Key_Escape)
    assert len(view.model.found) == 40
    assert not view.whole_range.isVisible()


def test_undoing_the_chart_gives_back_what_was_chosen_as_time(
    archive: Path, opened: Open, qtbot: QtBot
) -> None:
    view = opened(archive)
    with qtbot.waitSignal(view.listed):
        view.filters.set_range(TimeRange(WEEK))
    begin, middle, end = (moments.local(f"2025-03-14T08:{minute}") for minute in (20, 25, 30))
    for chosen in ((begin, end), (begin, middle)):
        with qtbot.waitSignal(view.listed):
            view.chart.chosen.emit(chosen)
    with qtbot.waitSignal(view.listed):
        view.whole_range.click()
    assert view.filters.time_range.choice == WEEK
    with qtbot.waitSignal(view.listed):
        view.chart.chosen.emit((begin, end))
    with qtbot.waitSignal(view.listed):
        view.filters.reset.click()
    assert not view.whole_range.isVisible()


def test_the_chart_by_keyboard(archive: Path, opened: Open, qtbot: QtBot) -> None:
    view = opened(archive)
    qtbot.waitUntil(lambda: bool(view.chart._spans))
    view.chart.setFocus()
    qtbot.keyClick(view.chart, Qt.Key.Key_Home)
    assert "08:15 – 08:16: 2 parts, yield 100.0 %, 0 rejected" in view.chart.told
    shift = Qt.KeyboardModifier.ShiftModifier
    for _ in range(9):
        qtbot.keyClick(view.chart, Qt.Key.Key_Right, shift)
    told = view.chart.told
    assert "08:15 – 08:25: 13 parts" in told
    assert "3 rejected, 0 undecided" in told
    with qtbot.waitSignal(view.listed):
        qtbot.keyClick(view.chart, Qt.Key.Key_Return)
    assert len(view.model.found) == 13
    qtbot.waitUntil(lambda: view.chart._count <= 10)
    with qtbot.waitSignal(view.listed):
        view.whole_range.click()
    assert len(view.model.found) == 40


def test_export_of_what_is_filtered(
    archive: Path, opened: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    view = opened(archive)
    find(qtbot, view, Filter(decision=NOT_PASSED))
    qtbot.keyClick(view.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = view.findChild(QFileDialog)
    assert dialog is not None
    path = tmp_path / "rejects.csv"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    qtbot.waitUntil(lambda: not view.exports.is_running)
    assert view.exports.text.text().startswith("12 parts written to")
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["seq"]) for row in reversed(rows)] == [f.seq for f in view.model.found]
    qtbot.mouseClick(view.exports.button, Qt.MouseButton.LeftButton)
    assert not view.exports.isVisible()


def test_an_export_is_cancelled_by_a_click(
    archive: Path, opened: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspector_gui.records import export

    monkeypatch.setattr(export, "PAGE", 1)
    go_on = threading.Event()
    read = export._rows

    def slowly(*given: object) -> object:
        go_on.wait(10)
        return read(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(export, "_rows", slowly)
    view = opened(archive)
    view.exports.start(archive, tmp_path / "all.jsonl", Filter())
    assert view.exports.isVisible()
    assert not view.export.isEnabled()
    qtbot.waitUntil(lambda: "of 40 parts" in view.exports.text.text())
    qtbot.mouseClick(view.exports.button, Qt.MouseButton.LeftButton)
    go_on.set()
    assert "cancelled" in view.exports.text.text()
    assert view.export.isEnabled()
    qtbot.waitUntil(lambda: not list(tmp_path.glob("all*")))


def test_an_export_that_fails_says_why(
    archive: Path, opened: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    view = opened(archive)
    view.exports.start(archive, tmp_path / "none" / "all.csv", Filter())
    qtbot.waitUntil(lambda: not view.exports.is_running)
    assert "cannot be written" in view.exports.text.text()


def test_a_decision_made_meanwhile_is_there_after_coming_back(
    tmp_path: Path, opened: Open, qtbot: QtBot
) -> None:
    write_parts(tmp_path, 1, decision="REJECT")
    view = opened(tmp_path)
    assert view.model.index(0, Column.REVIEW).data() == ""
    store = RecordStore.open(tmp_path)
    store.append([disposition(1, CONFIRMED)])
    store.close()
    with qtbot.waitSignal(view.listed):
        view.shown()
    assert view.model.index(0, Column.REVIEW).data() == "Confirmed · jan"


def test_tab_reaches_every_control_and_each_has_a_name(
    archive: Path, opened: Open, qtbot: QtBot
) -> None:
    view = opened(archive)
    qtbot.waitUntil(view.preview.open.isEnabled)
    view.filters.time.setFocus()
    reached: list[QWidget] = []
    while (widget := QApplication.focusWidget()) is not None and widget not in reached:
        reached.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    filters = view.filters
    for control in (
        *(filters.time, filters.recipe, filters.decision, filters.label, filters.disposition),
        *(filters.reviewer, filters.text, filters.reset, view.export, view.chart, view.table),
        view.preview.open,
    ):
        assert control in reached, control
        named = control.text() if isinstance(control, QAbstractButton) else control.accessibleName()
        assert named
        assert control.height() >= theme.LIGHT.target
    assert filters.lot in reached or filters.lot.lineEdit() in reached


def test_the_keys_are_told(archive: Path, opened: Open) -> None:
    told = opened(archive).keys()
    keys = {key for line in told for key in line.keys.split()}
    assert {"Ctrl+F", "/", "Enter", "Escape", "Ctrl+E"} <= keys


def test_only_who_may_exports_and_the_trail_says_what(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hash_quickly(monkeypatch)
    folder, out = tmp_path / "records", tmp_path / "lot.csv"
    folder.mkdir()
    write_parts(folder, 3)
    with managed(folder) as (_, sessions):
        pass
    controller = FakeController(folder=folder)
    strip = PartsExportStrip(theme.LIGHT, controller)
    qtbot.addWidget(strip)
    for role in (Role.GUEST, Role.OPERATOR):
        controller.session = sessions[role]
        strip.start(folder, out, Filter(decision="PASS"))
        qtbot.waitUntil(lambda: not strip.is_running)
        assert "sign in as engineer or supervisor" in strip.text.text()
        assert (trail(folder)[-1].action, trail(folder)[-1].outcome) == (Action.EXPORT, REFUSED)
    assert list(tmp_path.glob("lot*")) == []
    controller.session = sessions[Role.SUPERVISOR]
    strip.start(folder, out, Filter(decision="PASS"))
    qtbot.waitUntil(lambda: not strip.is_running)
    assert "parts written" in strip.text.text()
    entry = next(entry for entry in reversed(trail(folder)) if entry.action == Action.EXPORT)
    assert (entry.outcome, entry.account, entry.subject) == (ALLOWED, "supervisor", str(out))
    assert entry.new == {"filter": {"decision": "PASS"}}
    assert len(list(tmp_path.glob("lot.csv*"))) == 2  # the checkpoint lies beside it
    strip.close_strip()
