"""A lot from its opening to its signature, in the window, on the line that ships."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector_gui import controller as controllers
from inspector_gui import theme
from inspector_gui.controller import StationController
from inspector_gui.inspection.status import StationState
from inspector_gui.records.lots import lot_named
from inspector_gui.records.permissions import Role
from inspector_gui.records.verify import verify
from inspector_gui.settings import Settings
from inspector_gui.views.window import MainWindow
from tests.records.accounts import PASSWORD
from tests.views.lots.record import Shift

PATIENCE_MS = 30_000
CLOSE_S = 10.0


def test_from_opening_to_signature(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(controllers, "DEMONSTRATION_RATE", 12.0)
    shift = Shift(tmp_path / "records")
    controller = StationController(Settings(records=shift.folder))
    window = MainWindow(controller, theme.LIGHT)
    qtbot.addWidget(window)
    window.show()
    live, panel = window.live, window.live.lot_panel

    def wait(until: Callable[[], bool]) -> None:
        qtbot.waitUntil(until, timeout=PATIENCE_MS)

    # An engineer opens a lot with another recipe than the one that is chosen, and starts the line.
    controller.session = shift.sessions[Role.ENGINEER]
    controller.select("steel", "simulated")
    wait(live.lot.button.isVisible)
    live.lot.button.click()
    qtbot.keyClicks(panel.open_form.name, "M-1")
    panel.open_form.recipe.setCurrentIndex(panel.open_form.recipe.findData("tile"))
    panel.open_form.button.click()
    wait(lambda: live.lot.name.text() == "M-1")
    assert controller.selected() == ("tile", "simulated")
    qtbot.keyClick(window, Qt.Key.Key_F6)
    wait(lambda: controller.status().counters.parts >= 6)
    assert controller.status().lot == "M-1"
    wait(lambda: int(live.lot.figure("inspected")) >= 6)

    # It cannot be closed while it runs: it is stopped, counted and closed.
    live.lot.button.click()
    assert panel.close_form.button.text() == "Stop the line"
    panel.close_form.button.click()
    wait(lambda: controller.status().state is StationState.STOPPED)
    wait(lambda: panel.close_form.agrees.text.endswith("they agree"))
    wait(lambda: panel.close_form.button.isEnabled())
    panel.close_form.button.click()
    wait(panel.open_form.isVisible)
    count = lot_named(shift.office, "M-1").count
    assert count is not None
    assert count.parts == controller.status().counters.parts
    assert count.difference == ""

    # A supervisor signs it.
    controller.session = shift.sessions[Role.SUPERVISOR]
    window.open_place(window.pages.indexOf(window.lots))
    wait(lambda: window.lots.form.password.isVisible())
    qtbot.keyClicks(window.lots.form.password, PASSWORD)
    qtbot.keyClick(window.lots.form.password, Qt.Key.Key_Return)
    wait(lambda: "Supervisor Tester" in window.lots.facts.text)
    window.close()
    assert controller.close(CLOSE_S)
    result = verify(shift.folder)
    assert result.problem == ""
    assert result.signatures == 1
