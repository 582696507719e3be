"""Draws are the same everywhere, and are what they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.synthetic.draws import Draws

KEYS = st.integers(min_value=0, max_value=2**64)


def test_values_never_change() -> None:
    draws = Draws(7, 1)
    assert draws.uniform() == 0.8525380166785683
    assert [draws.integer(0, 99) for _ in range(6)] == [40, 76, 62, 54, 78, 39]
    assert draws.normal(4).tolist() == pytest.approx([-0.0609, -0.9492, -0.9077, 0.7361], abs=1e-4)


@given(KEYS)
def test_integers_hold_both_ends_and_nothing_else(key: int) -> None:
    draws = Draws(key)
    assert {draws.integer(3, 5) for _ in range(200)} == {3, 4, 5}


@given(KEYS, st.floats(0, 1))
def test_chance_keeps_its_share(key: int, probability: float) -> None:
    draws = Draws(key)
    share = np.mean([draws.chance(probability) for _ in range(400)])
    assert abs(share - probability) < 0.15


def test_normal_draws_are_standard_normal() -> None:
    values = Draws(3).normal(300, 401)
    assert values.shape == (300, 401)
    assert values.dtype == np.float32
    assert values.mean() == pytest.approx(0, abs=0.01)
    assert values.std() == pytest.approx(1, abs=0.01)
    assert np.mean(np.abs(values) < 1) == pytest.approx(0.6827, abs=0.01)


def test_keys_have_streams_of_their_own() -> None:
    first = {Draws(*key).uniform() for key in [(1, 1), (1, 2), (2, 1), (12,), (1, 12)]}
    assert len(first) == 5
