"""The process that owns one GenTL camera.

genicam never lets go of Python's global lock while it waits for a frame, and a producer may hang
or crash; both stay in here. The station itself never imports this module, nor genicam.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any

from inspector_gui.acquisition.camera import CameraError, CameraLost
from inspector_gui.acquisition.frame import FrameStatus
from inspector_gui.acquisition.gentl.buffer import (
    Layout,
    Unfit,
    attribute,
    pixels_of,
    queue,
    timestamp_ns,
)
from inspector_gui.acquisition.gentl.device import Device, open_and_configure
from inspector_gui.acquisition.gentl.messages import (
    Arrived,
    Close,
    Command,
    Dropped,
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
from inspector_gui.acquisition.gentl.processes import Watchdog, leave_interrupts_to_the_parent
from inspector_gui.acquisition.gentl.ring import Ring

OPEN_S = 60.0
HANG_S = 10.0
IDLE_S = 0.2
WAIT_MS = 10  # how long a command may have to wait


_STATION_GONE = (EOFError, BrokenPipeError, ConnectionResetError)


def run(connection: Connection, request: Request) -> None:
    """Open the camera and serve the station until it says `Close`, or is gone."""
    watchdog = Watchdog()
    watchdog.feed(timeout_s=OPEN_S)
    leave_interrupts_to_the_parent()
    with suppress(*_STATION_GONE), ExitStack() as at_the_end:
        try:
            camera = _CameraProcess(connection, request, watchdog)
            at_the_end.callback(camera.close)
            camera.serve()
        except CameraError as error:
            connection.send(error)
        except _STATION_GONE:
            raise
        except Exception as error:
            reason = str(error).partition("\n")[0].rstrip(".")
            connection.send(CameraLost(f"The camera failed ({reason}); check its cable and power."))


class _CameraProcess:
    def __init__(self, connection: Connection, request: Request, watchdog: Watchdog) -> None:
        self._connection = connection
        self._watchdog = watchdog
        self._device, self._layout = open_and_configure(
            request.device,
            request.producers,
            request.settings,
            lambda producer: self._send(Loading(producer)),
        )
        # harvesters puts its own handler in place when it opens a device.
        leave_interrupts_to_the_parent()
        self._silence_s = self._device.longest_silence_s(request.settings)
        self._stream: Stream | None = None

    def serve(self) -> None:
        layout, device = self._layout, self._device
        self._send(
            Opened(
                device_id=device.device_id,
                producer=device.producer,
                pixel_format=layout.pixel_format.name,
                width=layout.width,
                height=layout.height,
                row_bytes=layout.row_bytes,
            )
        )
        while True:
            self._watchdog.feed(timeout_s=HANG_S)
            if self._connection.poll(0 if self._stream else IDLE_S):
                command: Command = self._connection.recv()
                if isinstance(command, Close):
                    return
                self._obey(command)
            if self._stream:
                self._stream.step()

    def _obey(self, command: Command) -> None:
        match command:
            case Start():
                ring = Ring.attach(command.ring, command.size)
                self._device.start()
                self._stream = Stream(
                    self._connection, self._device, self._layout, ring, self._silence_s
                )
                self._send(Started())
            case Stop():
                self._stop()
            case Fire():
                self._device.trigger()

    def _stop(self) -> None:
        dropped = self._stream.end() if self._stream else ()
        self._stream = None
        self._send(Stopped(dropped))

    def close(self) -> None:
        if self._stream:
            self._stream.abandon()
        self._device.close()

    def _send(self, report: Report) -> None:
        self._connection.send(report)


class Stream:
    """Moves frames from the device to the ring.

    What is sent never blocks for long: every `Arrived` takes a place in the ring, so no more than
    the ring's slots are ever under way.
    """

    def __init__(
        self,
        connection: Connection,
        device: Device,
        layout: Layout,
        ring: Ring,
        silence_s: float | None = None,
    ) -> None:
        self._connection = connection
        self._device = device
        self._layout = layout
        self._ring = ring
        self._silence_s = silence_s
        self._dropped: list[Dropped] = []
        self._last_id = -1
        self._last_at = time.monotonic()

    def step(self) -> None:
        """Move the next frame, if one comes soon.

        Raises:
            CameraLost: None has come for longer than a camera that runs by itself can take.
        """
        buffer = self._device.next_buffer(WAIT_MS)
        if buffer is not None:
            self._last_at = time.monotonic()
            self._move(buffer)
        elif self._silence_s and time.monotonic() - self._last_at > self._silence_s:
            raise CameraLost(
                f"The camera sent no frame for {self._silence_s:g} s; check its cable and power."
            )
        self._ring.beat()

    def end(self) -> tuple[Dropped, ...]:
        """Stop, move what is there, and let go of the ring; what was dropped at the end."""
        for buffer in self._device.stop_and_drain():
            self._move(buffer)
        self._ring.close(remove=False)
        return tuple(self._dropped)

    def abandon(self) -> None:
        """Let go of the ring, whatever may still come."""
        self._ring.close(remove=False)

    def _move(self, buffer: Any) -> None:
        received_ns = time.monotonic_ns()
        status, detail = FrameStatus.COMPLETE, ""
        with _queued_afterwards(buffer):
            device_id = int(attribute(buffer, "frame_id", self._last_id + 1))
            self._last_id = device_id
            clock_ns = timestamp_ns(buffer)
            rows = None
            try:
                rows = pixels_of(buffer, self._layout)
            except Unfit as error:
                status, detail = error.status, str(error)
            sequence = self._ring.put(rows)
        if sequence is None:
            self._drop(device_id)
            return
        dropped, self._dropped = tuple(self._dropped), []
        self._connection.send(
            Arrived(sequence, device_id, status, detail, clock_ns, received_ns, dropped)
        )

    def _drop(self, device_id: int) -> None:
        if self._dropped and self._dropped[-1].last + 1 == device_id:
            self._dropped[-1] = Dropped(self._dropped[-1].first, device_id)
        else:
            self._dropped.append(Dropped(device_id, device_id))


@contextmanager
def _queued_afterwards(buffer: Any) -> Iterator[None]:
    try:
        yield
    finally:
        queue(buffer)
