"""What the sources that make their own frames have in common: numbering, pace and end."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from dataclasses import replace

from inspector_gui.acquisition.camera import (
    CameraSettings,
    CameraSettingsError,
    CameraState,
    CameraStatus,
)
from inspector_gui.acquisition.frame import Frame


class PacedCamera(ABC):
    """Makes frame 0, 1, 2, ... at `settings.frame_rate`, or whenever it is asked.

    At a rate, frame n is due n periods after the start; whoever fetches late gets the frames that
    have become due, in order and at once, so that nothing is lost and the pace does not drift.
    Triggers and features of the settings are those of a real camera and are not looked at.

    Frame ids run on through `stop` and `start`, and never repeat until the camera is opened again.
    """

    def __init__(self, name: str, settings: CameraSettings) -> None:
        self._name = name
        self._settings = settings
        self._status = CameraStatus(CameraState.CLOSED)
        self._next_id = 0
        self._paced_from = 0  # the id of the first frame since `start`
        self._started_at = 0.0

    @abstractmethod
    def _connect(self) -> None:
        """Find out what there is to deliver, or raise a CameraError."""

    @abstractmethod
    def _frame(self, frame_id: int) -> Frame | None:
        """The frame with this id, or None if the source has come to its end."""

    @property
    def name(self) -> str:
        return self._name

    @property
    def waits_for_fetch(self) -> bool:
        return self._settings.frame_rate is None

    @property
    def status(self) -> CameraStatus:
        return self._status

    def open(self) -> None:
        if self._status.state is not CameraState.CLOSED:
            return
        rate = self._settings.frame_rate
        if rate is not None and not 0 < rate < float("inf"):
            raise CameraSettingsError(f"A frame rate of {rate} is not possible; give one above 0.")
        self._connect()
        self._next_id = 0
        self._status = CameraStatus(CameraState.READY)

    def start(self) -> None:
        self._paced_from = self._next_id
        self._started_at = time.monotonic()
        self._status = replace(self._status, state=CameraState.STREAMING)

    def fetch(self, timeout_s: float) -> Frame | None:
        """As the protocol says; at the source's end None comes at once, with `ENDED`."""
        if self._status.state is not CameraState.STREAMING or not self._is_due(timeout_s):
            return None
        frame = self._frame(self._next_id)
        if frame is None:
            self._status = replace(self._status, state=CameraState.ENDED)
            return None
        self._next_id += 1
        self._status = replace(self._status, delivered=self._status.delivered + 1)
        return frame

    def _is_due(self, timeout_s: float) -> bool:
        """Wait for the next frame's time; False if it lies beyond the time-out."""
        rate = self._settings.frame_rate
        if rate is None:
            return True
        due_at = self._started_at + (self._next_id - self._paced_from) / rate
        wait_s = due_at - time.monotonic()
        if wait_s > 0:
            time.sleep(min(wait_s, timeout_s))
        return wait_s <= timeout_s

    def trigger(self) -> None:
        raise CameraSettingsError(f"{self._name} takes its frames by itself and has no trigger.")

    def stop(self) -> None:
        if self._status.state is CameraState.STREAMING:
            self._status = replace(self._status, state=CameraState.READY)

    def close(self) -> None:
        self._status = replace(self._status, state=CameraState.CLOSED)
