from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from training_cli.datasets.rle import decode, encode

MASKS = hnp.arrays(np.bool_, hnp.array_shapes(min_dims=2, max_dims=2, max_side=12))


@given(MASKS)
def test_what_is_encoded_is_decoded(mask: np.ndarray) -> None:
    assert np.array_equal(decode(encode(mask), *mask.shape), mask)


def test_pixels_are_counted_from_1_down_the_columns() -> None:
    mask = decode("2 2 7 1", 3, 4)
    assert np.argwhere(mask).tolist() == [[0, 2], [1, 0], [2, 0]]
    assert encode(mask) == "2 2 7 1"


@given(st.integers(1, 12), st.integers(1, 12))
def test_no_runs_are_an_empty_mask(height: int, width: int) -> None:
    assert not decode(" ", height, width).any()
    assert encode(np.zeros((height, width), np.bool_)) == ""


@pytest.mark.parametrize(
    ("runs", "sentence"),
    [
        ("1 2 3", "a start that has no length"),
        ("1 two", "something else than whole numbers"),
        ("1 -2", "something else than whole numbers"),
        ("1.0 2", "something else than whole numbers"),
        ("0 2", "overlaps the one before it, or is empty or out of order"),
        ("3 0", "is empty"),
        ("5 2 1 2", "out of order"),
        ("1 3 3 1", "overlaps"),
        ("12 2", r"ends outside of 4×3 pixels"),
    ],
)
def test_runs_that_do_not_hold_are_refused(runs: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        decode(runs, 3, 4)
