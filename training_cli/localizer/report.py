"""Judges a localizer on labelled boards, in figures and as a sheet of its worst cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.chip_localizer import THRESHOLD, ChipLocalizer
from engines.errors import ModelError
from engines.runtime import open_model
from training_cli.errors import UsageError, UserError
from training_cli.localizer.boards import (
    Boards,
    fingerprint_of,
    load_boards,
    of_boards,
    read_pictures,
)
from training_cli.localizer.judging import GOOD, Judged, figures_of, judge_boards, rejects
from training_cli.localizer.run import LocalizerRun, read_localizer_run
from training_cli.localizer.serving import Run, load_served, running
from training_cli.run import command_line
from training_cli.sheet import Case, Panel, draw_sheet

SHOWN = 24
_TRUE, _FOUND = (0, 158, 115), (213, 94, 0)


def write_localizer_report(
    folder: Path,
    subset: str,
    *,
    model: Path | None,
    data: Path | None,
    unseen: Path | None,
    out: Path,
) -> dict[str, Any]:
    """Judge labelled boards; write `evaluation-SUBSET.json` and `evaluation-SUBSET.png`.

    Args:
        folder: The run's.
        subset: `validation` or `test`; `unseen` is the name where such are given.
        model: An exported one; None for the run's network.
        data: Where the run's data is now; None for where it was.
        unseen: Other labelled boards, instead of the run's.
        out: Folder for the report.

    Raises:
        UserError: Run, model or boards are at fault.
    """
    record = read_localizer_run(folder)
    run = _network(folder, record, model)
    fingerprint = record.data_fingerprint
    if unseen is None:
        boards = boards_of(record, subset, data)
    else:
        subset, fingerprint = "unseen", fingerprint_of(unseen)
        boards = load_boards(unseen, read_pictures(unseen), record.settings.input)
    judged = judge_boards(run, boards, record.settings.size)
    figures = {
        "command": command_line(),
        "data_fingerprint": fingerprint,
        **figures_of(judged),
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / f"evaluation-{subset}.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    Image.fromarray(_sheet(judged, record.product)).save(out / f"evaluation-{subset}.png")
    return figures


def boards_of(record: LocalizerRun, subset: str, data: Path | None) -> Boards:
    """A subset of the run's boards, which may have moved to `data`.

    Raises:
        UserError: They cannot be read, or are others.
    """
    folder = data or record.settings.data
    pictures = read_pictures(folder)
    if fingerprint_of(folder) != record.data_fingerprint:
        raise UserError(
            f"{folder} holds other boards than this run's: name its data with --data, or judge "
            "others with --unseen."
        )
    return load_boards(folder, of_boards(pictures, record.subsets[subset]), record.settings.input)


def _network(folder: Path, record: LocalizerRun, model: Path | None) -> Run:
    if model is None:
        return running(load_served(folder, record))
    try:
        opened = open_model(model)
    except ModelError as error:
        raise UserError(str(error)) from error
    if opened.card.engine != ChipLocalizer.engine or opened.card.input != record.settings.input:
        raise UsageError(f"{model} was not exported from this run: name its run.")
    return opened.run


def _sheet(judged: Judged, product: str) -> NDArray[np.uint8]:
    """Wrong decisions first, then the largest errors of a centre."""
    labels = [picture.label for picture in judged.boards.pictures]
    wrong = rejects(judged) == np.array([label == GOOD for label in labels])
    errors = np.where(judged.boards.present, judged.centre_errors, 0.0)
    order = sorted(range(len(errors)), key=lambda i: (not wrong[i], -errors[i]))
    cases = [_case(judged, i, bool(wrong[i]), float(errors[i])) for i in order[:SHOWN]]
    lines = [
        f"{int(wrong.sum())} of {len(wrong)} pictures decided wrongly; {len(cases)} shown.",
        "Each time: the chip as it lies (green), and as it was found (vermillion).",
    ]
    return draw_sheet(cases, f"Worst cases of {product}", lines, ())


def _case(judged: Judged, number: int, is_wrong: bool, error: float) -> Case:
    picture = judged.boards.pictures[number]
    pixels = judged.boards.pixels[number].copy()
    truth = judged.boards.corners[number].reshape(4, 2)
    for corners, colour, shown in (
        (truth, _TRUE, picture.present),
        (judged.corners[number], _FOUND, judged.presence[number] >= THRESHOLD),
    ):
        if shown:
            line = np.rint(corners[[0, 1, 3, 2]] * judged.size * 16 - 8).astype(np.int32)
            cv2.polylines(pixels, [line], True, colour, 1, cv2.LINE_AA, shift=4)
    note = f"board {picture.board}, off by {error:.1f} px, there {judged.presence[number]:.2f}"
    return Case((Panel(pixels),), picture.label, note, is_wrong)
