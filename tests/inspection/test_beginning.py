"""Who may start a line, and for which lot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_gui.inspection import beginning
from inspector_gui.inspection.beginning import begin, checkpointed
from inspector_gui.records.checkpoints import read_checkpoints
from inspector_gui.records.errors import RecordsError, Refused
from inspector_gui.records.lots import close_lot, open_lot
from inspector_gui.records.office import Office, open_office
from inspector_gui.records.permissions import Role
from tests.inspection.fakes import recipe
from tests.records.accounts import hash_quickly, managed, trail

RECIPE = recipe()
CAMERA = "gentl:viky"


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[tuple[Office, dict]]:
    """A record with accounts and an open lot."""
    with pytest.MonkeyPatch.context() as patch:
        hash_quickly(patch)
        with managed(tmp_path / "records") as (office, sessions):
            opener = sessions[Role.ENGINEER]
            open_lot(office, opener, "lot-1", RECIPE.content)
            yield office, sessions


@pytest.mark.parametrize("camera", [CAMERA, "simulated", "folder:x"])
def test_without_accounts_every_start_is_a_lot_of_its_own(tmp_path: Path, camera: str) -> None:
    with open_office(tmp_path) as office:
        assert begin(office, None, RECIPE, camera, "").startswith(RECIPE.name)
        with pytest.raises(RecordsError, match="No lot lot-1 was ever opened"):
            begin(office, None, RECIPE, camera, "lot-1")
    assert trail(tmp_path) == []


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SUPERVISOR, Role.ENGINEER])
@pytest.mark.parametrize("camera", [CAMERA, "simulated:steel"])
@pytest.mark.parametrize("lot", ["", "lot-1"])
def test_who_stands_at_the_line_runs_the_open_lot(
    plant: tuple[Office, dict], role: Role, camera: str, lot: str
) -> None:
    office, sessions = plant
    assert begin(office, sessions[role], RECIPE, camera, lot) == "lot-1"
    entry = trail(office.folder)[-1]
    assert (entry.action, entry.account, entry.subject) == ("run_line", role, "lot-1")
    assert entry.new["camera"] == camera


@pytest.mark.parametrize("role", [Role.GUEST, Role.ADMINISTRATOR])
def test_anybody_else_runs_a_demonstration_and_nothing_more(
    plant: tuple[Office, dict], role: Role
) -> None:
    office, sessions = plant
    assert begin(office, sessions[role], RECIPE, "simulated", "") != "lot-1"
    assert trail(office.folder)[-1].action == "run_demonstration"
    for camera, lot in ((CAMERA, ""), (CAMERA, "lot-1"), ("simulated", "lot-1")):
        with pytest.raises(Refused, match="run the line"):
            begin(office, sessions[role], RECIPE, camera, lot)
        assert (trail(office.folder)[-1].action, trail(office.folder)[-1].outcome) == (
            "run_line",
            "REFUSED",
        )


def test_a_lot_is_run_with_the_recipe_that_it_was_opened_with(plant: tuple[Office, dict]) -> None:
    office, sessions = plant
    operator = sessions[Role.OPERATOR]
    with pytest.raises(RecordsError, match="close it, then open one"):
        begin(office, operator, RECIPE.model_copy(update={"revision": 2}), CAMERA, "")
    with pytest.raises(RecordsError, match="has changed since lot lot-1"):
        begin(office, operator, RECIPE.model_copy(update={"product": "another"}), CAMERA, "")


def test_without_an_open_lot_no_real_line_runs(plant: tuple[Office, dict]) -> None:
    office, sessions = plant
    operator = sessions[Role.OPERATOR]
    close_lot(office, operator, "lot-1")
    with pytest.raises(RecordsError, match="No lot is open"):
        begin(office, operator, RECIPE, CAMERA, "")
    with pytest.raises(RecordsError, match="takes no more parts"):
        begin(office, operator, RECIPE, CAMERA, "lot-1")
    assert begin(office, operator, RECIPE, "simulated", "").startswith(RECIPE.name)


def test_checkpoints_at_both_ends_and_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "CHECKPOINT_EVERY_S", 0.01)
    elsewhere = tmp_path / "elsewhere"
    with open_office(tmp_path / "records") as office:
        with checkpointed(office, elsewhere, None):
            while len(read_checkpoints(elsewhere)) < 3:
                pass
        assert len(read_checkpoints(elsewhere)) >= 4
        with checkpointed(office, None, None):
            pass


def test_a_second_place_that_goes_away_stops_no_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = tmp_path / "elsewhere"
    with open_office(tmp_path / "records") as office:
        with checkpointed(office, elsewhere, None):
            (path,) = elsewhere.iterdir()
            path.unlink()
            path.mkdir()
        assert "No checkpoint can be written" in caplog.text
        with pytest.raises(RecordsError), checkpointed(office, elsewhere, None):
            raise AssertionError
