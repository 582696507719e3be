"""Counts, rate and latency of a running station."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable

import numpy as np

from engines.verdict import Decision, Verdict
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.reasons import Reason
from inspector_gui.inspection.status import Counters

RATE_WINDOW_NS = 5_000_000_000
LATENCIES = 1_000
TREND = 200
REJECTS = 12


class Statistics:
    """Kept by the recorder's thread, read from any."""

    def __init__(self, clock_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self._lock = threading.Lock()
        self._clock_ns = clock_ns
        self._started_ns = clock_ns()
        self._decisions: Counter[Decision] = Counter()
        self._overruns = 0
        self._images_not_kept = 0
        self._handed_out_ns: deque[int] = deque()
        self._latencies_ms: deque[float] = deque(maxlen=LATENCIES)
        self._trend: deque[tuple[Decision, float | None]] = deque(maxlen=TREND)
        self._rejects: deque[Inspection] = deque(maxlen=REJECTS)

    def add(self, inspection: Inspection) -> None:
        verdict = inspection.verdict
        with self._lock:
            self._decisions[verdict.decision] += 1
            self._overruns += verdict.reason == Reason.OVERRUN
            self._handed_out_ns.append(inspection.handed_out_ns)
            self._forget(inspection.handed_out_ns)
            self._latencies_ms.append(inspection.elapsed_ms["total"])
            self._trend.append((verdict.decision, _weight(verdict)))
            if verdict.decision is not Decision.PASS:
                self._rejects.append(inspection)

    def image_not_kept(self) -> None:
        with self._lock:
            self._images_not_kept += 1

    @property
    def counters(self) -> Counters:
        with self._lock:
            d = self._decisions
            return Counters(
                parts=d.total(),
                passed=d[Decision.PASS],
                rejected=d[Decision.REJECT],
                undecided=d[Decision.UNDECIDED],
                overruns=self._overruns,
                images_not_kept=self._images_not_kept,
            )

    @property
    def rate_per_s(self) -> float:
        with self._lock:
            now = self._clock_ns()
            self._forget(now)
            window = min(RATE_WINDOW_NS, max(now - self._started_ns, 1))
            return len(self._handed_out_ns) / (window / 1e9)

    def latencies_ms(self) -> tuple[float, float] | None:
        """Median and 99th percentile, or None before the first part."""
        with self._lock:
            values = list(self._latencies_ms)
        if not values:
            return None
        p50, p99 = np.percentile(values, (50, 99))
        return float(p50), float(p99)

    def trend(self) -> tuple[tuple[Decision, float | None], ...]:
        """Decision and score as a multiple of the threshold, oldest first."""
        with self._lock:
            return tuple(self._trend)

    def rejects(self) -> tuple[Inspection, ...]:
        """The last parts that did not pass, oldest first."""
        with self._lock:
            return tuple(self._rejects)

    def _forget(self, now_ns: int) -> None:
        while self._handed_out_ns and now_ns - self._handed_out_ns[0] > RATE_WINDOW_NS:
            self._handed_out_ns.popleft()


def _weight(verdict: Verdict) -> float | None:
    """How far towards a reject; 1 is at the threshold."""
    if verdict.score is None or verdict.threshold is None:
        return None
    return verdict.score / verdict.threshold
