"""An exported model with other thresholds, in 8-bit integers, and in windows."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest

from engines.catalog import open_engine
from engines.runtime import open_model, read_card
from tests.training_cli.command import QUICK, run
from training_cli import integers
from training_cli.datasets.sample import FREE_INDEX, SEVERAL, Sample, load_images, windowed
from training_cli.errors import UserError
from training_cli.onnx_export import bare_session
from training_cli.segmenter.calibration import OFFSETS
from training_cli.segmenter.evaluation import load_subset
from training_cli.segmenter.prediction import load_network, onnx_prediction, torch_prediction
from training_cli.segmenter.remodelling import read_exported, recalibrated
from training_cli.segmenter.run import read_run
from training_cli.segmenter.threshold_shift import as_logits, shift


def calibrate(model: Path, fitted: Path, out: Path, rate: float) -> int:
    return run("calibrate", model, "--run", fitted, "--out", out, "--false-rejects", rate)


def test_calibrating_moves_every_class_to_the_rate_asked_for(
    exported: Path, fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "strict.onnx"
    before = exported.read_bytes()
    assert calibrate(exported, fitted, out, 0.5) == 0
    said = capsys.readouterr().out
    assert exported.read_bytes() == before
    engine = open_engine(out)
    images = load_subset(read_run(fitted), "validation")
    is_rejected = np.array([engine.judge([p]).decision == "REJECT" for p in images.pixels])
    rejected = int(is_rejected[images.labels < 0].sum())
    free = int((images.labels < 0).sum())
    assert rejected <= 0.5 * free
    assert f"false rejects  {rejected} of {free} = " in said
    assert f"found          {is_rejected[images.labels >= 0].sum()} of 10 = " in said
    assert "asked 50.0%" in said
    for label in engine.card.labels:
        assert f"\n{label}" in said
    assert {t.score for t in engine.card.thresholds.values()} == {0.5}
    metrics = engine.card.provenance.metrics
    assert metrics["validation"]["images_judged"]["false_rejects"]["rejected"] == rejected
    assert "50.0%" in engine.card.provenance.thresholds_from
    assert "calibrate" in engine.card.provenance.command


def test_images_of_several_classes_never_count_as_free(exported: Path, fitted: Path) -> None:
    record = read_run(fitted)
    images = load_subset(record, "validation")
    images.labels[images.labels == FREE_INDEX] = SEVERAL
    with pytest.raises(UserError, match="false rejects"):
        recalibrated(read_exported(exported, record), images, 0.05)


def test_other_thresholds_leave_the_network_as_it_is(
    exported: Path, fitted: Path, tmp_path: Path
) -> None:
    out = tmp_path / "moved.onnx"
    assert calibrate(exported, fitted, out, 0.5) == 0
    image = np.random.default_rng(1).integers(0, 256, (1, 64, 64, 1), np.uint8)
    graphs = [as_logits(onnx.load(p)).SerializeToString() for p in (exported, out)]
    answers = [bare_session(g).run(None, {"image": image})[0][0] for g in graphs]
    old, new = (
        np.array([c.provenance.metrics[OFFSETS][n] for n in c.labels], np.float32)[:, None, None]
        for c, _ in map(read_card, (exported, out))
    )
    assert (old != new).all()
    np.testing.assert_allclose(answers[0] + old, answers[1] + new, atol=1e-3)


def test_what_a_run_would_get_is_what_its_export_got(
    exported: Path, fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("calibrate", fitted, "--false-rejects", 0.5) == 0
    of_run = capsys.readouterr().out.splitlines()
    assert calibrate(exported, fitted, tmp_path / "same.onnx", 0.5) == 0
    of_model = capsys.readouterr().out.splitlines()
    assert of_run == of_model[:-1]


def test_integers_find_the_same_and_their_card_says_so(
    exported: Path, fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "int8.onnx"
    assert run("quantize", exported, "--run", fitted, "--out", out, "--max-drop", 0.3) == 0
    table = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in table[:3]] == ["model", "fp32", "int8"]
    model = onnx.load(out)
    kinds = {node.op_type for node in model.graph.node}
    assert {"QuantizeLinear", "DequantizeLinear"} <= kinds
    weights = [t for t in model.graph.initializer if t.data_type == onnx.TensorProto.INT8]
    assert len(weights) > 10
    card = open_engine(out).card
    assert card.quantisation is not None
    assert card.self_test.tolerance == integers.TOLERANCE
    assert len(card.self_test.positions["probabilities"]) > 32
    assert card.quantisation.source_sha256 == read_card(exported)[1]
    assert card.quantisation.calibration_images == 12
    assert 0 < card.quantisation.mean_difference <= card.quantisation.largest_difference < 0.5
    assert set(card.quantisation.before) == set(card.quantisation.after)
    assert card.provenance.command.endswith("--max-drop 0.3")
    assert run("quantize", out, "--run", fitted, "--out", out, "--max-drop", 1) == 3
    assert "quantised already" in capsys.readouterr().err


def test_integers_that_find_less_are_refused_and_no_file_is_left(
    exported: Path,
    fitted: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Weights rounded to nothing, as a range far too wide would do it."""
    honest = integers.quantize_static

    def coarse(source: str, target: str, *given: object, **options: object) -> None:
        honest(source, target, *given, **options)
        model = onnx.load(target)
        for tensor in model.graph.initializer:
            if tensor.data_type == onnx.TensorProto.INT8:
                zeros = np.zeros(tuple(tensor.dims), np.int8)
                tensor.CopyFrom(onnx.numpy_helper.from_array(zeros, tensor.name))
        onnx.save(model, target)

    monkeypatch.setattr(integers, "quantize_static", coarse)
    before = read_card(exported)[0]
    assert before.quantisation is None
    out = tmp_path / "worse.onnx"
    code = run("quantize", exported, "--run", fitted, "--out", out, "--max-drop", 0)
    error = capsys.readouterr().err
    assert code == 4, error
    assert "nothing is written" in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("calibrate", "nowhere.onnx", "--false-rejects", 0.02), 2, "needs --run"),
        (("calibrate", "RUN", "--false-rejects", 0.02, "--out", "OUT"), 2, "give a model here"),
        (("calibrate", "RUN", "--false-rejects", 0.7), 2, "--false-rejects"),
        (
            ("calibrate", "no.onnx", "--run", "RUN", "--out", "OUT", "--false-rejects", 0.1),
            3,
            "cannot be read",
        ),
        (
            ("calibrate", "MODEL", "--run", "no", "--out", "OUT", "--false-rejects", 0.1),
            3,
            "is no run",
        ),
        (("quantize", "MODEL", "--run", "RUN", "--out", "OUT"), 2, "--max-drop"),
        (
            ("quantize", "no.onnx", "--run", "RUN", "--out", "OUT", "--max-drop", 0.1),
            3,
            "cannot be read",
        ),
        (
            ("quantize", "SHIPPED", "--run", "RUN", "--out", "OUT", "--max-drop", 0.1),
            3,
            "not made with the data of this run",
        ),
    ],
)
def test_mistakes_get_one_sentence_and_a_code(
    arguments: tuple[object, ...],
    code: int,
    sentence: str,
    exported: Path,
    fitted: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shipped = Path(__file__).parents[3] / "resources/models/tile.onnx"
    out = tmp_path / "out.onnx"
    places = {"RUN": fitted, "MODEL": exported, "OUT": out, "SHIPPED": shipped}
    assert run(*(places.get(a, a) if isinstance(a, str) else a for a in arguments)) == code
    error = capsys.readouterr().err
    assert sentence in error
    assert "Traceback" not in error
    assert not out.exists()


def test_a_graph_without_an_offset_gets_one_and_one_without_a_sigmoid_is_refused(
    exported: Path,
) -> None:
    model = onnx.load(exported)
    end = next(n for n in model.graph.node if n.op_type == "Sigmoid")
    before = next(n for n in model.graph.node if end.input[0] in n.output)
    end.input[0] = before.input[0]
    model.graph.node.remove(before)
    bare = onnx.load_from_string(model.SerializeToString())
    by = np.array([1, 2, 3, 4, 5], np.float32)
    shift(model, by)
    onnx.checker.check_model(model, full_check=True)
    image = np.random.default_rng(1).integers(0, 256, (1, 64, 64, 1), np.uint8)
    graphs = [as_logits(m).SerializeToString() for m in (bare, model)]
    plain, moved = (bare_session(g).run(None, {"image": image})[0][0] for g in graphs)
    np.testing.assert_allclose(plain - by[:, None, None], moved, atol=2e-3)
    end = next(n for n in bare.graph.node if n.op_type == "Sigmoid")
    end.op_type = "Tanh"
    with pytest.raises(UserError, match="does not end in a sigmoid"):
        shift(bare, by)


@pytest.fixture(scope="module")
def wide_folder(tiles_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same tiles at twice the size, so that a network of 64 pixels needs several windows."""
    folder = tmp_path_factory.mktemp("wide")
    for path in tiles_folder.glob("*.png"):
        image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        cv2.imwrite(str(folder / path.name), cv2.resize(image, (150, 110)))
    with (tiles_folder / "tiles.csv").open(newline="") as file:
        (folder / "tiles.csv").write_text("\n".join(",".join(r) for r in csv.reader(file)) + "\n")
    return folder


def test_windows_from_the_fit_to_the_station(wide_folder: Path, tmp_path: Path) -> None:
    out, model = tmp_path / "run", tmp_path / "wide.onnx"
    fit = ("fit", "tile", "--data", wide_folder, "--out", out, "--epochs", 1, *QUICK)
    assert run(*fit, "--overlap", 40) == 2
    assert run(*fit, "--overlap", 16) == 0
    assert run("evaluate", out, "--subset", "test") == 0
    assert json.loads((out / "evaluation-test.json").read_text())["images"] == 12
    assert run("export", out, "--out", model) == 0
    engine = open_engine(model)
    assert engine.card.input.tiling is not None
    assert "windows" in " ".join(engine.card.limits)
    record = read_run(out)
    images = load_subset(record, "validation")
    assert images.pixels[0].shape == (110, 150)
    offsets = np.array(
        [engine.card.provenance.metrics[OFFSETS][n] for n in engine.card.labels], np.float32
    )
    trained = torch_prediction(load_network(out, record), offsets, engine.card.input)(images)
    served = onnx_prediction(open_model(model))(images)
    for ours, theirs in zip(trained, served, strict=True):
        assert ours.shape == (5, 110, 150)
        np.testing.assert_allclose(ours, theirs, atol=1e-3)
    assert calibrate(model, out, tmp_path / "moved.onnx", 0.5) == 0
    small = tmp_path / "int8.onnx"
    assert run("quantize", model, "--run", out, "--out", small, "--max-drop", 1) == 0
    assert open_engine(small).judge([images.pixels[0]]).anomaly_map is not None


def test_windows_carry_the_masks_along(tmp_path: Path) -> None:
    from engines.card import InputSpec, Tiling

    image, mask = np.zeros((2, 100, 100), np.uint8)
    image[:] = 90
    image[2:6, 2:6] = mask[2:6, 2:6] = 255
    for name, pixels in (("image", image), ("mask", mask)):
        cv2.imwrite(str(tmp_path / f"{name}.png"), pixels)
    sample = Sample("a", tmp_path / "image.png", tmp_path / "mask.png", "crack", "1")
    spec = InputSpec(height=64, width=64, tiling=Tiling(overlap_px=8))
    cutouts = windowed(load_images([sample], ("crack",), spec), spec)
    assert cutouts.labels.tolist() == [0, -1, -1, -1]
    assert (cutouts.pixels.shape, cutouts.masks.sum()) == ((4, 64, 64), 16)
    np.testing.assert_array_equal(cutouts.pixels == 255, cutouts.masks == 1)
