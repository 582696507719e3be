"""Looks into an ONNX file before onnxruntime does.

The `onnx` package is not needed at run time: protobuf, which onnxruntime brings along, reads the
few fields that matter. Field numbers are those of the ONNX standard (onnx.proto, IR version 3 on).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message, message_factory

from engines.errors import NotAModel

_EXTERNAL = 1  # TensorProto.DataLocation

# message → field → (number, repeated, type); a type that is a message's name is that message
_SCHEMA: dict[str, dict[str, tuple[int, bool, str]]] = {
    "Model": {
        "ir_version": (1, False, "int64"),
        "graph": (7, False, "Graph"),
        "opset_import": (8, True, "OperatorSet"),
        "metadata": (14, True, "Entry"),
        "functions": (25, True, "Function"),
    },
    "Graph": {
        "node": (1, True, "Node"),
        "initializer": (5, True, "Tensor"),
        "input": (11, True, "ValueInfo"),
        "output": (12, True, "ValueInfo"),
        "sparse_initializer": (15, True, "SparseTensor"),
    },
    "Function": {"node": (7, True, "Node")},
    "Node": {
        "op_type": (4, False, "string"),
        "attribute": (5, True, "Attribute"),
        "domain": (7, False, "string"),
    },
    "Attribute": {
        "t": (5, False, "Tensor"),
        "g": (6, False, "Graph"),
        "tensors": (10, True, "Tensor"),
        "graphs": (11, True, "Graph"),
        "sparse_tensor": (22, False, "SparseTensor"),
        "sparse_tensors": (23, True, "SparseTensor"),
    },
    "Tensor": {"external_data": (13, True, "Entry"), "data_location": (14, False, "int32")},
    "SparseTensor": {"values": (1, False, "Tensor"), "indices": (2, False, "Tensor")},
    "ValueInfo": {"name": (1, False, "string"), "type": (2, False, "Type")},
    "Type": {"tensor_type": (1, False, "TensorType")},
    "TensorType": {"elem_type": (1, False, "int32"), "shape": (2, False, "Shape")},
    "Shape": {"dim": (1, True, "Dimension")},
    "Dimension": {"dim_value": (1, False, "int64"), "dim_param": (2, False, "string")},
    "OperatorSet": {"domain": (1, False, "string"), "version": (2, False, "int64")},
    "Entry": {"key": (1, False, "string"), "value": (2, False, "string")},
}
_SCALARS = {
    "int64": descriptor_pb2.FieldDescriptorProto.TYPE_INT64,
    "int32": descriptor_pb2.FieldDescriptorProto.TYPE_INT32,
    "string": descriptor_pb2.FieldDescriptorProto.TYPE_STRING,
}


@dataclass(frozen=True, slots=True)
class Tensor:
    """An input or output: its name and shape, with None for a dimension that is not fixed."""

    name: str
    shape: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class OnnxFile:
    """What has to be known of a model before it may be opened.

    Attributes:
        opset: Version of the standard's own operators.
        domains: Of all operators in use; "" is the standard's own.
        metadata: The file's key–value pairs.
        has_external_data: Whether any tensor lies in another file.
        inputs, outputs: Of the main graph.
    """

    opset: int
    domains: frozenset[str]
    metadata: dict[str, str]
    has_external_data: bool
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]


def read(content: bytes) -> OnnxFile:
    """Parse a model's bytes.

    Raises:
        NotAModel: They are not an ONNX model.
    """
    model = _model_class()()
    try:
        model.ParseFromString(content)
    except message.DecodeError:
        raise NotAModel("it is not an ONNX file") from None
    if model.ir_version < 3 or not model.graph.node or not model.opset_import:
        raise NotAModel("it is not an ONNX file with a graph")
    nodes = list(_nodes(model))
    standard = [o.version for o in model.opset_import if o.domain in ("", "ai.onnx")]
    return OnnxFile(
        opset=max(standard, default=0),
        domains=frozenset("" if n.domain == "ai.onnx" else n.domain for n in nodes),
        metadata={entry.key: entry.value for entry in model.metadata},
        has_external_data=any(
            t.data_location == _EXTERNAL or t.external_data for t in _tensors(model.graph, nodes)
        ),
        inputs=tuple(map(_tensor, model.graph.input)),
        outputs=tuple(map(_tensor, model.graph.output)),
    )


def _nodes(model: Any) -> Iterator[Any]:
    """All nodes, also those of subgraphs and functions."""
    waiting = [*model.graph.node, *(n for f in model.functions for n in f.node)]
    while waiting:
        node = waiting.pop()
        yield node
        for attribute in node.attribute:
            waiting.extend(n for g in _graphs(attribute) for n in g.node)


def _graphs(attribute: Any) -> list[Any]:
    return [*([attribute.g] if attribute.HasField("g") else []), *attribute.graphs]


def _tensors(graph: Any, nodes: list[Any]) -> Iterator[Any]:
    """All tensors in which a model can keep data."""
    attributes = [a for n in nodes for a in n.attribute]
    for g in (graph, *(g for a in attributes for g in _graphs(a))):
        yield from g.initializer
        yield from (t for s in g.sparse_initializer for t in (s.values, s.indices))
    for a in attributes:
        yield from ([a.t] if a.HasField("t") else [])
        yield from a.tensors
        sparse = [*([a.sparse_tensor] if a.HasField("sparse_tensor") else []), *a.sparse_tensors]
        yield from (t for s in sparse for t in (s.values, s.indices))


def _tensor(value: Any) -> Tensor:
    dims = value.type.tensor_type.shape.dim
    return Tensor(value.name, tuple(d.dim_value if d.dim_value > 0 else None for d in dims))


@cache
def _model_class() -> Any:
    package = "line_inspector.onnx"
    file = descriptor_pb2.FileDescriptorProto(
        name="line_inspector/onnx.proto", package=package, syntax="proto2"
    )
    field_proto = descriptor_pb2.FieldDescriptorProto
    for name, fields in _SCHEMA.items():
        described = file.message_type.add(name=name)
        for field_name, (number, repeated, kind) in fields.items():
            label = field_proto.LABEL_REPEATED if repeated else field_proto.LABEL_OPTIONAL
            field = described.field.add(name=field_name, number=number, label=label)
            if kind in _SCALARS:
                field.type = _SCALARS[kind]
            else:
                field.type = field_proto.TYPE_MESSAGE
                field.type_name = f".{package}.{kind}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{package}.Model"))
