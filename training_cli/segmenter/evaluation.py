"""Judges a network on a subset of a run's data: masks, decisions, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest
from sklearn.metrics import roc_auc_score

from engines.card import Threshold
from training_cli.datasets.mvtec import read_mvtec
from training_cli.datasets.sample import (
    FREE,
    Images,
    Sample,
    fingerprint,
    layers,
    load_images,
)
from training_cli.errors import UserError
from training_cli.segmenter.calibration import Calibration, class_scores, minimum_areas, offsets_for
from training_cli.segmenter.label_sets import label_figures
from training_cli.segmenter.metrics import PixelCounts, pooled_iou_interval
from training_cli.segmenter.prediction import Predict
from training_cli.segmenter.products import PRODUCTS, read_samples
from training_cli.segmenter.run import UNUSUAL, RunRecord

LASTING = ("images", "tiles", "iou", "iou_interval_95", "dice", "labels")
"""Figures that other thresholds leave as they are."""
AT_THRESHOLDS = ("iou_at_thresholds", "iou_at_thresholds_interval_95", "images_judged")


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What came out for one image.

    Attributes:
        sample: The image.
        is_defective: By its label.
        is_rejected: By the network and the thresholds.
        weight: The part's score over its threshold; 1 and more is a reject.
        iou: Of its masks over all classes.
        bits: uint8 (classes / 8, height, width), bit c of which is class c at the thresholds.
    """

    sample: Sample
    is_defective: bool
    is_rejected: bool
    weight: float
    iou: float
    bits: NDArray[np.uint8]

    def predicted(self, classes: int) -> NDArray[np.bool_]:
        """bool (classes, height, width)."""
        return np.unpackbits(self.bits, axis=0, count=classes, bitorder="little") > 0

    @property
    def is_failure(self) -> bool:
        return self.is_defective != self.is_rejected


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """Figures for a report, and every image's result."""

    figures: dict[str, Any]
    judged: list[Judged] = field(repr=False)


def load_subset(record: RunRecord, subset: str, data: Path | None = None) -> Images:
    """The images of one of the run's subsets.

    Raises:
        UserError: The data is not what the run was made with, or the subset is empty.
    """
    folder = data or record.settings.data
    samples = read_samples(record, folder)
    by_name = {s.name: s for s in samples}
    names = record.subsets[subset]
    if not names:
        raise UserError(
            f"This run has no {subset} images (split {record.settings.split}): "
            "name another --subset."
        )
    missing = [name for name in names if name not in by_name]
    if missing or fingerprint(samples) != record.data_fingerprint:
        raise UserError(f"{folder} is not the data of this run: name the same data with --data.")
    return load_images([by_name[n] for n in names], record.classes, record.settings.input)


def load_extra(record: RunRecord) -> Images | None:
    """The extra images that the run was fitted on beside its data, if there were any.

    Raises:
        UserError: They are not where they were, or others are.
    """
    folder = record.settings.extra
    if folder is None:
        return None
    samples = read_mvtec(folder)
    if fingerprint(samples) != record.extra_fingerprint:
        raise UserError(f"{folder} is not what this run was fitted on: make it again as it was.")
    return load_images(samples, record.classes, record.settings.input)


def areas_of(record: RunRecord, data: Path | None) -> dict[str, int]:
    """From how many pixels each class counts: by the product's rule, or by what is trained on.

    The unusual counts from as few as any class.
    """
    area = PRODUCTS[record.product].min_area_px(record.settings.input)
    if area is not None:
        areas = dict.fromkeys(record.classes, area)
    else:
        areas = minimum_areas(load_subset(record, "train", data), record.classes)
    return areas if record.memory is None else {**areas, UNUSUAL: min(areas.values())}


def calibrate(
    logits: Predict, areas: dict[str, int], validation: Images, false_rejects: float
) -> Calibration:
    """From the validation images that have no defect; no offsets where there are none."""
    free = validation.free()
    if not len(free):
        return Calibration.of(np.zeros(len(areas), np.float32), areas)
    scores = np.stack([class_scores(z, list(areas.values())) for z in logits(free)])
    return Calibration.of(offsets_for(scores, list(areas), false_rejects), areas)


