"""An exported segmenter with other thresholds, another graph, or other figures in its card."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from engines.card import Threshold
from engines.errors import ModelError
from engines.runtime import read_card
from training_cli.datasets.sample import Images
from training_cli.errors import UserError
from training_cli.exported import Exported
from training_cli.limits import limits_of
from training_cli.onnx_export import bare_session
from training_cli.segmenter.calibration import OFFSETS, class_scores, offsets_for
from training_cli.segmenter.evaluation import LASTING, Evaluation, evaluate
from training_cli.segmenter.prediction import onnx_prediction, prediction
from training_cli.segmenter.run import RunRecord
from training_cli.segmenter.threshold_shift import as_logits, shift
from training_cli.self_test import TOLERANCE, make_self_test

LEVEL = 0.5


def read_exported(path: Path, record: RunRecord) -> Exported:
    """Read a model that was exported from a run.

    Raises:
        UserError: It cannot be used, or it is of another run.
    """
    try:
        card, sha256 = read_card(path)
    except ModelError as error:
        raise UserError(str(error)) from error
    if card.provenance.data_fingerprint != record.data_fingerprint:
        raise UserError(f"{path} was not made with the data of this run: name its run.")
    if card.labels != record.labels or card.input != record.settings.input:
        raise UserError(f"{path} has other classes or another input than this run: name its run.")
    return Exported(onnx.load(path), card, sha256)


def offsets_of(model: Exported) -> NDArray[np.float32]:
    """What its graph takes off the network's logits, by label."""
    known = model.card.provenance.metrics.get(OFFSETS, {})
    return np.array([known.get(label, 0.0) for label in model.card.labels], np.float32)


def evaluation_of(model: Exported, images: Images) -> Evaluation:
    """How it does with its own thresholds."""
    predict = onnx_prediction(model.open())
    return evaluate(predict, images, model.card.thresholds, offsets_of(model))


def with_self_test(model: Exported, tolerance: float = TOLERANCE) -> Exported:
    """With the self-test that its graph as it is now answers to, and the time that it takes."""
    run, spec = _running(model), model.card.input
    test = make_self_test(run, spec, tolerance, _running(model, optimised=False))
    update = {"self_test": test, "limits": limits_of(run, model.card)}
    return Exported(model.graph, model.card.model_copy(update=update), model.sha256)


def recalibrated(model: Exported, validation: Images, false_rejects: float) -> Exported:
    """With thresholds at which no more than a share of the free validation images is rejected.

    They stand at 0.5 afterwards; minimum areas stay as they are.

    Raises:
        UserError: There are no free images, or the graph does not end in a sigmoid.
    """
    free = validation.free()
    if not len(free):
        raise UserError(
            "This run's validation images all have a defect (split paper), so nothing can be said "
            "of false rejects: calibrate a model whose run is split by tile."
        )
    areas = [model.card.thresholds[label].min_area_px for label in model.card.labels]
    session = bare_session(as_logits(model.graph).SerializeToString())
    name = model.card.input.name
    answers = prediction(lambda image: session.run(None, {name: image})[0][0], model.card.input)
    scores = np.stack([class_scores(z, areas) for z in answers(free)])
    change = offsets_for(scores, model.card.labels, false_rejects)
    graph = onnx.ModelProto()
    graph.CopyFrom(model.graph)
    shift(graph, change)
    thresholds = {
        label: Threshold(score=LEVEL, min_area_px=area)
        for label, area in zip(model.card.labels, areas, strict=True)
    }
    offsets = dict(zip(model.card.labels, map(float, offsets_of(model) + change), strict=True))
    text = (
        f"at most {false_rejects:.1%} of {len(free)} defect-free validation images rejected, the "
        "same quantile for every class, shifted to 0.5 in the graph; minimum areas as before"
    )
    metrics = {**_lasting(model.card.provenance.metrics), OFFSETS: offsets}
    provenance = model.card.provenance.model_copy(
        update={"metrics": metrics, "thresholds_from": text}
    )
    card = model.card.model_copy(update={"thresholds": thresholds, "provenance": provenance})
    moved = Exported(graph, card, model.sha256)
    return with_self_test(moved, model.card.self_test.tolerance)


def with_metrics(model: Exported, validation: Mapping[str, Any]) -> Exported:
    """With these figures on validation images in its card."""
    metrics = {**model.card.provenance.metrics, "validation": dict(validation)}
    provenance = model.card.provenance.model_copy(update={"metrics": metrics})
    card = model.card.model_copy(update={"provenance": provenance})
    return Exported(model.graph, card, model.sha256)


def _running(model: Exported, *, optimised: bool = True) -> Any:
    session = bare_session(model.graph.SerializeToString(), optimised=optimised)
    return lambda image: session.run(None, {model.card.input.name: image})[0]


def _lasting(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """What still holds with other thresholds: no figure of whole images, no IoU at thresholds."""
    kept: dict[str, Any] = {}
    for name, value in metrics.items():
        if name == "validation":
            continue
        if isinstance(value, dict) and "images_judged" in value:
            value = {k: value[k] for k in LASTING if k in value}
        kept[name] = value
    return kept
