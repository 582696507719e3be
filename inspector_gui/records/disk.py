"""How much room the record's disk has."""

from __future__ import annotations

import shutil
from enum import Enum
from pathlib import Path

GIB = 1024**3
LOW_BYTES = 5 * GIB
LOW_SHARE = 0.05
FULL_BYTES = GIB // 2


class DiskRoom(Enum):
    ENOUGH = "enough"
    LOW = "low"  # images of passed parts are no longer kept
    FULL = "full"  # soon not even the record can be written


def room_of(free_bytes: int, total_bytes: int) -> DiskRoom:
    """Judge free space: low below 5 GiB or 5 % (whichever is less), full below 0.5 GiB."""
    if free_bytes < FULL_BYTES:
        return DiskRoom.FULL
    if free_bytes < min(LOW_BYTES, LOW_SHARE * total_bytes):
        return DiskRoom.LOW
    return DiskRoom.ENOUGH


def disk_room(folder: Path) -> DiskRoom:
    """The room on the disk that holds a folder."""
    usage = shutil.disk_usage(folder)
    return room_of(usage.free, usage.total)
