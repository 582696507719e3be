"""How a folder of the settings is. No Qt; may be slow where a folder lies on a network."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from inspector_gui.acquisition.image_file import SUFFIXES
from inspector_gui.records.disk import DiskRoom, room_of


class Use(Enum):
    """What a folder is for."""

    RECORD = "record"
    RECIPES = "recipes"
    PICTURES = "pictures"


class Fault(Enum):
    MISSING = "missing"
    NO_FOLDER = "a file is in its place"
    UNREADABLE = "may not be read"
    READ_ONLY = "may not be written"


@dataclass(frozen=True, slots=True)
class FolderState:
    """What was found.

    Attributes:
        fault: Why it cannot be used.
        is_new: Whether it is still to be made, which the record's may be.
        count: Recipes or pictures in it.
        free_bytes, room: Of the record's disk.
    """

    fault: Fault | None = None
    is_new: bool = False
    count: int = 0
    free_bytes: int = 0
    room: DiskRoom = DiskRoom.ENOUGH


def state_of(folder: Path, use: Use, is_cancelled: Callable[[], bool]) -> FolderState:
    """Look at a folder; any thread. Once cancelled, what has been counted by then."""
    try:
        if use is Use.RECORD:
            return _record_state(folder)
        if not folder.is_dir():
            return FolderState(Fault.NO_FOLDER if folder.exists() else Fault.MISSING)
        if use is Use.RECIPES:
            return FolderState(count=sum(path.suffix == ".toml" for path in folder.iterdir()))
        return FolderState(count=_pictures(folder, is_cancelled))
    except OSError:
        return FolderState(Fault.UNREADABLE)


def _record_state(folder: Path) -> FolderState:
    held_by = next(path for path in (folder, *folder.parents) if path.exists())
    if not held_by.is_dir():
        return FolderState(Fault.NO_FOLDER)
    try:
        with tempfile.TemporaryFile(dir=held_by):  # rights alone do not tell on every system
            pass
    except OSError:
        return FolderState(Fault.READ_ONLY)
    disk = shutil.disk_usage(held_by)
    return FolderState(
        is_new=held_by != folder, free_bytes=disk.free, room=room_of(disk.free, disk.total)
    )


def _pictures(folder: Path, is_cancelled: Callable[[], bool]) -> int:
    next(folder.iterdir(), None)  # raises if it may not be read
    count = 0
    for _, _, names in os.walk(folder):
        if is_cancelled():
            break
        count += sum(Path(name).suffix.lower() in SUFFIXES for name in names)
    return count
