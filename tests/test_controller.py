"""The views' controller over real stations: a press of Start or Stop is never lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

import resources
from inspector_gui import controller as controllers
from inspector_gui.controller import StationController
from inspector_gui.inspection.station import Station
from inspector_gui.inspection.status import StationState
from inspector_gui.records.accounts import Session
from inspector_gui.records.checkpoints import read_checkpoints
from inspector_gui.records.entries import CONFIRMED, OVERRULED, REFUSED, Receipt
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import Filter, Search
from inspector_gui.records.store import RecordStore
from inspector_gui.records.verify import verify
from inspector_gui.settings import Settings
from inspector_gui.views.controller import RIGHTS
from tests.records.accounts import hash_quickly, managed, trail
from tests.records.entries import disposition, inspection

SHIPPED = sorted(path.stem for path in (resources.FOLDER / "recipes").glob("*.toml"))


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
    controller = StationController(Settings(records=tmp_path / "records"))
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


def _first_seq(folder: Path) -> int:
    with RecordReader(folder) as reader:
        return Search(reader).page(Filter())[-1].seq


def test_a_decision_is_written_while_the_line_runs_and_while_it_does_not(
    controller: StationController, qtbot: QtBot
) -> None:
    folder = controller.records()
    controller.start()
    qtbot.waitUntil(lambda: controller.latest() is not None, timeout=20_000)
    seq = _first_seq(folder)
    running = controller.dispose(folder, disposition(seq), None)
    assert runs(controller)
    assert controller.close(20)
    rested = controller.dispose(folder, disposition(seq, OVERRULED), None)
    assert rested.seq > running.seq > seq
    with RecordReader(folder) as reader:
        given = [recorded.entry.disposition for recorded in reader.dispositions(seq)]
    assert given == [CONFIRMED, OVERRULED]
    assert verify(folder).holds


def test_decisions_in_any_haste_are_all_written_and_stop_no_line(
    controller: StationController, qtbot: QtBot
) -> None:
    """Starts and stops fall between them: one writer at a time, and nobody is turned away."""
    folder = controller.records()
    controller.start()
    qtbot.waitUntil(lambda: controller.latest() is not None, timeout=20_000)
    seq = _first_seq(folder)
    receipts: list[Receipt] = []
    reviewer = threading.Thread(
        target=lambda: receipts.extend(
            controller.dispose(folder, disposition(seq), None) for _ in range(60)
        )
    )
    reviewer.start()
    for _ in range(3):
        controller.stop()
        controller.start()
        qtbot.waitUntil(lambda: runs(controller), timeout=20_000)
    reviewer.join(30)
    assert len({receipt.seq for receipt in receipts}) == 60
    assert runs(controller)


def test_a_decision_for_another_record_goes_there(
    controller: StationController, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other"
    store = RecordStore.open(other)
    store.append([inspection()])
    store.close()
    controller.start()
    qtbot.waitUntil(lambda: runs(controller), timeout=20_000)
    assert controller.dispose(other, disposition(1), None).seq == 2


def test_a_decision_is_written_beside_another_program_s_line(
    controller: StationController,
) -> None:
    folder = controller.records()
    store = RecordStore.open(folder)
    store.append([inspection()])
    assert controller.dispose(folder, disposition(1), None).seq == 2
    assert store.append([inspection(2)])[0].seq == 3
    store.close()
    assert verify(folder).holds


def looked(controller: StationController, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not controller._looker.is_alive(), timeout=20_000)


def test_recipes_of_a_folder_are_offered_and_broken_ones_say_why(
    controller: StationController, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    shipped = resources.FOLDER / "recipes" / "tile.toml"
    (folder / "tile.toml").write_bytes(shipped.read_bytes())
    (folder / "broken.toml").write_text("name = 'broken'")
    controller.apply(Settings(recipes=folder))
    looked(controller, qtbot)
    found = {choice.key: choice for choice in controller.recipes()}
    own = [key for key in found if key not in SHIPPED]
    assert own == [str(folder / "broken.toml"), str(folder / "tile.toml")]
    assert "is missing" in found[str(folder / "broken.toml")].problem
    names = [choice.name for choice in found.values()]
    assert names == [*SHIPPED, "broken", "tile (own)"]
    controller.apply(Settings(recipes=tmp_path / "gone"))
    looked(controller, qtbot)
    assert "cannot be read" in controller.recipes()[-1].problem


def test_a_recipe_that_has_vanished_is_a_fault_with_a_sentence(
    controller: StationController, tmp_path: Path, qtbot: QtBot
) -> None:
    controller.select(str(tmp_path / "gone.toml"), "simulated")
    controller.start()
    qtbot.waitUntil(lambda: controller.status().state is StationState.FAULT, timeout=20_000)
    assert "gone.toml cannot be read" in controller.status().detail


def test_folders_of_pictures_are_cameras(
    controller: StationController, tmp_path: Path, qtbot: QtBot
) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    gone = tmp_path / "gone"
    controller.apply(Settings(image_folders=(pictures, gone)))
    looked(controller, qtbot)
    found = {choice.key: choice for choice in controller.cameras()}
    assert found[f"folder:{pictures}"].problem == ""
    assert "is not there" in found[f"folder:{gone}"].problem
    assert any(key.startswith("gentl:") for key in found)


def test_a_change_of_the_record_is_used_from_the_next_start_on(
    controller: StationController, tmp_path: Path, qtbot: QtBot
) -> None:
    controller.start()
    qtbot.waitUntil(lambda: runs(controller), timeout=20_000)
    controller.apply(Settings(records=tmp_path / "other"))
    assert controller.records() == tmp_path / "records"
    controller.stop()
    qtbot.waitUntil(lambda: controller.status().state is StationState.STOPPED, timeout=20_000)
    controller.start()
    qtbot.waitUntil(lambda: runs(controller), timeout=20_000)
    assert controller.records() == tmp_path / "other"


def test_a_producer_of_the_settings_that_is_gone_is_a_fault_with_a_sentence(
    controller: StationController, tmp_path: Path, qtbot: QtBot
) -> None:
    controller.apply(Settings(producers=(tmp_path / "gone.cti",)))
    looked(controller, qtbot)
    told = [device.problem for device in controller.devices() or () if not device.spec]
    assert len(told) == 1
    assert "gone.cti cannot be loaded" in told[0]
    controller.select("tile", "gentl:other")
    controller.start()
    qtbot.waitUntil(lambda: controller.status().state is StationState.FAULT, timeout=20_000)
    assert "gone.cti; correct its path" in controller.status().detail
    assert controller.status().fault_in == "camera"


# --- who is signed in ---


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Role, Session | None]:
    """The accounts of the controller's record."""
    hash_quickly(monkeypatch)
    with managed(tmp_path / "records") as (_, sessions):
        return sessions


