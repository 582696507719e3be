from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inspector_gui.records.entries import CONFIRMED, OVERRULED
from inspector_gui.views.review.queue import ReviewQueue

PARTS = [(3, ""), (5, CONFIRMED), (8, ""), (13, OVERRULED)]
parts = st.lists(
    st.tuples(st.integers(1, 999), st.sampled_from(["", CONFIRMED, OVERRULED])),
    unique_by=lambda part: part[0],
).map(sorted)


def test_those_left_come_first_and_decided_ones_only_on_request() -> None:
    assert ReviewQueue(PARTS).seqs == [3, 8]
    assert ReviewQueue(PARTS, again=True).seqs == [3, 8, 5, 13]


def test_it_counts() -> None:
    queue = ReviewQueue(PARTS)
    assert (queue.total, queue.left, queue.confirmed, queue.overruled) == (4, 2, 1, 1)
    queue.decide(3, CONFIRMED)
    assert (queue.left, queue.confirmed) == (1, 2)
    queue.decide(3, "")
    assert (queue.left, queue.confirmed) == (2, 1)


def test_new_parts_join_at_the_end_and_the_current_one_stays() -> None:
    queue = ReviewQueue(PARTS)
    queue.current = 8
    queue.update([(21, ""), (34, CONFIRMED)])
    assert queue.seqs == [3, 8, 21]
    assert (queue.current, queue.last_seq, queue.left) == (8, 34, 3)


def test_next_left_goes_around_past_decided_ones() -> None:
    queue = ReviewQueue([(1, ""), (2, ""), (3, "")])
    queue.current = 2
    queue.decide(3, CONFIRMED)
    assert queue.next_left() == 1
    queue.decide(1, CONFIRMED)
    queue.decide(2, CONFIRMED)
    assert queue.next_left() is None


def test_from_the_end_it_goes_back_to_the_last() -> None:
    queue = ReviewQueue(PARTS)
    queue.current = None
    assert queue.place == 0
    assert queue.neighbour(-1) == 8
    assert queue.neighbour(1) is None


@given(parts, st.booleans())
def test_deciding_whatever_is_next_reviews_everything_once(
    given_parts: list[tuple[int, str]], again: bool
) -> None:
    queue = ReviewQueue(given_parts, again=again)
    left = [seq for seq, disposition in given_parts if not disposition]
    decided = []
    queue.current = queue.next_left()
    while queue.current is not None:
        decided.append(queue.current)
        queue.decide(queue.current, CONFIRMED)
        queue.current = queue.next_left()
    assert sorted(decided) == left
    assert queue.left == 0
