"""One verdict a part, and in order."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from engines.verdict import Verdict
from inspector_gui.inspection.open_parts import OpenParts, Settled
from inspector_gui.inspection.part import Part
from tests.inspection.fakes import frame


def part(number: int) -> Part:
    return Part(number, (frame(number),), None)


def settled(part: Part, reason: str = "overrun") -> Settled:
    return Settled(part, Verdict.undecided(reason, "Too fast."), "now", {})


@given(st.permutations(range(1, 9)))
def test_parts_are_released_in_order_whatever_the_order_of_their_verdicts(
    order: list[int],
) -> None:
    released: list[int] = []
    parts = OpenParts(lambda s: released.append(s.part.number))
    numbered = {n: part(n) for n in range(1, 9)}
    for one in numbered.values():
        parts.add(one)
    for count, number in enumerate(order, start=1):
        assert parts.settle(settled(numbered[number]))
        whole = set(order[:count])
        expected = next(n for n in range(1, 10) if n not in whole) - 1
        assert released == list(range(1, expected + 1))
    assert not parts.unsettled()


def test_only_the_first_verdict_counts() -> None:
    released: list[str] = []
    parts = OpenParts(lambda s: released.append(s.verdict.reason))
    one = part(1)
    parts.add(one)
    assert parts.settle(settled(one, "first"))
    assert not parts.settle(settled(one, "second"))
    parts.close(one)
    assert not parts.settle(settled(one, "third"))
    assert released == ["first"]
    assert len(parts) == 0


def test_a_part_that_was_given_up_is_not_judged() -> None:
    parts = OpenParts(lambda s: None)
    one, two = part(1), part(2)
    for each in (one, two):
        parts.add(each)
    assert parts.begin(one)
    time.sleep(0.002)
    assert parts.unsettled(judged_for_ns=1_000_000) == [one]
    parts.settle(settled(two))
    assert not parts.begin(two)
    assert parts.unsettled() == [one]
