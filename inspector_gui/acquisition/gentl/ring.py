"""Frames on their way from a camera's process to the station, in shared memory."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory

import numpy as np
from numpy.typing import NDArray

from inspector_gui.acquisition.camera import CameraSettingsError

_WORD = 8
_RELEASED, _BEATS, _HEADER_WORDS = 0, 1, 8
RING_BYTES = 32 << 20
FEWEST_SLOTS, MOST_SLOTS = 16, 128


@dataclass(frozen=True, slots=True)
class RingSize:
    slots: int
    slot_bytes: int

    @classmethod
    def for_frames(cls, frame_bytes: int) -> RingSize:
        slots = min(MOST_SLOTS, max(FEWEST_SLOTS, RING_BYTES // frame_bytes))
        return cls(slots, frame_bytes)

    @property
    def total_bytes(self) -> int:
        return (_HEADER_WORDS + self.slots) * _WORD + self.slots * self.slot_bytes


class Overwritten(Exception):
    """The slot does not hold the frame that was announced."""


class Ring:
    """A ring of slots with one writer and one reader, each in a process of its own.

    The writer puts frame n = 0, 1, 2, ... into slot n mod slots, stamps the slot with n + 1 (0
    while it writes) and announces n through a pipe, whose system calls order the two processes'
    memory. The reader takes the announced frames in order, and so hands the slots back. The writer
    never waits: without a free slot it is told so.

    The reader makes the ring and removes it; if it dies without, Python's resource tracker does.
    """

    def __init__(self, memory: SharedMemory, size: RingSize) -> None:
        self._memory = memory
        self._size = size
        words = _HEADER_WORDS + size.slots
        buffer = memory.buf
        assert buffer is not None
        self._header = np.frombuffer(buffer, np.uint64, _HEADER_WORDS)
        self._stamps = np.frombuffer(buffer, np.uint64, size.slots, _HEADER_WORDS * _WORD)
        flat = np.frombuffer(buffer, np.uint8, size.slots * size.slot_bytes, words * _WORD)
        self._slots = flat.reshape(size.slots, size.slot_bytes)
        self._written = 0
        self._is_closed = False

    @classmethod
    def create(cls, size: RingSize) -> Ring:
        """Make a ring.

        Raises:
            CameraSettingsError: This computer has too little shared memory left.
        """
        if sys.platform == "linux" and shutil.disk_usage("/dev/shm").free < size.total_bytes:
            raise CameraSettingsError(
                f"The camera's frames need {size.total_bytes >> 20} MiB of shared memory and "
                "/dev/shm has less; enlarge it, or set a smaller Width and Height."
            )
        name = f"inspector-{os.getpid()}-{secrets.token_hex(4)}"
        return cls(SharedMemory(name, create=True, size=size.total_bytes), size)

    @classmethod
    def attach(cls, name: str, size: RingSize) -> Ring:
        return cls(SharedMemory(name), size)

    @property
    def name(self) -> str:
        return self._memory.name

    @property
    def size(self) -> RingSize:
        return self._size

    def put(self, rows: NDArray[np.uint8] | None) -> int | None:
        """Copy a frame in, or with None use up a slot for a frame without pixels.

        Args:
            rows: uint8 (height, row bytes), `slot_bytes` in all.

        Returns:
            The frame's sequence number, or None if there is no free slot.
        """
        sequence = self._written
        if self.is_full:
            return None
        slot = sequence % self._size.slots
        self._stamps[slot] = 0
        if rows is not None:
            self._slots[slot].reshape(rows.shape)[:] = rows
        self._stamps[slot] = sequence + 1
        self._written += 1
        return sequence

    @property
    def is_full(self) -> bool:
        """For the writer: whether the reader is so far behind that a frame has no place."""
        return self._written - int(self._header[_RELEASED]) >= self._size.slots

    def take(self, sequence: int) -> NDArray[np.uint8]:
        """Copy a frame out and hand its slot back.

        Returns:
            uint8 (slot_bytes,).

        Raises:
            Overwritten: The slot holds another frame, or half of one.
        """
        slot = sequence % self._size.slots
        was_whole = self._stamps[slot] == sequence + 1
        pixels: NDArray[np.uint8] = self._slots[slot].copy()
        is_whole = self._stamps[slot] == sequence + 1
        self.release(sequence)
        if not (was_whole and is_whole):
            raise Overwritten
        return pixels

    def release(self, sequence: int) -> None:
        """Hand a slot back unread."""
        self._header[_RELEASED] = sequence + 1

    def beat(self) -> None:
        """For the writer: say that it is alive."""
        self._header[_BEATS] += np.uint64(1)

    @property
    def beats(self) -> int:
        return int(self._header[_BEATS])

    def close(self, *, remove: bool) -> None:
        """Let go of the memory, may be called twice; the maker also removes it."""
        if self._is_closed:
            return
        self._is_closed = True
        del self._header, self._stamps, self._slots
        self._memory.close()
        if remove:
            self._memory.unlink()
