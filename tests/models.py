"""A real ONNX model small enough to reason about: its probabilities are the pixels' brightness."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from engines.card import CARD_KEY, InputSpec, ModelCard, SelfTest, Threshold
from engines.selftest import seeded_input

SIZE = 16
LABELS = ("scratch", "stain")
FACTORS = (1.0, 0.5)


def brightness_graph(
    size: int = SIZE, opset: int = 17, width: int | None = None
) -> onnx.ModelProto:
    """probabilities[label] = pixel / 255 · factor of the label; square unless told otherwise."""
    width = width or size
    factors = np.array(FACTORS, np.float32).reshape(1, -1, 1, 1) / 255
    nodes = [
        helper.make_node("Cast", ["image"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["real"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Mul", ["planes", "factors"], ["probabilities"]),
    ]
    shape = [1, len(LABELS), size, width]
    graph = helper.make_graph(
        nodes,
        "brightness",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, [1, size, width, 1])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(factors, "factors")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)


def card(size: int = SIZE, width: int | None = None, **changes: Any) -> ModelCard:
    """The card that tells the truth about `brightness_graph`."""
    spec = InputSpec(height=size, width=width or size)
    last = spec.height * spec.width - 1
    positions = [0, last, last + 1]
    image = seeded_input(7, spec).ravel() / 255
    expected = [image[0] * FACTORS[0], image[-1] * FACTORS[0], image[0] * FACTORS[1]]
    content: dict[str, Any] = {
        "engine": "defect_segmenter",
        "name": "brightness",
        "version": "1",
        "title": "Finds what is bright",
        "input": spec,
        "labels": LABELS,
        "thresholds": {label: Threshold(score=0.5, min_area_px=4) for label in LABELS},
        "provenance": {
            "data": "none",
            "data_fingerprint": "0" * 64,
            "split": "none",
            "metrics": {},
            "thresholds_from": "by hand",
            "command": "none",
            "code_version": "test",
            "created": "2026-01-01T00:00:00Z",
        },
        "self_test": SelfTest(
            seed=7,
            positions={"probabilities": positions},
            expected={"probabilities": [float(v) for v in expected]},
            tolerance=1e-5,
        ),
    }
    return ModelCard.model_validate({**content, **changes})


def save(
    path: Path, model: onnx.ModelProto | None = None, own_card: ModelCard | str | None = None
) -> Path:
    """Write a model with its card in the metadata."""
    model = copy.deepcopy(model or brightness_graph())
    own_card = card() if own_card is None else own_card
    text = own_card if isinstance(own_card, str) else own_card.model_dump_json()
    if text:
        helper.set_model_props(model, {CARD_KEY: text})
    path.write_bytes(model.SerializeToString())
    return path


def part(bright: Sequence[tuple[int, int, int, int]] = (), size: int = SIZE) -> np.ndarray:
    """A dark image with bright rectangles (x, y, width, height)."""
    image = np.full((size, size), 20, np.uint8)
    for x, y, w, h in bright:
        image[y : y + h, x : x + w] = 230
    return image
