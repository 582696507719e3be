"""The ring: order, fullness, and slots that are not what was announced."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_gui.acquisition.camera import CameraSettingsError
from inspector_gui.acquisition.gentl import ring as ring_module
from inspector_gui.acquisition.gentl.ring import Overwritten, Ring, RingSize

SIZE = RingSize(slots=4, slot_bytes=12)


@pytest.fixture
def ends() -> Iterator[tuple[Ring, Ring]]:
    reader = Ring.create(SIZE)
    writer = Ring.attach(reader.name, SIZE)
    yield writer, reader
    writer.close(remove=False)
    reader.close(remove=True)


def image(number: int) -> np.ndarray:
    return np.full((3, 4), number % 251, np.uint8)


def test_a_frame_arrives_as_it_was(ends):
    writer, reader = ends
    pixels = np.arange(12, dtype=np.uint8).reshape(3, 4)
    taken = reader.take(writer.put(pixels))
    np.testing.assert_array_equal(taken, pixels.ravel())
    taken[:] = 0  # its owner may do so
    np.testing.assert_array_equal(reader._slots[0], pixels.ravel())


def test_padding_is_left_behind(ends):
    writer, reader = ends
    padded = np.arange(18, dtype=np.uint8).reshape(3, 6)
    taken = reader.take(writer.put(padded[:, :4]))
    np.testing.assert_array_equal(taken.reshape(3, 4), padded[:, :4])


@given(st.lists(st.booleans(), max_size=60))
def test_any_order_of_writing_and_reading(writes):
    reader = Ring.create(SIZE)
    writer = Ring.attach(reader.name, SIZE)
    waiting: deque[int] = deque()
    number = 0
    for is_write in writes:
        if is_write:
            sequence = writer.put(image(number))
            assert (sequence is None) == (len(waiting) == SIZE.slots)
            if sequence is not None:
                assert sequence == number
                waiting.append(number)
                number += 1
        elif waiting:
            expected = waiting.popleft()
            np.testing.assert_array_equal(reader.take(expected), image(expected).ravel())
    writer.close(remove=False)
    reader.close(remove=True)


def test_a_full_ring_says_so_and_keeps_what_it_has(ends):
    writer, reader = ends
    sequences = [writer.put(image(number)) for number in range(SIZE.slots)]
    assert writer.put(image(99)) is None
    reader.release(sequences[0])
    assert writer.put(image(99)) == SIZE.slots
    np.testing.assert_array_equal(reader.take(sequences[1]), image(1).ravel())


def test_a_slot_without_pixels_counts_as_one(ends):
    writer, _ = ends
    assert [writer.put(None) for _ in range(5)] == [0, 1, 2, 3, None]


def test_half_a_frame_is_noticed(ends):
    writer, reader = ends
    sequence = writer.put(image(1))
    writer._stamps[0] = 0  # as while the next frame is being written
    with pytest.raises(Overwritten):
        reader.take(sequence)


def test_beats_are_seen_by_the_other_end(ends):
    writer, reader = ends
    before = reader.beats
    writer.beat()
    assert reader.beats == before + 1


@pytest.mark.parametrize(
    ("frame_bytes", "slots"), [(400 * 400, 128), (800 * 800 * 4, 16), (1 << 20, 32)]
)
def test_slots_follow_the_size_of_a_frame(frame_bytes, slots):
    assert RingSize.for_frames(frame_bytes).slots == slots


def test_nothing_is_left_in_shared_memory():
    folder = Path("/dev/shm")
    if not folder.is_dir():
        pytest.skip("this system shows no shared memory as files")
    ring = Ring.create(SIZE)
    assert (folder / ring.name.lstrip("/")).exists()
    ring.close(remove=True)
    assert not (folder / ring.name.lstrip("/")).exists()


@pytest.mark.skipif(ring_module.sys.platform != "linux", reason="only Linux limits it")
def test_too_little_shared_memory_is_said_before_it_is_used():
    with pytest.raises(CameraSettingsError, match="MiB of shared memory"):
        Ring.create(RingSize(16, 1 << 44))
