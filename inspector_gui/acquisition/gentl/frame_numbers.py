"""Numbers that frames keep through gaps, wrap-arounds and restarts of their camera."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_GAP = 10_000
_WRAP = 0xFFFF  # GigE Vision 1: block ids of 16 bits, in which 1 follows 65535


@dataclass(frozen=True, slots=True)
class Place:
    """Where a frame belongs.

    Attributes:
        frame_id: Its number.
        missing: The numbers before it that never came.
        is_guess: `missing` is one number that stands for a loss of unknown size.
    """

    frame_id: int
    missing: range
    is_guess: bool = False


class FrameNumbers:
    """Gives out numbers that grow by one for each frame the camera took, lost ones included.

    Until something interrupts them they are the device's own ids. After that they go on from the
    last one given out, so that no two frames share a number while the camera is open:

    * acquisition was started again: the next number;
    * the device's ids went back, or jumped by more than `LARGEST_GAP`: it numbers anew, and nobody
      knows how many frames are missing. One number stands for them.
    """

    def __init__(self) -> None:
        self._last: int | None = None
        self._last_device_id: int | None = None

    def begin_run(self) -> None:
        """The device may now number its frames anew without a loss."""
        self._last_device_id = None

    def skip(self) -> int:
        """A number for a loss that no frame has revealed."""
        self._last = 0 if self._last is None else self._last + 1
        self._last_device_id = None
        return self._last

    def place(self, device_id: int) -> Place:
        if self._last is None:
            return self._place_at(device_id, device_id, range(0))
        following = self._last + 1
        if self._last_device_id is None:
            return self._place_at(device_id, following, range(0))
        gap = _steps(self._last_device_id, device_id) - 1
        if not 0 <= gap <= LARGEST_GAP:
            return self._place_at(device_id, following + 1, range(following, following + 1), True)
        return self._place_at(device_id, following + gap, range(following, following + gap))

    def _place_at(
        self, device_id: int, frame_id: int, missing: range, is_guess: bool = False
    ) -> Place:
        self._last, self._last_device_id = frame_id, device_id
        return Place(frame_id, missing, is_guess)


def _steps(last: int, current: int) -> int:
    if current <= last <= _WRAP and last - current > _WRAP - LARGEST_GAP:
        return current - last + _WRAP
    return current - last
