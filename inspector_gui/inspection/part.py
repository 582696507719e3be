"""One part: the frames that show it, in the order in which they were taken."""

from __future__ import annotations

from dataclasses import dataclass

from engines.verdict import Verdict
from inspector_gui.acquisition.frame import Frame, FrameStatus
from inspector_gui.inspection.reasons import OF_FRAME, SENTENCE, Reason


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Consecutive frames of one part, whole or not.

    Attributes:
        number: Running number within the lot, from 1.
        frames: In the order in which they were taken; never empty.
        defect: The verdict of a part that must not be judged at all, else None.
    """

    number: int
    frames: tuple[Frame, ...]
    defect: Verdict | None

    @property
    def received_ns(self) -> int:
        return self.frames[-1].received_ns


class PartGrouper:
    """Groups frames into parts by counting them, lost ones included, so that it stays in step."""

    def __init__(self, frames_per_part: int, first_number: int) -> None:
        self._size = frames_per_part
        self._number = first_number
        self._frames: list[Frame] = []
        self._defect: Verdict | None = None
        self._newest_id = -1

    def add(self, frame: Frame) -> Part | None:
        """Take one frame; the part that it completes, if it does."""
        if self._defect is None:
            self._defect = self._defect_of(frame)
        self._newest_id = max(self._newest_id, frame.frame_id)
        self._frames.append(frame)
        return self._emit() if len(self._frames) == self._size else None

    def rest(self) -> Part | None:
        """At the end: the part that was begun and not completed, if any."""
        if not self._frames:
            return None
        reason = Reason.PART_INCOMPLETE
        self._defect = self._defect or Verdict.undecided(reason, SENTENCE[reason])
        return self._emit()

    def _defect_of(self, frame: Frame) -> Verdict | None:
        if frame.status is not FrameStatus.COMPLETE:
            return Verdict.undecided(OF_FRAME[frame.status], frame.detail)
        if frame.frame_id <= self._newest_id:
            return Verdict.undecided(Reason.FRAME_STALE, SENTENCE[Reason.FRAME_STALE])
        return None

    def _emit(self) -> Part:
        part = Part(self._number, tuple(self._frames), self._defect)
        self._number += 1
        self._frames, self._defect = [], None
        return part
