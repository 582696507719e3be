"""How long a verdict may stand on the screen."""

from __future__ import annotations

import statistics
from collections import deque

SHORTEST_NS = 1_000_000_000
UNKNOWN_NS = 2_000_000_000
LONGEST_NS = 60_000_000_000
INTERVALS = 9


class Freshness:
    """Tells when the last verdict is old, so that it is never read as the next part's.

    A part leaves at the latest when the next one is judged, one interval after its verdict. If no
    verdict has come one interval later still, the old one is stale: two intervals in all, an
    interval being the median of the last ones. On a fast line it stands for at least a second,
    since a verdict that is gone sooner cannot be read; before the second part it stands for two.
    """

    def __init__(self) -> None:
        self._intervals_ns: deque[float] = deque(maxlen=INTERVALS)
        self._last: tuple[int, int] | None = None

    def add(self, part: int, handed_out_ns: int) -> None:
        """Note a part's verdict; parts in between may have been skipped by the screen."""
        if self._last is not None and part > self._last[0]:
            parts, elapsed_ns = part - self._last[0], handed_out_ns - self._last[1]
            self._intervals_ns.append(elapsed_ns / parts)
        self._last = part, handed_out_ns

    def forget(self) -> None:
        """Begin anew, for another lot."""
        self._intervals_ns.clear()
        self._last = None

    def is_stale(self, now_ns: int) -> bool:
        """Whether there is no verdict, or only an old one."""
        return self._last is None or now_ns - self._last[1] > self.hold_ns

    @property
    def hold_ns(self) -> float:
        """How long a verdict stands."""
        if not self._intervals_ns:
            return UNKNOWN_NS
        interval_ns = statistics.median(self._intervals_ns)
        return min(max(2 * interval_ns, SHORTEST_NS), LONGEST_NS)
