"""A network as an ONNX file that holds its card, and no trace of the computer that made it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import onnx
import onnxruntime
import torch
from torch import nn

from engines.card import CARD_KEY, InputSpec, ModelCard
from engines.runtime import CPU
from engines.selftest import seeded_input

OPSET = 18


def to_onnx(served: nn.Module, spec: InputSpec, outputs: Sequence[str]) -> bytes:
    """One self-contained file with fixed shapes, without a card.

    Args:
        served: Takes uint8 (1, height, width, channels), and gives what the station reads.
        spec: Its input.
        outputs: Names of what it gives.
    """
    image = torch.from_numpy(seeded_input(0, spec))
    program = torch.onnx.export(
        served,
        (image,),
        input_names=[spec.name],
        output_names=list(outputs),
        opset_version=OPSET,
        dynamo=True,
        verbose=False,
    )
    assert program is not None
    program.optimize()
    model = program.model_proto
    _strip_traces(model)
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString())


def with_card(model: bytes, card: ModelCard) -> bytes:
    """The same file with another card."""
    graph = onnx.load_from_string(model)
    onnx.helper.set_model_props(graph, {CARD_KEY: card.model_dump_json()})
    return bytes(graph.SerializeToString())


def _strip_traces(model: onnx.ModelProto) -> None:
    """Drop the exporter's notes, which quote source lines and paths of this computer."""
    model.graph.ClearField("metadata_props")
    for part in (*model.graph.node, *model.graph.value_info, *model.graph.input):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    for part in (*model.graph.output, *model.graph.initializer):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")


def bare_session(content: bytes, *, optimised: bool = True) -> Any:
    """onnxruntime alone, on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    if not optimised:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(content, options, providers=[CPU])
