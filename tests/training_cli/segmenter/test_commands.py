"""The command line, from data to an exported model that the station opens."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from engines.catalog import open_engine
from engines.defect_segmenter import OUTPUT
from engines.runtime import open_model, read_card
from engines.verdict import Decision
from tests.training_cli.command import QUICK, run
from training_cli import app
from training_cli.errors import ParityError
from training_cli.segmenter.calibration import OFFSETS
from training_cli.segmenter.evaluation import load_subset
from training_cli.segmenter.export import Served
from training_cli.segmenter.optimisation import Segmentation
from training_cli.segmenter.parity import check_parity
from training_cli.segmenter.prediction import load_network, onnx_prediction, torch_prediction
from training_cli.segmenter.run import read_run
from training_cli.sheet import WIDTH


def test_a_run_says_how_it_was_made(fitted: Path) -> None:
    record = read_run(fitted)
    assert record.command.startswith("inspector-train fit tile --data")
    assert len(record.data_fingerprint) == 64
    assert {name: len(part) for name, part in record.subsets.items()} == {
        "train": 12,
        "validation": 12,
        "test": 12,
    }
    assert record.metrics["epochs_done"] == 2
    assert 0 <= record.metrics["best_validation_iou"] <= 1
    assert list(fitted.glob("tensorboard/events.*"))
    assert {p.name for p in fitted.glob("*.safetensors")} == {
        "best.safetensors",
        "last.safetensors",
    }
    state = torch.load(fitted / "last.ckpt", weights_only=True)
    assert "state_dict" not in state


def test_a_fit_can_take_a_fraction_of_the_defects(tiles_folder: Path, tmp_path: Path) -> None:
    options = ("--split", "paper", "--fraction", 25, "--epochs", 1, *QUICK)
    assert run("fit", "tile", "--data", tiles_folder, "--out", tmp_path / "run", *options) == 0
    record = read_run(tmp_path / "run")
    assert record.settings.fraction == 0.25
    assert len(record.subsets["train"]) == 5 * 1 + 6  # of five images a class, and all free ones
    assert len(record.subsets["validation"]) == 5 * 1


def test_a_seed_gives_the_same_network(fitted: Path, tiles_folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert run("fit", "tile", "--data", tiles_folder, "--out", again, "--epochs", 2, *QUICK) == 0
    first, second = (load_file(folder / "last.safetensors") for folder in (fitted, again))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_an_interrupted_fit_goes_on_as_if_it_had_not_been(
    fitted: Path, tiles_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "interrupted"
    fit = ("fit", "tile", "--data", tiles_folder, "--out", out, "--epochs", 2, *QUICK)
    step = Segmentation.training_step

    def dies(self: Segmentation, batch: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        if self.current_epoch == 1:
            raise MemoryError
        return step(self, batch)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Segmentation, "training_step", dies)
        with pytest.raises(MemoryError):
            run(*fit)
    assert run(*fit, "--resume", "--seed", 1) == 2
    assert run(*fit, "--resume") == 0
    whole, resumed = (load_file(folder / "last.safetensors") for folder in (fitted, out))
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_evaluation_writes_figures_and_a_sheet(exported: Path, fitted: Path) -> None:
    report = json.loads((fitted / "evaluation-test.json").read_text())
    assert report["images"] == 12
    assert set(report["iou"]) == {"pooled", "blowhole", "break", "crack", "fray", "uneven"}
    assert report["images_judged"]["recall"]["of"] == 10
    with Image.open(fitted / "evaluation-test.png") as sheet:
        assert sheet.width == WIDTH
    assert exported.is_file()


def test_the_exported_model_is_judged_like_the_run(
    exported: Path, fitted: Path, tmp_path: Path
) -> None:
    code = run("evaluate", fitted, "--model", exported, "--subset", "test", "--out", tmp_path)
    assert code == 0
    served = json.loads((tmp_path / "evaluation-tile-test.json").read_text())
    trained = json.loads((fitted / "evaluation-test.json").read_text())
    assert served["images_judged"] == trained["images_judged"]
    assert served["iou"]["pooled"] == pytest.approx(trained["iou"]["pooled"], abs=2e-3)


def test_the_station_opens_the_model_and_its_card_tells_its_story(
    exported: Path, fitted: Path, tiles_folder: Path
) -> None:
    engine = open_engine(exported)
    verdict = engine.judge([np.full((90, 60), 100, np.uint8)])
    assert verdict.decision in (Decision.PASS, Decision.REJECT)
    card = engine.card
    record = read_run(fitted)
    assert card.provenance.data_fingerprint == record.data_fingerprint
    test = card.provenance.metrics["test"]
    low, high = test["iou_interval_95"]
    assert (test["images"], test["images_judged"]["recall"]["of"]) == (12, 10)
    assert 0 <= low <= test["iou"]["pooled"] <= high <= 1
    assert "magnetic tiles" in card.intended_use
    assert "must not release parts" in card.intended_use
    assert "let pass: blowhole" in " ".join(card.limits)
    assert card.input.shape == (1, 64, 64, 1)
    content = exported.read_bytes()
    assert str(Path(app.__file__).parent).encode() not in content


def test_a_card_keeps_no_figures_of_other_thresholds(fitted: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    shutil.copytree(fitted, out)
    judge = ("evaluate", out, "--subset", "validation", "--out", out)
    for rate, judged in ((0.0, False), (0.5, True)):
        assert run(*judge, "--false-rejects", rate) == 0
        assert run("export", out, "--out", tmp_path / "a.onnx", "--false-rejects", 0.5) == 0
        validation = open_engine(tmp_path / "a.onnx").card.provenance.metrics["validation"]
        assert "iou" in validation
        assert ("images_judged" in validation) is judged
        assert ("iou_at_thresholds" in validation) is judged


def offsets_of(exported: Path) -> np.ndarray:
    card, _ = read_card(exported)
    return np.array([card.provenance.metrics[OFFSETS][name] for name in card.labels], np.float32)


def test_an_export_of_another_network_is_refused(
    exported: Path, fitted: Path, tmp_path: Path
) -> None:
    record = read_run(fitted)
    images = load_subset(record, "validation")
    network = load_network(fitted, record)
    offsets = offsets_of(exported)
    check_parity(exported, torch_prediction(network, offsets), images)
    with torch.no_grad():
        next(network.unet.segmentation_head.parameters()).mul_(1.5)
    with pytest.raises(ParityError, match="is not what the trained network gives"):
        check_parity(exported, torch_prediction(network, offsets), images)


def test_a_refused_export_leaves_the_old_model(fitted: Path, tmp_path: Path) -> None:
    old = tmp_path / "tile.onnx"
    old.write_bytes(b"the old model")
    forward = Served.forward
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Served, "forward", lambda self, image: 0.9 * forward(self, image))
        assert run("export", fitted, "--out", old) == 4
    assert old.read_bytes() == b"the old model"
    assert list(tmp_path.iterdir()) == [old]


def test_weights_that_are_not_numbers_are_refused(fitted: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(fitted, broken)
    weights = load_file(broken / "best.safetensors")
    weights["unet.segmentation_head.0.bias"][:] = float("nan")
    save_file(weights, broken / "best.safetensors")
    assert run("evaluate", broken) == 3
    (broken / "best.safetensors").write_bytes(b"damaged")
    assert run("evaluate", broken) == 3


def test_torch_and_onnxruntime_agree_on_every_validation_image(
    exported: Path, fitted: Path
) -> None:
    record = read_run(fitted)
    images = load_subset(record, "validation")
    trained = torch_prediction(load_network(fitted, record), offsets_of(exported))(images)
    served = onnx_prediction(open_model(exported))(images)
    for ours, theirs in zip(trained, served, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-3)
    assert OUTPUT == "probabilities"


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("fit", "tile", "--data", "nowhere", "--out", "OUT"), 3, "holds no tiles.csv"),
        (
            ("fit", "tile", "--data", "DATA", "--out", "OUT", "--encoder", "no"),
            2,
            "no encoder 'no'",
        ),
        (("fit", "tile", "--data", "DATA", "--out", "OUT", "--weights", "no.pth"), 3, "is no file"),
        (("fit", "tile", "--data", "DATA", "--out", "OUT", "--resume"), 2, "to resume from"),
        (("fit", "tile", "--data", "DATA", "--out", "OUT", "--size", "100"), 2, "multiples of 8"),
        (("fit", "tile", "--data", "DATA", "--out", "RUN"), 2, "already holds a run"),
        (("fit", "tile", "--data", "DATA"), 2, "--out"),
        (("fit", "tile", "--data", "DATA", "--out", "OUT", "--extra", "no"), 3, "MVTec AD layout"),
        (("evaluate", "nowhere"), 3, "is no run"),
        (("evaluate", "RUN", "--data", "nowhere"), 3, "holds no tiles.csv"),
        (("evaluate", "RUN", "--model", "nowhere.onnx"), 3, "cannot be read"),
        (("evaluate", "RUN", "--model", "a.onnx", "--false-rejects", "0.1"), 2, "its own"),
        (("synthesize", "tile", "--out", "DATA", "--count", 1), 3, "not an empty folder"),
    ],
)
def test_mistakes_get_one_sentence_and_a_code(
    arguments: tuple[str, ...],
    code: int,
    sentence: str,
    fitted: Path,
    tiles_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    places = {"DATA": tiles_folder, "RUN": fitted, "OUT": tmp_path / "out"}
    assert run(*(places.get(a, a) for a in arguments)) == code
    error = capsys.readouterr().err
    assert sentence in error
    assert "Traceback" not in error


def test_help_needs_no_torch() -> None:
    """The command answers at once, and says what to install where torch is missing."""
    script = "import sys; sys.modules['torch'] = None; from training_cli.app import main; main()"
    helped = subprocess.run(
        [sys.executable, "-c", script, "fit", "tile", "--help"], capture_output=True, text=True
    )
    assert helped.returncode == 0
    tried = subprocess.run(
        [sys.executable, "-c", script, "fit", "tile", "--data", ".", "--out", "x"],
        capture_output=True,
        text=True,
    )
    assert tried.returncode == 2
    assert "pip install 'line-inspector[train]'" in tried.stderr


def test_a_cards_command_names_the_run_that_a_fit_started_from(
    fitted: Path, tiles_folder: Path, tmp_path: Path
) -> None:
    out, start = tmp_path / "next", fitted / "best.safetensors"
    fit = ("fit", "tile", "--data", tiles_folder, "--out", out, "--epochs", 1, *QUICK)
    assert run(*fit, "--weights", start) == 0
    assert run("export", out, "--out", tmp_path / "next.onnx") == 0
    command = open_engine(tmp_path / "next.onnx").card.provenance.command
    assert command == f"{read_run(fitted).command} && {read_run(out).command}"
