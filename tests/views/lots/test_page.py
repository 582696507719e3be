"""The page of the lots: looked through and signed, on a real record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.records.permissions import Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.signatures import MEANINGS
from inspector_gui.records.store import DATABASE
from inspector_gui.records.verify import verify
from inspector_gui.views.lots.table import Column
from inspector_gui.views.lots.view import LotsView
from tests.records.accounts import PASSWORD, trail
from tests.views.lots.record import Shift, usual_shift
from tests.views.scenes import FakeController

Open = Callable[[FakeController], LotsView]


@pytest.fixture
def shift(tmp_path: Path) -> Shift:
    return usual_shift(tmp_path / "records")


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    views: list[LotsView] = []

    def open_view(controller: FakeController) -> LotsView:
        view = LotsView(theme.LIGHT, controller)
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


def choose(qtbot: QtBot, view: LotsView, name: str) -> None:
    with qtbot.waitSignal(view.told):
        view.choose(name)


def sign(qtbot: QtBot, view: LotsView, password: str = PASSWORD) -> None:
    qtbot.keyClicks(view.form.password, password)
    qtbot.keyClick(view.form.password, Qt.Key.Key_Return)


def test_all_lots_newest_first_with_what_came_of_them(
    shift: Shift, opened: Open, qtbot: QtBot
) -> None:
    view = opened(shift.controller(Role.SUPERVISOR))
    rows = [[view.model.index(row, column).data() for column in Column] for row in range(3)]
    assert [row[Column.LOT] for row in rows] == ["M-1043", "M-1042", "M-1041"]
    assert [row[Column.STATE] for row in rows] == ["Open", "To sign", "Signed"]
    assert rows[1][Column.PARTS :] == ["30", "90.0 %"]
    assert view.summary.text() == "3 lots, 1 to sign"


def test_what_has_to_be_known_before_signing(shift: Shift, opened: Open, qtbot: QtBot) -> None:
    view = opened(shift.controller(Role.SUPERVISOR))
    choose(qtbot, view, "M-1042")
    assert [warning.text for warning in view.facts.warnings] == [
        "9 parts of lot M-1042 were overruled; the recipe allows 8.",
        "3 parts that did not pass are still to be reviewed.",
        "32 frames were taken and 30 are in the record.",
    ]
    assert "The cable was pulled" in view.facts.text
    assert "not asked for by the recipe" in view.facts.text
    choose(qtbot, view, "M-1041")
    assert view.facts.warnings == []
    assert "every part that did not pass is reviewed" in view.facts.text


def test_signing_shows_the_signature_and_the_record_holds(
    shift: Shift, opened: Open, qtbot: QtBot
) -> None:
    view = opened(shift.controller(Role.SUPERVISOR))
    choose(qtbot, view, "M-1042")
    assert not view.form.button.isEnabled()
    offered = [view.form.meaning.itemData(row) for row in range(view.form.meaning.count())]
    assert offered == list(MEANINGS)
    view.form.meaning.setCurrentIndex(offered.index("approved"))
    sign(qtbot, view)
    assert view.form.password.text() == ""
    qtbot.waitUntil(lambda: "Supervisor Tester (Supervisor): approved" in view.facts.text)
    with RecordReader(shift.folder) as reader:
        signature = next(reader.audit(action="sign_lot")).entry.new
    last = trail(shift.folder)[-1]
    assert (last.action, last.outcome, last.subject) == ("sign_lot", "ALLOWED", "M-1042")
    digits = signature["public_key"]
    assert f"key {digits[:4]} {digits[4:8]} {digits[8:12]} {digits[12:16]}" in view.facts.text
    assert view.summary.text() == "3 lots, 0 to sign"
    assert view.form.why_not.text() == "You have signed this lot."
    assert verify(shift.folder).problem == ""


def test_a_wrong_password_signs_nothing_and_can_be_typed_again(
    shift: Shift, opened: Open, qtbot: QtBot
) -> None:
    view = opened(shift.controller(Role.SUPERVISOR))
    choose(qtbot, view, "M-1042")
    sign(qtbot, view, "not the one")
    qtbot.waitUntil(lambda: "is wrong: try again" in view.form.problem.text)
    assert view.form.password.text() == ""
    assert view.form.password.hasFocus()
    assert trail(shift.folder)[-1].outcome == "REFUSED"
    sign(qtbot, view)
    qtbot.waitUntil(lambda: "Supervisor Tester" in view.facts.text)
    assert not view.form.problem.isVisible()


def test_a_second_meaning_has_to_be_wanted(shift: Shift, opened: Open, qtbot: QtBot) -> None:
    view = opened(shift.controller(Role.SUPERVISOR))
    choose(qtbot, view, "M-1041")
    assert not view.form.password.isVisible()
    view.form.again.click()
    offered = [view.form.meaning.itemData(row) for row in range(view.form.meaning.count())]
    assert "reviewed and released" not in offered
    sign(qtbot, view)
    qtbot.waitUntil(lambda: view.facts.text.count("Supervisor Tester") == 2)


@pytest.mark.parametrize("role", [Role.GUEST, Role.OPERATOR, Role.ENGINEER])
def test_who_may_not_sign_is_told_why(shift: Shift, opened: Open, qtbot: QtBot, role: Role) -> None:
    view = opened(shift.controller(role))
    choose(qtbot, view, "M-1042")
    assert "sign in as supervisor" in view.form.why_not.text()
    assert not view.form.password.isVisible()


def test_an_open_lot_is_closed_first(shift: Shift, opened: Open, qtbot: QtBot) -> None:
    view = opened(shift.controller(Role.SUPERVISOR))
    choose(qtbot, view, "M-1043")
    assert view.form.why_not.text().startswith("This lot is open.")
    assert not view.form.password.isVisible()


def test_a_password_is_not_kept_for_another_lot_or_person(
    shift: Shift, opened: Open, qtbot: QtBot
) -> None:
    shift.close("M-1043")
    controller = shift.controller(Role.SUPERVISOR)
    view = opened(controller)
    choose(qtbot, view, "M-1042")
    view.form.password.setText(PASSWORD)
    choose(qtbot, view, "M-1043")
    assert view.form.password.text() == ""
    view.form.password.setText(PASSWORD)
    controller.session = None
    view._look()
    qtbot.waitUntil(lambda: not view.form.password.isVisible())
    assert view.form.password.text() == ""


def test_what_others_do_is_seen(shift: Shift, opened: Open, qtbot: QtBot) -> None:
    view = opened(shift.controller(Role.SUPERVISOR))
    choose(qtbot, view, "M-1042")
    shift.sign("M-1042", "approved")
    view._look()
    qtbot.waitUntil(lambda: "approved" in view.facts.text)
    assert view.lot is not None
    assert view.lot.name == "M-1042"


def test_no_record_no_lots_and_damage(tmp_path: Path, opened: Open) -> None:
    view = opened(FakeController(folder=tmp_path / "none"))
    assert view.message.title.text() == "A demonstration has no lots to sign"
    shift = Shift(tmp_path / "records")
    assert opened(shift.controller()).message.title.text() == "No lot was opened yet"
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / DATABASE).write_bytes(b"no database" * 1000)
    view = opened(FakeController(folder=tmp_path / "damaged"))
    assert view.message.title.text() == "The record is damaged"
    assert view.message.button.text() == "Try again"
