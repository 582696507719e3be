"""How well the classes of an image are named, as the steel thesis judges it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, multilabel_confusion_matrix


def label_figures(
    present: NDArray[np.bool_], shown: NDArray[np.bool_], classes: Sequence[str]
) -> dict[str, Any]:
    """Accuracy of whole sets, of single labels, and a confusion matrix for each class.

    Args:
        present: bool (images, classes), what was found.
        shown: The same by the labels.
        classes: Their names.
    """
    matrices = multilabel_confusion_matrix(shown, present)
    return {
        "accuracy_of_sets": round(float(accuracy_score(shown, present)), 4),
        "accuracy_of_labels": round(float((shown == present).mean()), 4),
        "by_class": {name: _figures(m) for name, m in zip(classes, matrices, strict=True)},
    }


def _figures(matrix: NDArray[np.int64]) -> dict[str, Any]:
    names = ("true_negative", "false_positive", "false_negative", "true_positive")
    counts = dict(zip(names, (int(n) for n in matrix.ravel()), strict=True))
    return {**counts, "accuracy": round(float(np.trace(matrix) / matrix.sum()), 4)}
