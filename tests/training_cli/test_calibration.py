from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from training_cli.calibration import choose_thresholds, class_scores, minimum_areas
from training_cli.datasets.sample import Images

CLASSES = ("a", "b", "c")
PROBABILITIES = hnp.arrays(np.float32, (3, 5, 5), elements=st.floats(0, 1, width=32))
FREE_SCORES = hnp.arrays(
    np.float32,
    st.tuples(st.integers(1, 40), st.just(3)),
    elements=st.floats(0, 0.9375, width=32),
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
    thresholds = choose_thresholds(scores, dict.fromkeys(CLASSES, 4), share)
    levels = np.array([thresholds[name].score for name in CLASSES])
    assert (scores >= levels).any(1).sum() <= share * len(scores)


def test_thresholds_are_as_low_as_the_share_allows() -> None:
    scores = np.tile(np.linspace(0.1, 0.9, 101, dtype=np.float32)[:, None], (1, 3))
    thresholds = choose_thresholds(scores, dict.fromkeys(CLASSES, 4), 0.05)
    levels = np.array([thresholds[name].score for name in CLASSES])
    assert (scores >= levels).any(1).sum() == 5


def test_a_minimum_area_is_a_quarter_of_a_small_defect(toy_images: Images) -> None:
    areas = minimum_areas(toy_images, ("0", "1", "2", "3", "4", "never seen"))
    assert areas["0"] == pytest.approx(12 * 16 / 4)
    assert areas["4"] == pytest.approx(16 * 16 / 4)
    assert areas["never seen"] == 4