def evaluate(
    predict: Predict,
    images: Images,
    thresholds: Mapping[str, Threshold],
    offsets: NDArray[np.float32],
) -> Evaluation:
    """Judge images.

    IoU, Dice and label sets are given for masks at the network's own probability 0.5, as papers do,
    IoU also at the thresholds, as the station outlines them; all without `UNUSUAL`, which has no
    truth. Dice's mean is over every image and class, 1 where neither shows anything. `offsets` are
    those of the calibrated scale on which `predict` answers. Recall and false rejects are of whole
    images. "recall_at" moves all thresholds together until that share of these free images is
    rejected. Intervals of IoU are of a bootstrap over physical parts, those of shares take every
    image for a part.
    """
    labels = list(thresholds)
    classes = [label for label in labels if label != UNUSUAL]
    named = len(classes)
    levels = np.array([t.score for t in thresholds.values()], np.float32)
    own_half = 1 / (1 + np.exp(offsets.astype(np.float64)))
    areas = [t.min_area_px for t in thresholds.values()]
    half, chosen, present, judged = [], [], [], []
    for i, probabilities in enumerate(predict(images)):
        truth = layers(images.masks[i], int(images.labels[i]), named) > 0
        predicted = probabilities >= levels[:, None, None]
        at_half = probabilities >= own_half[:, None, None]
        half.append(PixelCounts.of(at_half[:named], truth))
        present.append((at_half.sum((1, 2)) >= areas)[:named])
        chosen.append(PixelCounts.of(predicted[:named], truth))
        weight = float((class_scores(probabilities, areas) / levels).max())
        sample = images.samples[i]
        judged.append(
            Judged(
                sample,
                sample.label != FREE,
                weight >= 1,
                weight,
                chosen[-1].pooled_iou(),
                np.packbits(predicted, axis=0, bitorder="little"),
            )
        )
    parts = [j.sample.tile for j in judged]
    mean_dice = float(np.mean([counts.dice() for counts in half]))
    figures = {
        "images": len(judged),
        "tiles": len(set(parts)),
        "iou": _iou(half, classes),
        "iou_interval_95": _interval(half, parts),
        "iou_at_thresholds": _iou(chosen, classes),
        "iou_at_thresholds_interval_95": _interval(chosen, parts),
        "dice": {"mean": round(mean_dice, 4), **_dice(half, classes)},
        "labels": label_figures(np.array(present), images.shown(named), classes),
        "images_judged": _image_figures(judged, classes),
    }
    return Evaluation(figures, judged)


def _iou(counts: list[PixelCounts], classes: list[str]) -> dict[str, float]:
    total = PixelCounts.total(counts)
    values = zip(("pooled", *classes), (total.pooled_iou(), *total.iou()), strict=True)
    return {name: round(value, 4) for name, value in values}


def _interval(counts: list[PixelCounts], parts: list[str]) -> list[float] | None:
    interval = pooled_iou_interval(counts, parts)
    return None if interval is None else [round(end, 4) for end in interval]


def _dice(counts: list[PixelCounts], classes: list[str]) -> dict[str, float]:
    total = PixelCounts.total(counts)
    values = zip(("pooled", *classes), (total.pooled_dice(), *total.dice()), strict=True)
    return {name: round(value, 4) for name, value in values}


def _image_figures(judged: list[Judged], classes: list[str]) -> dict[str, Any]:
    defective = [j for j in judged if j.is_defective]
    free = [j for j in judged if not j.is_defective]
    figures: dict[str, Any] = {
        "recall": _share(defective),
        "recall_by_class": {
            name: _share([j for j in defective if name in j.sample.shown]) for name in classes
        },
        "false_rejects": _share(free),
    }
    if defective and free:
        weights = np.array([j.weight for j in judged])
        truth = np.array([j.is_defective for j in judged])
        figures["auroc"] = round(float(roc_auc_score(truth, weights)), 4)
        figures["recall_at"] = {
            f"{share:.0%} false rejects": recall_at(weights, truth, share) for share in (0.02, 0.05)
        }
    return figures


def _share(judged: list[Judged]) -> dict[str, Any] | None:
    """How many are rejected, with the Wilson interval; photographs of one tile count singly."""
    if not judged:
        return None
    rejected = sum(j.is_rejected for j in judged)
    interval = binomtest(rejected, len(judged)).proportion_ci(0.95, "wilson")
    return {
        "rejected": rejected,
        "of": len(judged),
        "share": round(rejected / len(judged), 4),
        "interval_95": [round(float(interval.low), 4), round(float(interval.high), 4)],
    }


def recall_at(weights: NDArray[Any], truth: NDArray[np.bool_], share: float) -> float:
    """Share of the true that lie above the threshold which rejects a share of the others."""
    free = np.sort(weights[~truth])[::-1]
    limit = free[int(share * len(free))]
    return round(float((weights[truth] > limit).mean()), 4)
