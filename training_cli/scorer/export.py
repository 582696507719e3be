"""Exports a scorer to ONNX with its model card, and proves that it computes the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import logit
from torch import nn

from engines.card import InputSpec, ModelCard, Provenance, SelfTest, Threshold
from engines.errors import ModelError
from engines.runtime import open_model
from engines.selftest import seeded_input
from engines.vial_scorer import MAPS, SCORES, VialScorer
from training_cli.errors import ParityError
from training_cli.limits import median_ms
from training_cli.onnx_export import bare_session, to_onnx, with_card
from training_cli.run import code_version, command_line
from training_cli.scorer.judging import (
    Judged,
    choose_thresholds,
    figures_of,
    judge_parts,
    shifted,
)
from training_cli.scorer.run import ScorerRun, read_scorer_run
from training_cli.scorer.serving import Finder, Run, load_served, running
from training_cli.scorer.sources import Part, fingerprint_of, read_all, read_parts
from training_cli.self_test import make_self_test
from training_cli.whole_file import replacing

TOLERANCE = 1e-3
"""Largest difference of a score between torch and onnxruntime."""
GOLDEN = 24
INTENDED_USE = (
    "Inspection of filled strips of vials from photographs against the light, patch by patch. It "
    "was fitted on rendered strips: before it decides about real ones it must be fitted and "
    "qualified on them."
)
ANY_PART = "Inspection of parts that look alike when they are good, one picture a part."


def export_scorer(
    folder: Path,
    out: Path,
    *,
    name: str | None,
    version: str,
    kit: Path | None,
    false_rejects: float | None,
    batch: int,
) -> ModelCard:
    """Write `out` if it holds what it should; an existing file stays as it is otherwise.

    Args:
        folder: The run's.
        out: The `.onnx` file.
        name, version: For the card; no name means the product's.
        kit: Labelled parts by which thresholds are chosen; None means the test parts of the run's
            data.
        false_rejects: Share of the kit's good parts that may be rejected; None maximises the
            accuracy.
        batch: Patches that the model takes at once.

    Raises:
        UserError: Run or kit are at fault.
        ParityError: Torch and onnxruntime disagree on a golden patch.
    """
    record = read_scorer_run(folder)
    served = load_served(folder, record)
    run = running(served)
    parts = read_all(kit) if kit else read_parts(record.settings.data, "test")
    judged = judge_parts(_exported(served, record, batch), record, parts, batch)
    thresholds = choose_thresholds(judged, false_rejects)
    if isinstance(served, Finder):
        middle = float(np.median(logit(list(thresholds.values()))))
        served.shift.fill_(middle)
        judged, thresholds = shifted(judged, thresholds, middle)
    spec = record.settings.input(batch)
    card = ModelCard(
        engine=VialScorer.engine,
        name=name or record.product,
        version=version,
        title="Vial scorer" if len(record.regions) > 1 else "Scorer of whole parts",
        intended_use=INTENDED_USE if len(record.regions) > 1 else ANY_PART,
        input=spec,
        labels=record.regions,
        thresholds={label: Threshold(score=score) for label, score in thresholds.items()},
        provenance=_provenance(record, judged, thresholds, false_rejects),
        self_test=_self_test(run, spec),
    )
    model = to_onnx(served, card.input, (SCORES, MAPS))
    card = card.model_copy(update={"limits": _limits(model, card, record)})
    with replacing(out) as temporary:
        temporary.write_bytes(with_card(model, card))
        _check_parity(temporary, run, record, parts, batch)
    return card


def _exported(served: nn.Module, record: ScorerRun, batch: int) -> Run:
    """The network in onnxruntime, which scores a kit in a third of torch's time."""
    spec = record.settings.input(batch)
    session = bare_session(to_onnx(served, spec, (SCORES, MAPS)))
    return lambda x: dict(zip((SCORES, MAPS), session.run(None, {spec.name: x}), strict=True))


def _self_test(run: Run, spec: InputSpec) -> SelfTest:
    """Of scores and of maps, on one seeded input."""
    scores, maps = (
        make_self_test(lambda x, o=o: run(x)[o], spec, output=o)  # type: ignore[misc]
        for o in (SCORES, MAPS)
    )
    flat = run(seeded_input(maps.seed, spec))[SCORES]
    own = [round(float(value), 6) for value in flat]
    return maps.model_copy(
        update={
            "positions": {**maps.positions, SCORES: list(range(len(own)))},
            "expected": {**maps.expected, SCORES: own},
            "tolerance": max(scores.tolerance, maps.tolerance),
        }
    )


def _check_parity(path: Path, run: Run, record: ScorerRun, parts: list[Part], batch: int) -> None:
    """Score golden parts with both, the model opened as the station does."""
    try:
        model = open_model(path)
    except ModelError as error:
        raise ParityError(f"The export is refused: {error}") from error
    places = np.linspace(0, len(parts) - 1, min(GOLDEN, len(parts))).astype(int)
    golden = [parts[i] for i in sorted(set(places.tolist()))]
    trained, exported = (judge_parts(r, record, golden, batch) for r in (run, model.run))
    difference = np.abs(trained.scores - exported.scores).max()
    if not difference <= TOLERANCE:
        raise ParityError(
            f"The export is refused: a score differs by {difference:.2g} from what the trained "
            "network gives. Export with the versions of torch and onnx that this release names, "
            "and report it if it stays."
        )


def _provenance(
    record: ScorerRun, judged: Judged, thresholds: dict[str, float], false_rejects: float | None
) -> Provenance:
    good = int((~judged.defective).sum())
    rule = (
        "the most parts judged right"
        if false_rejects is None
        else f"at most {false_rejects:.1%} of the good ones rejected"
    )
    metrics: dict[str, Any] = {
        **record.metrics,
        "calibration": figures_of(judged, thresholds),
        "calibration_fingerprint": fingerprint_of(judged.parts),
    }
    sizes = ", ".join(f"{len(names)} {name}" for name, names in record.subsets.items())
    return Provenance(
        data=f"good {record.product} parts"
        + (", and a labelled kit's defects" if record.settings.defects else ""),
        data_fingerprint=record.data_fingerprint,
        split=f"by part, seed {record.settings.seed}: {sizes}",
        metrics=metrics,
        thresholds_from=(
            f"{good} good and {len(judged.parts) - good} defective parts that were not fitted on: "
            f"{rule}, the same quantile of good parts in every region"
        ),
        command=f"{record.command} && {command_line()}",
        code_version=f"{record.code_version}, exported by {code_version()}",
        created=datetime.now(UTC),
    )


def _limits(model: bytes, card: ModelCard, record: ScorerRun) -> tuple[str, ...]:
    session = bare_session(model)
    taken_ms = median_ms(lambda x: session.run(None, {card.input.name: x}), card.input)
    each = taken_ms / card.input.batch
    return (
        "It knows only what good parts of its data look like"
        + (", and the defects of its kit" if record.settings.defects else "")
        + "; what it has not seen it may reject.",
        "What is smaller or fainter than the defects of the kit that chose its thresholds it may "
        "let pass.",
        f"A patch takes {each:.1f} ms on one CPU thread of the computer that exported it.",
    )