def stopped(controller: StationController) -> bool:
    return controller.status().state is StationState.STOPPED


def test_a_guest_s_start_is_refused_in_a_sentence_and_is_no_fault(
    controller: StationController,
    people: dict[Role, Session | None],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    controller.select("tile", f"folder:{tmp_path}")
    controller.start()
    qtbot.waitUntil(lambda: controller.status().fault_in == RIGHTS, timeout=20_000)
    assert controller.status().state is StationState.STOPPED
    assert controller.status().detail.startswith("Nobody is signed in: to run the line")
    assert trail(tmp_path / "records")[-1].outcome == REFUSED
    controller.session = people[Role.OPERATOR]
    assert controller.status().fault_in == ""  # that was somebody else


def test_a_line_of_the_window_leaves_checkpoints_where_the_computer_says(
    controller: StationController, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINE_INSPECTOR_CHECKPOINTS", str(tmp_path / "elsewhere"))
    controller.start()
    qtbot.waitUntil(lambda: runs(controller), timeout=20_000)
    controller.stop()
    qtbot.waitUntil(lambda: stopped(controller), timeout=20_000)
    assert controller.close(20.0)
    (file,) = (tmp_path / "elsewhere").iterdir()
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2  # at the start and at the end
    kept = read_checkpoints(tmp_path / "elsewhere")
    assert verify(tmp_path / "records", kept).holds


def test_a_stop_is_under_who_stopped(
    controller: StationController,
    people: dict[Role, Session | None],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    for starter, stopper in ((Role.OPERATOR, Role.SUPERVISOR), (Role.ENGINEER, Role.GUEST)):
        controller.session = people[starter]
        controller.start()
        qtbot.waitUntil(lambda: runs(controller), timeout=20_000)
        controller.session = people[stopper]  # the line runs on
        assert runs(controller)
        controller.stop()
        qtbot.waitUntil(lambda: stopped(controller), timeout=20_000)
        qtbot.waitUntil(lambda: trail(tmp_path / "records")[-1].action == Action.STOP_LINE)
        entries = trail(tmp_path / "records")
        started = next(e for e in reversed(entries) if e.action == Action.RUN_DEMONSTRATION)
        assert (started.role, entries[-1].role) == (starter, stopper)


def test_whoever_has_signed_in_to_one_record_is_nobody_in_another(
    controller: StationController,
    people: dict[Role, Session | None],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    with managed(tmp_path / "other"):
        pass  # with accounts of the same names
    controller.session = people[Role.OPERATOR]
    controller.apply(Settings(records=tmp_path / "other"))
    controller.select("tile", f"folder:{tmp_path}")
    controller.start()
    qtbot.waitUntil(lambda: controller.status().fault_in == RIGHTS, timeout=20_000)
    assert trail(tmp_path / "other")[-1].role == Role.GUEST
    assert controller.records() == tmp_path / "other"  # where somebody can sign in, then
