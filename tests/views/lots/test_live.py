"""Lots on Live: opened, closed and changed over, by people on a real record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider
from pytestqt.qtbot import QtBot

from inspector_gui.records.lots import LotRecord, lots_of
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from inspector_gui.views.controller import RecipeChoice
from inspector_gui.views.window import MainWindow
from tests.records.accounts import trail
from tests.views.conftest import Open
from tests.views.lots.record import Shift
from tests.views.lots.scenes import run_on, stand_still
from tests.views.scenes import FakeController


@pytest.fixture
def shift(tmp_path: Path) -> Shift:
    return Shift(tmp_path / "records")


class Operator:
    """A person at Live."""

    def __init__(self, window: MainWindow, controller: FakeController, qtbot: QtBot) -> None:
        self.window, self.controller, self.qtbot = window, controller, qtbot
        self.live = window.live
        self.bar, self.panel = self.live.lot, self.live.lot_panel
        self.opening, self.closing = self.panel.open_form, self.panel.close_form

    def looks(self) -> None:
        """Wait for what the record says now."""
        desk = self.live.desk
        self.qtbot.waitUntil(lambda: desk._looking is None)
        with self.qtbot.waitSignal(desk.looked):
            desk.look()
        self.window.bridge._look_at_status()
        self.live._look_at_choices()

    def opens(self, name: str, count: str = "", recipe: str = "") -> None:
        self.bar.button.click()
        self.names(name, count, recipe)

    def names(self, name: str, count: str = "", recipe: str = "") -> None:
        self.qtbot.keyClicks(self.opening.name, name)
        self.qtbot.keyClicks(self.opening.count, count)
        if recipe:
            self.opening.recipe.setCurrentIndex(self.opening.recipe.findData(recipe))
        self.qtbot.keyClick(self.opening.name, Qt.Key.Key_Return)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)


@pytest.fixture
def at_live(opened: Open, qtbot: QtBot) -> Callable[[FakeController], Operator]:
    def sit_down(controller: FakeController) -> Operator:
        operator = Operator(opened(controller), controller, qtbot)
        operator.looks()
        return operator

    return sit_down


Sit = Callable[[FakeController], Operator]


def lots(folder: Path) -> list[LotRecord]:
    with RecordReader(folder) as reader:
        return lots_of(reader)


def shown_controls(operator: Operator) -> int:
    """Fit and 1:1 are one control with two places."""
    kinds = (QAbstractButton, QComboBox, QSlider)
    found = {w for kind in kinds for w in operator.live.findChildren(kind) if w.isVisible()}
    return len(found - {operator.live.tools.full_size})


# --- who sees what ---


def test_a_demonstration_says_what_it_is_and_where_accounts_are_made(
    tmp_path: Path, at_live: Sit
) -> None:
    RecordStore.open(tmp_path / "records").close()
    for folder in (tmp_path / "nothing-yet", tmp_path / "records"):
        operator = at_live(FakeController(folder=folder))
        assert "every start is a lot of its own" in operator.bar.note.text()
        assert "Settings" in operator.bar.note.text()
        assert not operator.bar.button.isVisible()
        assert operator.live.line.recipe.isVisible()
        assert operator.live.line.button.isEnabled()
        assert shown_controls(operator) == 7


def test_the_window_s_head_names_the_lot_that_is_open(
    shift: Shift, at_live: Sit, qtbot: QtBot
) -> None:
    shift.open("M-7")
    operator = at_live(shift.controller())
    header = operator.window.header
    assert (header.lot.text(), header.recipe.text()) == ("M-7", "tile, revision 2")
    operator.window.open_place(operator.window.pages.indexOf(operator.window.lots))
    shift.close("M-7")
    operator.looks()
    assert (header.lot.text(), header.recipe.text()) == ("–", "–")


def test_the_open_lot_and_how_far_it_is(shift: Shift, at_live: Sit) -> None:
    shift.open("M-7", expected=1200)
    shift.run("M-7", 24)
    operator = at_live(shift.controller())
    bar = operator.bar
    assert (bar.name.text(), bar.recipe.text()) == ("M-7", "tile, revision 2")
    said = [bar.figure(key) for key in ("expected", "inspected", "undecided", "gaps")]
    assert said == ["1,200", "24", "0", "1"]
    assert not bar.note.isVisible()
    shift.run("M-7", 10)
    operator.looks()
    assert (bar.figure("inspected"), bar.figure("gaps")) == ("34", "2")


@pytest.mark.parametrize("role", [Role.GUEST, Role.ADMINISTRATOR, Role.OPERATOR])
@pytest.mark.parametrize("has_lot", [True, False])
def test_never_more_than_seven_controls(
    shift: Shift, at_live: Sit, role: Role, has_lot: bool
) -> None:
    if has_lot:
        shift.open("M-7")
    assert shown_controls(at_live(shift.controller(role))) <= 7


@pytest.mark.parametrize("role", [Role.GUEST, Role.ADMINISTRATOR])
def test_who_may_not_is_told_why(shift: Shift, at_live: Sit, role: Role) -> None:
    operator = at_live(shift.controller(role))
    assert "sign in as engineer, operator or supervisor" in operator.bar.note.text()
    assert not operator.bar.button.isVisible()
    shift.open("M-7")
    operator.looks()
    assert operator.bar.button.isVisible()
    assert not operator.bar.button.isEnabled()
    assert "close a lot" in operator.bar.button.toolTip()
    operator.bar.pressed.emit()
    assert not operator.closing.button.isEnabled() or not operator.panel.isVisible()


def test_it_follows_who_signs_in_and_out(shift: Shift, at_live: Sit) -> None:
    operator = at_live(shift.controller(Role.GUEST))
    assert not operator.bar.button.isVisible()
    operator.controller.session = shift.sessions[Role.OPERATOR]
    operator.looks()
    assert operator.bar.button.isEnabled()
    operator.bar.button.click()
    assert operator.panel.isVisible()
    operator.controller.session = None
    operator.looks()
    assert not operator.panel.isVisible()


# --- opening ---


def test_a_lot_is_opened_by_keyboard(shift: Shift, at_live: Sit) -> None:
    operator = at_live(shift.controller(Role.ENGINEER))
    operator.opens("M-7", "1200", "steel")
    operator.until(lambda: not operator.panel.isVisible())
    operator.until(lambda: operator.bar.name.text() == "M-7")
    (lot,) = lots(shift.folder)
    assert (lot.name, lot.recipe, lot.expected, lot.opened_by) == ("M-7", "steel", 1200, "engineer")
    assert operator.controller.choice[0] == "steel"
    assert not operator.live.line.recipe.isVisible()


def test_a_lot_without_an_expected_count(shift: Shift, at_live: Sit) -> None:
    operator = at_live(shift.controller(Role.ENGINEER))
    operator.opens("M-7")
    operator.until(lambda: operator.bar.name.text() == "M-7")
    assert lots(shift.folder)[0].expected is None
    assert not operator.bar._figures["expected"][1].isVisible()


@pytest.mark.parametrize(
    ("name", "said"), [("a b", "is no name for a lot"), ("M-1", "There was a lot M-1 already")]
)
def test_a_name_that_is_refused_can_be_mended(
    shift: Shift, at_live: Sit, name: str, said: str
) -> None:
    shift.open("M-1")
    shift.close("M-1")
    operator = at_live(shift.controller())
    operator.opens(name)
    operator.until(lambda: said in operator.opening.problem.text)
    operator.opening.name.clear()
    operator.names("M-2")
    operator.until(lambda: operator.bar.name.text() == "M-2")


def test_what_only_an_engineer_may_is_refused_with_the_cores_sentence(
    shift: Shift, at_live: Sit
) -> None:
    operator = at_live(shift.controller())
    operator.opens("S-1", recipe="steel")
    operator.until(lambda: "was never released" in operator.opening.problem.text)
    assert operator.opening.button.isEnabled()
    assert lots(shift.folder) == []
    assert trail(shift.folder)[-1].outcome == "REFUSED"


# --- closing, and changing over ---


def test_a_running_lot_is_stopped_first(shift: Shift, at_live: Sit) -> None:
    shift.open("M-7")
    shift.run("M-7", 24)
    controller = shift.controller()
    run_on(controller, "M-7")
    operator = at_live(controller)
    operator.bar.button.click()
    assert operator.closing.button.text() == "Stop the line"
    assert "stop it first" in operator.closing.counts.text()
    operator.closing.button.click()
    assert controller.asked == ["stop"]
    assert not operator.closing.button.isEnabled()
    assert "in flight" in operator.closing.counts.text()
    operator.looks()
    assert not operator.closing.button.isEnabled()
    assert "in flight" in operator.closing.counts.text()
    stand_still(controller)
    operator.looks()
    operator.until(lambda: operator.closing.button.isEnabled())
    assert operator.closing.button.text() == "Close lot"
    assert lots(shift.folder)[0].is_open


def test_a_lot_that_another_program_runs_is_waited_for(shift: Shift, at_live: Sit) -> None:
    shift.open("M-7")
    shift.office.permit(Action.RUN_LINE, shift.sessions[Role.OPERATOR], "M-7")
    line = RecordStore.open(shift.folder)
    operator = at_live(shift.controller())
    operator.bar.button.click()
    assert "in another program" in operator.closing.counts.text()
    assert not operator.closing.button.isEnabled()
    line.close()
    operator.looks()
    operator.until(lambda: operator.closing.button.isEnabled())
    assert operator.closing.button.text() == "Close lot"


def test_a_changeover_is_two_steps(shift: Shift, at_live: Sit) -> None:
    shift.open("M-7")
    shift.run("M-7", 24)
    operator = at_live(shift.controller(Role.ENGINEER))
    operator.bar.button.click()
    assert "step 1 of 2" in operator.panel.title.text()
    operator.until(lambda: operator.closing.button.isEnabled())
    assert operator.closing.agrees.text.startswith("frames taken 24 · in the record 24")
    assert "parts 24 · expected 40 · passed 21 · rejected 2" in operator.closing.counts.text()
    operator.closing.button.click()
    operator.until(lambda: operator.opening.isVisible())
    assert "step 2 of 2" in operator.panel.title.text()
    assert "M-7 is closed" in operator.opening.closed.text
    operator.names("S-1", recipe="steel")
    operator.until(lambda: operator.bar.name.text() == "S-1")
    assert [(lot.name, lot.recipe, lot.is_open) for lot in lots(shift.folder)] == [
        ("M-7", "tile", False),
        ("S-1", "steel", True),
    ]
    assert operator.controller.choice[0] == "steel"


def test_a_difference_needs_a_reason(shift: Shift, at_live: Sit) -> None:
    shift.open("M-7")
    shift.run("M-7", 24, frames=26)
    operator = at_live(shift.controller())
    operator.bar.button.click()
    operator.until(lambda: operator.closing.why.isVisible())
    assert "26 frames were taken and 24 are in the record" in operator.closing.agrees.text
    assert not operator.closing.button.isEnabled()
    operator.qtbot.keyClicks(operator.closing.why, "  ")
    assert not operator.closing.button.isEnabled()
    operator.qtbot.keyClicks(operator.closing.why, "the cable was  pulled")
    operator.qtbot.keyClick(operator.closing.why, Qt.Key.Key_Return)
    operator.until(lambda: operator.opening.isVisible())
    assert lots(shift.folder)[0].why == "the cable was pulled"


def test_what_was_closed_meanwhile_is_said(shift: Shift, at_live: Sit) -> None:
    shift.open("M-7")
    operator = at_live(shift.controller())
    operator.bar.button.click()
    operator.until(lambda: operator.closing.button.isEnabled())
    shift.close("M-7")
    operator.closing.button.click()
    operator.until(lambda: "closed already" in operator.closing.problem.text)


def test_escape_leaves_everything_as_it_is(shift: Shift, at_live: Sit) -> None:
    shift.open("M-7")
    operator = at_live(shift.controller())
    operator.bar.button.click()
    operator.qtbot.keyClick(operator.closing.cancel, Qt.Key.Key_Escape)
    assert not operator.panel.isVisible()
    assert lots(shift.folder)[0].is_open


def test_a_supervisor_goes_on_to_the_signature(shift: Shift, at_live: Sit) -> None:
    shift.open("M-7")
    operator = at_live(shift.controller(Role.SUPERVISOR))
    operator.bar.button.click()
    operator.until(lambda: operator.closing.button.isEnabled())
    operator.closing.button.click()
    operator.until(lambda: operator.opening.isVisible())
    assert operator.opening.sign.text() == "Sign M-7…"
    operator.opening.sign.click()
    window = operator.window
    assert window.places[window.place].view is window.lots
    operator.until(lambda: window.lots.lot is not None and window.lots.lot.name == "M-7")


def test_an_operator_is_offered_no_signature(shift: Shift, at_live: Sit) -> None:
    shift.open("M-7")
    shift.close("M-7")
    operator = at_live(shift.controller())
    assert "1 closed lot waits" in operator.bar.note.text()
    operator.bar.button.click()
    assert not operator.opening.sign.isVisible()


# --- what may be started ---


def test_with_a_lot_open_no_other_recipe_is_started(shift: Shift, at_live: Sit) -> None:
    shift.open("M-7")
    controller = shift.controller()
    controller.recipe_choices = (RecipeChoice("tile", "tile", 99),)
    operator = at_live(controller)
    assert not operator.live.line.button.isEnabled()
    sentence = "Lot M-7 is open with tile, revision 2: close it, then open one with another recipe."
    assert operator.bar.note.text() == sentence
    assert operator.live.line.button.toolTip() == sentence
    operator.qtbot.keyClick(operator.window, Qt.Key.Key_F6)
    assert controller.asked == []


def test_the_recipe_follows_the_lot(shift: Shift, at_live: Sit) -> None:
    shift.open("M-7")
    controller = shift.controller()
    controller.choice = ("steel", "simulated")
    operator = at_live(controller)
    operator.looks()
    assert controller.choice == ("tile", "simulated")
    assert operator.live.line.button.isEnabled()


@pytest.mark.parametrize(
    ("role", "said"), [(Role.OPERATOR, "open one first"), (Role.GUEST, "to run the line, sign in")]
)
def test_a_camera_needs_an_open_lot_and_somebody_there(
    shift: Shift, at_live: Sit, role: Role, said: str
) -> None:
    controller = shift.controller(role)
    controller.choice = ("tile", "gentl:viky")
    operator = at_live(controller)
    assert not operator.live.line.button.isEnabled()
    assert said in operator.live.line.button.toolTip()
    assert said in operator.live.picture.guide.accessibleName()
    controller.choice = ("tile", "simulated")
    operator.looks()
    assert operator.live.line.button.isEnabled()


def test_a_demonstration_beside_an_open_lot_is_named(shift: Shift, at_live: Sit) -> None:
    shift.open("M-7")
    controller = shift.controller()
    run_on(controller, "tile-20250314-081502")
    operator = at_live(controller)
    assert "outside any lot" in operator.bar.note.text()
    operator.bar.button.click()
    operator.until(lambda: operator.closing.button.isEnabled())
    assert operator.closing.button.text() == "Close lot"
