from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engines.card import Threshold
from training_cli.datasets.sample import SEVERAL, Images, Sample
from training_cli.segmenter.evaluation import evaluate

THRESHOLDS = {"a": Threshold(score=0.5, min_area_px=4), "b": Threshold(score=0.8, min_area_px=4)}


NO_OFFSETS = np.zeros(2, np.float32)


def images() -> Images:
    """Five of class a, five of class b, ten free; a defect is a square of 16 pixels."""
    labels = np.array([0] * 5 + [1] * 5 + [-1] * 10)
    masks = np.zeros((20, 16, 16), np.uint8)
    masks[:10, 4:8, 4:8] = 1
    names = ["a"] * 5 + ["b"] * 5 + ["free"] * 10
    samples = [Sample(str(i), Path(), None, n, f"tile {i // 2}") for i, n in enumerate(names)]
    return Images(tuple(samples), np.full((20, 16, 16), 99, np.uint8), masks, labels)


def predict(given: Images) -> Iterator[np.ndarray]:
    """Finds a at 0.9 and b at 0.7 (too weak), and takes the last image for an a."""
    for i, label in enumerate(given.labels):
        probabilities = np.zeros((2, 16, 16), np.float32)
        if label >= 0:
            probabilities[label][given.masks[i] > 0] = (0.9, 0.7)[label]
        if i == len(given) - 1:
            probabilities[0, :4, :4] = 0.6
        yield probabilities


def test_figures_are_those_counted_by_hand() -> None:
    figures = evaluate(predict, images(), THRESHOLDS, NO_OFFSETS).figures
    assert (figures["images"], figures["tiles"]) == (20, 10)
    assert figures["iou"] == {
        "pooled": pytest.approx(160 / 176, abs=1e-4),
        "a": pytest.approx(80 / 96, abs=1e-4),
        "b": 1.0,
    }
    low, high = figures["iou_interval_95"]
    assert low < 160 / 176 <= high == 1.0
    assert figures["iou_at_thresholds"]["b"] == 0.0
    low, high = figures["iou_at_thresholds_interval_95"]
    assert low < figures["iou_at_thresholds"]["pooled"] < high
    judged = figures["images_judged"]
    assert (judged["recall"]["rejected"], judged["recall"]["of"]) == (5, 10)
    assert judged["recall_by_class"]["a"]["share"] == 1.0
    assert judged["recall_by_class"]["b"]["share"] == 0.0
    assert (judged["false_rejects"]["rejected"], judged["false_rejects"]["of"]) == (1, 10)
    # Wilson's interval of 5 in 10, from its closed form.
    assert judged["recall"]["interval_95"] == [pytest.approx(0.2366), pytest.approx(0.7634)]
    # The false alarm (1.2 of its threshold) outweighs every b (0.875 of theirs).
    assert judged["auroc"] == pytest.approx((5 * 10 + 5 * 9) / 100)
    assert judged["recall_at"] == {"2% false rejects": 0.5, "5% false rejects": 0.5}


def test_without_free_images_nothing_is_said_of_false_rejects() -> None:
    figures = evaluate(predict, images().subset(np.arange(10)), THRESHOLDS, NO_OFFSETS).figures
    assert figures["images_judged"]["false_rejects"] is None
    assert "auroc" not in figures["images_judged"]


def test_an_image_of_several_classes_is_judged_class_by_class() -> None:
    masks = np.zeros((1, 16, 16), np.uint8)
    masks[0, 4:8, 4:8] = 0b01
    masks[0, 6:10, 4:8] |= 0b10
    sample = Sample("0", Path(), None, "a+b", "0")
    both = Images((sample,), np.full((1, 16, 16), 99, np.uint8), masks, np.array([SEVERAL]))

    def finds_a(given: Images) -> Iterator[np.ndarray]:
        probabilities = np.zeros((2, 16, 16), np.float32)
        probabilities[0, 4:8, 4:8] = 0.9
        yield probabilities

    figures = evaluate(finds_a, both, THRESHOLDS, NO_OFFSETS).figures
    assert figures["iou"] == {"pooled": 0.5, "a": 1.0, "b": 0.0}
    assert figures["dice"] == {"mean": 0.5, "pooled": pytest.approx(2 / 3, 1e-3), "a": 1, "b": 0}
    assert figures["labels"]["accuracy_of_sets"] == 0.0
    assert figures["labels"]["accuracy_of_labels"] == 0.5
    assert figures["images_judged"]["recall_by_class"]["b"]["rejected"] == 1
