"""The station's end of one camera process, from its start to its end."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from enum import StrEnum
from multiprocessing.connection import Connection

from inspector_gui.acquisition.camera import CameraError, CameraLost
from inspector_gui.acquisition.gentl.messages import (
    Arrived,
    Close,
    Command,
    Fire,
    Loading,
    Opened,
    Report,
    Request,
    Start,
    Started,
    Stop,
    Stopped,
)
from inspector_gui.acquisition.gentl.processes import (
    end_process,
    how_it_ended,
    leave_interrupts_to_the_parent,
    start_process,
)
from inspector_gui.acquisition.gentl.ring import Ring, RingSize

CLOSE_S = 1.2


class Phase(StrEnum):
    OPENING = "opening"
    OPEN = "open"
    STARTING = "starting"
    STREAMING = "streaming"
    STOPPING = "stopping"


_ANSWERS = {
    Opened: Phase.OPEN,
    Started: Phase.STREAMING,
    Stopped: Phase.OPEN,
}
# How long, in seconds, a process may be silent.
PATIENCE_S = {
    Phase.OPENING: 30.0,
    Phase.STARTING: 10.0,
    Phase.STREAMING: 2.0,
    Phase.STOPPING: 3.0,
}
_UNSEEN_S = 0.5


def _run(connection: Connection, request: Request) -> None:
    leave_interrupts_to_the_parent()  # first: the import below takes a while
    from inspector_gui.acquisition.gentl import child  # loads genicam, so only over there

    child.run(connection, request)


class Session:
    """One process with its ring.

    ```
    OPENING ──▶ OPEN ── start ──▶ STARTING ──▶ STREAMING ── stop ──▶ STOPPING
                 ▲                                                       │
                 └───────────────────────────────────────────────────────┘
    ```

    `receive` reports what the process says, and raises as soon as it has ended, or has been silent
    for longer than `PATIENCE_S` allows. `trigger` may be called from any thread, all else from one.
    """

    def __init__(self, request: Request) -> None:
        self._process, self._connection = start_process(_run, request)
        self._sending = threading.Lock()
        self._ring: Ring | None = None
        self._producer = ""
        self._beats = -1
        self._looked_at = time.monotonic()
        self._enter(Phase.OPENING)

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self._heard_at = time.monotonic()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def start(self, opened: Opened) -> None:
        """Ask for frames, in a ring that fits them."""
        size = RingSize.for_frames(opened.row_bytes * opened.height)
        self._drop_ring()
        self._ring = Ring.create(size)
        self._beats = -1
        self._send(Start(self._ring.name, size))
        self._enter(Phase.STARTING)

    def stop(self) -> None:
        self._send(Stop())
        self._enter(Phase.STOPPING)

    def trigger(self) -> None:
        self._send(Fire())

    def _send(self, command: Command) -> None:
        try:
            with self._sending:
                self._connection.send(command)
        except OSError as error:
            raise self._lost() from error

    def receive(self, timeout_s: float) -> Report | None:
        """What the process says next, or None after the time-out.

        Raises:
            CameraLost: It has ended or hangs; nothing else can be done than `kill`.
            CameraError: What it ended with.
        """
        report = self._read(timeout_s)
        if report is None:
            self._check_silence()
            return None
        self._heard_at = self._looked_at = time.monotonic()
        if isinstance(report, Loading):
            self._producer = report.producer
        if type(report) in _ANSWERS:
            self._enter(_ANSWERS[type(report)])
        return report

    def _read(self, timeout_s: float) -> Report | None:
        try:
            if not self._connection.poll(timeout_s):
                return None
            report: Report | CameraError = self._connection.recv()
        except (EOFError, OSError) as error:
            raise self._lost() from error
        if isinstance(report, CameraError):
            raise report
        return report

    def _lost(self) -> CameraLost:
        try:
            self._process.join(0.5)
            how = how_it_ended(self._process.exitcode)
        except ValueError:  # another thread has closed the camera
            how = "has ended"
        return CameraLost(f"The camera's process {how}{self._blame()}.")

    def _blame(self) -> str:
        if self.phase is Phase.OPENING and self._producer:
            return f" while it used {self._producer}; remove or update that producer"
        return ""

    def _check_silence(self) -> None:
        now = time.monotonic()
        if self._ring is not None and self._ring.beats != self._beats:
            self._beats = self._ring.beats
            self._heard_at = now
        if now - self._looked_at > _UNSEEN_S:
            self._heard_at += now - self._looked_at  # nobody looked, say while we were suspended
        self._looked_at = now
        limit = PATIENCE_S.get(self.phase)
        if limit is not None and now - self._heard_at > limit:
            raise CameraLost(f"The camera's process hung for {limit:g} s{self._blame()}.")

    @property
    def ring(self) -> Ring:
        if self._ring is None:
            raise RuntimeError("the camera was never started")
        return self._ring

    def kill(self) -> list[Arrived]:
        """End the process; what had arrived by then and can still be taken from the ring."""
        self._process.kill()
        self._process.join()
        arrived = []
        with suppress(CameraError):
            while (report := self._read(0.0)) is not None:
                if isinstance(report, Arrived):
                    arrived.append(report)
        return arrived

    def close(self) -> None:
        """Let the process end by itself, or kill it, and let go of the ring."""
        with suppress(CameraError):
            self._send(Close())
        self._process.join(CLOSE_S)
        self.discard()

    def discard(self) -> None:
        """Kill the process if it still runs, and let go of the ring."""
        end_process(self._process, self._connection)
        self._drop_ring()

    def _drop_ring(self) -> None:
        if self._ring is not None:
            self._ring.close(remove=True)
            self._ring = None
