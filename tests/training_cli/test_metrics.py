from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.metrics import jaccard_score

from training_cli.metrics import PixelCounts

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
