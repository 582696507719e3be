"""Opening a model: what is refused, and with which sentence."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from engines import errors
from engines.catalog import open_engine
from engines.runtime import CPU, open_model, read_card
from tests import models


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return models.save(tmp_path / "brightness.onnx")


def refused(path: Path, kind: type[errors.ModelError], words: str, **asked: str) -> None:
    with pytest.raises(kind, match=words) as caught:
        open_model(path, **asked)
    sentence = str(caught.value)
    assert path.name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_good_model_opens_and_runs(path: Path) -> None:
    model = open_model(path, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    image = np.full(model.card.input.shape, 255, np.uint8)
    assert model.provider == CPU
    assert model.run(image)["probabilities"][0, :, 0, 0].tolist() == pytest.approx([1.0, 0.5])


def test_a_missing_file(tmp_path: Path) -> None:
    refused(tmp_path / "none.onnx", errors.NotAModel, "cannot be read")


@pytest.mark.parametrize(
    "content", [b"", b"just text, no model\n", b"\x00" * 64, b"\x89PNG\r\n\x1a\n", b"\x08\x08"]
)
def test_what_is_not_onnx(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "text.onnx"
    path.write_bytes(content)
    refused(path, errors.NotAModel, "not an ONNX file")


def test_a_truncated_model(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])
    refused(path, errors.ModelError, "refused")


def test_another_file_than_the_released_one(path: Path) -> None:
    refused(path, errors.HashMismatch, "SHA-256", sha256="0" * 64)


def test_external_data(tmp_path: Path) -> None:
    model = models.brightness_graph()
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="weights.bin")
    path = models.save(tmp_path / "external.onnx", model)
    refused(path, errors.UnsafeModel, "other files")


def test_external_data_hidden_in_a_subgraph(tmp_path: Path) -> None:
    model = models.brightness_graph()
    tensor = TensorProto(name="hidden", data_type=TensorProto.FLOAT, dims=[1])
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../../etc/passwd")
    node = helper.make_node("Constant", [], ["c"], value=tensor)
    inner = helper.make_graph([node], "inner", [], [helper.make_empty_tensor_value_info("c")])
    model.graph.node.append(helper.make_node("If", ["x"], ["y"], then_branch=inner))
    path = models.save(tmp_path / "hidden.onnx", model)
    refused(path, errors.UnsafeModel, "other files")


def test_operators_of_unknown_origin(tmp_path: Path) -> None:
    model = models.brightness_graph()
    model.graph.node[0].domain = "com.example"
    model.opset_import.append(helper.make_opsetid("com.example", 1))
    path = models.save(tmp_path / "foreign.onnx", model)
    refused(path, errors.UnsafeModel, "unknown origin.*com.example")


@pytest.mark.parametrize("dimension", ["batch", None, 0])
def test_dynamic_shapes(tmp_path: Path, dimension: str | int | None) -> None:
    model = models.brightness_graph()
    dim = model.graph.input[0].type.tensor_type.shape.dim[0]
    dim.Clear()
    if isinstance(dimension, str):
        dim.dim_param = dimension
    elif dimension is not None:
        dim.dim_value = dimension
    path = models.save(tmp_path / "dynamic.onnx", model)
    refused(path, errors.UnsafeModel, "no fixed shape")


def test_a_too_new_opset(tmp_path: Path) -> None:
    path = models.save(tmp_path / "new.onnx", models.brightness_graph(opset=99))
    refused(path, errors.UnsafeModel, "opset 99 is too new")


def test_no_card(tmp_path: Path) -> None:
    path = tmp_path / "bare.onnx"
    onnx.save(models.brightness_graph(), path)
    refused(path, errors.ForeignModel, "no model card")


@pytest.mark.parametrize("text", ["{}", "not json", '{"format": 2}'])
def test_a_damaged_card(tmp_path: Path, text: str) -> None:
    path = models.save(tmp_path / "card.onnx", own_card=text)
    refused(path, errors.ForeignModel, "model card does not hold")


def test_a_card_of_another_network(tmp_path: Path) -> None:
    path = models.save(tmp_path / "other.onnx", own_card=models.card(size=32))
    refused(path, errors.ForeignModel, "describes another input")


def test_an_unknown_engine(tmp_path: Path) -> None:
    path = models.save(tmp_path / "vial.onnx", own_card=models.card(engine="tea_leaves"))
    with pytest.raises(errors.ForeignModel, match=r"tea_leaves.*defect_segmenter"):
        open_engine(path)


def test_other_outputs_than_the_engine_s(tmp_path: Path) -> None:
    labels = ("a", "b", "c")
    thresholds = {label: {"score": 0.5} for label in labels}
    path = models.save(
        tmp_path / "labels.onnx", own_card=models.card(labels=labels, thresholds=thresholds)
    )
    with pytest.raises(errors.ForeignModel, match="one channel for each of 3 labels"):
        open_engine(path)


def test_a_provider_that_is_not_here(path: Path) -> None:
    refused(path, errors.ProviderMissing, "QNN.*not to be had", provider="QNNExecutionProvider")


def test_a_network_that_computes_something_else(tmp_path: Path) -> None:
    test = json.loads(models.card().self_test.model_dump_json())
    test["expected"]["probabilities"][1] += 0.01
    path = models.save(tmp_path / "drift.onnx", own_card=models.card(self_test=test))
    refused(path, errors.SelfTestFailed, "computes something else.*differs by 0.01")


def test_the_card_can_be_read_without_running(path: Path) -> None:
    card, sha256 = read_card(path)
    assert card.name == "brightness"
    assert sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"expected": {"probabilities": [float("nan")] * 3}}, "finite"),
        ({"tolerance": float("inf")}, "less than 1"),
        ({"tolerance": 1e9}, "less than 1"),
        ({"positions": {"probabilities": [-1, 0, 1]}}, "greater than or equal to 0"),
        ({"positions": {"probabilities": []}, "expected": {"probabilities": []}}, "at least 1"),
        ({"positions": {}, "expected": {}}, "at least 1"),
        ({"seed": -1}, "greater than or equal to 0"),
    ],
)
def test_a_self_test_that_tests_nothing(
    tmp_path: Path, changes: dict[str, object], words: str
) -> None:
    content = json.loads(models.card().model_dump_json())
    content["self_test"].update(changes)
    path = models.save(tmp_path / "lax.onnx", own_card=json.dumps(content))
    refused(path, errors.ForeignModel, words)


def test_a_label_twice_of_which_one_would_not_be_judged(tmp_path: Path) -> None:
    content = json.loads(models.card().model_dump_json())
    content |= {"labels": ["scratch", "scratch"], "thresholds": {"scratch": {}}}
    path = models.save(tmp_path / "twice.onnx", own_card=json.dumps(content))
    refused(path, errors.ForeignModel, "two labels are the same")


def test_a_provider_that_fails_later_on_is_not_replaced_by_another(
    path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    model = open_model(path)
    inner = model._session._sess

    class Fails:
        def __getattr__(self, name: str) -> object:
            return getattr(inner, name)

        def run(self, *_: object) -> None:
            raise onnxruntime.capi.onnxruntime_pybind11_state.EPFail("the device is gone")

    monkeypatch.setattr(model._session, "_sess", Fails())
    with pytest.raises(Exception, match="the device is gone"):
        model.run(np.zeros(model.card.input.shape, np.uint8))
    assert "Falling back" not in capfd.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="it keeps its identifier elsewhere there")
def test_nothing_is_told_to_others(path: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    code = (
        f"from pathlib import Path; import engines.runtime as r; r.open_model(Path({str(path)!r}))"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ORT_"))}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment | {"HOME": str(home)})
    assert list(home.rglob("*")) == []
