"""Steel from Severstal's layout to models that the station opens, on rendered strips."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from scipy.special import expit

from engines.catalog import open_engine
from engines.defect_segmenter import OUTPUT
from engines.runtime import open_model
from engines.synthetic.line import part_seed, renderer_of
from engines.verdict import Decision
from tests.training_cli.command import run
from training_cli.datasets.rle import encode
from training_cli.datasets.severstal import CLASSES
from training_cli.networks.ensemble import Ensemble
from training_cli.networks.weights import LITE0, encoder_weights
from training_cli.segmenter.calibration import OFFSETS
from training_cli.segmenter.evaluation import load_subset
from training_cli.segmenter.optimisation import VALIDATION_LOSS, Segmentation
from training_cli.segmenter.prediction import held_out_logits, load_network, torch_logits
from training_cli.segmenter.run import read_run

QUICK = ("--layout", "severstal", "--folds", 2, "--height", 64, "--width", 256, "--crop", 64)
QUICK += ("--depth", 3, "--batch", 8, "--epochs", 1, "--device", "cpu")


@pytest.fixture(scope="module")
def strips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five strips of every class, five free, and five whose right half is of the next class."""
    folder = tmp_path_factory.mktemp("severstal")
    (folder / "train_images").mkdir()
    renderer = renderer_of("steel")
    lines = ["ImageId,ClassId,EncodedPixels"]
    labels = [(label,) for label in CLASSES] + [(CLASSES[0], CLASSES[1]), (None,)]
    for number, shown in enumerate(labels * 5):
        parts = [renderer.render(part_seed(7, 2 * number + i), s) for i, s in enumerate(shown)]
        pixels = parts[0].pixels.copy()
        pixels[:, 800:] = parts[-1].pixels[:, 800:]
        cv2.imwrite(str(folder / "train_images" / f"{number:04d}.jpg"), pixels[::2, ::2])
        for i, part in enumerate(parts):
            for label, mask in part.masks.items():
                own = mask.copy()
                if len(parts) == 2:
                    own[:, slice(0, 800) if i else slice(800, 1600)] = False
                if own[::2, ::2].any():
                    runs = encode(own[::2, ::2])
                    lines.append(f"{number:04d}.jpg,{CLASSES.index(label) + 1},{runs}")
    (folder / "train.csv").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture(scope="module")
