"""Lots on Live and on their own page, in every state worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from inspector_gui.inspection.status import Counters, StationState
from inspector_gui.records.permissions import Role
from inspector_gui.views.live.view import LiveView
from inspector_gui.views.lots.view import LotsView
from tests.records.accounts import PASSWORD
from tests.views.lots.record import RECIPE, Shift, usual_shift
from tests.views.scenes import FakeController, status, tile

Make = Callable[[Path], FakeController]
Act = Callable[[QWidget], None]
PATIENCE_MS = 5000
LIVE, LOTS = 0, 3


def until(condition: Callable[[], bool]) -> None:
    """Let the event loop run until something is so."""
    loop = QEventLoop()
    look = QTimer(interval=10)
    look.timeout.connect(lambda: loop.quit() if condition() else None)
    look.start()
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    loop.exec()
    look.stop()
    assert condition()


# --- who is there, and what the record holds ---


def demonstration(folder: Path) -> FakeController:
    return FakeController(status(), tile(1204, 11), folder=folder)


def usual(folder: Path, role: Role = Role.OPERATOR) -> FakeController:
    return usual_shift(folder).controller(role)


def running(folder: Path, role: Role = Role.OPERATOR) -> FakeController:
    """The line runs on the open lot."""
    controller = usual(folder, role)
    run_on(controller, "M-1043")
    return controller


def run_on(controller: FakeController, lot: str) -> None:
    of_lot = status(counters=Counters(24, 21, 2, 1))
    controller.station = replace(of_lot, lot=lot, recipe=RECIPE, recipe_revision=2)
    controller.shown = tile(24, 11)


def stand_still(controller: FakeController) -> None:
    controller.station = replace(controller.station, state=StationState.STOPPED)


def none_open(folder: Path, role: Role = Role.SUPERVISOR) -> FakeController:
    shift = usual_shift(folder)
    shift.close("M-1043")
    return shift.controller(role)


def differing(folder: Path) -> FakeController:
    shift = Shift(folder)
    shift.open("M-1043")
    shift.run("M-1043", 24, 26)
    return shift.controller()


def without_lots(folder: Path) -> FakeController:
    return Shift(folder).controller()


# --- what is done on Live ---


def looked(view: QWidget) -> LiveView:
    assert isinstance(view, LiveView)
    view.desk.look()
    until(lambda: view.desk.standing is not None)
    return view


def as_it_is(view: QWidget) -> None:
    looked(view)


def pressed(view: QWidget) -> LiveView:
    live = looked(view)
    live.lot.button.click()
    return live


def opening(view: QWidget) -> None:
    form = pressed(view).lot_panel.open_form
    form.name.setText("M-1044")
    form.count.setText("1200")


def refused(view: QWidget) -> None:
    """A recipe that no engineer has released."""
    form = pressed(view).lot_panel.open_form
    form.name.setText("S-0001")
    form.recipe.setCurrentIndex(form.recipe.findData("steel"))
    form.button.click()
    until(lambda: form.problem.isVisible())


def closing(view: QWidget) -> None:
    form = pressed(view).lot_panel.close_form
    until(lambda: form.agrees.isVisible())


def not_stopped(view: QWidget) -> None:
    pressed(view)


def changeover(view: QWidget) -> None:
    """Step 1 is done."""
    live = pressed(view)
    until(lambda: live.lot_panel.close_form.button.isEnabled())
    live.lot_panel.close_form.button.click()
    until(lambda: live.lot_panel.open_form.isVisible())


# --- what is done on the page ---


def listed(view: QWidget) -> LotsView:
    assert isinstance(view, LotsView)
    until(lambda: bool(view.model.lines) or view.message.isVisible())
    return view


def as_listed(view: QWidget) -> None:
    listed(view)


def chosen(name: str) -> Act:
    def act(view: QWidget) -> None:
        page = listed(view)
        page.choose(name)
        until(lambda: bool(page.facts.text))

    return act


def wrong_password(view: QWidget) -> None:
    chosen("M-1042")(view)
    assert isinstance(view, LotsView)
    view.form.password.setText("not the one")
    view.form.button.click()
    until(lambda: view.form.problem.isVisible())


def signing(view: QWidget) -> None:
    chosen("M-1042")(view)
    assert isinstance(view, LotsView)
    view.form.password.setText(PASSWORD)
    view.form.button.click()
    until(lambda: "Supervisor Tester" in view.facts.text)


def by(role: Role, make: Callable[[Path, Role], FakeController]) -> Make:
    return lambda folder: make(folder, role)


SCENES: dict[str, tuple[Make, int, Act]] = {
    "lot-demonstration": (demonstration, LIVE, as_it_is),
    "lot-guest": (by(Role.GUEST, running), LIVE, as_it_is),
    "lot-none": (none_open, LIVE, as_it_is),
    "lot-running": (running, LIVE, as_it_is),
    "lot-stopped": (usual, LIVE, as_it_is),
    "lot-opening": (none_open, LIVE, opening),
    "lot-refused": (by(Role.OPERATOR, none_open), LIVE, refused),
    "lot-closing-running": (running, LIVE, not_stopped),
    "lot-closing": (usual, LIVE, closing),
    "lot-closing-difference": (differing, LIVE, closing),
    "lot-changeover": (by(Role.SUPERVISOR, usual), LIVE, changeover),
    "lots": (by(Role.SUPERVISOR, usual), LOTS, chosen("M-1042")),
    "lots-open": (by(Role.SUPERVISOR, usual), LOTS, chosen("M-1043")),
    "lots-operator": (usual, LOTS, chosen("M-1042")),
    "lots-wrong-password": (by(Role.SUPERVISOR, usual), LOTS, wrong_password),
    "lots-signed": (by(Role.SUPERVISOR, usual), LOTS, signing),
    "lots-reviewed": (by(Role.SUPERVISOR, usual), LOTS, chosen("M-1041")),
    "lots-signed-before": (by(Role.GUEST, usual), LOTS, chosen("M-1041")),
    "lots-none": (without_lots, LOTS, as_listed),
    "lots-demonstration": (demonstration, LOTS, as_listed),
}
"""Name of a picture, who is there with what, at which place, and what is done."""
