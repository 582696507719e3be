from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from training_cli.calibration import MARGIN, choose_offsets
from training_cli.datasets.sample import Images
from training_cli.segmenter.calibration import class_scores, minimum_areas

PROBABILITIES = hnp.arrays(np.float32, (3, 5, 5), elements=st.floats(0, 1, width=32))
FREE_SCORES = hnp.arrays(
    np.float32,
    st.tuples(st.integers(1, 40), st.just(3)),
    elements=st.floats(-30, 30, width=32),
)


@given(PROBABILITIES, st.integers(1, 25), st.floats(0, 1, width=32))
def test_a_score_reaches_a_threshold_when_enough_pixels_do(
    probabilities: np.ndarray, area: int, threshold: float
) -> None:
    scores = class_scores(probabilities, [area] * 3)
    enough = (probabilities >= threshold).sum((1, 2)) >= area
    assert ((scores >= threshold) == enough).all()


@given(FREE_SCORES, st.floats(0, 0.5))
def test_no_more_free_images_are_rejected_than_asked(scores: np.ndarray, share: float) -> None:
    offsets = choose_offsets(scores, share)
    assert (scores >= offsets).any(1).sum() <= share * len(scores)


@given(FREE_SCORES, st.floats(0, 0.5), st.floats(0, 0.5))
def test_more_false_rejects_never_find_less(scores: np.ndarray, share: float, other: float) -> None:
    low, high = (choose_offsets(scores, s) for s in sorted((share, other)))
    assert (high <= low).all()


def whole_steps(scores: np.ndarray, share: float) -> np.ndarray:
    """Halfway between two scores of every class, with no way between these steps."""
    ordered = np.sort(scores, axis=0)
    allowed = int(share * len(scores))
    for keep in range(max(1, len(scores) - allowed), len(scores)):
        halfway = (ordered[keep - 1] + ordered[keep]) / 2
        if (scores >= halfway).any(1).sum() <= allowed:
            return halfway
    return ordered[-1] + MARGIN


@given(FREE_SCORES, st.floats(0, 0.5))
def test_no_threshold_is_higher_than_in_whole_steps(scores: np.ndarray, share: float) -> None:
    assert (choose_offsets(scores, share) <= whole_steps(scores, share)).all()


@given(st.integers(2, 200), st.integers(0, 9), st.floats(0, 0.5))
def test_the_whole_share_is_used_where_no_two_scores_are_alike(
    count: int, seed: int, share: float
) -> None:
    scores = np.random.default_rng(seed).normal(0, 5, (count, 4)).astype(np.float32)
    offsets = choose_offsets(scores, share)
    assert (scores >= offsets).any(1).sum() == int(share * count)


def test_thresholds_are_as_low_as_the_share_allows() -> None:
    scores = np.tile(np.linspace(-9, 9, 101, dtype=np.float32)[:, None], (1, 3))
    offsets = choose_offsets(scores, 0.05)
    assert (scores >= offsets).any(1).sum() == 5


def test_a_minimum_area_is_half_of_a_small_defect(toy_images: Images) -> None:
    areas = minimum_areas(toy_images, ("0", "1", "2", "3", "4", "never seen"))
    assert areas["0"] == pytest.approx(12 * 16 / 2)
    assert areas["4"] == pytest.approx(16 * 16 / 2)
    assert areas["never seen"] == 4