def fitted(strips: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("runs") / "steel"
    assert run("fit", "steel", "--data", strips, "--out", out, *QUICK, "--fold", 1) == 0
    assert not (out / "run.json").exists()
    assert run("fit", "steel", "--data", strips, "--out", out, *QUICK, "--resume") == 0
    return out


@pytest.fixture(scope="module")
def exported(fitted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ensemble."""
    out = tmp_path_factory.mktemp("models") / "steel.onnx"
    assert run("evaluate", fitted, "--subset", "validation") == 0
    assert run("evaluate", fitted, "--subset", "test") == 0
    assert run("export", fitted, "--out", out) == 0
    return out


def test_all_folds_make_a_run(fitted: Path) -> None:
    record = read_run(fitted)
    folds = [read_run(fitted / f"fold-{k}") for k in range(2)]
    assert (record.product, record.classes) == ("steel", CLASSES)
    assert record.settings.is_ensemble
    held = [set(own.subsets["validation"]) for own in folds]
    assert not held[0] & held[1]
    assert set(record.subsets["validation"]) == held[0] | held[1]
    assert not (held[0] | held[1]) & set(record.subsets["test"])
    assert len(record.metrics["folds"]) == 2


def test_each_image_is_judged_out_of_fold(fitted: Path) -> None:
    record = read_run(fitted)
    ensemble = load_network(fitted, record)
    assert isinstance(ensemble, Ensemble)
    member = load_network(fitted / "fold-1", read_run(fitted / "fold-1"))
    images = load_subset(read_run(fitted / "fold-1"), "validation").subset(np.arange(3))
    for ours, own in zip(
        held_out_logits(ensemble)(images), torch_logits(member)(images), strict=True
    ):
        np.testing.assert_allclose(ours, own, atol=1e-4)


def test_reports_hold_the_figures_of_the_thesis(exported: Path, fitted: Path) -> None:
    record = read_run(fitted)
    for subset in ("validation", "test"):
        report = json.loads((fitted / f"evaluation-{subset}.json").read_text())
        assert report["images"] == len(record.subsets[subset])
        assert set(report["dice"]) == {"mean", "pooled", *CLASSES}
        assert set(report["labels"]["by_class"]) == set(CLASSES)
        # 200 pixels of 128×800 are 32 of 64×256.
        assert {t["min_area_px"] for t in report["thresholds"].values()} == {32}


def test_the_ensemble_is_one_file_that_gives_the_mean(exported: Path, fitted: Path) -> None:
    model = open_model(exported)
    assert model.card.title == "Hot-rolled steel defects"
    assert model.card.input.shape == (1, 64, 256, 1)
    images = load_subset(read_run(fitted), "test")
    folders = [fitted / f"fold-{k}" for k in range(2)]
    members = [torch_logits(load_network(f, read_run(f)))(images) for f in folders]
    offsets = model.card.provenance.metrics[OFFSETS]
    own = np.array([offsets[name] for name in CLASSES], np.float32)[:, None, None]
    for pixels, *logits in zip(images.pixels, *members, strict=True):
        served = model.run(pixels.reshape(model.card.input.shape))[OUTPUT][0]
        np.testing.assert_allclose(served, expit(np.mean(logits, axis=0) - own), atol=1e-3)


def test_the_station_judges_strips_with_it(exported: Path, strips: Path) -> None:
    engine = open_engine(exported)
    strip = cv2.imread(str(strips / "train_images" / "0000.jpg"), cv2.IMREAD_GRAYSCALE)
    assert engine.judge([strip]).decision in (Decision.PASS, Decision.REJECT)
    provenance = engine.card.provenance
    assert "Severstal" in provenance.data
    assert "200 pixels" in provenance.thresholds_from
    assert engine.card.name == "steel"
    assert "strip" in engine.card.intended_use
    assert "let pass: 32 for every class." in " ".join(engine.card.limits)
    assert "stretched to 256×64 pixels" in " ".join(engine.card.limits)
    assert provenance.split == "all of 2 folds, seed 0: 27 validation out of fold, 3 test"
    assert provenance.metrics["test"]["labels"]["by_class"]["bumps"]["accuracy"] >= 0
    assert provenance.command.count("inspector-train fit steel") == 2


def test_an_ensemble_is_not_judged_on_what_it_was_trained_on(
    exported: Path, fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    judge = ("evaluate", fitted, "--model", exported, "--out", tmp_path, "--subset")
    assert run(*judge, "validation") == 3
    assert "was trained on these images" in capsys.readouterr().err
    assert run(*judge, "test") == 0
    served = json.loads((tmp_path / "evaluation-steel-test.json").read_text())
    trained = json.loads((fitted / "evaluation-test.json").read_text())
    assert served["images_judged"] == trained["images_judged"]


def test_a_frozen_encoder_stays_as_it_was(strips: Path, tmp_path: Path) -> None:
    options = ("--frozen", "--method", "dli", "--fold", 0)
    assert run("fit", "steel", "--data", strips, "--out", tmp_path, *QUICK, *options) == 0
    weights = load_file(tmp_path / "fold-0" / "best.safetensors")
    network = load_network(tmp_path / "fold-0", read_run(tmp_path / "fold-0"))
    start = encoder_weights("tf_efficientnet_lite0", LITE0)
    assert start is not None
    for name in network.unet.encoder.model.state_dict():
        assert torch.equal(weights[f"unet.encoder.model.{name}"], start[name]), name


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (("--data", "nowhere", "--out", "OUT"), 3, "not laid out like Severstal"),
        (("--data", "DATA", "--out", "OUT", "--fold", 2), 2, "none of 0 to 1"),
        (("--data", "DATA", "--out", "OUT", "--height", 100), 2, "--height, --width and --crop"),
        (("--data", "DATA", "--out", "RUN"), 2, "already holds a run of all folds"),
        (("--data", "DATA", "--out", "RUN", "--fold", 0), 2, "already holds a run"),
    ],
)
def test_mistakes_get_one_sentence_and_a_code(
    options: tuple[object, ...],
    code: int,
    sentence: str,
    fitted: Path,
    strips: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    places = {"DATA": strips, "RUN": fitted, "OUT": tmp_path / "out"}
    given = [places.get(o, o) if isinstance(o, str) else o for o in options]
    assert run("fit", "steel", *QUICK, *given) == code
    error = capsys.readouterr().err
    assert sentence in error
    assert "Traceback" not in error


def test_a_fit_ends_when_the_loss_no_longer_falls(
    strips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Segmentation.log

    def gets_worse(self: Segmentation, name: str, value: object, **options: object) -> None:
        log(self, name, 1.0 + self.current_epoch if name == VALIDATION_LOSS else value, **options)

    monkeypatch.setattr(Segmentation, "log", gets_worse)
    options = ("--fold", 0, "--epochs", 6, "--patience", 2)
    assert run("fit", "steel", "--data", strips, "--out", tmp_path, *QUICK, *options) == 0
    assert read_run(tmp_path / "fold-0").metrics["epochs_done"] == 3
