"""One image as a camera delivered it, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class FrameStatus(StrEnum):
    """Only a `COMPLETE` frame may be judged."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"  # the camera delivered a buffer with missing data
    UNREADABLE = "unreadable"  # a file that cannot be decoded, or pixels of an unknown meaning
    LOST = "lost"  # a gap in the frame ids: the camera took it, nobody received it


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One image, immutable; it owns its pixels.

    Attributes:
        frame_id: The camera's running number.
        status: Whether it may be judged.
        pixels: uint8 (height, width) grey or (height, width, 3) RGB; None unless `COMPLETE`.
        pixel_format: The source's SFNC `PixelFormat`, such as `Mono8` or `BayerRG8`.
        timestamp_ns: The device's own clock, in nanoseconds of that clock; 0 if it has none.
        received_ns: `time.monotonic_ns()` when the frame was complete on this computer.
        source: What it is for people: file path, camera and frame number, seed.
        detail: Why it is not complete, one sentence; "" otherwise.
        truth: Labels of known defects, where the source knows them (simulated line), else None.
    """

    frame_id: int
    status: FrameStatus
    pixels: NDArray[np.uint8] | None
    pixel_format: str
    timestamp_ns: int
    received_ns: int
    source: str
    detail: str = ""
    truth: tuple[str, ...] | None = None
