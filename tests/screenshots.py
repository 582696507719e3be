"""Takes a picture of the window in every state: `python -m tests.screenshots OUT`."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from engines.verdict import Decision
from inspector_gui.inspection.reasons import Reason
from inspector_gui.inspection.status import Counters, Health, Level, StationState
from inspector_gui.views.controller import CameraChoice, idle_status
from tests.views.scenes import (
    CAMERA_GONE,
    DISK_FULL,
    DISK_LOW,
    TOO_FAST,
    FakeController,
    status,
    tile,
    undecided,
)

NOWHERE = (5000, 5000)  # for the mouse, under which things look otherwise
LABELS = ("crack", "blowhole", "break", "fray", "uneven")


def running(controller: FakeController) -> None:
    """A line that has run for a while."""
    random = np.random.default_rng(7)
    parts: list[tuple[Decision, float | None]] = []
    for number in range(200):
        if number in (23, 71, 78, 132, 170, 199):
            parts.append((Decision.REJECT, 1.2 + 0.7 * float(random.random())))
        elif number in (44, 140):
            parts.append((Decision.UNDECIDED, None))
        else:
            parts.append((Decision.PASS, 0.05 + 0.5 * float(random.random()) ** 3))
    controller.parts = tuple(parts)
    rejected = [tile(900 + 31 * n, n, LABELS[n % len(LABELS)]) for n in range(8)]
    rejected.insert(5, undecided(1042, Reason.OVERRUN))
    controller.rejected = tuple(rejected)
    controller.station = status()


def passed(controller: FakeController) -> None:
    running(controller)
    controller.shown = tile(1204, 11)


def rejected(controller: FakeController) -> None:
    running(controller)
    controller.shown = tile(1204, 3, "crack")


def two_findings(controller: FakeController) -> None:
    running(controller)
    controller.shown = tile(1204, 5, "fray")


def not_decided(controller: FakeController) -> None:
    running(controller)
    controller.shown = undecided(1204, Reason.OVERRUN)
    controller.station = status(bad=(TOO_FAST,))


def without_picture(controller: FakeController) -> None:
    running(controller)
    controller.shown = undecided(1204, Reason.FRAME_LOST, with_picture=False)


def stale(controller: FakeController) -> None:
    running(controller)
    controller.shown = tile(1204, 11, handed_out_ns=0)


def stopped(controller: FakeController) -> None:
    pass


def no_camera(controller: FakeController) -> None:
    controller.camera_choices = ()


def alarm(controller: FakeController) -> None:
    running(controller)
    controller.shown = tile(1204, 11)
    controller.station = status(
        StationState.CAMERA_LOST, bad=(CAMERA_GONE, DISK_LOW), detail=CAMERA_GONE.text
    )


def fault(controller: FakeController) -> None:
    controller.station = idle_status(
        StationState.FAULT,
        "Model tile.onnx is refused: its SHA-256 is not the one in the recipe.",
        "engine",
    )


def no_recipe(controller: FakeController) -> None:
    controller.recipe_choices, controller.choice = (), ("", "simulated")


def damaged_recipe(controller: FakeController) -> None:
    controller.recipe_choices = controller.recipe_choices[1:]
    controller.choice = "broken", "simulated"


def camera_unusable(controller: FakeController) -> None:
    problem = "The camera viky cannot be opened (access denied); close other programs that use it."
    controller.camera_choices = (
        CameraChoice("gentl:viky", "EMVA_D viky-0815 (gentl:viky)", problem),
    )
    controller.choice = "tile", "gentl:viky"


def no_rights(controller: FakeController) -> None:
    controller.station = idle_status(
        StationState.FAULT,
        "The record in D:/records cannot be written (Permission denied): "
        "choose a folder that you may write to.",
        "record",
    )


def camera_vanished(controller: FakeController) -> None:
    controller.choice = "tile", "gentl:viky"
    controller.station = status(
        StationState.CAMERA_LOST, Counters(), (CAMERA_GONE,), detail=CAMERA_GONE.text
    )


def disk_full(controller: FakeController) -> None:
    running(controller)
    controller.shown = undecided(1204, Reason.RECORD_NOT_WRITTEN)
    controller.station = status(bad=(DISK_FULL,))


def faulted_after_a_while(controller: FakeController) -> None:
    running(controller)
    controller.shown = tile(1204, 11)
    detail = "The engine did not answer in time: stop and start the line."
    remedy = "Mend the cause, then start the line again."
    bad = (Health("engine", Level.ALARM, detail, remedy),)
    controller.station = replace(
        status(StationState.FAULT, bad=bad, detail=detail), fault_in="engine"
    )


SCENES: dict[str, Callable[[FakeController], None]] = {
    "pass": passed,
    "reject": rejected,
    "findings": two_findings,
    "undecided": not_decided,
    "lost-frame": without_picture,
    "stale": stale,
    "stopped": stopped,
    "no-camera": no_camera,
    "alarm": alarm,
    "fault": fault,
    "no-recipe": no_recipe,
    "damaged-recipe": damaged_recipe,
    "camera-unusable": camera_unusable,
    "no-rights": no_rights,
    "camera-vanished": camera_vanished,
    "disk-full": disk_full,
    "engine-fault": faulted_after_a_while,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--scene", action="append", help="one that begins so; all by default")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--gloves", action="store_true")
    parser.add_argument("--language", default="en")
    parser.add_argument("--scale", type=int, default=1, help="2 for 3840x2160 at 200 %%")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(arguments.scale)

    from PySide6.QtCore import QLocale  # after the environment is set
    from PySide6.QtGui import QCursor
    from PySide6.QtWidgets import QApplication

    from inspector_gui import theme
    from inspector_gui.views import language
    from tests.views.sittings import SITTINGS, Sitting

    application = QApplication([])
    QCursor.setPos(*NOWHERE)
    for install in (language.install, language.install_qt):
        install(application, QLocale(arguments.language))
    arguments.out.mkdir(parents=True, exist_ok=True)
    look = theme.DARK if arguments.dark else theme.LIGHT
    if arguments.gloves:
        look = replace(look, target=theme.GLOVES_TARGET)
    size = (1920, 1080) if arguments.scale == 2 else (1280, 800)
    suffix = ["dark" if arguments.dark else "light", arguments.language]
    suffix += ["gloves"] * arguments.gloves + ["4k"] * (arguments.scale == 2)
    wanted = tuple(arguments.scene or [""])
    with tempfile.TemporaryDirectory() as folder:
        for name, make in SITTINGS.items():
            if name.startswith(wanted):
                sitting: Sitting = make(Path(folder), look)
                sitting.window.resize(*size)
                picture = sitting.picture()
                picture.save(str(arguments.out / f"{'-'.join([name, *suffix])}.png"))
                sitting.close()


if __name__ == "__main__":
    main()
