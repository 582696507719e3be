"""From a producer's buffer to the ring: whole, broken, and too many frames."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import Pipe
from types import SimpleNamespace

import numpy as np
import pytest
from genicam import gentl

from inspector_gui.acquisition.camera import CameraLost
from inspector_gui.acquisition.frame import Frame, FrameStatus
from inspector_gui.acquisition.gentl.buffer import Layout, Unfit, pixels_of
from inspector_gui.acquisition.gentl.child import Stream
from inspector_gui.acquisition.gentl.frames import FrameMaker
from inspector_gui.acquisition.gentl.messages import Arrived, Dropped, Opened
from inspector_gui.acquisition.gentl.ring import Ring, RingSize
from inspector_gui.acquisition.pixel_formats import PIXEL_FORMATS

MONO = Layout(PIXEL_FORMATS["Mono8"], width=4, height=3)
OPENED = Opened("bench", "bench.cti", "Mono8", width=4, height=3, row_bytes=4)


@dataclass(eq=False)
class Buffer:
    """What genicam's buffer shows of itself; a property set to None is not available."""

    frame_id: int | None = 1
    raw_buffer: bytes = bytes(range(12))
    is_whole: bool | None = True
    width: int | None = 4
    height: int | None = 3
    padding_x: int | None = None
    image_offset: int | None = None
    pixel_format: int | None = MONO.pixel_format.code
    pixel_endianness: int | None = 1
    payload_type: int | None = 1
    delivered_image_height: int | None = None
    timestamp_ns: int | None = None
    timestamp: int | None = None
    queued: list[bytes] = field(default_factory=list)

    def __getattribute__(self, name: str) -> object:
        value = super().__getattribute__(name)
        if value is None:
            raise gentl.NotAvailableException(f"{name} is not available")
        return value

    def is_complete(self) -> bool:
        return self.is_whole

    @property
    def parent(self) -> SimpleNamespace:
        return SimpleNamespace(
            queue_buffer=lambda buffer: buffer.queued.append(buffer.raw_buffer),
            parent=SimpleNamespace(timestamp_frequency=1_000),
        )


class Device:
    """Hands out prepared buffers."""

    def __init__(self) -> None:
        self.buffers: list[Buffer] = []
        self.left_at_stop: list[Buffer] = []

    def next_buffer(self, timeout_ms: int) -> Buffer | None:
        return self.buffers.pop(0) if self.buffers else None

    def stop_and_drain(self) -> Iterator[Buffer]:
        yield from self.left_at_stop


class Bench:
    """A stream on a prepared device, and the station's end of it."""

    def __init__(self, slots: int = 4) -> None:
        self.device = Device()
        self.ours, theirs = Pipe()
        size = RingSize(slots, MONO.row_bytes * MONO.height)
        self.ring = Ring.create(size)
        writer = Ring.attach(self.ring.name, size)
        self.stream = Stream(theirs, self.device, MONO, writer)
        self.maker = FrameMaker("gentl:bench")

    def run(self, *buffers: Buffer) -> None:
        self.device.buffers += buffers
        while self.device.buffers:
            self.stream.step()

    def fetch(self) -> list[Frame]:
        frames: list[Frame] = []
        while self.ours.poll():
            frames += self.maker.arrived(self.ours.recv(), OPENED, self.ring)
        return frames


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.stream.abandon()
    bench.ring.close(remove=True)


def statuses(frames: list[Frame]) -> list[tuple[int, str]]:
    return [(frame.frame_id, frame.status.value) for frame in frames]


def test_a_whole_frame_keeps_its_id_and_pixels(bench):
    buffer = Buffer(frame_id=7, timestamp_ns=123)
    bench.run(buffer)
    (frame,) = bench.fetch()
    assert statuses([frame]) == [(7, "complete")]
    np.testing.assert_array_equal(frame.pixels, np.arange(12, dtype=np.uint8).reshape(3, 4))
    assert (frame.pixel_format, frame.timestamp_ns) == ("Mono8", 123)
    assert frame.received_ns > 0
    assert len(buffer.queued) == 1


def test_clocks_that_count_ticks(bench):
    bench.run(Buffer(timestamp=5))
    assert bench.fetch()[0].timestamp_ns == 5_000_000


def test_an_incomplete_frame_is_handed_out_as_such(bench):
    broken = Buffer(frame_id=2, is_whole=False)
    bench.run(Buffer(frame_id=1), broken, Buffer(frame_id=3))
    frames = bench.fetch()
    assert statuses(frames) == [(1, "complete"), (2, "incomplete"), (3, "complete")]
    assert frames[1].pixels is None
    assert frames[1].detail == "The camera delivered a frame with missing data."
    assert len(broken.queued) == 1


