from __future__ import annotations

from dataclasses import replace

import pytest

from inspector_gui.inspection.status import StationState, StationStatus
from inspector_gui.views.controller import CameraChoice, RecipeChoice, idle_status
from inspector_gui.views.live.guidance import Action, Guidance, guidance, notice
from tests.views.scenes import CAMERA_GONE, DISK_FULL, DISK_LOW, FakeController, status

GOOD = RecipeChoice("tile", "tile", 3)
BROKEN = RecipeChoice("broken", "broken", 0, problem="Recipe broken.toml: engine: is missing.")
SIMULATED = CameraChoice("simulated", "simulated")
BUSY = CameraChoice("gentl:x", "X", problem="Camera gentl:x is open in another program.")


def said(controller: FakeController) -> Guidance:
    c = controller
    return guidance(c.station, c.recipe_choices, c.camera_choices, c.choice)


def test_without_a_recipe() -> None:
    screen = said(FakeController(recipe_choices=(), choice=("", "simulated")))
    assert screen.title == "No recipe yet"
    assert screen.actions == (Action.SETTINGS,)
    assert not screen.is_alarm


@pytest.mark.parametrize("choice", ["broken", ""])
def test_a_damaged_recipe_is_named_with_its_reason(choice: str) -> None:
    screen = said(FakeController(recipe_choices=(BROKEN,), choice=(choice, "simulated")))
    assert screen.title == "The recipe cannot be used"
    assert screen.text == BROKEN.problem
    assert BROKEN.problem in screen.detail
    assert screen.is_alarm


def test_a_usable_recipe_that_is_not_chosen_is_asked_for() -> None:
    screen = said(FakeController(recipe_choices=(BROKEN, GOOD), choice=("", "simulated")))
    assert screen.title == "No recipe is chosen"


def test_without_a_camera_the_simulated_line_is_offered() -> None:
    screen = said(FakeController(camera_choices=(SIMULATED,), choice=("tile", "gentl:gone")))
    assert screen.title == "No camera yet"
    assert screen.actions[0] is Action.SIMULATED


def test_a_camera_that_cannot_be_used_says_why() -> None:
    screen = said(FakeController(camera_choices=(BUSY,), choice=("tile", "gentl:x")))
    assert screen.text == BUSY.problem
    assert screen.actions[0] is Action.SIMULATED


def test_all_is_well_but_the_line_is_stopped() -> None:
    screen = said(FakeController())
    assert screen.title == "The line is stopped"
    assert screen.actions == ()


@pytest.mark.parametrize(
    ("fault_in", "camera", "actions"),
    [
        ("engine", "simulated", (Action.TRY_AGAIN, Action.SETTINGS)),
        ("record", "simulated", (Action.TRY_AGAIN, Action.SETTINGS)),
        ("camera", "gentl:viky", (Action.TRY_AGAIN, Action.SIMULATED)),
        ("", "simulated", (Action.TRY_AGAIN, Action.SETTINGS)),
    ],
)
def test_a_fault_can_be_tried_again(
    fault_in: str, camera: str, actions: tuple[Action, ...]
) -> None:
    why = "It cannot be opened (Permission denied)."
    station = idle_status(StationState.FAULT, why, fault_in)
    screen = said(FakeController(station, choice=("tile", camera)))
    assert screen.text == why
    assert screen.remedy
    assert screen.actions == actions
    assert f"detail: {why}" in screen.detail
    assert f"camera: {camera}" in screen.detail


def test_a_fault_matters_more_than_a_recipe() -> None:
    station = idle_status(StationState.FAULT, "Why.", "record")
    assert said(FakeController(station, recipe_choices=())).title == "The record cannot be written"


def test_a_camera_that_vanishes_comes_back_by_itself() -> None:
    gone = status(StationState.CAMERA_LOST, bad=(CAMERA_GONE,), detail=CAMERA_GONE.text)
    screen = said(FakeController(gone))
    assert (screen.text, screen.remedy) == (CAMERA_GONE.text, CAMERA_GONE.remedy)
    assert screen.actions == ()


@pytest.mark.parametrize("state", [StationState.RUNNING, StationState.STARTING])
def test_while_the_first_part_is_awaited(state: StationState) -> None:
    screen = said(FakeController(status(state)))
    assert screen.remedy
    assert not screen.is_alarm


@pytest.mark.parametrize(
    ("station", "text"),
    [
        (status(), None),
        (status(bad=(DISK_LOW,)), None),
        (status(bad=(DISK_FULL,)), DISK_FULL.text),
        (status(StationState.CAMERA_LOST, bad=(CAMERA_GONE,)), CAMERA_GONE.text),
        (replace(status(StationState.FAULT), detail="Why."), "Why."),
        (idle_status(StationState.FAULT, "Why.", "engine"), "Why."),
    ],
)
def test_notice_is_for_alarms_only(station: StationStatus, text: str | None) -> None:
    above = notice(station)
    assert (above.title if above else None) == text
    if above:
        is_fault = station.state is StationState.FAULT
        assert above.actions == ((Action.TRY_AGAIN,) if is_fault else ())
