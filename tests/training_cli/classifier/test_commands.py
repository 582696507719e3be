"""Fitting, judging, exporting and comparing classifiers, as a user calls it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from safetensors.torch import load_file
from scipy.special import expit

from engines.catalog import open_engine
from engines.engine import Region
from engines.runtime import open_model
from engines.surface_classifier import SurfaceClassifier
from engines.verdict import Decision
from tests.training_cli.classifier.conftest import FIT
from tests.training_cli.command import run
from training_cli.classifier.judging import choose_level
from training_cli.classifier.report import load_subset
from training_cli.classifier.run import read_classifier_run
from training_cli.classifier.serving import Served, load_network, logits_of, running
from training_cli.datasets.pictures import read_picture

CHEAP = (*FIT, "--backbone", "mobilenetv2_035", "--weights", "none")


def fit_of(kolektor: Path, out: Path, *options: object) -> int:
    fit = ("fit", "surface", "--layout", "kolektor", "--data", kolektor, "--out", out)
    return run(*fit, *CHEAP, *options)


def test_a_fit_that_was_interrupted_goes_on_as_if_it_had_not_been(
    kolektor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training_cli.classifier.optimisation import Classification

    assert fit_of(kolektor, tmp_path / "whole", "--epochs", 2) == 0
    begin = Classification.on_validation_epoch_start

    def stop(self: Classification) -> None:
        begin(self)
        if self.trainer.current_epoch == 1:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Classification, "on_validation_epoch_start", stop)
        assert fit_of(kolektor, tmp_path / "halves", "--epochs", 2) != 0
    assert fit_of(kolektor, tmp_path / "halves", "--epochs", 2, "--resume") == 0
    one, other = (load_file(tmp_path / n / "last.safetensors") for n in ("whole", "halves"))
    assert all(torch.allclose(one[name], other[name], atol=1e-6) for name in one)


def test_defects_are_learned_and_judged(fitted: Path) -> None:
    record = read_classifier_run(fitted)
    assert record.metrics["epochs_done"] == 6
    assert {name.split("/")[0] for name in record.subsets["train"]}.isdisjoint(
        name.split("/")[0] for n in ("validation", "test") for name in record.subsets[n]
    )
    assert run("evaluate", fitted, "--false-rejects", "0") == 0
    figures = json.loads((fitted / "evaluation-test.json").read_text(encoding="utf-8"))
    assert figures["good"] + figures["defective"] == figures["images"] == 12
    assert figures["average_precision"] > 0.8
    low, high = figures["average_precision_interval_95"]
    assert low <= figures["average_precision"] <= high
    at = figures["at_threshold"]
    assert at["recall"]["of"] == figures["defective"]
    assert at["recall"]["interval_95"][0] <= at["recall"]["share"] <= at["recall"]["interval_95"][1]
    assert (fitted / "evaluation-test.png").stat().st_size > 1000


def test_a_model_is_exported_that_decides_at_the_station_as_the_run_does(
    fitted: Path, tmp_path: Path
) -> None:
    out = tmp_path / "surface.onnx"
    assert run("export", fitted, "--out", out, "--recall", "0.9") == 0
    card = open_model(out).card
    assert (card.engine, card.labels) == ("surface_classifier", ("defect",))
    assert card.thresholds["defect"].score == 0.5
    assert "at least 90.0% of the defective" in card.provenance.thresholds_from
    engine = open_engine(out)
    assert isinstance(engine, SurfaceClassifier)
    record = read_classifier_run(fitted)
    trained = running(Served(load_network(fitted, record)).eval())
    validation = load_subset(record, "validation", None)
    logits = logits_of(trained, validation)
    level = card.provenance.metrics["logit_offset"]
    recalled = [
        engine.judge([read_picture(s.image)]).decision is Decision.REJECT
        for s in validation.samples
    ]
    assert recalled == (logits >= level).tolist()
    assert np.array(recalled)[validation.defective].mean() >= 0.9
    images = [read_picture(validation.samples[int(logits.argmax())].image)]
    verdict = engine.judge(images)
    assert verdict.score == pytest.approx(expit(logits.max() - level), abs=1e-3)
    limit = {"defect": card.thresholds["defect"].model_copy(update={"score": 0.9999})}
    strict = open_engine(out, regions=[Region("part", limit)])
    assert strict.thresholds["part"]["defect"].score == 0.9999
    report = tmp_path / "report"
    assert run("evaluate", fitted, "--model", out, "--out", report) == 0
    judged = json.loads((report / "evaluation-surface-test.json").read_text(encoding="utf-8"))
    assert judged["threshold_from"] == "the model's card"


def test_other_images_are_judged_as_well(fitted: Path, rendered: Path, tmp_path: Path) -> None:
    assert run("evaluate", fitted, "--unseen", rendered, "--out", tmp_path) == 0
    figures = json.loads((tmp_path / "evaluation-unseen.json").read_text(encoding="utf-8"))
    assert (figures["good"], figures["defective"]) == (4, 6)
    assert set(figures["recall_by_label"]) == {"crack", "spot"}


def test_without_real_defects_made_ones_are_learned(
    kolektor: Path, rendered: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    made = ("--real-defects", 0, "--augmentation", "poisson", "--added", 5, "--defects", rendered)
    assert fit_of(kolektor, out, "--epochs", 1, "--extra", rendered, *made) == 0
    record = read_classifier_run(out)
    assert record.trained_on["real"] == 0
    assert (record.trained_on["made"], record.trained_on["extra"]) == (5, 10)
    assert set(record.other_fingerprints) == {"extra", "defects"}


def test_a_comparison_goes_on_where_it_stopped(
    kolektor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compare = (
        *("compare", "surface", "--layout", "kolektor", "--data", kolektor, "--out", tmp_path),
        *(*CHEAP, "--epochs", 1, "--added", 4),
    )
    grid = ("--augmentations", "none,memseg", "--real-defects", "0,2", "--only-folds", "0")
    assert run(*compare, *grid) == 0
    cells = sorted(path.name for path in (tmp_path / "cells").glob("*.json"))
    assert cells == [
        "memseg-0-fold0-seed0.json",
        "memseg-2-fold0-seed0.json",
        "none-2-fold0-seed0.json",
    ]
    cell = json.loads((tmp_path / "cells" / cells[1]).read_text(encoding="utf-8"))
    assert (cell["trained_on"]["real"], cell["trained_on"]["made"]) == (2, 4)
    before = {name: (tmp_path / "cells" / name).stat().st_mtime_ns for name in cells}
    (tmp_path / "cells" / cells[0]).unlink()
    capsys.readouterr()
    assert run(*compare, *grid) == 0
    said = capsys.readouterr().out
    assert said.count("AP 0.") + said.count("AP 1.") == 1
    assert "| memseg | 2 | 4 | 1 |" in said
    assert "| 0 | – | 0." in said
    assert (tmp_path / "comparison.png").read_bytes().startswith(b"\x89PNG")
    assert "| none | 2 | 0 | 1 |" in (tmp_path / "comparison.md").read_text(encoding="utf-8")
    for name in cells[1:]:
        assert (tmp_path / "cells" / name).stat().st_mtime_ns == before[name]
    assert run(*compare, *grid, "--epochs", 2) == 2
    assert "other epochs" in capsys.readouterr().err


def test_wrong_input_is_one_sentence(
    fitted: Path, kolektor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(code: int, words: str, *arguments: object) -> None:
        assert run(*arguments) == code
        said = capsys.readouterr().err
        assert words in said
        assert "Traceback" not in said
        assert said.count("\n") == 1

    base = ("fit", "surface", "--out", tmp_path / "new", "--device", "cpu", "--weights", "none")
    new = (*base, "--layout", "kolektor", "--data")
    refused(3, "not laid out like KolektorSDD:", *new, tmp_path)
    refused(2, "--folds must be 3 or more", *new, kolektor, "--folds", "2")
    refused(2, "--fold one of 0 to 4", *new, kolektor, "--fold", "5")
    refused(2, "go together", *new, kolektor, "--augmentation", "memseg")
    refused(2, "go together", *new, kolektor, "--added", "5")
    refused(3, "fewer than 20 folds", *new, kolektor, "--folds", "20")
    refused(3, "nothing to tell apart", *new, kolektor, "--real-defects", "0")
    poisson = ("--augmentation", "poisson", "--added", "3", "--real-defects", "0")
    refused(3, "--defects", *new, kolektor, *poisson)
    refused(2, "timm has no network", *new, kolektor, "--backbone", "resnet1")
    refused(2, "to resume from", *new, kolektor, "--resume")
    same = ("fit", "surface", "--layout", "kolektor", "--data", kolektor, "--out", fitted)
    refused(2, "already holds a run", *same, *FIT)
    refused(2, "other settings", *same, *FIT, "--resume")
    both = ("--recall", "0.9", "--false-rejects", "0.1")
    refused(2, "give one", "evaluate", fitted, *both)
    refused(2, "--kit", "export", fitted, "--out", tmp_path / "m.onnx", "--kit", kolektor)
    refused(3, "another engine", "calibrate", fitted, "--false-rejects", "0.1")
    compare = ("compare", "surface", "--layout", "kolektor", "--data", kolektor)
    compare = (*compare, "--out", tmp_path / "new")
    refused(2, "no augmentation 'diag'", *compare, "--augmentations", "diag")
    refused(2, "is no number", *compare, "--real-defects", "few")
    none = ("--real-defects", "0", "--augmentations", "none")
    refused(2, "nothing to fit", *compare, *none)
    assert not (tmp_path / "new").exists()


def test_integers_are_written_unless_they_find_less(
    fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exact, small = tmp_path / "exact.onnx", tmp_path / "small.onnx"
    assert run("export", fitted, "--out", exact, "--false-rejects", "0.1") == 0
    quantize = ("quantize", exact, "--run", fitted, "--out", small, "--max-drop")
    capsys.readouterr()
    assert run(*quantize, "1", "--false-rejects", "0.1") == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:3]] == [
        "fp32",
        "int8",
    ]
    card = open_model(small).card
    assert card.quantisation is not None
    assert card.quantisation.before["average_precision"] > 0.5
    assert card.provenance.metrics["validation"] == card.quantisation.after
    weights = onnx.load(small).graph.initializer
    assert sum(t.data_type == onnx.TensorProto.INT8 for t in weights) > 10
    record = read_classifier_run(fitted)
    validation = load_subset(record, "validation", None)
    engine = open_engine(small)
    assert isinstance(engine, SurfaceClassifier)
    rejected = [engine.judge([pixels]).decision is Decision.REJECT for pixels in validation.pixels]
    good = ~validation.defective
    assert np.asarray(rejected)[good].mean() == card.quantisation.after["false_rejects"]
    assert run("quantize", small, "--run", fitted, "--out", small, "--max-drop", "1") == 3
    assert "quantised already" in capsys.readouterr().err


def test_integers_that_find_less_are_refused(
    fitted: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from training_cli.classifier import quantisation

    honest = quantisation.in_integers

    def coarse(*given: Any) -> onnx.ModelProto:
        graph = honest(*given)
        for tensor in graph.graph.initializer:
            if tensor.data_type == onnx.TensorProto.INT8:
                zeros = np.zeros(tuple(tensor.dims), np.int8)
                tensor.CopyFrom(onnx.numpy_helper.from_array(zeros, tensor.name))
        return graph

    monkeypatch.setattr(quantisation, "in_integers", coarse)
    exact = tmp_path / "exact.onnx"
    assert run("export", fitted, "--out", exact) == 0
    quantize = ("quantize", exact, "--run", fitted, "--out", tmp_path / "small.onnx")
    assert run(*quantize, "--max-drop", "0") == 4
    assert "nothing is written" in capsys.readouterr().err
    assert not (tmp_path / "small.onnx").exists()


def test_a_run_whose_weights_or_images_are_damaged(
    fitted: Path, kolektor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(fitted, copy)
    (copy / "last.safetensors").write_bytes(b"nothing")
    assert run("export", copy, "--out", tmp_path / "m.onnx") == 3
    assert "fit again" in capsys.readouterr().err
    moved = tmp_path / "data"
    shutil.copytree(kolektor, moved)
    (moved / read_classifier_run(fitted).subsets["test"][0]).unlink()
    assert run("evaluate", fitted, "--data", moved) == 3
    assert "restore it" in capsys.readouterr().err


def test_the_level_is_never_at_an_image(fitted: Path) -> None:
    record = read_classifier_run(fitted)
    validation = load_subset(record, "validation", None)
    logits = logits_of(running(Served(load_network(fitted, record)).eval()), validation)
    from training_cli.classifier.judging import Aim

    for aim in (Aim(0.0), Aim(0.1), Aim(recall=1.0), Aim(recall=0.5)):
        assert np.abs(logits - choose_level(logits, validation.defective, aim)).min() > 1e-9
