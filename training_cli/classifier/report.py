"""Judges a classifier on images not trained on, in figures and as a sheet of its worst cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.special import expit, logit

from engines.errors import ModelError
from engines.runtime import open_model
from engines.surface_classifier import MAPS
from training_cli.classifier.judging import Aim, choose_level, figures_of
from training_cli.classifier.run import LABEL, ClassifierRun, read_classifier_run
from training_cli.classifier.serving import Run, Served, load_network, logits_of, running
from training_cli.classifier.surfaces import LAYOUTS, Surfaces, load_surfaces
from training_cli.datasets.mvtec import read_mvtec
from training_cli.datasets.sample import FREE
from training_cli.errors import UsageError, UserError
from training_cli.run import CLASSIFIER, code_version, command_line
from training_cli.sheet import Case, Panel, aspect_of, draw_sheet

SHOWN = 20
"""Of missed defects, and of false rejects, at most."""
HOT = 0.5
"""Share of what a map's highest place adds, from which it is outlined."""


def write_classifier_report(
    folder: Path,
    subset: str,
    *,
    model: Path | None,
    data: Path | None,
    unseen: Path | None,
    out: Path,
    aim: Aim,
) -> dict[str, Any]:
    """Judge images; write `evaluation-SUBSET.json` and `.png` (of a model `evaluation-STEM-…`).

    Args:
        folder: The run's.
        subset: `validation` or `test`; `unseen` is the name where such are given.
        model: An exported one, judged with its own threshold; None for the run's network, whose
            threshold is chosen on the validation images.
        data: Where the run's data is now; None for where it was.
        unseen: Other images, in MVTec AD layout, instead of the run's.
        out: Folder for the report.
        aim: What the threshold is chosen for.

    Raises:
        UserError: Run, model or data are at fault.
    """
    record = read_classifier_run(folder)
    if model is None:
        run = running(Served(load_network(folder, record)).eval())
        validation = load_subset(record, "validation", data)
        level = choose_level(logits_of(run, validation), validation.defective, aim)
    else:
        run, level = _exported(model, record)
    surfaces = load_subset(record, subset, data) if unseen is None else load_unseen(record, unseen)
    logits = logits_of(run, surfaces)
    subset = subset if unseen is None else "unseen"
    report = {
        "subset": subset,
        **figures_of(surfaces.samples, logits, surfaces.defective, level),
        "threshold": round(float(expit(level)), 6),
        "threshold_from": "the model's card" if model else f"validation images: {aim}",
        "data_fingerprint": record.data_fingerprint,
        "command": command_line(),
        "code_version": code_version(),
    }
    out.mkdir(parents=True, exist_ok=True)
    name = f"evaluation-{subset}" if model is None else f"evaluation-{model.stem}-{subset}"
    (out / f"{name}.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    sheet = draw_worst(
        run, surfaces, logits, level, f"Worst cases of {len(logits)} {subset} images"
    )
    Image.fromarray(sheet).save(out / f"{name}.png", optimize=True)
    return report


def load_subset(record: ClassifierRun, subset: str, data: Path | None) -> Surfaces:
    """The images of a run that are for validation or test.

    Raises:
        UserError: They are not there any more.
    """
    folder = data or record.settings.data
    samples = {s.name: s for s in LAYOUTS[record.settings.layout].read(folder)}
    names = record.subsets[subset]
    if missing := [name for name in names if name not in samples]:
        raise UserError(f"{folder} lacks {missing[0]}, on which this run is judged: restore it.")
    return load_surfaces([samples[name] for name in names], record.settings.input)


def load_unseen(record: ClassifierRun, folder: Path) -> Surfaces:
    """Images of a data set that the run knows nothing of, in MVTec AD layout."""
    return load_surfaces(read_mvtec(folder), record.settings.input)


def _exported(path: Path, record: ClassifierRun) -> tuple[Run, float]:
    try:
        model = open_model(path)
    except ModelError as error:
        raise UserError(str(error)) from error
    card = model.card
    same = card.provenance.data_fingerprint == record.data_fingerprint
    if card.engine != CLASSIFIER or card.input != record.settings.input or not same:
        raise UsageError(f"{path} was not exported from this run: name its run.")
    return model.run, float(logit(card.thresholds[LABEL].score))


def draw_worst(
    run: Run, surfaces: Surfaces, logits: NDArray[np.float64], level: float, heading: str
) -> NDArray[np.uint8]:
    """A sheet: missed defects, the weakest first; then false rejects, the strongest first."""
    rejected = logits >= level
    missed = np.flatnonzero(surfaces.defective & ~rejected)
    false = np.flatnonzero(~surfaces.defective & rejected)
    order = [
        *missed[np.argsort(logits[missed], kind="stable")][:SHOWN].tolist(),
        *false[np.argsort(-logits[false], kind="stable")][:SHOWN].tolist(),
    ]
    good = int((~surfaces.defective).sum())
    lines = [
        f"{len(missed)} of {len(logits) - good} defective images missed, {len(false)} of {good} "
        f"good ones rejected; {len(order)} shown.",
        "Each time: the image, its defect by label, and where the score comes from. The threshold "
        f"is {expit(level):.3f}.",
    ]
    cases = [_case(run, surfaces, i, float(logits[i])) for i in order]
    return draw_sheet(cases, heading, lines, ("defect",))


def _case(run: Run, surfaces: Surfaces, i: int, found: float) -> Case:
    pixels, sample = surfaces.pixels[i], surfaces.samples[i]
    maps = run(pixels[None, :, :, None])[MAPS][0]
    seen = cv2.resize(maps, pixels.shape[::-1], interpolation=cv2.INTER_LINEAR)
    low, high = float(np.median(seen)), float(seen.max())
    hot = np.asarray(seen >= low + HOT * (high - low))
    what = "false reject" if sample.label == FREE else "missed"
    return Case(
        (Panel(pixels), Panel(pixels, surfaces.masks[i][None] > 0), Panel(pixels, hot[None])),
        f"{sample.label}: {what}",
        f"score {expit(found):.3f}",
        True,
        aspect_of(sample, pixels),
    )
