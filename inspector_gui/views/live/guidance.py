"""What to say, and what to offer, while there is no picture or something needs a hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from inspector_gui.inspection.status import Health, Level, StationState, StationStatus
from inspector_gui.views import words
from inspector_gui.views.controller import RIGHTS, CameraChoice, RecipeChoice

translate = QCoreApplication.translate

AT_REST = frozenset({StationState.STOPPED, StationState.FAULT})
SIMULATED = "simulated"


class Action(StrEnum):
    """What a button of a screen or a notice does."""

    SIMULATED = "simulated"
    TRY_AGAIN = "try_again"
    SETTINGS = "settings"
    SIGN_IN = "sign_in"


@dataclass(frozen=True, slots=True)
class Guidance:
    """One screen in words.

    Attributes:
        title: What is the case, in a few words.
        text: The cause, one sentence; "" where the title says it all.
        remedy: What to do, one sentence.
        actions: What can be done by a button, the most likely first.
        detail: What support needs, as the core has it; "" for none.
        is_alarm: Whether something is wrong.
    """

    title: str
    text: str = ""
    remedy: str = ""
    actions: tuple[Action, ...] = ()
    detail: str = ""
    is_alarm: bool = False


def action(value: Action) -> str:
    """A button's word."""
    return {
        Action.SIMULATED: translate("Guidance", "Choose the simulated line"),
        Action.TRY_AGAIN: translate("Guidance", "Try again"),
        Action.SETTINGS: translate("Guidance", "Open settings"),
        Action.SIGN_IN: translate("Guidance", "Sign in"),
    }[value]


def health_lines(status: StationStatus) -> tuple[Health, ...]:
    """The lines of the station's health; where there is no station, why there is none."""
    if status.health or status.fault_in in ("", RIGHTS):
        return status.health
    remedy = "Mend the cause, then start the line again."
    return (Health(status.fault_in, Level.ALARM, status.detail, remedy),)


def guidance(
    status: StationStatus,
    recipes: Sequence[RecipeChoice],
    cameras: Sequence[CameraChoice],
    selected: tuple[str, str],
) -> Guidance:
    """What to show in the place of the picture while there is none.

    Args:
        selected: Keys of recipe and camera, as of `Controller.selected`.
    """
    if status.state is StationState.FAULT:
        return _fault(status, selected)
    if status.state is StationState.CAMERA_LOST:
        return _camera_lost(status, selected)
    if status.fault_in == RIGHTS:
        return _refused(status)
    if status.state in AT_REST:
        return _no_recipe(recipes, selected[0]) or _no_camera(cameras, selected[1]) or _stopped()
    if status.state is StationState.STARTING:
        return Guidance(
            translate("Guidance", "The line is starting"),
            remedy=translate("Guidance", "Camera, model and record are being opened."),
        )
    return Guidance(
        translate("Guidance", "No picture yet"),
        remedy=translate("Guidance", "The first part will appear here."),
    )


def notice(status: StationStatus) -> Guidance | None:
    """What to say above a picture that is still of use; None while all is well."""
    if status.fault_in == RIGHTS:
        return _refused(status)
    alarm = next((line for line in health_lines(status) if line.level is Level.ALARM), None)
    is_fault = status.state is StationState.FAULT
    if alarm is None and not is_fault and status.state is not StationState.CAMERA_LOST:
        return None
    text = (alarm.text if alarm else "") or status.detail or words.state(status.state)
    remedy = words.sentence(alarm.remedy) if alarm and alarm.remedy else ""
    actions = (Action.TRY_AGAIN,) if is_fault else ()
    return Guidance(words.sentence(text), remedy=remedy, actions=actions, is_alarm=True)


def _refused(status: StationStatus) -> Guidance:
    return Guidance(
        words.sentence(status.detail),
        remedy=translate("Guidance", "The line was not started. Sign in, then press Start or F6."),
        actions=(Action.SIGN_IN,),
    )


