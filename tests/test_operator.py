"""An operator's ten minutes at the station, by keyboard alone, on the line that ships."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from engines.verdict import Decision
from inspector_gui import controller as controllers
from inspector_gui import theme
from inspector_gui.application import Desk
from inspector_gui.inspection.status import StationState
from inspector_gui.records.entries import ALLOWED, REFUSED
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import NOT_PASSED, OPEN, Filter, Found, Search
from inspector_gui.records.verify import verify
from inspector_gui.views.key_help import KeyHelpPanel
from inspector_gui.views.review.reading import ReviewPart
from tests.desks import open_desk
from tests.records.accounts import PASSWORD, hash_quickly, managed, trail

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE_MS = 30_000


class NoMouse(QObject):
    """Lets nobody cheat."""

    def eventFilter(self, watched: QObject, event: object) -> bool:  # noqa: N802
        assert not isinstance(event, QMouseEvent), "the operator has no mouse"
        return False


class Operator:
    """Presses keys on whatever has the focus, and looks at the screen."""

    def __init__(self, desk: Desk, records: Path, qtbot: QtBot) -> None:
        self.desk = desk
        self.records = records
        self._qtbot = qtbot

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self._at(), key, modifier)

    def tab_to(self, wanted: Callable[[QWidget], bool]) -> None:
        for _ in range(100):
            if wanted(self._at()):
                return
            self.press(Key.Key_Tab)
        pytest.fail("Tab does not lead there")

    def write(self, text: str) -> None:
        QTest.keyClicks(self._at(), text)

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=PATIENCE_MS)

    def find(self, wanted: Filter) -> list[Found]:
        with RecordReader(self.records) as reader:
            return Search(reader).page(wanted, limit=1000)

    def _at(self) -> QWidget:
        if QApplication.focusWidget() is None:  # a new window; without a screen nobody wakes it
            self.desk.window.activateWindow()
            self.wait(lambda: QApplication.focusWidget() is not None)
        return QApplication.focusWidget()


def seq_of(part: ReviewPart | None) -> int | None:
    return None if part is None else part.seq


@pytest.fixture
def operator(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Operator]:
    monkeypatch.setattr(controllers, "DEMONSTRATION_RATE", 12.0)
    file, records = tmp_path / "settings.json", tmp_path / "records"
    file.write_text(json.dumps({"language": "en", "records": str(records)}), encoding="utf-8")
    with open_desk(qapp, file) as desk:
        with qtbot.waitActive(desk.window):
            desk.window.activateWindow()
        guard = NoMouse()
        qapp.installEventFilter(guard)
        yield Operator(desk, records, qtbot)
        qapp.removeEventFilter(guard)


def test_ten_minutes_by_keyboard_alone(operator: Operator, tmp_path: Path) -> None:
    window, controller = operator.desk.window, operator.desk.controller

    # Start the line, and see verdicts.
    operator.press(Key.Key_F6)
    operator.wait(lambda: controller.status().state is StationState.RUNNING)
    operator.wait(lambda: controller.status().counters.rejected >= 4)
    operator.wait(lambda: window.live.verdict.banner.decision is not None)

    # Which keys are there? The line goes on meanwhile.
    parts = controller.status().counters.parts
    operator.press(Key.Key_F1)
    operator.wait(lambda: window.findChild(KeyHelpPanel) is not None)
    operator.wait(lambda: controller.status().counters.parts > parts)
    operator.press(Key.Key_Escape)

    # Review while the line runs: confirm the first, overrule the second with a reason and a note.
    operator.press(Key.Key_2, CONTROL)
    review = window.review
    operator.wait(lambda: review.can_decide)
    first = review.part
    assert first is not None
    operator.press(Key.Key_C)
    operator.wait(lambda: bool(operator.find(Filter(disposition="CONFIRMED"))))
    operator.wait(lambda: review.can_decide and review.part is not first)
    operator.press(Key.Key_N)
    operator.write("dust, wiped off")
    operator.press(Key.Key_Return)
    operator.press(Key.Key_O)
    assert operator.find(Filter(disposition="OVERRULED")) == []  # not without a reason
    operator.press(Key.Key_6)  # fits a part without a picture, too, as of a machine too slow
    operator.wait(lambda: bool(operator.find(Filter(disposition="OVERRULED"))))

    # Skip one, and go back to it.
    operator.wait(lambda: review.can_decide)
    skipped = review.part
    operator.press(Key.Key_S)
    operator.wait(lambda: review.part is not skipped)
    operator.press(Key.Key_Left)
    operator.wait(lambda: seq_of(review.part) == seq_of(skipped))

    # Stop the line; nothing that was judged is missing.
    operator.press(Key.Key_1, CONTROL)
    operator.press(Key.Key_F6)
    operator.wait(lambda: controller.status().state is StationState.STOPPED)
    counted = controller.status().counters
    assert len(operator.find(Filter())) == counted.parts
    assert len(operator.find(Filter(decision=NOT_PASSED))) == counted.rejected + counted.undecided

    # Find the overruled part by its note, and look at it large.
    operator.press(Key.Key_3, CONTROL)
    history = window.history
    operator.press(Key.Key_F, CONTROL)
    operator.write("WIPED")
    operator.wait(lambda: history.model.rowCount() == 1)
    (overruled,) = operator.find(Filter(disposition="OVERRULED"))
    assert overruled.decision != Decision.PASS
    operator.tab_to(lambda at: at is history.table)
    operator.press(Key.Key_Return)
    operator.wait(lambda: history.page.isVisible())
    operator.press(Key.Key_Escape)
    operator.wait(lambda: history.table.isVisible())
    operator.press(Key.Key_R, CONTROL)
    operator.wait(lambda: history.model.rowCount() == min(counted.parts, 200))

    # Export what did not pass: only a file's name has to be typed.
    operator.press(Key.Key_E, CONTROL)
    operator.wait(lambda: window.findChild(QFileDialog) is not None)
    table = tmp_path / "parts.csv"
    names = window.findChild(QFileDialog).findChild(QLineEdit)
    operator.wait(names.hasFocus)
    operator.press(Key.Key_A, CONTROL)
    operator.write(str(table))
    operator.press(Key.Key_Return)
    operator.wait(table.is_file)
    assert len(table.read_text(encoding="utf-8").splitlines()) == counted.parts + 1

    # The dark theme, and back to the line.
    operator.press(Key.Key_Comma, CONTROL)
    operator.tab_to(lambda at: at.accessibleName().startswith("Theme"))
    for look in ("light", "dark"):
        operator.press(Key.Key_Right)
        operator.wait(lambda look=look: operator.desk.settings.theme == look)
    window = operator.desk.window
    operator.press(Key.Key_1, CONTROL)
    assert window.place == 0
    assert window.theme == theme.DARK

    # The record holds, with two decisions of people beside the machine's, which stand.
    assert len(operator.find(Filter(disposition=OPEN))) == (
        counted.rejected + counted.undecided - 2
    )
    assert verify(operator.records).holds


def test_a_change_of_shifts_by_keyboard_alone(
    operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hash_quickly(monkeypatch)
    window, controller = operator.desk.window, operator.desk.controller
    operator.wait(lambda: window.header.who.text() == "Demonstration")
    with managed(operator.records):
        pass
    operator.wait(lambda: window.header.who.text() == "Sign in")

    def sign_in(name: str) -> None:
        operator.write(name)
        operator.press(Key.Key_Return)
        operator.write(PASSWORD)
        operator.press(Key.Key_Return)
        operator.wait(lambda: controller.session is not None and controller.session.account == name)
        operator.wait(lambda: not window.accounts.isVisible())

    # Nobody is signed in: the simulated line may run, a decision is refused.
    operator.press(Key.Key_F6)
    operator.wait(lambda: controller.status().counters.rejected >= 2)
    operator.press(Key.Key_2, CONTROL)
    operator.wait(lambda: window.review.can_decide)
    operator.press(Key.Key_C)
    operator.wait(window.review.page.notice.isVisible)
    assert operator.find(Filter(disposition="CONFIRMED")) == []

    # The first shift decides, the line goes on.
    operator.press(Key.Key_L, CONTROL)
    sign_in("operator")
    operator.press(Key.Key_2, CONTROL)
    operator.wait(lambda: window.review.can_decide)
    operator.press(Key.Key_C)
    operator.wait(lambda: len(operator.find(Filter(reviewer="operator"))) == 1)

    # The second shift takes over, while the line goes on.
    parts = controller.status().counters.parts
    operator.press(Key.Key_L, CONTROL)
    operator.tab_to(lambda at: getattr(at, "text", str)().startswith("Sign in as somebody else"))
    operator.press(Key.Key_Space)
    sign_in("supervisor")
    operator.wait(lambda: controller.status().counters.parts > parts)
    operator.wait(lambda: window.header.who.text() == "Supervisor Tester · Supervisor")

    # It stops the line, which is on the trail under its name, as is everything else.
    operator.press(Key.Key_1, CONTROL)
    operator.press(Key.Key_F6)
    operator.wait(lambda: controller.status().state is StationState.STOPPED)
    operator.wait(lambda: trail(operator.records)[-1].action == Action.STOP_LINE)
    acts = [(e.action, e.outcome, e.role) for e in trail(operator.records)[-7:]]
    assert acts == [
        (Action.RUN_DEMONSTRATION, ALLOWED, Role.GUEST),
        (Action.REVIEW, REFUSED, Role.GUEST),
        (Action.SIGN_IN, ALLOWED, Role.OPERATOR),
        (Action.REVIEW, ALLOWED, Role.OPERATOR),
        (Action.SIGN_IN, ALLOWED, Role.SUPERVISOR),
        (Action.SIGN_OUT, ALLOWED, Role.OPERATOR),
        (Action.STOP_LINE, ALLOWED, Role.SUPERVISOR),
    ]
    assert verify(operator.records).holds
