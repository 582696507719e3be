"""The parts between their last frame and their handing out."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engines.verdict import Verdict
from inspector_gui.inspection.part import Part


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """A part with its one verdict.

    Attributes:
        judged_at: UTC, ISO 8601.
        elapsed_ms: Milliseconds by step, so far.
    """

    part: Part
    verdict: Verdict
    judged_at: str
    elapsed_ms: Mapping[str, float]


@dataclass(slots=True, eq=False)
class _Open:
    part: Part
    judging_since_ns: int | None = None
    settled: Settled | None = None


class OpenParts:
    """Sees to it that every part gets exactly one verdict, and that they go out in order.

    A settled part waits for those before it, so that whoever sorts parts by the order of their
    verdicts never confuses two. May be called from any thread.
    """

    def __init__(self, release: Callable[[Settled], None]) -> None:
        """Begin with none.

        Args:
            release: Takes settled parts in the order of their numbers; called with the lock held,
                so it must neither wait nor call back.
        """
        self._release = release
        self._lock = threading.Lock()
        self._open: dict[int, _Open] = {}
        self._waiting: deque[_Open] = deque()

    def __len__(self) -> int:
        return len(self._open)

    def add(self, part: Part) -> None:
        opened = _Open(part)
        with self._lock:
            self._open[part.number] = opened
            self._waiting.append(opened)

    def begin(self, part: Part) -> bool:
        """An engine is about to judge it; False if it has been given up meanwhile."""
        with self._lock:
            opened = self._open.get(part.number)
            if opened is None or opened.settled is not None:
                return False
            opened.judging_since_ns = time.monotonic_ns()
            return True

    def settle(self, settled: Settled) -> bool:
        """Give a part its verdict; False if it has one already."""
        with self._lock:
            opened = self._open.get(settled.part.number)
            if opened is None or opened.settled is not None:
                return False
            opened.settled = settled
            while self._waiting and (first := self._waiting[0].settled) is not None:
                self._waiting.popleft()
                self._release(first)
            return True

    def close(self, part: Part) -> None:
        """It has been handed out."""
        with self._lock:
            self._open.pop(part.number, None)

    def unsettled(self, judged_for_ns: int | None = None) -> list[Part]:
        """Parts without a verdict; only those judged for longer than this, if given."""
        now = time.monotonic_ns()
        with self._lock:
            return [
                o.part
                for o in self._open.values()
                if o.settled is None and (judged_for_ns is None or _is_late(o, now - judged_for_ns))
            ]


def _is_late(opened: _Open, before_ns: int) -> bool:
    return opened.judging_since_ns is not None and opened.judging_since_ns < before_ns
