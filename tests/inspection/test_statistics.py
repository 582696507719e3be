"""Counts, rate, latency and trend."""

from __future__ import annotations

import pytest

from engines.verdict import Decision, Verdict
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.reasons import Reason
from inspector_gui.inspection.statistics import REJECTS, TREND, Statistics
from tests.inspection.fakes import frame


def handed_out(part: int, verdict: Verdict, at_ns: int = 0, total_ms: float = 1.0) -> Inspection:
    times = {"total": total_ms}
    return Inspection(part, "lot", (frame(part),), verdict, "", "", times, "", None, at_ns)


PASS = Verdict(Decision.PASS, 0.0, 0.5)
REJECT = Verdict(Decision.REJECT, 0.75, 0.5)
OVERRUN = Verdict.undecided(Reason.OVERRUN, "Too fast.")


def test_the_sums_match() -> None:
    statistics = Statistics()
    for part, verdict in enumerate([PASS, PASS, REJECT, OVERRUN], start=1):
        statistics.add(handed_out(part, verdict))
    counters = statistics.counters
    assert (counters.passed, counters.rejected, counters.undecided) == (2, 1, 1)
    assert (counters.parts, counters.overruns) == (4, 1)


def test_the_trend_is_in_multiples_of_the_threshold() -> None:
    statistics = Statistics()
    for part, verdict in enumerate([PASS, REJECT, OVERRUN]):
        statistics.add(handed_out(part, verdict))
    assert statistics.trend() == (
        (Decision.PASS, 0.0),
        (Decision.REJECT, 1.5),
        (Decision.UNDECIDED, None),
    )


def test_the_rate_is_that_of_the_last_seconds() -> None:
    now = [0]
    statistics = Statistics(lambda: now[0])
    for n in range(100):
        now[0] = n * 100_000_000
        statistics.add(handed_out(n, PASS, now[0]))
    assert statistics.rate_per_s == pytest.approx(10, rel=0.05)
    now[0] += 60_000_000_000
    assert statistics.rate_per_s == 0


def test_latencies_and_memory_are_bounded() -> None:
    statistics = Statistics()
    assert statistics.latencies_ms() is None
    for n in range(2_000):
        statistics.add(handed_out(n, REJECT, total_ms=100.0 if n < 500 else 2.0))
    assert statistics.latencies_ms() == (2.0, 2.0)
    assert len(statistics.trend()) == TREND
    assert [i.part for i in statistics.rejects()] == list(range(2_000 - REJECTS, 2_000))
