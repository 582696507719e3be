"""Thresholds for a rate of false rejects, and what they find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engines.card import Threshold
from training_cli.errors import UserError
from training_cli.exported import Exported, write
from training_cli.run import command_line
from training_cli.segmenter.evaluation import evaluate, load_subset
from training_cli.segmenter.prediction import load_network, torch_prediction
from training_cli.segmenter.remodelling import (
    evaluation_of,
    offsets_of,
    read_exported,
    recalibrated,
    with_metrics,
)
from training_cli.segmenter.report import calibration_of
from training_cli.segmenter.run import read_run


def calibrate_run(run: Path, false_rejects: float, data: Path | None) -> list[str]:
    """What an export at this rate would get, in lines for people.

    Raises:
        UserError: Run or data are at fault.
    """
    record = read_run(run)
    validation = load_subset(record, "validation", data)
    if not len(validation.free()):
        raise UserError(
            f"{run} has only defective validation images (split {record.settings.split}), so "
            "nothing can be said of false rejects: name a run that is split by tile."
        )
    network = load_network(run, record)
    calibration = calibration_of(network, record, data, false_rejects)
    predict = torch_prediction(network, calibration.offsets, record.settings.input)
    figures = evaluate(predict, validation, calibration.thresholds, calibration.offsets).figures
    offsets = calibration.named_offsets()
    return list(_lines(calibration.thresholds, offsets, figures["images_judged"], false_rejects))


def calibrate_model(
    model: Path, run: Path, out: Path, false_rejects: float, data: Path | None
) -> list[str]:
    """Write the model with thresholds for this rate; what they find, in lines for people.

    Raises:
        UserError: Model, run or data are at fault; nothing is written.
    """
    record = read_run(run)
    exported = read_exported(model, record)
    validation = load_subset(record, "validation", data)
    moved = recalibrated(exported, validation, false_rejects)
    figures = evaluation_of(moved, validation).figures
    moved = with_metrics(moved, figures)
    command = f"{moved.card.provenance.command} && {command_line()}"
    provenance = moved.card.provenance.model_copy(update={"command": command})
    card = moved.card.model_copy(update={"provenance": provenance})
    write(Exported(moved.graph, card, moved.sha256), out)
    offsets = dict(zip(card.labels, map(float, offsets_of(moved)), strict=True))
    judged = figures["images_judged"]
    return [*_lines(card.thresholds, offsets, judged, false_rejects), f"{out}: written"]


def _lines(
    thresholds: Mapping[str, Threshold],
    offsets: Mapping[str, float],
    judged: Mapping[str, Any],
    false_rejects: float,
) -> Iterator[str]:
    yield f"false rejects  {_share(judged['false_rejects'])}, asked {false_rejects:.1%}"
    yield f"found          {_share(judged['recall'])}"
    for name, threshold in thresholds.items():
        yield (
            f"{name:14} {_share(judged['recall_by_class'].get(name))}, "
            f"logit {offsets[name]:.2f} on {threshold.min_area_px} pixels"
        )


def _share(share: Mapping[str, Any] | None) -> str:
    if share is None:
        return "no images"
    low, high = share["interval_95"]
    return (
        f"{share['rejected']} of {share['of']} = {share['share']:.1%} "
        f"(95 %: {low:.1%} to {high:.1%})"
    )
