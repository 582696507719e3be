"""Bounds keep what they promise, and agree with the exact ones where those exist."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from training_cli.qualification.bounds import lower_mean, lower_share, upper_mean

RATES = st.lists(st.integers(0, 10).map(lambda n: n / 10), min_size=1, max_size=30)


@pytest.mark.parametrize(("ones", "of"), [(0, 8), (1, 8), (7, 8), (8, 8), (57, 60), (135, 141)])
def test_of_noughts_and_ones_the_mean_has_clopper_and_pearsons_bounds(ones: int, of: int) -> None:
    values = [1.0] * ones + [0.0] * (of - ones)
    assert lower_mean(values) == pytest.approx(lower_share(ones, of), abs=0.006)
    upper = binomtest(ones, of, alternative="less").proportion_ci(0.95, "exact").high
    assert upper_mean(values) == pytest.approx(upper, abs=0.006)


def test_all_parts_always_rejected_is_no_certainty() -> None:
    # the worst share that shows 100 of 100 with 5 %: p^100 = 0.05, 0.9705
    assert lower_mean([1.0] * 100) == pytest.approx(0.05 ** (1 / 100), abs=0.002)


@settings(max_examples=50, deadline=None)
@given(RATES, st.data())
def test_a_higher_value_never_gives_a_lower_bound(rates: list[float], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rates) - 1))
    higher = list(rates)
    higher[place] = data.draw(st.floats(rates[place], 1.0))
    assert lower_mean(higher) >= lower_mean(rates)
    assert upper_mean(higher) >= upper_mean(rates)


@settings(max_examples=50, deadline=None)
@given(RATES)
def test_the_bounds_stand_on_both_sides_of_the_mean(rates: list[float]) -> None:
    mean = float(np.mean(rates))
    assert 0 <= lower_mean(rates) <= mean + 1e-9
    assert mean - 1e-9 <= upper_mean(rates) <= 1


def test_the_order_of_the_parts_does_not_matter() -> None:
    rates = [0.9, 0.2, 1.0, 0.7]
    assert lower_mean(rates) == lower_mean(rates[::-1])


@pytest.mark.parametrize("shape", [(30, 1), (9, 1), (2, 2), (0.5, 0.1)])
def test_it_holds_in_19_of_20_kits_or_more(shape: tuple[float, float]) -> None:
    """200 kits of 25 parts, each part with a rejection probability of its own and 10 runs."""
    generator = np.random.default_rng(5)
    truth = shape[0] / sum(shape)
    kits = generator.binomial(10, generator.beta(*shape, (200, 25))) / 10
    held = sum(lower_mean(kit) <= truth for kit in kits)
    assert held >= 184  # 190 expected at the least; three standard deviations are 9
