"""Evaluates a run or an exported model and writes the report: JSON, and a picture sheet."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engines.errors import ModelError
from engines.runtime import Model, open_model
from training_cli.calibration import FALSE_REJECTS
from training_cli.errors import UserError
from training_cli.run import code_version, command_line
from training_cli.segmenter.calibration import OFFSETS, Calibration
from training_cli.segmenter.evaluation import areas_of, calibrate, evaluate, load_subset
from training_cli.segmenter.prediction import (
    Network,
    Predict,
    held_out_logits,
    load_network,
    onnx_prediction,
    probabilities,
    torch_logits,
)
from training_cli.segmenter.products import PRODUCTS
from training_cli.segmenter.run import RunRecord, read_run
from training_cli.segmenter.worst_cases import draw_worst_cases


def write_report(
    run: Path,
    subset: str,
    *,
    model: Path | None,
    data: Path | None,
    out: Path,
    false_rejects: float = FALSE_REJECTS,
) -> dict[str, Any]:
    """Judge and write `evaluation-SUBSET.json` and `.png` (with a model: `evaluation-STEM-…`).

    Without a model, thresholds are chosen on the run's validation images as an export would, for
    this rate of false rejects.

    Raises:
        UserError: Run, data or model are at fault.
    """
    record = read_run(run)
    images = load_subset(record, subset, data)
    if model is None:
        network = load_network(run, record)
        calibration = calibration_of(network, record, data, false_rejects)
        spec = record.settings.input
        held_out = subset == "validation"
        answers = held_out_logits(network, spec) if held_out else torch_logits(network, spec)
        predict = probabilities(answers, calibration.offsets)
    elif record.settings.is_ensemble and subset == "validation":
        raise UserError(f"{model} was trained on these images: judge it on --subset test.")
    else:
        predict, calibration = _exported(model, record)
    thresholds = calibration.thresholds
    evaluation = evaluate(predict, images, thresholds, calibration.offsets)
    report = {
        "subset": subset,
        "split": record.settings.split,
        **evaluation.figures,
        "thresholds": {name: t.model_dump() for name, t in thresholds.items()},
        OFFSETS: calibration.named_offsets(),
        "data_fingerprint": record.data_fingerprint,
        "command": command_line(),
        "code_version": code_version(),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    out.mkdir(parents=True, exist_ok=True)
    name = f"evaluation-{subset}" if model is None else f"evaluation-{model.stem}-{subset}"
    (out / f"{name}.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    heading = f"Worst cases of {len(images)} {subset} images: {PRODUCTS[record.product].title}"
    sheet = draw_worst_cases(images, evaluation.judged, record.labels, heading)
    Image.fromarray(sheet).save(out / f"{name}.png", optimize=True)
    return report


def calibration_of(
    network: Network, record: RunRecord, data: Path | None, false_rejects: float
) -> Calibration:
    """Chosen on the run's validation images."""
    validation = load_subset(record, "validation", data)
    areas = areas_of(record, data)
    logits = held_out_logits(network, record.settings.input)
    return calibrate(logits, areas, validation, false_rejects)


def _exported(path: Path, record: RunRecord) -> tuple[Predict, Calibration]:
    try:
        model: Model = open_model(path, threads=2)
    except ModelError as error:
        raise UserError(str(error)) from error
    card = model.card
    if card.labels != record.labels or card.input != record.settings.input:
        raise UserError(f"{path} has other classes or another input than this run: name its run.")
    offsets = card.provenance.metrics.get(OFFSETS, {})
    own = np.array([offsets.get(label, 0.0) for label in card.labels], np.float32)
    return onnx_prediction(model), Calibration(own, dict(card.thresholds))
