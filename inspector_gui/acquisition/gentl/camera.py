"""Any GenICam camera, through its GenTL producer, in a process of its own."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from inspector_gui.acquisition.camera import (
    CameraError,
    CameraLost,
    CameraNotFound,
    CameraSettings,
    CameraSettingsError,
    CameraState,
    CameraStatus,
    Trigger,
)
from inspector_gui.acquisition.frame import Frame, FrameStatus
from inspector_gui.acquisition.gentl.frames import FrameMaker
from inspector_gui.acquisition.gentl.messages import Arrived, Opened, Request, Stopped
from inspector_gui.acquisition.gentl.producers import SIMULATOR, find_producers, simulator
from inspector_gui.acquisition.gentl.session import Phase, Session

_FIRST_RETRY_S, _LONGEST_RETRY_S = 0.5, 10.0
_STEADY_S = 10.0  # after so long without trouble the next retry comes quickly again
_LOOK_S = 0.1  # how often a silent process is looked at


class GentlCamera:
    """A camera that is opened again when its process ends or hangs.

    Supervision happens in `fetch`, which the station calls all the time; there is no thread here.

    Frame ids are the device's own until acquisition is interrupted, and then go on from the last
    one, so that none comes twice while the camera is open; `Frame.source` has the device's number.
    Each lost frame is one `LOST` frame. One stands for a loss whose size nobody can know: while
    the camera was away, or when the device began to number anew.
    """

    waits_for_fetch = False

    def __init__(self, name: str, device: str, settings: CameraSettings) -> None:
        """Take what is needed; nothing runs yet.

        Args:
            name: What the user calls it.
            device: Id, user-defined name, serial number or model; `viky` is the simulator.
            settings: What is asked of it.
        """
        self._name = name
        self._device = device
        self._settings = replace(settings, features=dict(settings.features))
        self._status = CameraStatus(CameraState.CLOSED)
        self._session: Session | None = None
        self._opened: Opened | None = None
        self._wants_frames = False
        self._maker = FrameMaker(name)
        self._frames: deque[Frame] = deque()
        self._retry_at = 0.0
        self._retry_s = _FIRST_RETRY_S
        self._began_at = 0.0

    @property
    def name(self) -> str:
        return self._name

    @property
    def status(self) -> CameraStatus:
        return self._status

    @property
    def process_id(self) -> int | None:
        """The process that has the camera, if there is one now."""
        return self._session.pid if self._session else None

    # --- open, start, stop, close ---

    def open(self) -> None:
        if self._status.state is not CameraState.CLOSED:
            return
        self._opened = None
        self._maker = FrameMaker(self._name)
        self._open_session()
        self._status = CameraStatus(CameraState.READY)

    def start(self) -> None:
        """Begin taking frames; a camera that was lost meanwhile is opened anew.

        Raises:
            CameraError: It does not start.
        """
        if self._wants_frames:
            return
        if self._session is None:
            self._open_session()
        self._maker.begin_run()
        try:
            self._start_session()
            self._wait_for(Phase.STREAMING)
        except CameraError:
            self._discard()
            raise
        self._wants_frames = True

    def stop(self) -> None:
        self._wants_frames = False
        session = self._session
        if session is not None and session.phase is Phase.STREAMING:
            try:
                session.stop()
                self._wait_for(Phase.OPEN)
            except CameraError as error:
                self._lose(error)
        elif session is not None and session.phase is not Phase.OPEN:
            self._discard()  # on its way back; the next start opens it again
        if self._status.state is CameraState.STREAMING:
            self._status = replace(self._status, state=CameraState.READY)

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None
        self._wants_frames = False
        self._frames.clear()
        self._status = replace(self._status, state=CameraState.CLOSED, detail="")

    def trigger(self) -> None:
        if self._settings.trigger is not Trigger.SOFTWARE:
            raise CameraSettingsError(
                f"{self._name} is not triggered by software; set the recipe's trigger to software."
            )
        session = self._session
        if session is None:
            raise CameraLost(f"{self._name} is lost; wait until it is back.")
        session.trigger()

    # --- fetch ---

    def fetch(self, timeout_s: float) -> Frame | None:
        deadline = time.monotonic() + timeout_s
        while not self._frames:
            remaining_s = deadline - time.monotonic()
            self._advance(min(max(remaining_s, 0.0), _LOOK_S))
            if remaining_s <= 0 and not self._frames:
                return None
        frame = self._frames.popleft()
        status = self._status
        if frame.status is FrameStatus.LOST:
            self._status = replace(status, gaps=status.gaps + 1)
        else:
            self._status = replace(status, delivered=status.delivered + 1)
        return frame

    def _advance(self, timeout_s: float) -> None:
        """Take the next report, or the next step of coming back, within the time-out."""
        if self._session is None:
            self._wait_to_retry(timeout_s)
            return
        try:
            self._take_report(self._session, timeout_s)
        except CameraSettingsError:
            self._discard()
            raise
        except CameraError as error:
            self._lose(error)

    def _take_report(self, session: Session, timeout_s: float) -> None:
        report = session.receive(timeout_s)
        match report:
            case Opened():
                self._opened = report
                if self._wants_frames:
                    self._start_session()
            case Arrived():
                self._take_frame(session, report)
            case Stopped():
                self._frames.extend(self._maker.dropped(report.dropped))
        if session.phase is Phase.STREAMING and self._status.state is not CameraState.STREAMING:
            self._began_at = time.monotonic()
            self._status = replace(self._status, state=CameraState.STREAMING, detail="")

    def _take_frame(self, session: Session, report: Arrived) -> None:
        assert self._opened is not None
        self._frames.extend(self._maker.arrived(report, self._opened, session.ring))

    # --- the process ---

    def _connect(self) -> None:
        if self._opened is None:
            device, producers = self._device, self._producers()
        else:
            device, producers = self._opened.device_id, [Path(self._opened.producer)]
        self._session = Session(Request(device, tuple(map(str, producers)), self._settings))

    def _producers(self) -> Iterable[Path]:
        if self._device.casefold() == SIMULATOR:
            return simulator()
        for name in self._settings.producers:
            if not Path(name).exists():
                raise CameraNotFound(f"There is no GenTL producer {name}; correct its path.")
        return find_producers(self._settings.producers)

    def _open_session(self) -> None:
        self._connect()
        try:
            self._wait_for(Phase.OPEN)
        except CameraError:
            self._discard()
            raise

    def _start_session(self) -> None:
        assert self._session is not None
        assert self._opened is not None
        self._session.start(self._opened)

    def _wait_for(self, phase: Phase) -> None:
        assert self._session is not None
        while self._session.phase is not phase:
            self._take_report(self._session, _LOOK_S)

    def _discard(self) -> None:
        if self._session is not None:
            self._session.discard()
            self._session = None

    # --- lost, and back again ---

    def _lose(self, error: CameraError) -> None:
        """Hand out what had arrived, mark the loss, and plan the next attempt."""
        if self._session is not None:
            for report in self._session.kill():
                self._take_frame(self._session, report)
            self._discard()
        if self._status.state is not CameraState.LOST:
            self._frames.append(self._maker.interrupted(str(error)))
            if time.monotonic() - self._began_at > _STEADY_S:
                self._retry_s = _FIRST_RETRY_S
        self._retry_at = time.monotonic() + self._retry_s
        advice = f"Trying again in {self._retry_s:g} s." if self._wants_frames else "Start again."
        self._retry_s = min(2 * self._retry_s, _LONGEST_RETRY_S)
        self._status = replace(
            self._status, state=CameraState.LOST, detail=f"{str(error).rstrip('.')}. {advice}"
        )

    def _wait_to_retry(self, timeout_s: float) -> None:
        is_coming_back = self._wants_frames and self._status.state is CameraState.LOST
        wait_s = self._retry_at - time.monotonic() if is_coming_back else timeout_s
        time.sleep(max(0.0, min(wait_s, timeout_s)))
        if is_coming_back and wait_s <= timeout_s:
            self._status = replace(self._status, restarts=self._status.restarts + 1)
            self._connect()
