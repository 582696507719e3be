"""Brings an exported model to 8-bit integers, and refuses what finds less afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.card import Quantisation
from training_cli.datasets.sample import Images, windowed
from training_cli.errors import UserError, WorseError
from training_cli.exported import Exported, write
from training_cli.integers import SCHEME, TOLERANCE, Row, chosen_of, in_integers, rows_of
from training_cli.run import command_line
from training_cli.segmenter.evaluation import load_subset
from training_cli.segmenter.parity import golden_indices
from training_cli.segmenter.prediction import onnx_prediction
from training_cli.segmenter.remodelling import (
    evaluation_of,
    read_exported,
    recalibrated,
    with_metrics,
    with_self_test,
)
from training_cli.segmenter.run import read_run

OPERATORS = ("Conv", "Clip", "Relu", "Add", "Concat", "Resize")


def quantize(
    source: Path, run: Path, out: Path, *, data: Path | None, max_drop: float, false_rejects: float
) -> list[Row]:
    """Write `out` unless it is worse than its source by more than allowed.

    Both are calibrated to the same rate of false rejects and judged on the run's validation images;
    ranges come from its training images.

    Args:
        source: A model exported from the run.
        run: The run's folder.
        out: The `.onnx` file to write.
        data: Where the run's data is now; None means where it was.
        max_drop: What pooled IoU at the thresholds, and recall of whole images, may each lose.
        false_rejects: Share of defect-free validation images that the thresholds may reject.

    Raises:
        UserError: Model, run or data are at fault.
        WorseError: It loses more; nothing is written.
    """
    record = read_run(run)
    exported = read_exported(source, record)
    if exported.card.quantisation is not None:
        raise UserError(f"{source} is quantised already: name the model that it was made from.")
    validation = load_subset(record, "validation", data)
    train = load_subset(record, "train", data)
    before = recalibrated(exported, validation, false_rejects)
    raw, count = _integers(exported, train)
    after = recalibrated(raw, validation, false_rejects)
    judged = [evaluation_of(m, validation).figures for m in (before, after)]
    figures = [figures_of(j) for j in judged]
    _check_drop(figures[0], figures[1], max_drop)
    differences = _differences(exported, raw, validation)
    facts = Quantisation(
        scheme=SCHEME,
        source_sha256=exported.sha256,
        calibration_images=count,
        largest_difference=round(float(differences.max()), 4),
        mean_difference=round(float(differences.mean()), 6),
        before=figures[0],
        after=figures[1],
    )
    after = with_metrics(after, judged[1])
    command = f"{after.card.provenance.command} && {command_line()}"
    provenance = after.card.provenance.model_copy(update={"command": command})
    update = {"quantisation": facts, "provenance": provenance}
    after = Exported(after.graph, after.card.model_copy(update=update), after.sha256)
    write(after, out)
    return rows_of(figures, [m.content() for m in (before, after)], exported.card.input)


def figures_of(evaluation: dict[str, Any]) -> dict[str, float]:
    """The few figures that decide between two models."""
    images = evaluation["images_judged"]
    return {
        "iou": evaluation["iou"]["pooled"],
        "iou_at_thresholds": evaluation["iou_at_thresholds"]["pooled"],
        "recall": images["recall"]["share"],
        "false_rejects": images["false_rejects"]["share"],
        **{f"recall at {rate}": value for rate, value in images["recall_at"].items()},
    }


def _check_drop(before: dict[str, float], after: dict[str, float], max_drop: float) -> None:
    for name, words in (("iou_at_thresholds", "Pooled IoU"), ("recall", "Recall of images")):
        if before[name] - after[name] > max_drop:
            raise WorseError(
                f"{words} falls from {before[name]:.3f} to {after[name]:.3f} with 8-bit integers, "
                f"more than --max-drop {max_drop:g}, so nothing is written: keep the model as it "
                "is, or allow more."
            )


def _integers(exported: Exported, train: Images) -> tuple[Exported, int]:
    """The model in 8-bit integers, and how many images its ranges come from."""
    card = exported.card
    images = train.subset(chosen_of(len(train)))
    inputs = (p.reshape(card.input.shape) for p in windowed(images, card.input).pixels)
    graph = in_integers(exported.content(), card.input.name, inputs, OPERATORS)
    return with_self_test(Exported(graph, card, exported.sha256), TOLERANCE), len(images)


def _differences(source: Exported, raw: Exported, images: Images) -> NDArray[np.float32]:
    """Of the probabilities of golden images, at the same offsets."""
    chosen = images.subset(golden_indices(images.labels))
    pairs = zip(*(onnx_prediction(m.open())(chosen) for m in (source, raw)), strict=True)
    return np.concatenate([np.abs(a - b).ravel() for a, b in pairs])
