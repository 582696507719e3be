from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.metrics import jaccard_score

from training_cli.segmenter.metrics import PixelCounts, pooled_iou_interval

MASKS = hnp.arrays(np.bool_, (2, 3, 4, 4), elements=st.booleans())


@given(MASKS, MASKS)
def test_agrees_with_scikit_learn(predicted: np.ndarray, truth: np.ndarray) -> None:
    counts = PixelCounts(3)
    for i in range(2):
        counts.add(predicted[i : i + 1], truth[i : i + 1])
    flat = [m.transpose(0, 2, 3, 1).reshape(-1, 3) for m in (truth, predicted)]
    expected = jaccard_score(*flat, average=None, zero_division=1.0)
    assert counts.iou() == pytest.approx(expected.tolist())
    pooled = jaccard_score(*flat, average="micro", zero_division=1.0)
    assert counts.pooled_iou() == pytest.approx(pooled)


def counts_of(hits: int, missed: int) -> PixelCounts:
    truth = np.ones((1, 1, hits + missed), np.bool_)
    return PixelCounts.of(np.arange(hits + missed)[None, None] < hits, truth)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=8))
def test_the_interval_is_the_same_every_time_and_within_what_parts_show(
    pixels: list[tuple[int, int]],
) -> None:
    counts = [counts_of(*pair) for pair in pixels]
    parts = [str(i) for i in range(len(counts))]
    interval = pooled_iou_interval(counts, parts)
    assert interval is not None
    assert interval == pooled_iou_interval(counts, parts)
    single = [own.pooled_iou() for own in counts]
    assert min(single) <= interval[0] <= interval[1] <= max(single)


def test_images_of_one_part_are_drawn_together() -> None:
    counts = [counts_of(10, 0)] * 50 + [counts_of(0, 10)] * 50
    apart = pooled_iou_interval(counts, [str(i) for i in range(100)])
    exposures = pooled_iou_interval(counts, [str(i // 5) for i in range(100)])
    assert apart is not None
    assert exposures is not None
    # A share of 100 draws, half of which hit, is 0.5 ± 1.96 · 0.05; of 20 draws, √5 times as wide.
    assert apart == pytest.approx((0.40, 0.60), abs=0.02)
    assert exposures == pytest.approx((0.28, 0.72), abs=0.04)


def test_nothing_is_said_of_one_part() -> None:
    assert pooled_iou_interval([counts_of(1, 1)] * 3, ["a"] * 3) is None


def test_a_total_is_of_all_images() -> None:
    total = PixelCounts.total([counts_of(3, 1), counts_of(0, 4)])
    assert total.iou() == [3 / 8]
