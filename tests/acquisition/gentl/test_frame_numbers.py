"""Frame numbers: unique, growing, with a number for each frame that never came."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from inspector_gui.acquisition.gentl.frame_numbers import LARGEST_GAP, FrameNumbers, Place


def places(device_ids: list[int]) -> list[Place]:
    numbers = FrameNumbers()
    return [numbers.place(device_id) for device_id in device_ids]


@given(st.integers(0, 2**40), st.lists(st.integers(1, 50), max_size=30))
def test_every_id_is_either_given_out_or_missing(first, steps):
    ids = [first]
    for step in steps:
        ids.append(ids[-1] + step)
    placed = places(ids)
    assert [place.frame_id for place in placed] == ids
    covered = [n for place in placed for n in (*place.missing, place.frame_id)]
    assert covered == list(range(first, ids[-1] + 1))


@given(st.lists(st.integers(0, 2**17), min_size=1, max_size=30))
def test_numbers_never_repeat_whatever_the_device_says(device_ids):
    given_out = [n for place in places(device_ids) for n in (*place.missing, place.frame_id)]
    assert all(late > early for early, late in pairwise(given_out))


def test_a_device_that_starts_again_by_itself_is_one_loss():
    placed = places([100, 101, 0, 1, 2])
    assert placed[2] == Place(103, range(102, 103), is_guess=True)
    assert [place.frame_id for place in placed[3:]] == [104, 105]


def test_a_jump_beyond_belief_is_one_loss():
    jumped = places([5, 5 + LARGEST_GAP + 2])[1]
    assert jumped == Place(7, range(6, 7), is_guess=True)
    largest = places([5, 5 + LARGEST_GAP + 1])[1]
    assert len(largest.missing) == LARGEST_GAP


def test_ids_of_sixteen_bits_wrap_to_one():
    placed = places([65534, 65535, 1, 4])
    assert [place.frame_id for place in placed] == [65534, 65535, 65536, 65539]
    assert placed[2].missing == range(0)
    assert list(placed[3].missing) == [65537, 65538]


def test_a_new_run_goes_on_without_a_loss():
    numbers = FrameNumbers()
    numbers.place(7)
    numbers.begin_run()
    assert numbers.place(0) == Place(8, range(0))
    assert numbers.place(2) == Place(10, range(9, 10))


def test_a_loss_that_no_frame_revealed_takes_a_number():
    numbers = FrameNumbers()
    numbers.place(7)
    assert numbers.skip() == 8
    assert numbers.place(0) == Place(9, range(0))


def test_a_loss_before_the_first_frame():
    numbers = FrameNumbers()
    assert numbers.skip() == 0
    assert numbers.place(40) == Place(1, range(0))
