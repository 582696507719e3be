"""Compares an exported model with the trained network, through the station's own engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engines.defect_segmenter import DefectSegmenter
from engines.engine import Region
from engines.errors import ModelError
from engines.runtime import open_model
from training_cli.datasets.sample import FREE_INDEX, Images
from training_cli.errors import ParityError
from training_cli.segmenter.prediction import Predict, onnx_prediction

GOLDEN = 24
"""Golden images, a third of them without a defect where there are as many."""
TOLERANCE = 1e-3
"""Largest difference of a probability or a score, and how near the threshold a mask may differ."""


def check_parity(path: Path, predict: Predict, images: Images) -> None:
    """Judge golden images with both.

    Raises:
        ParityError: Opening fails, or masks, score or decision of an image differ.
    """
    try:
        model = open_model(path)
    except ModelError as error:
        raise ParityError(f"The export is refused: {error}") from error
    engine = DefectSegmenter(model, [Region("part", model.card.thresholds)])
    golden = images.subset(golden_indices(images.labels))
    levels = np.array([t.score for t in model.card.thresholds.values()], np.float32)
    answers = zip(golden.samples, onnx_prediction(model)(golden), predict(golden), strict=True)
    for sample, served, trained in answers:
        if fault := _difference(engine, served, trained, levels[:, None, None]):
            raise ParityError(
                f"The export is refused: {fault} for {sample.name} is not what the trained "
                "network gives. Export with the versions of torch and onnx that this release "
                "names, and report it if it stays."
            )


def golden_indices(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Evenly spread over the defective and over the free images."""
    free, defective = np.flatnonzero(labels == FREE_INDEX), np.flatnonzero(labels != FREE_INDEX)
    from_free = min(len(free), GOLDEN // 3)
    from_defective = min(len(defective), GOLDEN - from_free)
    return np.concatenate([_spread(defective, from_defective), _spread(free, from_free)])


def _spread(indices: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    return np.asarray(indices[np.linspace(0, len(indices) - 1, count).astype(int)])


def _difference(
    engine: DefectSegmenter,
    served: NDArray[np.float32],
    trained: NDArray[np.float32],
    levels: NDArray[np.float32],
) -> str | None:
    """What differs, in a word, or None."""
    if float(np.abs(served - trained).max()) > TOLERANCE:
        return "a probability"
    differs = (served >= levels) != (trained >= levels)
    if (differs & (np.abs(trained - levels) > TOLERANCE)).any():
        return "a mask"
    height, width = served.shape[1:]
    ours, theirs = (engine.decide(p, height, width) for p in (served, trained))
    if ours.decision is not theirs.decision:
        return "the decision"
    if abs((ours.score or 0.0) - (theirs.score or 0.0)) > TOLERANCE:
        return "the score"
    return None
