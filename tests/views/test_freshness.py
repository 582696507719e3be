from __future__ import annotations

from inspector_gui.views.freshness import LONGEST_NS, SHORTEST_NS, UNKNOWN_NS, Freshness

S = 1_000_000_000


def line(interval_ns: int, parts: int, every: int = 1) -> Freshness:
    """A line of which the screen has seen every n-th part."""
    freshness = Freshness()
    for part in range(1, parts + 1, every):
        freshness.add(part, part * interval_ns)
    return freshness


def test_nothing_is_stale_from_the_beginning() -> None:
    assert Freshness().is_stale(0)


def test_first_verdict_stands_for_a_known_time() -> None:
    freshness = line(4 * S, 1)
    assert not freshness.is_stale(4 * S + UNKNOWN_NS)
    assert freshness.is_stale(4 * S + UNKNOWN_NS + 1)


def test_verdict_goes_one_interval_after_the_next_part_was_due() -> None:
    freshness = line(4 * S, 5)
    assert not freshness.is_stale(20 * S + 8 * S)
    assert freshness.is_stale(20 * S + 8 * S + 1)


def test_verdict_of_a_fast_line_can_still_be_read() -> None:
    assert line(S // 100, 50).hold_ns == SHORTEST_NS


def test_verdict_of_a_slow_line_goes_in_the_end() -> None:
    assert line(600 * S, 5).hold_ns == LONGEST_NS


def test_parts_that_the_screen_skipped_count() -> None:
    assert line(3 * S, 31, every=10).hold_ns == 6 * S


def test_one_long_pause_does_not_hold_verdicts_longer() -> None:
    freshness = line(3 * S, 9)
    freshness.add(10, 900 * S)
    assert freshness.hold_ns == 6 * S


def test_another_lot_begins_anew() -> None:
    freshness = line(3 * S, 9)
    freshness.forget()
    assert freshness.is_stale(9 * S)
    freshness.add(1, 100 * S)
    assert freshness.hold_ns == UNKNOWN_NS
