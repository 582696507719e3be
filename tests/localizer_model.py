"""A real localizer small enough to reason about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from engines.card import InputSpec, ModelCard, SelfTest, Threshold
from engines.chip_localizer import LABELS
from engines.selftest import seeded_input
from tests import models

SIZE = 16
SPEC = InputSpec(height=SIZE, width=SIZE, channels=3)


def save_localizer(path: Path, outputs: tuple[str, str] = ("corners", "presence")) -> Path:
    """Corners: the picture's own ones, inset by a quarter; presence: its mean brightness."""
    fractions = np.array([[0.25, 0.25, 0.75, 0.25, 0.25, 0.75, 0.75, 0.75]], np.float32)
    nodes = [
        helper.make_node("Cast", ["image"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["real", "axes"], ["mean"], keepdims=0),
        helper.make_node("Mul", ["mean", "scale"], [outputs[1]]),
        helper.make_node("Identity", ["fractions"], [outputs[0]]),
    ]
    graph = helper.make_graph(
        nodes,
        "localizer",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, list(SPEC.shape))],
        [
            helper.make_tensor_value_info(outputs[0], TensorProto.FLOAT, [1, 8]),
            helper.make_tensor_value_info(outputs[1], TensorProto.FLOAT, [1]),
        ],
        [
            numpy_helper.from_array(np.array([1, 2, 3], np.int64), "axes"),
            numpy_helper.from_array(np.array([1 / 255], np.float32), "scale"),
            numpy_helper.from_array(fractions, "fractions"),
        ],
    )
    opset = [helper.make_opsetid("", 18)]
    model: onnx.ModelProto = helper.make_model(graph, opset_imports=opset, ir_version=8)
    return models.save(path, model, card(outputs[1]))


def card(presence: str = "presence") -> ModelCard:
    expected = float((seeded_input(3, SPEC) / 255).mean())
    return models.card(
        engine="chip_localizer",
        input=SPEC,
        labels=LABELS,
        thresholds={label: Threshold() for label in LABELS},
        self_test=SelfTest(
            seed=3,
            positions={presence: [0]},
            expected={presence: [expected]},
            tolerance=1e-4,
        ),
    )
