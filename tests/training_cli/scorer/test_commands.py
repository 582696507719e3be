"""Fitting, judging and exporting scorers, as a user calls it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from engines.catalog import open_engine
from engines.engine import Region, View
from engines.runtime import open_model
from engines.verdict import Decision
from engines.vial_scorer import VialScorer
from tests.training_cli.command import run
from tests.training_cli.scorer.conftest import FIT
from training_cli.scorer.judging import Judged, choose_thresholds, figures_of, judge_parts
from training_cli.scorer.run import read_scorer_run
from training_cli.scorer.serving import load_served, running
from training_cli.scorer.sources import (
    Part,
    fingerprint_of,
    read_all,
    read_defects,
    read_parts,
)

OPTIONS = ("--epochs", "2", "--frames", "0,2", "--learning-rate", "3e-3")


def test_two_runs_from_one_seed_agree(strips: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run("fit", "vial", "--data", strips, "--out", tmp_path / name, *OPTIONS, *FIT) == 0
    one, other = (load_file(tmp_path / name / "last.safetensors") for name in ("a", "b"))
    assert one.keys() == other.keys()
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_a_fit_that_was_interrupted_goes_on_as_if_it_had_not_been(
    strips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training_cli.scorer.optimisation import GenerativeTraining

    arguments = ("fit", "vial", "--data", strips, *OPTIONS, *FIT)
    assert run(*arguments, "--out", tmp_path / "whole") == 0
    begin = GenerativeTraining.on_validation_epoch_start

    def stop(self: GenerativeTraining) -> None:
        begin(self)
        if self.trainer.current_epoch == 1:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(GenerativeTraining, "on_validation_epoch_start", stop)
        assert run(*arguments, "--out", tmp_path / "halves") != 0
    assert run(*arguments, "--out", tmp_path / "halves", "--resume") == 0
    one, other = (load_file(tmp_path / n / "last.safetensors") for n in ("whole", "halves"))
    assert all(torch.allclose(one[name], other[name], atol=1e-6) for name in one)


def test_the_network_learns_to_draw_good_parts(fitted: Path) -> None:
    record = read_scorer_run(fitted)
    assert record.metrics["epochs_done"] == 6
    run_ = running(load_served(fitted, record))
    judged = judge_parts(run_, record, read_all(record.settings.data), 4)
    good, bad = (judged.by_region[judged.defective == d].mean() for d in (False, True))
    assert good < bad


def test_a_model_is_exported_with_thresholds_and_opens_at_the_station(
    fitted: Path, strips: Path, tmp_path: Path
) -> None:
    out = tmp_path / "vial.onnx"
    assert run("export", fitted, "--out", out, "--kit", strips, "--batch", "3") == 0
    model = open_model(out)
    card = model.card
    assert card.engine == "vial_scorer"
    assert card.labels == ("flag", "liquid")
    assert card.input.shape == (3, 32, 32, 1)
    assert "most parts judged right" in card.provenance.thresholds_from
    places = [
        Region(f"vial-{v + 1}", {label: card.thresholds[label]}, v / 2, r / 2, 0.5, 0.5)
        for v in range(2)
        for r, label in enumerate(card.labels)
    ]
    engine = open_engine(out, regions=places, view=View((0, 2), (64, 64)))
    assert isinstance(engine, VialScorer)
    record = read_scorer_run(fitted)
    parts = read_parts(strips, "test")
    judged = judge_parts(running(load_served(fitted, record)), record, parts, 4)
    import cv2

    for part, scores in zip(parts, judged.scores, strict=True):
        paths = part.frames.values()
        frames = [cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) for path in paths]
        verdict = engine.judge([np.asarray(frame, np.uint8) for frame in frames])
        own = engine.score([np.asarray(frame, np.uint8) for frame in frames]).scores.max(0)
        assert np.allclose(own, scores, atol=1e-4)
        rejects = any(s >= p.threshold.score for s, p in zip(own, engine.patches, strict=True))
        assert (verdict.decision is Decision.REJECT) == rejects


@pytest.mark.parametrize("decoder", ["slim", "fpn"])
def test_the_discriminative_network_is_fitted_and_exported(
    strips: Path, tmp_path: Path, decoder: str
) -> None:
    out, model = tmp_path / "run", tmp_path / "m.onnx"
    options = (
        "--network",
        "discriminative",
        "--decoder",
        decoder,
        "--frames",
        "0,1,2",
        "--weights",
        "none",
    )
    size = ("--size", "64", "--crop", "32", "--batch", "8", "--epochs", "1", "--defects", strips)
    assert run("fit", "vial", "--data", strips, "--out", out, *options, *size) == 0
    good = [part for part in read_parts(strips, "train") if part.is_good]
    assert read_scorer_run(out).data_fingerprint == fingerprint_of([*good, *read_defects(strips)])
    assert run("export", out, "--out", model, "--kit", strips, "--false-rejects", "0.1") == 0
    card = open_model(model).card
    assert card.input.channels == 3
    assert "10.0% of the good ones" in card.provenance.thresholds_from


def test_evaluating_writes_figures_and_a_sheet(pictures: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    fit = ("fit", "vial", "--data", pictures, "--out", out, "--frames", "0", "--epochs", "3")
    assert run(*fit, "--learning-rate", "3e-3", *FIT) == 0
    assert run("evaluate", out) == 0
    figures = json.loads((out / "evaluation-test.json").read_text(encoding="utf-8"))
    assert figures["parts"]["defective"] == figures["parts"]["good"] == 6
    assert figures["thresholds_from"] == "these parts"
    assert 0 <= figures["parts"]["auroc"] <= 1
    assert "patches" not in figures
    assert (out / "evaluation-test.png").stat().st_size > 1000
    model = tmp_path / "m.onnx"
    assert run("export", out, "--out", model) == 0
    assert run("evaluate", out, "--model", model, "--out", tmp_path / "report") == 0
    report = tmp_path / "report" / "evaluation-test.json"
    assert json.loads(report.read_text(encoding="utf-8"))["thresholds_from"] == "the model's card"


def test_wrong_input_is_one_sentence(
    fitted: Path, strips: Path, pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(code: int, words: str, *arguments: object) -> None:
        assert run(*arguments) == code
        said = capsys.readouterr().err
        assert words in said
        assert "Traceback" not in said
        assert said.count("\n") == 1

    new = ("fit", "vial", "--out", tmp_path / "new", "--data")
    refused(3, "holds no parts", *new, tmp_path)
    refused(2, "rising numbers", *new, strips, "--frames", "2,0")
    refused(2, "rising numbers", *new, strips, "--frames", "1,x")
    refused(3, "no frame 7, only 0, 1, 2", *new, strips, *FIT)
    refused(2, "power of two", *new, strips, "--size", "48")
    refused(2, "1 or 3 frames", *new, strips, "--network", "discriminative", "--frames", "0,1")
    kit = ("--network", "discriminative", "--defects", pictures)
    refused(3, "with masks", *new, strips, *kit, "--frames", "0")
    refused(3, "name a smaller --size", *new, strips, "--frames", "0")
    refused(2, "already holds a run", "fit", "vial", "--data", strips, "--out", fitted, *FIT)
    refused(2, "to resume from", *new, strips, "--resume", *FIT)
    other = ("--frames", "0,1", "--resume", *FIT)
    refused(2, "other settings", "fit", "vial", "--data", strips, "--out", fitted, *other)
    refused(
        3,
        "has no frame 2",
        "export",
        fitted,
        "--out",
        tmp_path / "m.onnx",
        "--kit",
        pictures,
    )
    refused(3, "another engine", "calibrate", fitted, "--false-rejects", "0.1")
    refused(2, "all good", "evaluate", fitted, "--subset", "validation")
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "m.onnx").exists()


def test_a_run_whose_weights_are_damaged(
    fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(fitted, copy)
    (copy / "last.safetensors").write_bytes(b"nothing")
    assert run("export", copy, "--out", tmp_path / "m.onnx") == 3
    assert "fit again" in capsys.readouterr().err


def _judged(scores: list[list[float]], bad: list[bool]) -> Judged:
    parts = tuple(
        Part(str(i), {}, "spot" if b else "good", defective=(b, False)) for i, b in enumerate(bad)
    )
    return Judged(parts, np.array(scores, np.float32), np.array([0, 1]), ("flag", "liquid"))


def test_thresholds_with_the_best_accuracy_by_hand() -> None:
    # The good ones reach .10 and .30; the bad ones show it in the flag, far above.
    judged = _judged(
        [[0.05, 0.20], [0.10, 0.30], [0.50, 0.10], [0.60, 0.25]], [False, False, True, True]
    )
    chosen = choose_thresholds(judged, None)
    assert 0.10 < chosen["flag"] < 0.50
    assert chosen["liquid"] > 0.30
    parts = figures_of(judged, chosen)["parts"]
    assert (parts["accuracy"], parts["tpr"], parts["tnr"]) == (1.0, 1.0, 1.0)


def test_thresholds_of_a_share_of_false_rejects_by_hand() -> None:
    scores = [[i / 100, 0.01] for i in range(10, 30)]
    judged = _judged(scores, [False] * 20)
    chosen = choose_thresholds(judged, 0.1)
    rejected = (judged.by_region >= [chosen["flag"], chosen["liquid"]]).any(1)
    assert rejected.sum() <= 2
    assert choose_thresholds(judged, 0.0)["flag"] > 0.29


def test_figures_are_counted_by_region_and_label() -> None:
    judged = _judged([[0.9, 0.1], [0.1, 0.1], [0.1, 0.9]], [True, True, False])
    figures = figures_of(judged, {"flag": 0.5, "liquid": 0.5})
    assert figures["rejected_by_label"] == {"good": "1 of 1", "spot": "1 of 2"}
    flag = figures["patches"]["flag"]
    assert (flag["defective"], flag["good"], flag["tpr"], flag["tnr"]) == (2, 1, 0.5, 1.0)
    assert figures["patches"]["liquid"]["tnr"] == pytest.approx(2 / 3, abs=1e-3)
