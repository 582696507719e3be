"""Moves the thresholds of an exported model without training or exporting it again.

An exported network ends in sigmoid(logit - offset), one offset a class. Changing the offsets puts
every class's threshold back at probability 0.5.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from engines.defect_segmenter import OUTPUT
from training_cli.errors import UserError

_OFFSETS = "recalibrated_offsets"


def as_logits(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same network without its sigmoid, which loses what is far from 0.5.

    Raises:
        UserError: The graph ends in something else.
    """
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    _end(copy).op_type = "Identity"
    return copy


def shift(model: onnx.ModelProto, by: NDArray[np.float32]) -> None:
    """Subtract from every class's logit, in place.

    Args:
        model: A graph whose output is a sigmoid.
        by: float32 (classes,).

    Raises:
        UserError: The graph ends in something else.
    """
    graph, end = model.graph, _end(model)
    before = next((n for n in graph.node if end.input[0] in n.output), None)
    own = {t.name: t for t in graph.initializer}
    shape = (1, len(by), 1, 1)
    constant = own.get(before.input[1]) if before is not None and before.op_type == "Sub" else None
    if constant is not None and tuple(constant.dims) == shape:
        values = numpy_helper.to_array(constant) + by.reshape(shape)
        constant.CopyFrom(numpy_helper.from_array(values.astype(np.float32), constant.name))
        return
    graph.initializer.append(numpy_helper.from_array(by.reshape(shape), _OFFSETS))
    shifted = onnx.helper.make_node("Sub", [end.input[0], _OFFSETS], [f"{_OFFSETS}_out"])
    place = list(graph.node).index(end)
    end.input[0] = shifted.output[0]
    graph.node.insert(place, shifted)


def _end(model: onnx.ModelProto) -> Any:
    end = next((n for n in model.graph.node if OUTPUT in n.output), None)
    if end is None or end.op_type != "Sigmoid":
        raise UserError(
            "The model does not end in a sigmoid, so its thresholds cannot be moved in it: "
            "export its run again with --false-rejects."
        )
    return end
