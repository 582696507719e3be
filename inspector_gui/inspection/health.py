"""What is wrong with the station, and what to do about it."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from inspector_gui.acquisition.camera import CameraState, CameraStatus
from inspector_gui.inspection.status import Counters, Health, Level
from inspector_gui.records.disk import DiskRoom, disk_room


class Disk:
    """Remembers how much room the record's disk had when it was last looked at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._checked_at = time.monotonic()
        self.room = disk_room(folder)

    def check(self, every_s: float) -> None:
        now = time.monotonic()
        if now - self._checked_at >= every_s:
            self._checked_at = now
            with contextlib.suppress(OSError):  # a folder that is gone is the record's to tell
                self.room = disk_room(self._folder)

    @property
    def has_room_for_passes(self) -> bool:
        return self.room is DiskRoom.ENOUGH


_DISK = {
    DiskRoom.ENOUGH: Health("disk", Level.OK, "There is room for the record."),
    DiskRoom.LOW: Health(
        "disk",
        Level.ATTENTION,
        "The record's disk is filling up; images of passed parts are no longer kept.",
        "Free some space or move the record to a larger disk.",
    ),
    DiskRoom.FULL: Health(
        "disk",
        Level.ALARM,
        "The record's disk is almost full.",
        "Stop the line and free some space: without a record no part can pass.",
    ),
}


def health_of(
    fault_in: str, detail: str, camera: CameraStatus, counters: Counters, disk: Disk
) -> tuple[Health, ...]:
    """The lines of the station's health: camera, engine, record, disk."""
    lines = (_camera(camera), _engine(counters), _record(counters), _DISK[disk.room])
    fault = Health(fault_in, Level.ALARM, detail, "Mend the cause, then start the line again.")
    return tuple(fault if line.name == fault_in else line for line in lines)


def _camera(camera: CameraStatus) -> Health:
    if camera.state is CameraState.LOST:
        remedy = "Check its cable and power; the station keeps trying."
        return Health("camera", Level.ALARM, camera.detail or "The camera is lost.", remedy)
    if camera.gaps:
        text = f"{camera.gaps} frames never arrived; their parts are undecided."
        return Health("camera", Level.ATTENTION, text, "Lower the frame rate, or check the link.")
    return Health("camera", Level.OK, "The camera delivers every frame.")


def _engine(counters: Counters) -> Health:
    if counters.overruns:
        text = f"{counters.overruns} parts came faster than they can be judged and are undecided."
        return Health("engine", Level.ATTENTION, text, "Slow the line down.")
    return Health("engine", Level.OK, "The engine keeps up.")


def _record(counters: Counters) -> Health:
    if counters.images_not_kept:
        text = f"{counters.images_not_kept} images could not be kept; their verdicts are recorded."
        return Health("record", Level.ATTENTION, text, "Slow the line down or use a faster disk.")
    return Health("record", Level.OK, "Every verdict is in the record.")
