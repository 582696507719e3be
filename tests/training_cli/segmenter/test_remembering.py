"""A run with a memory, from `remember` to the exported model, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from engines.catalog import open_engine
from engines.runtime import read_card
from tests.training_cli.command import QUICK, run
from training_cli.calibration import choose_offsets
from training_cli.segmenter.calibration import offsets_for
from training_cli.segmenter.evaluation import load_subset
from training_cli.segmenter.run import MEMORY, UNUSUAL, read_run

PYRAMID = ("--decoder", "fpn", "--depth", 5, "--frozen-stages", 4)


@pytest.fixture(scope="module")
def remembered(tiles_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("remembered") / "run"
    options = ("--data", tiles_folder, "--out", out, "--epochs", 1)
    assert run("fit", "tile", *options, *QUICK, *PYRAMID) == 0
    assert run("remember", out, "--size", 100) == 0
    return out


def test_the_record_says_what_was_remembered_and_why(remembered: Path) -> None:
    record = read_run(remembered)
    assert record.labels == (*record.classes, UNUSUAL)
    assert record.memory is not None
    assert record.memory.size == 100
    told = record.memory.candidates
    best = told[f"{record.memory.weight:g}"]["mean recall"]
    assert best == max(figures["mean recall"] for figures in told.values())
    assert "remember" in record.command


def test_the_export_reports_what_no_good_part_shows(
    remembered: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "tile.onnx"
    assert run("evaluate", remembered, "--subset", "validation") == 0
    assert run("export", remembered, "--out", model, "--false-rejects", 0.3) == 0
    card, _ = read_card(model)
    assert card.labels[-1] == UNUSUAL
    areas = [threshold.min_area_px for threshold in card.thresholds.values()]
    assert areas[-1] == min(areas)
    validation = load_subset(read_run(remembered), "validation")
    engine = open_engine(model)
    verdicts = [engine.judge([pixels]) for pixels in validation.pixels]
    free = [v for v, label in zip(verdicts, validation.labels, strict=True) if label < 0]
    rejected = [v for v in free if v.decision == "REJECT"]
    assert len(rejected) <= 0.3 * len(free)
    assert {f.label for v in rejected for f in v.findings} <= {UNUSUAL}

    capsys.readouterr()
    stricter = tmp_path / "stricter.onnx"
    arguments = ("--run", remembered, "--out", stricter, "--false-rejects", 0.0)
    assert run("calibrate", model, *arguments) == 0
    assert f"\n{UNUSUAL}" in capsys.readouterr().out
    engine = open_engine(stricter)
    decisions = [
        engine.judge([pixels]).decision
        for pixels in validation.subset(np.flatnonzero(validation.labels < 0)).pixels
    ]
    assert "REJECT" not in decisions


def test_only_the_unusual_uses_up_the_false_rejects() -> None:
    scores = np.random.default_rng(0).normal(size=(100, 4)).astype(np.float32)
    labels = ("crack", "fray", "uneven", UNUSUAL)
    offsets = offsets_for(scores, labels, 0.05)
    assert (scores[:, 3] >= offsets[3]).sum() == 5
    assert (scores[:, :3] < offsets[:3]).all()
    assert np.array_equal(
        offsets_for(scores[:, :3], labels[:3], 0.05), choose_offsets(scores[:, :3], 0.05)
    )


def test_what_cannot_be_remembered_is_said(
    remembered: Path, fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("remember", remembered) == 2
    assert "has a memory already" in capsys.readouterr().err
    assert run("remember", fitted) == 2
    assert "depth 4 or 5" in capsys.readouterr().err
    assert run("remember", tmp_path) == 3
    assert "is no run" in capsys.readouterr().err


def test_a_lost_memory_is_no_network(
    remembered: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "run"
    shutil.copytree(remembered, copy)
    (copy / MEMORY).unlink()
    assert run("evaluate", copy, "--subset", "validation") == 3
    assert "has lost its memory.safetensors" in capsys.readouterr().err