def _stopped() -> Guidance:
    return Guidance(
        translate("Guidance", "The line is stopped"),
        remedy=translate("Guidance", "Choose recipe and camera, then press Start or F6."),
    )


def _no_recipe(recipes: Sequence[RecipeChoice], selected: str) -> Guidance | None:
    chosen = next((recipe for recipe in recipes if recipe.key == selected), None)
    if chosen is not None and not chosen.problem:
        return None
    if not recipes:
        return Guidance(
            translate("Guidance", "No recipe yet"),
            remedy=translate("Guidance", "Put a recipe into the recipes' folder; it appears here."),
            actions=(Action.SETTINGS,),
        )
    damaged = chosen or next((recipe for recipe in recipes if recipe.problem), None)
    if damaged is None or any(not recipe.problem for recipe in recipes if chosen is None):
        return Guidance(
            translate("Guidance", "No recipe is chosen"),
            remedy=translate("Guidance", "Choose the product's recipe at the right."),
        )
    return Guidance(
        translate("Guidance", "The recipe cannot be used"),
        words.sentence(damaged.problem),
        translate("Guidance", "Choose another recipe, or mend this one."),
        (Action.SETTINGS,),
        f"recipe: {damaged.key}\n{damaged.problem}",
        is_alarm=True,
    )


def _no_camera(cameras: Sequence[CameraChoice], selected: str) -> Guidance | None:
    chosen = next((camera for camera in cameras if camera.key == selected), None)
    if chosen is None:
        return Guidance(
            translate("Guidance", "No camera yet"),
            remedy=translate("Guidance", "Connect one, or choose the simulated line."),
            actions=(Action.SIMULATED, Action.SETTINGS),
        )
    if not chosen.problem:
        return None
    return Guidance(
        translate("Guidance", "The camera cannot be used"),
        words.sentence(chosen.problem),
        translate("Guidance", "Choose another camera, or the simulated line."),
        (Action.SIMULATED, Action.SETTINGS),
        f"camera: {chosen.key}\n{chosen.problem}",
        is_alarm=True,
    )


def _camera_lost(status: StationStatus, selected: tuple[str, str]) -> Guidance:
    line = next((h for h in status.health if h.name == "camera" and h.level is Level.ALARM), None)
    text = status.detail or (line.text if line else "")
    remedy = line.remedy if line else "Check its cable and power; the station keeps trying."
    return Guidance(
        translate("Guidance", "The camera is lost"),
        words.sentence(text) if text else "",
        words.sentence(remedy),
        detail=_detail(status, selected),
        is_alarm=True,
    )


def _fault(status: StationStatus, selected: tuple[str, str]) -> Guidance:
    titles = {
        "camera": translate("Guidance", "The camera could not be started"),
        "engine": translate("Guidance", "The recipe or its model cannot be used"),
        "record": translate("Guidance", "The record cannot be written"),
    }
    actions: tuple[Action, ...] = (Action.TRY_AGAIN, Action.SETTINGS)
    if status.fault_in == "camera" and not selected[1].startswith(SIMULATED):
        actions = (Action.TRY_AGAIN, Action.SIMULATED)
    return Guidance(
        titles.get(status.fault_in, translate("Guidance", "The line has stopped by itself")),
        words.sentence(status.detail) if status.detail else "",
        words.sentence("Mend the cause, then start the line again."),
        actions,
        _detail(status, selected),
        is_alarm=True,
    )


def _detail(status: StationStatus, selected: tuple[str, str]) -> str:
    """For support: as the core has it, in no language."""
    lines = {
        "state": status.state,
        "fault in": status.fault_in,
        "detail": status.detail,
        "recipe": selected[0],
        "camera": selected[1],
        "model": status.model,
        "provider": status.provider,
    }
    return "\n".join(f"{name}: {value}" for name, value in lines.items() if value)
