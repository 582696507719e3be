"""Judges a scorer's network on labelled parts, in figures and as a sheet of its worst cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.errors import ModelError
from engines.runtime import open_model
from engines.vial_scorer import MAPS, SCORES, VialScorer
from training_cli.errors import UsageError, UserError
from training_cli.run import command_line
from training_cli.scorer.judging import Judged, choose_thresholds, figures_of, judge_parts
from training_cli.scorer.run import ScorerRun, read_scorer_run
from training_cli.scorer.serving import Run, load_served, looks_of, running
from training_cli.scorer.sources import fingerprint_of, load_patches, read_all, read_parts
from training_cli.sheet import Case, Panel, draw_sheet

BATCH = 4
SHOWN = 24
HOT = 0.5
"""Share of a map's highest value from which it is outlined."""


def write_scorer_report(
    folder: Path,
    *,
    model: Path | None,
    data: Path | None,
    out: Path,
    false_rejects: float | None,
) -> dict[str, Any]:
    """Judge labelled parts; write `evaluation-test.json` and `evaluation-test.png`.

    Args:
        folder: The run's.
        model: An exported one, judged with its own thresholds; None for the run's network, whose
            thresholds are then chosen on these very parts.
        data: The parts; None for the test parts of the run's data.
        out: Folder for the report.
        false_rejects: See `choose_thresholds`.

    Raises:
        UserError: Run, model or parts are at fault.
    """
    record = read_scorer_run(folder)
    run, batch, thresholds = _network(folder, record, model)
    parts = read_all(data) if data else read_parts(record.settings.data, "test")
    judged = judge_parts(run, record, parts, batch)
    chosen = thresholds or choose_thresholds(judged, false_rejects)
    figures = {
        "command": command_line(),
        "thresholds_from": "the model's card" if thresholds else "these parts",
        "thresholds": {name: round(level, 6) for name, level in chosen.items()},
        "data_fingerprint": fingerprint_of(parts),
        **figures_of(judged, chosen),
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / "evaluation-test.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    sheet = _sheet(run, batch, record, judged, chosen)
    Image.fromarray(sheet).save(out / "evaluation-test.png")
    return figures


def _network(
    folder: Path, record: ScorerRun, model: Path | None
) -> tuple[Run, int, dict[str, float] | None]:
    """What scores, how many patches it takes at once, and its own thresholds if it has any."""
    if model is None:
        return running(load_served(folder, record)), BATCH, None
    try:
        opened = open_model(model)
    except ModelError as error:
        raise UserError(str(error)) from error
    card = opened.card
    if card.engine != VialScorer.engine or card.labels != record.regions:
        raise UsageError(f"{model} was not exported from this run: name its run.")
    return opened.run, card.input.batch, {n: t.score for n, t in card.thresholds.items()}


def _sheet(
    run: Run, batch: int, record: ScorerRun, judged: Judged, thresholds: dict[str, float]
) -> NDArray[np.uint8]:
    """Missed parts first, the weakest one first; then false rejects, the strongest one first."""
    levels = np.array([thresholds[judged.names[r]] for r in judged.regions])
    weights = judged.scores / levels
    strongest = weights.max(1)
    wrong = np.flatnonzero((strongest >= 1) != judged.defective)
    order = sorted(wrong.tolist(), key=lambda i: (not judged.defective[i], abs(strongest[i] - 1)))
    cases = [_case(run, batch, record, judged, i, weights[i]) for i in order[:SHOWN]]
    missed = int(judged.defective[wrong].sum())
    lines = [
        f"{missed} of {int(judged.defective.sum())} defective parts missed, {len(wrong) - missed} "
        f"of {int((~judged.defective).sum())} good ones rejected; {len(cases)} shown.",
        "Each time: the patch with the defect, or the one with the highest score, and where in it "
        "the score comes from. The score is that of the patch over its threshold.",
    ]
    return draw_sheet(cases, f"Worst cases of {record.product}", lines, ("score from",))


def _case(
    run: Run,
    batch: int,
    record: ScorerRun,
    judged: Judged,
    number: int,
    weights: NDArray[np.floating[Any]],
) -> Case:
    part = judged.parts[number]
    candidates = np.flatnonzero(part.defective) if not part.is_good else np.arange(len(weights))
    if not len(candidates):
        candidates = np.arange(len(weights))
    place = int(candidates[weights[candidates].argmax()])
    loaded = load_patches([part], record.settings.size, record.settings.frames)
    patches = loaded.subset(np.array([place]))
    looks = looks_of(patches, record)[0]
    filled = np.zeros((batch, *looks.shape[1:]), np.uint8)
    filled[: min(batch, len(looks))] = looks[:batch]
    answer = run(filled)
    look = int(answer[SCORES][: len(looks)].argmax())
    pixels = patches.pixels[0, look]
    seen = answer[MAPS][look]
    hot = cv2.resize(seen, pixels.shape[::-1]) >= HOT * float(seen.max())
    what = "missed" if not part.is_good else "false reject"
    return Case(
        (Panel(pixels), Panel(pixels, np.asarray(hot)[None])),
        f"{part.label}: {what}",
        f"{judged.names[judged.regions[place]]}, score {float(weights[place]):.2f}",
        True,
    )
