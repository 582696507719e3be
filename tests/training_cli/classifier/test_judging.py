from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

from training_cli.classifier.judging import Aim, choose_level, figures_of, precision_interval
from training_cli.datasets.sample import FREE, Sample
from training_cli.errors import UserError


def samples(defective: list[bool]) -> list[Sample]:
    labels = ["crack" if d else FREE for d in defective]
    return [Sample(str(i), Path(str(i)), None, n, f"p{i // 2}") for i, n in enumerate(labels)]


def test_figures_by_hand() -> None:
    defective = np.array([False, False, False, True, True])
    logits = np.array([-3.0, -1.0, 2.0, 1.0, 4.0])
    figures = figures_of(samples(defective.tolist()), logits, defective, 1.5)
    assert (figures["images"], figures["parts"], figures["good"], figures["defective"]) == (
        *(5, 3),
        *(3, 2),
    )
    at, half = figures["at_threshold"], figures["at_half"]
    assert (at["precision"]["share"], at["recall"]["share"]) == (0.5, 0.5)
    assert at["false_rejects"]["share"] == pytest.approx(1 / 3, abs=1e-4)
    assert (half["recall"]["count"], half["precision"]["of"]) == (2, 3)
    assert figures["recall_by_label"]["crack"]["share"] == 0.5
    assert figures["average_precision"] == pytest.approx((1 + 2 / 3) / 2, abs=1e-4)
    # Wilson's interval of 1 in 2, by its formula with z = 1.96
    assert at["recall"]["interval_95"] == pytest.approx([0.0945, 0.9055], abs=2e-4)


@given(
    st.lists(st.floats(-20, 20), min_size=2, max_size=30),
    st.integers(1, 29),
    st.floats(0, 0.5),
    st.floats(0.01, 1),
)
def test_a_level_keeps_what_it_is_chosen_for(
    values: list[float], good: int, allowed: float, wanted: float
) -> None:
    logits = np.array(values, np.float32).astype(np.float64)
    defective = np.arange(len(logits)) >= min(good, len(logits) - 1)
    level = choose_level(logits, defective, Aim(allowed))
    assert (logits[~defective] >= level).mean() <= allowed
    level = choose_level(logits, defective, Aim(recall=wanted))
    assert (logits[defective] >= level).mean() >= wanted - 1e-9


def test_a_level_needs_images_to_be_chosen_by() -> None:
    logits = np.array([0.0, 1.0])
    with pytest.raises(UserError, match="good"):
        choose_level(logits, np.array([True, True]), Aim())
    with pytest.raises(UserError, match="defective"):
        choose_level(logits, np.array([False, False]), Aim(recall=0.9))


def test_the_interval_is_of_parts_and_wider_for_fewer() -> None:
    rng = np.random.default_rng(0)
    defective = rng.random(400) < 0.3
    logits = rng.normal(size=400) + 1.5 * defective
    names = [str(i) for i in range(400)]
    low, high = precision_interval(logits, defective, names) or [0.0, 0.0]
    assert low < average_precision_score(defective, logits) < high
    few = precision_interval(logits, defective, [str(i // 20) for i in range(400)])
    small = precision_interval(logits[:60], defective[:60], names[:60])
    assert few is not None
    assert small is not None
    assert small[1] - small[0] > high - low
    assert precision_interval(logits, defective, ["one"] * 400) is None
