"""The views' controller over real stations: a press of Start or Stop is never lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from inspector_gui import controller as controllers
from inspector_gui.controller import StationController
from inspector_gui.inspection.station import Station
from inspector_gui.inspection.status import StationState


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Keeps every lot from letting go of its record until it is set."""
    release = threading.Event()
    real = controllers.open_station

    @contextmanager
    def slow(*args: Any, **options: Any) -> Iterator[Station]:
        with real(*args, **options) as station:
            yield station
            release.wait(20)

    monkeypatch.setattr(controllers, "open_station", slow)
    return release


@pytest.fixture
def controller(tmp_path: Path) -> Iterator[StationController]:
    controller = StationController(tmp_path / "records")
    yield controller
    assert controller.close(20)


def runs(controller: StationController) -> bool:
    return controller.status().state is StationState.RUNNING


def test_start_while_the_last_lot_comes_to_its_end(
    controller: StationController, held: threading.Event, qtbot: QtBot
) -> None:
    controller.start()
    qtbot.waitUntil(lambda: runs(controller), timeout=20_000)
    first = controller._station
    controller.stop()
    qtbot.waitUntil(lambda: controller.status().state is StationState.STOPPED, timeout=20_000)
    controller.start()
    assert controller.status().state is StationState.STARTING
    held.set()
    qtbot.waitUntil(lambda: runs(controller), timeout=20_000)
    assert controller._station is not first


def test_start_after_a_fault_that_is_still_being_cleared_up(
    controller: StationController, held: threading.Event, qtbot: QtBot
) -> None:
    controller.start()
    qtbot.waitUntil(lambda: runs(controller), timeout=20_000)
    assert controller._station is not None
    controller._station._fail("engine", "It hangs.")
    controller.start()
    held.set()
    qtbot.waitUntil(lambda: runs(controller), timeout=20_000)


def test_start_twice_is_one_lot(controller: StationController, qtbot: QtBot) -> None:
    controller.start()
    controller.start()
    qtbot.waitUntil(lambda: runs(controller), timeout=20_000)
    first, thread = controller._station, controller._run
    controller.start()
    assert controller._run is thread
    assert controller._station is first


def test_stop_while_opening_starts_nothing(controller: StationController) -> None:
    controller.start()
    controller.stop()
    assert controller.close(20)
    assert controller.status().counters.parts == 0


def test_presses_in_any_haste_end_as_the_last_one_says(
    controller: StationController, qtbot: QtBot
) -> None:
    for _ in range(5):
        controller.start()
        controller.stop()
    controller.start()
    qtbot.waitUntil(lambda: runs(controller), timeout=20_000)
