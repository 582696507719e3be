"""Brings an exported classifier to 8-bit integers, and refuses what finds less afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from scipy.special import expit

from engines.card import ModelCard, Quantisation, Threshold
from engines.errors import ModelError
from engines.runtime import read_card
from engines.surface_classifier import MAPS, SCORES
from training_cli.classifier.export import self_test_of
from training_cli.classifier.judging import Aim, choose_level, figures_of
from training_cli.classifier.report import load_subset
from training_cli.classifier.run import LABEL, read_classifier_run
from training_cli.classifier.serving import Run, logits_of
from training_cli.classifier.surfaces import Surfaces
from training_cli.errors import UserError, WorseError
from training_cli.exported import Exported, write
from training_cli.integers import SCHEME, Row, chosen_of, in_integers, rows_of
from training_cli.limits import median_ms
from training_cli.onnx_export import bare_session
from training_cli.run import CLASSIFIER, command_line

OPERATORS = ("Conv", "Clip", "Relu", "Add")
OF_LOGITS = 0.5
"""Tolerance of the self-test, whose maps are logits of some size."""
KEPT = ("average_precision", "recall")
"""What may not fall further than allowed."""


def quantize_classifier(
    source: Path, run: Path, out: Path, *, data: Path | None, max_drop: float, false_rejects: float
) -> list[Row]:
    """Write `out` unless it is worse than its source by more than allowed.

    Both get the threshold that rejects no more than a share of the good validation images, and are
    judged on those images; ranges come from the run's training images.

    Args:
        source: A model exported from the run.
        run: The run's folder.
        out: The `.onnx` file to write.
        data: Where the run's data is now; None means where it was.
        max_drop: What average precision and recall may each lose.
        false_rejects: The share.

    Raises:
        UserError: Model, run or data are at fault.
        WorseError: It loses more; nothing is written.
    """
    record = read_classifier_run(run)
    try:
        card, sha256 = read_card(source)
    except ModelError as error:
        raise UserError(str(error)) from error
    same = card.provenance.data_fingerprint == record.data_fingerprint
    if card.engine != CLASSIFIER or card.input != record.settings.input or not same:
        raise UserError(f"{source} was not exported from this run: name its run.")
    if card.quantisation is not None:
        raise UserError(f"{source} is quantised already: name the model that it was made from.")
    validation, train = (load_subset(record, name, data) for name in ("validation", "train"))
    exact = Exported(onnx.load(source), card, sha256)
    shown = [pixels[None, :, :, None] for pixels in train.pixels[chosen_of(len(train))]]
    graph = in_integers(exact.content(), card.input.name, shown, OPERATORS)
    aim = Aim(false_rejects)
    logits = [logits_of(_running(g, card), validation) for g in (exact.graph, graph)]
    levels = [choose_level(own, validation.defective, aim) for own in logits]
    judged = [_figures(validation, own, level) for own, level in zip(logits, levels, strict=True)]
    for name in KEPT:
        before, after = (figures[name] for figures in judged)
        if before - after > max_drop:
            raise WorseError(
                f"{name.replace('_', ' ').capitalize()} falls from {before:.3f} to {after:.3f} "
                f"with 8-bit integers, more than --max-drop {max_drop:g}, so nothing is written: "
                "keep the model as it is, or allow more."
            )
    differences = np.abs(np.diff(expit(np.stack(logits)), axis=0))
    facts = Quantisation(
        scheme=SCHEME,
        source_sha256=sha256,
        calibration_images=len(shown),
        largest_difference=round(float(differences.max()), 4),
        mean_difference=round(float(differences.mean()), 6),
        before=judged[0],
        after=judged[1],
    )
    written = Exported(graph, _card(card, graph, facts, levels[1], aim), sha256)
    write(written, out)
    return rows_of(judged, [m.content() for m in (exact, written)], card.input)


def _figures(surfaces: Surfaces, logits: NDArray[np.float64], level: float) -> dict[str, float]:
    found = figures_of(surfaces.samples, logits, surfaces.defective, level)
    if "average_precision" not in found:
        raise UserError("The run's validation images are all good or all defective: fit again.")
    at = found["at_threshold"]
    return {
        "average_precision": found["average_precision"],
        "recall": at["recall"]["share"],
        "false_rejects": at["false_rejects"]["share"],
    }


def _card(
    card: ModelCard, graph: onnx.ModelProto, facts: Quantisation, level: float, aim: Aim
) -> ModelCard:
    run = _running(graph, card)
    metrics: dict[str, Any] = {
        name: value for name, value in card.provenance.metrics.items() if name != "test"
    }
    provenance = card.provenance.model_copy(
        update={
            "metrics": {**metrics, "validation": facts.after},
            "thresholds_from": f"validation images: {aim}, of the model in 8-bit integers",
            "command": f"{card.provenance.command} && {command_line()}",
        }
    )
    taken_ms = median_ms(run, card.input)
    *limits, last = card.limits
    said = (
        f"{last.partition(';')[0]}; it takes {taken_ms:.1f} ms on one CPU thread of the computer "
        "that wrote it."
    )
    return card.model_copy(
        update={
            "thresholds": {LABEL: Threshold(score=float(expit(level)))},
            "quantisation": facts,
            "provenance": provenance,
            "self_test": self_test_of(run, card.input, OF_LOGITS),
            "limits": (*limits, said),
        }
    )


def _running(graph: onnx.ModelProto, card: ModelCard) -> Run:
    session = bare_session(graph.SerializeToString())
    names = [output.name for output in session.get_outputs()]
    assert set(names) == {SCORES, MAPS}
    return lambda x: dict(zip(names, session.run(None, {card.input.name: x}), strict=True))
