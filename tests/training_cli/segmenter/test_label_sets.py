from __future__ import annotations

import numpy as np

from training_cli.segmenter.label_sets import label_figures


def test_figures_are_those_counted_by_hand() -> None:
    shown = np.array([[1, 0], [1, 1], [0, 0], [0, 1]], np.bool_)
    found = np.array([[1, 0], [1, 0], [1, 0], [0, 1]], np.bool_)
    figures = label_figures(found, shown, ("a", "b"))
    assert figures["accuracy_of_sets"] == 0.5
    assert figures["accuracy_of_labels"] == 0.75
    assert figures["by_class"]["a"] == {
        "true_negative": 1,
        "false_positive": 1,
        "false_negative": 0,
        "true_positive": 2,
        "accuracy": 0.75,
    }
    assert figures["by_class"]["b"]["false_negative"] == 1
