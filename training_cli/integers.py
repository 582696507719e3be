"""Brings an ONNX graph to 8-bit integers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import onnx
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from engines.card import InputSpec
from engines.selftest import seeded_input
from training_cli.onnx_export import bare_session

CALIBRATION_IMAGES = 64
SCHEME = (
    "static, QDQ; weights signed 8-bit per output channel with 7 bits in use, activations unsigned "
    "8-bit, ranges by minimum and maximum"
)
TOLERANCE = 0.05
"""Of the self-test: a value that is rounded otherwise moves by a whole step."""
ROUNDS = 40


class _Reader(CalibrationDataReader):  # type: ignore[misc]
    def __init__(self, name: str, inputs: Iterator[NDArray[np.uint8]]) -> None:
        self._name, self._inputs = name, inputs

    def get_next(self) -> dict[str, NDArray[np.uint8]] | None:
        image = next(self._inputs, None)
        return None if image is None else {self._name: image}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison, on validation images.

    Attributes:
        figures: What decides between two models, by name.
        elapsed_ms: Of one run of bare onnxruntime on one thread, median.
        megabytes: Of the file.
    """

    name: str
    figures: dict[str, float]
    elapsed_ms: float
    megabytes: float


def chosen_of(count: int) -> NDArray[np.int64]:
    """Which of so many training images the ranges come from: evenly, `CALIBRATION_IMAGES`."""
    return np.unique(np.linspace(0, count - 1, CALIBRATION_IMAGES).astype(np.int64))


def in_integers(
    content: bytes, name: str, inputs: Iterable[NDArray[np.uint8]], operators: Sequence[str]
) -> onnx.ModelProto:
    """The graph in 8-bit integers, without a card.

    Args:
        content: The file.
        name: Of its input.
        inputs: What it is shown, from which the ranges of activations are read.
        operators: Kinds of nodes that are brought to integers.
    """
    with TemporaryDirectory() as folder:
        source, prepared, target = (Path(folder) / n for n in ("a.onnx", "b.onnx", "c.onnx"))
        source.write_bytes(content)
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        quantize_static(
            str(prepared),
            str(target),
            _Reader(name, iter(inputs)),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            reduce_range=True,  # with 8 bits of weight, processors without VNNI overflow
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=list(operators),
        )
        graph = onnx.load(target)
    used = {node.domain for node in graph.graph.node} | {""}
    for entry in [o for o in graph.opset_import if o.domain not in used]:
        graph.opset_import.remove(entry)
    graph.ClearField("metadata_props")
    return graph


def rows_of(
    figures: Sequence[dict[str, float]], contents: Sequence[bytes], spec: InputSpec
) -> list[Row]:
    """The source's row, and that of the model in integers; both are timed."""
    times = _times(contents, spec)
    return [
        Row(name, own, ms, len(content) / 1e6)
        for name, own, ms, content in zip(("fp32", "int8"), figures, times, contents, strict=True)
    ]


def _times(models: Sequence[bytes], spec: InputSpec) -> list[float]:
    """Median milliseconds of a bare run, the models in turn so that all meet the same load."""
    sessions = [bare_session(content) for content in models]
    image = seeded_input(0, spec)
    taken: list[list[float]] = [[] for _ in models]
    for _ in range(ROUNDS):
        for session, own in zip(sessions, taken, strict=True):
            started = perf_counter()
            session.run(None, {spec.name: image})
            own.append((perf_counter() - started) * 1e3)
    return [median(own) for own in taken]
