"""Counts, shares, and rules that must be exact."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_cli.qualification.figures import (
    Confusion,
    MeanRejection,
    Tally,
    WellClassified,
    Zone,
    is_seven_of_ten,
)
from training_cli.qualification.kit import Truth

COUNTS = st.integers(1, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS)
def test_seven_of_ten_is_exact(counts: tuple[int, int]) -> None:
    count, of = counts
    assert is_seven_of_ten(count, of) == (Fraction(count, of) >= Fraction(7, 10))


@given(COUNTS)
def test_zones_are_exact_and_mirror_each_other(counts: tuple[int, int]) -> None:
    rejected, of = counts
    rate = Fraction(rejected, of)
    zone = Tally.of(rejected, of).zone
    assert (zone is Zone.REJECT) == (rate >= Fraction(7, 10))
    assert (zone is Zone.ACCEPT) == (rate <= Fraction(3, 10))
    mirrored = {Zone.REJECT: Zone.ACCEPT, Zone.ACCEPT: Zone.REJECT, Zone.GREY: Zone.GREY}
    assert Tally.of(of - rejected, of).zone is mirrored[zone]


@given(COUNTS)
def test_no_part_is_well_classified_both_ways(counts: tuple[int, int]) -> None:
    tally = Tally.of(*counts)
    assert not all(tally.is_well_classified(truth) for truth in Truth)


@pytest.mark.parametrize(
    ("rejected", "of", "factor", "zone"),
    [
        (0, 10, 0, Zone.ACCEPT),
        (3, 10, 3, Zone.ACCEPT),
        (4, 10, 4, Zone.GREY),
        (7, 10, 7, Zone.REJECT),
        (41, 50, 8, Zone.REJECT),  # 8.2
        (34, 50, 7, Zone.GREY),  # 6.8 rounds to 7 and is not 7 of 10
        (35, 50, 7, Zone.REJECT),
        (13, 20, 7, Zone.GREY),  # 6.5 rounds up
        (1, 20, 1, Zone.ACCEPT),  # 0.5 rounds up
    ],
)
def test_quality_factor_and_zone(rejected: int, of: int, factor: int, zone: Zone) -> None:
    tally = Tally.of(rejected, of)
    assert (tally.quality_factor, tally.zone) == (factor, zone)


def test_confusion_counts_and_shares() -> None:
    # 3 defective, 2 of them rejected; 5 good, 1 rejected: accuracy 6 of 8
    answers = [(True, True)] * 2 + [(True, False)] + [(False, True)] + [(False, False)] * 4
    found = Confusion.of(answers, undecided=1)
    assert (found.positives, found.negatives, found.undecided) == (3, 5, 1)
    assert found.true_positive_rate == pytest.approx(2 / 3)
    assert found.true_negative_rate == pytest.approx(4 / 5)
    assert found.accuracy == pytest.approx(6 / 8)


def test_confusion_of_good_ones_alone_has_no_true_positive_rate() -> None:
    found = Confusion.of([(False, False)])
    assert (found.true_positive_rate, found.true_negative_rate) == (None, 1.0)
    assert Confusion.of([]).accuracy is None


def test_well_classified_has_clopper_and_pearsons_bound() -> None:
    # All of 10: the bound p solves p^10 = 0.05, which is 0.7411
    assert WellClassified.of([True] * 10).lower_95 == pytest.approx(0.05 ** (1 / 10))
    assert WellClassified.of([False] * 3).lower_95 == 0.0


def test_mean_rejection_is_of_parts() -> None:
    found = MeanRejection.of([Tally.of(10, 10), Tally.of(5, 10), Tally.of(9, 10)])
    assert (found.parts, found.rejected, found.inspections) == (3, 24, 30)
    assert found.rate == pytest.approx(0.8)
    assert found.lower_95 < 0.8 < found.upper_95
