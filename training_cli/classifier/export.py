"""Exports a classifier to ONNX with its model card, and proves that it computes the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit

from engines.card import InputSpec, ModelCard, Provenance, SelfTest, Threshold
from engines.engine import Region
from engines.errors import ModelError
from engines.runtime import open_model
from engines.selftest import seeded_input
from engines.surface_classifier import MAPS, SCORES, SurfaceClassifier
from engines.verdict import Decision
from training_cli.classifier.judging import Aim, choose_level, figures_of
from training_cli.classifier.report import load_subset
from training_cli.classifier.run import LABEL, ClassifierRun, read_classifier_run
from training_cli.classifier.serving import Run, Served, load_network, logits_of, running
from training_cli.classifier.surfaces import LAYOUTS, Surfaces
from training_cli.errors import ParityError
from training_cli.limits import median_ms
from training_cli.onnx_export import bare_session, to_onnx, with_card
from training_cli.run import code_version, command_line
from training_cli.self_test import make_self_test
from training_cli.whole_file import replacing

TOLERANCE = 1e-3
"""Largest difference of a score between torch and onnxruntime."""
OF_LOGITS = 2e-2
"""Tolerance of the self-test, whose maps are logits of some size."""
GOLDEN = 24
LEVEL = 0.5


def export_classifier(
    folder: Path, out: Path, *, name: str | None, version: str, data: Path | None, aim: Aim
) -> ModelCard:
    """Write `out` if it holds what it should; an existing file stays as it is otherwise.

    Args:
        folder: The run's.
        out: The `.onnx` file.
        name, version: For the card; no name means the product's.
        data: Where the run's data is now; None for where it was.
        aim: What the threshold is chosen for, on the run's validation images.

    Raises:
        UserError: Run or data are at fault.
        ParityError: Torch and onnxruntime disagree on a golden image.
    """
    record = read_classifier_run(folder)
    network = load_network(folder, record)
    validation = load_subset(record, "validation", data)
    logits = logits_of(running(Served(network).eval()), validation)
    level = choose_level(logits, validation.defective, aim)
    served = Served(network, level).eval()
    run, spec = running(served), record.settings.input
    judged = figures_of(validation.samples, logits, validation.defective, level)
    card = ModelCard(
        engine=SurfaceClassifier.engine,
        name=name or record.product,
        version=version,
        title="Surface classifier",
        intended_use=LAYOUTS[record.settings.layout].intended_use,
        input=spec,
        labels=(LABEL,),
        thresholds={LABEL: Threshold(score=LEVEL)},
        provenance=_provenance(folder, record, judged, level, aim),
        self_test=self_test_of(run, spec),
    )
    model = to_onnx(served, card.input, (SCORES, MAPS))
    card = card.model_copy(update={"limits": _limits(model, card)})
    with replacing(out) as temporary:
        temporary.write_bytes(with_card(model, card))
        _check_parity(temporary, run, validation)
    return card


def self_test_of(run: Run, spec: InputSpec, tolerance: float = OF_LOGITS) -> SelfTest:
    """Of the score and of the map, on one seeded input."""
    maps = make_self_test(lambda image: run(image)[MAPS], spec, tolerance, output=MAPS)
    score = round(float(run(seeded_input(maps.seed, spec))[SCORES][0]), 6)
    update = {
        "positions": {**maps.positions, SCORES: [0]},
        "expected": {**maps.expected, SCORES: [score]},
    }
    return maps.model_copy(update=update)


def _check_parity(path: Path, run: Run, surfaces: Surfaces) -> None:
    """Judge golden images with both, the model opened as the station does."""
    try:
        model = open_model(path)
        engine = SurfaceClassifier(model, [Region("part", model.card.thresholds)])
    except ModelError as error:
        raise ParityError(f"The export is refused: {error}") from error
    places = np.linspace(0, len(surfaces) - 1, min(GOLDEN, len(surfaces))).astype(int)
    golden = surfaces.subset(np.unique(places))
    for sample, pixels in zip(golden.samples, golden.pixels, strict=True):
        trained = float(run(pixels[None, :, :, None])[SCORES][0])
        verdict = engine.judge([pixels])
        difference = abs(trained - (verdict.score or 0.0))
        decided = (verdict.decision is Decision.REJECT) == (trained >= LEVEL)
        if not difference <= TOLERANCE or (not decided and abs(trained - LEVEL) > TOLERANCE):
            raise ParityError(
                f"The export is refused: the score of {sample.name} differs by {difference:.2g} "
                "from what the trained network gives. Export with the versions of torch and onnx "
                "that this release names, and report it if it stays."
            )


def _provenance(
    folder: Path, record: ClassifierRun, judged: dict[str, Any], level: float, aim: Aim
) -> Provenance:
    settings = record.settings
    sizes = ", ".join(f"{len(names)} {name}" for name, names in record.subsets.items())
    trained = ", ".join(f"{count} {kind}" for kind, count in record.trained_on.items())
    metrics: dict[str, Any] = {**record.metrics, "logit_offset": round(level, 4)}
    metrics["validation"] = judged
    for path in sorted(folder.glob("evaluation-*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))
        if report.get("threshold") == round(float(expit(level)), 6):
            keys = ("images", "good", "defective", "average_precision", "at_threshold")
            metrics[report["subset"]] = {key: report[key] for key in keys if key in report}
    return Provenance(
        data=LAYOUTS[settings.layout].shown,
        data_fingerprint=record.data_fingerprint,
        split=f"by part, fold {settings.fold} of {settings.folds}, seed {settings.seed}: {sizes}; "
        f"trained on {trained}",
        metrics=metrics,
        thresholds_from=f"validation images: {aim}, shifted to 0.5 in the graph",
        command=f"{record.command} && {command_line()}",
        code_version=f"{record.code_version}, exported by {code_version()}",
        created=datetime.now(UTC),
    )


def _limits(model: bytes, card: ModelCard) -> tuple[str, ...]:
    session = bare_session(model)
    taken_ms = median_ms(lambda x: session.run(None, {card.input.name: x}), card.input)
    return (
        "It knows only the defects and the surfaces of the data that it was trained on.",
        "It says where it looked, to a cell of its last features, not where a defect ends.",
        f"A frame is stretched to {card.input.width}×{card.input.height} pixels and should have "
        f"the proportions of those that it was trained on; it takes {taken_ms:.1f} ms on one "
        "CPU thread of the computer that exported it.",
    )
