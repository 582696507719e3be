"""Review, by keyboard alone, on a real record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pysqlite3 as sqlite3
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.inspection.reasons import Reason
from inspector_gui.records.accounts import Session
from inspector_gui.records.entries import CONFIRMED, OVERRULED, DispositionEntry, Receipt
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import DATABASE
from inspector_gui.records.verify import verify
from inspector_gui.views.review.view import ReviewView
from tests.views.archive import ArchivePart, write_archive
from tests.views.review.scenes import review
from tests.views.scenes import FakeController

Key = Qt.Key
PARTS = (
    ArchivePart(1),
    ArchivePart(2, "crack"),
    ArchivePart(3),
    ArchivePart(4, "fray"),
    ArchivePart(5, reason=Reason.FRAME_LOST, has_image=False),
)
CRACK, FRAY, LOST = 1, 3, 4  # in PARTS


class Reviewer:
    """A person at the keyboard."""

    def __init__(self, view: ReviewView, folder: Path, seqs: list[int], qtbot: QtBot) -> None:
        self.view, self.folder, self.seqs = view, folder, seqs
        self.qtbot = qtbot

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget() or self.view, key)

    def sees(self, number: int) -> None:
        """Wait until a part of PARTS can be decided."""
        seq = self.seqs[number]
        self.qtbot.waitUntil(
            lambda: (
                self.view.part is not None and self.view.part.seq == seq and self.view.can_decide
            )
        )

    def written(self, number: int) -> list[DispositionEntry]:
        with RecordReader(self.folder) as reader:
            return [d.entry for d in reader.dispositions(self.seqs[number])]

    def waits_for(self, number: int, count: int) -> list[DispositionEntry]:
        self.qtbot.waitUntil(lambda: len(self.written(number)) == count)
        return self.written(number)

    @property
    def title(self) -> str:
        return self.view.page.picture.guide.title


Open = Callable[..., Reviewer]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    views: list[ReviewView] = []

    def open_view(
        parts: tuple[ArchivePart, ...] = PARTS, controller: FakeController | None = None
    ) -> Reviewer:
        seqs = write_archive(tmp_path, parts)
        controller = controller or FakeController()
        controller.folder = tmp_path
        view = ReviewView(theme.LIGHT, controller)
        views.append(view)
        qtbot.addWidget(view)
        theme.apply(theme.LIGHT, view)
        view.resize(1192, 702)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        view.shown()
        return Reviewer(view, tmp_path, seqs, qtbot)

    yield open_view
    for view in views:
        view.close_view()


def inspections(folder: Path) -> list[Any]:
    connection = sqlite3.connect(folder / DATABASE)
    try:
        return connection.execute("SELECT * FROM inspections ORDER BY seq").fetchall()
    finally:
        connection.close()


# --- deciding ---


def test_a_lot_is_reviewed_by_single_keys(opened: Open) -> None:
    reviewer = opened()
    before = inspections(reviewer.folder)
    reviewer.sees(CRACK)
    assert reviewer.view.page.left.text() == "3 left"
    reviewer.press(Key.Key_1, Key.Key_C)
    reviewer.sees(FRAY)
    assert reviewer.view.page.left.text() == "2 left"
    reviewer.press(Key.Key_O, Key.Key_4)
    reviewer.sees(LOST)
    reviewer.press(Key.Key_O, Key.Key_6)
    (crack,), (fray,), (lost,) = (reviewer.waits_for(n, 1) for n in (CRACK, FRAY, LOST))
    assert (crack.disposition, crack.reason) == (CONFIRMED, "defect")
    assert (fray.disposition, fray.reason) == (OVERRULED, "reflection")
    assert (lost.disposition, lost.reason) == (OVERRULED, "inspected_by_hand")
    assert crack.reviewer
    assert crack.decided_at.endswith("+00:00")
    assert reviewer.title == "All 3 reviewed"
    assert inspections(reviewer.folder) == before
    assert verify(reviewer.folder).holds


def test_confirm_needs_no_reason_and_overrule_does(opened: Open) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    reviewer.press(Key.Key_O)
    assert reviewer.view.page.keys.question.text() == "Why is it good?"
    reviewer.press(Key.Key_O, Key.Key_C, Key.Key_1)  # a defect is no reason to overrule
    reviewer.qtbot.wait(50)
    assert reviewer.view.part is not None
    assert reviewer.view.part.seq == reviewer.seqs[CRACK]
    reviewer.press(Key.Key_Escape)
    assert reviewer.view.page.keys.question.text() == "Why?"
    assert reviewer.written(CRACK) == []
    reviewer.press(Key.Key_C)
    assert reviewer.waits_for(CRACK, 1)[0].reason == ""


def test_other_needs_a_note_and_letters_in_it_decide_nothing(opened: Open, qtbot: QtBot) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    reviewer.press(Key.Key_O, Key.Key_7)
    note = reviewer.view.page.keys.note
    assert note.hasFocus()
    qtbot.keyClicks(note, "cos 7")
    reviewer.press(Key.Key_Return)
    assert not note.hasFocus()
    assert reviewer.written(CRACK) == []
    reviewer.press(Key.Key_O)
    (given,) = reviewer.waits_for(CRACK, 1)
    assert (given.disposition, given.reason, given.note) == (OVERRULED, "other", "cos 7")
    reviewer.sees(FRAY)
    assert note.text() == ""


def test_two_decisions_on_one_part_stand_beside_each_other(opened: Open) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    reviewer.press(Key.Key_C)
    reviewer.waits_for(CRACK, 1)
    reviewer.sees(FRAY)
    reviewer.press(Key.Key_Backspace)
    reviewer.sees(CRACK)
    reviewer.qtbot.waitUntil(lambda: "Confirmed" in reviewer.view.page.words.decisions.text())
    reviewer.press(Key.Key_O, Key.Key_3)
    first, second = reviewer.waits_for(CRACK, 2)
    assert (first.disposition, second.disposition) == (CONFIRMED, OVERRULED)
    assert second.reason == "dirt"
    assert reviewer.view.page.left.text() == "2 left"
    assert verify(reviewer.folder).holds


def test_a_held_key_and_a_double_press_decide_one_part(opened: Open) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    for is_repeat in (True, True, False, True, True, False):
        kind, no = QEvent.Type.KeyPress, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(reviewer.view, QKeyEvent(kind, Key.Key_C, no, "c", is_repeat))
    reviewer.sees(FRAY)
    assert len(reviewer.waits_for(CRACK, 1)) == 1
    assert reviewer.written(FRAY) == []


def test_nothing_is_decided_before_the_picture_is_on_the_screen(opened: Open) -> None:
    reviewer = opened()
    assert not reviewer.view.can_decide
    reviewer.press(Key.Key_C)
    reviewer.sees(CRACK)
    assert reviewer.written(CRACK) == []


def test_what_cannot_be_written_comes_back(opened: Open) -> None:
    class Refusing(FakeController):
        refuses = True

        def dispose(
            self, folder: Path, entry: DispositionEntry, session: Session | None
        ) -> Receipt:
            if self.refuses:
                raise RecordsError("The disk is full.")
            return super().dispose(folder, entry, session)

    controller = Refusing()
    reviewer = opened(controller=controller)
    reviewer.sees(CRACK)
    reviewer.press(Key.Key_3, Key.Key_C)
    reviewer.qtbot.waitUntil(reviewer.view.page.notice.isVisible)
    reviewer.sees(CRACK)
    assert "The disk is full." in reviewer.view.page.notice.text
    assert reviewer.view.page.left.text() == "3 left"
    controller.refuses = False
    reviewer.press(Key.Key_C)
    assert reviewer.waits_for(CRACK, 1)[0].reason == "dirt"  # still chosen
    assert not reviewer.view.page.notice.isVisible()


def test_what_waits_to_be_written_is_written_before_the_end(opened: Open) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    reviewer.press(Key.Key_C)
    reviewer.view.close_view()
    assert len(reviewer.written(CRACK)) == 1


# --- moving and looking ---


def test_arrows_home_end_and_skip_move(opened: Open) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    reviewer.press(Key.Key_Right)
    reviewer.sees(FRAY)
    reviewer.press(Key.Key_End)
    reviewer.sees(LOST)
    assert reviewer.title == "Picture lost"
    reviewer.press(Key.Key_S)
    reviewer.sees(CRACK)
    reviewer.press(Key.Key_End, Key.Key_Left)
    reviewer.sees(FRAY)
    reviewer.press(Key.Key_Home)
    reviewer.sees(CRACK)
    assert reviewer.view.page.left.text() == "3 left"


def test_space_looks_under_the_overlay_while_it_is_held(opened: Open, qtbot: QtBot) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    view = reviewer.view.page.picture.view
    reviewer.view.page.keys.confirm.setFocus()  # where the space bar would press a button
    qtbot.keyPress(reviewer.view.page.keys.confirm, Key.Key_Space)
    assert not view.is_overlay_visible
    qtbot.keyRelease(reviewer.view.page.keys.confirm, Key.Key_Space)
    assert view.is_overlay_visible
    qtbot.keyPress(reviewer.view, Key.Key_Space)
    assert not view.is_overlay_visible
    QApplication.sendEvent(reviewer.view.page.keys.confirm, QEvent(QEvent.Type.WindowDeactivate))
    reviewer.view.hide()
    assert view.is_overlay_visible
    assert reviewer.written(CRACK) == []


def test_z_goes_from_finding_to_finding_and_the_good_part_goes_along(opened: Open) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    page = reviewer.view.page
    assert reviewer.view.part is not None
    findings = reviewer.view.part.part.verdict.findings
    assert len(page.words.rows) == len(findings) > 0
    for number, finding in enumerate(findings):
        reviewer.press(Key.Key_Z)
        box, region = finding.box, page.picture.view.region
        assert not page.picture.view.is_fitted
        assert region.contains(box.x + box.width / 2, box.y + box.height / 2)
        assert page.good.view.shown_box.viewRect().contains(region.center())
        assert [row.is_current for row in page.words.rows].index(True) == number
    reviewer.press(Key.Key_Z)
    assert page.picture.view.is_fitted
    assert page.good.view.is_fitted
    assert not any(row.is_current for row in page.words.rows)


def test_a_good_part_of_the_lot_is_beside_it(opened: Open) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    assert reviewer.view.part is not None
    neighbour = reviewer.view.part.neighbour
    assert neighbour is not None
    assert neighbour.seq in (reviewer.seqs[0], reviewer.seqs[2])
    assert reviewer.view.page.good.has_picture
    assert reviewer.view.page.good.caption.text().startswith("Part ")


def test_it_says_why_there_is_no_good_part(opened: Open) -> None:
    reviewer = opened((ArchivePart(1, has_image=False), ArchivePart(2, "crack")))
    reviewer.qtbot.waitUntil(lambda: reviewer.view.can_decide)
    assert not reviewer.view.page.good.has_picture
    assert reviewer.view.page.good.guide.title == "None to compare with"


def test_the_next_part_is_there_before_it_is_asked_for(opened: Open) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    reviewer.qtbot.waitUntil(lambda: reviewer.view.shelf.part(reviewer.seqs[FRAY]) is not None)
    reviewer.press(Key.Key_Right)
    assert reviewer.view.part is not None  # at once
    assert reviewer.view.part.seq == reviewer.seqs[FRAY]


def test_a_note_begun_is_there_when_one_comes_back(opened: Open, qtbot: QtBot) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    reviewer.press(Key.Key_N)
    note = reviewer.view.page.keys.note
    qtbot.keyClicks(note, "edge")
    reviewer.press(Key.Key_Return, Key.Key_Right)
    reviewer.sees(FRAY)
    assert note.text() == ""
    reviewer.press(Key.Key_Left)
    reviewer.sees(CRACK)
    assert note.text() == "edge"


# --- what there is ---


def test_new_rejects_join_and_the_part_in_front_stays(opened: Open) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    more = write_archive(reviewer.folder, PARTS)  # a lot begins with part 1, of the same name
    reviewer.view._look_for_news()
    reviewer.qtbot.waitUntil(lambda: reviewer.view.page.left.text() == "6 left")
    assert reviewer.view.queue.seqs[-1] == more[LOST]
    reviewer.sees(CRACK)


def test_a_reject_that_comes_after_the_last_is_shown(opened: Open) -> None:
    reviewer = opened((ArchivePart(1), ArchivePart(2, "crack")))
    reviewer.sees(CRACK)
    reviewer.press(Key.Key_C)
    reviewer.waits_for(CRACK, 1)
    assert reviewer.title == "All 1 reviewed"
    reviewer.seqs = write_archive(reviewer.folder, PARTS)
    reviewer.view._look_for_news()
    reviewer.sees(CRACK)


def test_the_place_is_kept_when_the_view_is_opened_again(opened: Open) -> None:
    reviewer = opened()
    reviewer.sees(CRACK)
    reviewer.press(Key.Key_Right)
    reviewer.sees(FRAY)
    reviewer.view.hidden()
    reviewer.view.shown()
    reviewer.qtbot.wait(100)
    reviewer.sees(FRAY)


def test_decided_ones_come_again_on_request(opened: Open) -> None:
    parts = (ArchivePart(1), ArchivePart(2, "crack", disposition=CONFIRMED))
    reviewer = opened(parts)
    reviewer.qtbot.waitUntil(lambda: reviewer.title == "All 1 reviewed")
    reviewer.view.page.again.setFocus()
    reviewer.press(Key.Key_Return)
    reviewer.sees(CRACK)
    assert "jan" in reviewer.view.page.words.decisions.text()


@pytest.mark.parametrize(
    ("record", "title"),
    [
        ("none", "No record yet"),
        ("passed", "Nothing to review"),
        ("decided", "All 5 reviewed"),
        ("damaged", "The record cannot be read"),
    ],
)
def test_empty_screens_say_what_is_the_case(
    qtbot: QtBot, tmp_path: Path, record: str, title: str
) -> None:
    view = review(theme.LIGHT, tmp_path, record)
    qtbot.addWidget(view)
    view.show()
    view.shown()
    qtbot.waitUntil(lambda: view.page.picture.guide.title == title)
    qtbot.keyClick(view, Key.Key_C)
    qtbot.keyClick(view, Key.Key_O)
    view.close_view()


def test_it_tells_its_keys(qtbot: QtBot, tmp_path: Path) -> None:
    view = review(theme.LIGHT, tmp_path)
    qtbot.addWidget(view)
    assert {"C", "O", "S", "Z", "N"} <= {each.keys for each in ReviewView.keys(view)}
    view.close_view()