def test_a_gap_in_the_ids_is_one_lost_frame_each(bench):
    bench.run(Buffer(frame_id=1), Buffer(frame_id=4))
    frames = bench.fetch()
    assert statuses(frames) == [(1, "complete"), (2, "lost"), (3, "lost"), (4, "complete")]
    assert "never arrived" in frames[1].detail


def test_a_full_ring_loses_no_frame_in_silence(bench):
    bench.run(*(Buffer(frame_id=number) for number in range(1, 8)))
    assert statuses(bench.fetch()) == [(number, "complete") for number in range(1, 5)]
    bench.run(Buffer(frame_id=8), Buffer(frame_id=11))
    frames = bench.fetch()
    assert statuses(frames) == [
        *((number, "lost") for number in (5, 6, 7)),
        (8, "complete"),
        *((number, "lost") for number in (9, 10)),
        (11, "complete"),
    ]
    assert all("ring full" in frame.detail for frame in frames[:3])
    assert all("never arrived" in frame.detail for frame in frames[4:6])


def test_frames_dropped_at_the_very_end_are_told_when_it_stops(bench):
    bench.run(*(Buffer(frame_id=number) for number in range(1, 7)))
    bench.device.left_at_stop = [Buffer(frame_id=7), Buffer(frame_id=9)]
    dropped = bench.stream.end()
    assert dropped == (Dropped(5, 7), Dropped(9, 9))
    assert statuses(bench.fetch())[-1] == (4, "complete")
    assert statuses(bench.maker.dropped(dropped)) == [(n, "lost") for n in range(5, 10)]


def test_ids_are_counted_for_a_producer_without(bench):
    bench.run(Buffer(frame_id=None), Buffer(frame_id=None))
    assert statuses(bench.fetch()) == [(0, "complete"), (1, "complete")]


def test_a_frame_overwritten_in_the_ring_is_not_judged(bench):
    bench.run(Buffer(frame_id=1))
    bench.ring._stamps[0] = 0
    (frame,) = bench.fetch()
    assert statuses([frame]) == [(1, "unreadable")]
    assert frame.pixels is None


def test_losing_the_camera_is_one_frame_and_ids_go_on(bench):
    bench.run(Buffer(frame_id=5))
    before = bench.fetch()
    lost = bench.maker.interrupted("The camera's process was ended by SIGKILL.")
    bench.run(Buffer(frame_id=1), Buffer(frame_id=2))
    assert statuses([*before, lost, *bench.fetch()]) == [
        (5, "complete"),
        (6, "lost"),
        (7, "complete"),
        (8, "complete"),
    ]


def test_a_camera_that_runs_by_itself_may_not_be_silent(bench):
    bench.stream._silence_s = 0.05
    bench.run(Buffer())
    bench.stream.step()
    time.sleep(0.06)
    with pytest.raises(CameraLost, match=r"sent no frame for 0\.05 s; check its cable"):
        bench.stream.step()


def test_an_announcement_is_small():
    """So that a full ring's worth of them fits into a pipe that nobody reads."""
    import pickle

    arrived = Arrived(9, 10**9, FrameStatus.COMPLETE, "", 10**18, 10**18, ())
    assert len(pickle.dumps(arrived)) < 400


def test_padding_and_offset_are_left_out():
    rows = b"".join(bytes([n, n + 1, n + 2, n + 3, 255, 255]) for n in (0, 4, 8))
    pixels = pixels_of(Buffer(raw_buffer=b"??" + rows, padding_x=2, image_offset=2), MONO)
    np.testing.assert_array_equal(pixels, np.arange(12, dtype=np.uint8).reshape(3, 4))


@pytest.mark.parametrize(
    ("buffer", "status", "detail"),
    [
        (Buffer(is_whole=None), FrameStatus.INCOMPLETE, "missing data"),
        (Buffer(delivered_image_height=2), FrameStatus.INCOMPLETE, "Only 2 of 3 rows"),
        (Buffer(raw_buffer=bytes(11)), FrameStatus.INCOMPLETE, "11 bytes, too few"),
        (Buffer(payload_type=6), FrameStatus.UNREADABLE, "payload type 6 is not a single image"),
        (Buffer(width=8), FrameStatus.UNREADABLE, "8×3 instead of 4×3"),
        (Buffer(pixel_format=0x02180014), FrameStatus.UNREADABLE, "0x02180014 instead of Mono8"),
    ],
)
def test_what_was_not_agreed_on_is_not_judged(buffer, status, detail):
    with pytest.raises(Unfit, match=detail) as refusal:
        pixels_of(buffer, MONO)
    assert refusal.value.status is status


def test_wide_pixels_with_the_higher_byte_first_are_not_judged():
    layout = Layout(PIXEL_FORMATS["Mono12"], width=2, height=3)
    buffer = Buffer(width=2, pixel_format=layout.pixel_format.code, pixel_endianness=2)
    with pytest.raises(Unfit, match="higher byte first"):
        pixels_of(buffer, layout)
