"""Turns what a camera's process reports into frames, with a frame for every loss."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace

from inspector_gui.acquisition.frame import Frame, FrameStatus
from inspector_gui.acquisition.gentl.frame_numbers import FrameNumbers, Place
from inspector_gui.acquisition.gentl.messages import Arrived, Dropped, Opened
from inspector_gui.acquisition.gentl.ring import Overwritten, Ring
from inspector_gui.acquisition.pixel_formats import PIXEL_FORMATS


class FrameMaker:
    """Numbers the frames of one camera, however often its process is replaced."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._numbers = FrameNumbers()

    def begin_run(self) -> None:
        """The device may now number its frames anew without a loss."""
        self._numbers.begin_run()

    def arrived(self, report: Arrived, opened: Opened, ring: Ring) -> list[Frame]:
        """A frame, taken out of the ring, after those that were lost before it."""
        frames = self.dropped(report.dropped)
        frame_id = self._place(report.device_id, frames)
        frame = Frame(
            frame_id=frame_id,
            status=report.status,
            pixels=None,
            pixel_format=opened.pixel_format,
            timestamp_ns=report.timestamp_ns,
            received_ns=report.received_ns,
            source=f"{self._name} frame {report.device_id}",
            detail=report.detail,
        )
        return [*frames, _with_pixels(frame, report.sequence, opened, ring)]

    def dropped(self, dropped: Iterable[Dropped]) -> list[Frame]:
        """A `LOST` frame for each that found no place in the ring."""
        frames: list[Frame] = []
        for each in dropped:
            for device_id in range(each.first, each.last + 1):
                frame_id = self._place(device_id, frames)
                detail = f"Frame {device_id} was dropped, ring full: it was not fetched in time."
                frames.append(self._lost(frame_id, detail))
        return frames

    def interrupted(self, detail: str) -> Frame:
        """One `LOST` frame for all that may be lost until the camera is back."""
        return self._lost(self._numbers.skip(), detail)

    def _place(self, device_id: int, frames: list[Frame]) -> int:
        """The number of a frame; what is missing before it is added to `frames`."""
        place = self._numbers.place(device_id)
        why = _why_missing(place, device_id)
        frames.extend(self._lost(frame_id, why) for frame_id in place.missing)
        return place.frame_id

    def _lost(self, frame_id: int, detail: str) -> Frame:
        return Frame(
            frame_id=frame_id,
            status=FrameStatus.LOST,
            pixels=None,
            pixel_format="",
            timestamp_ns=0,
            received_ns=time.monotonic_ns(),
            source=f"{self._name} lost frame {frame_id}",
            detail=detail,
        )


def _with_pixels(frame: Frame, sequence: int, opened: Opened, ring: Ring) -> Frame:
    if frame.status is not FrameStatus.COMPLETE:
        ring.release(sequence)
        return frame
    try:
        flat = ring.take(sequence)
    except Overwritten:
        detail = "The frame was overwritten while it was read."
        return replace(frame, status=FrameStatus.UNREADABLE, detail=detail)
    rows = flat.reshape(opened.height, opened.row_bytes)
    return replace(frame, pixels=PIXEL_FORMATS[opened.pixel_format].decode(rows))


def _why_missing(place: Place, device_id: int) -> str:
    if place.is_guess:
        return f"The camera numbers its frames anew from {device_id}; some may never have arrived."
    return "The frame never arrived; check the camera's link, or lower its frame rate."
