"""The model card: the contract that an ONNX file carries in its own metadata."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, NonNegativeInt, model_validator

CARD_KEY = "line_inspector.card"
"""Key of the card's JSON in the ONNX metadata."""

Number = TypeVar("Number", int, float)
Probability = Annotated[float, Field(gt=0.0, lt=1.0)]
Values = Annotated[list[Number], Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tiling(_Part):
    """The network looks at a frame in windows of its own size; see `engines.tiling`.

    Neighbouring windows share at least `overlap_px` pixels. `scale` is what the frame's sides are
    multiplied with before; 1 is its native resolution.
    """

    overlap_px: int = Field(ge=0)
    scale: float = Field(default=1.0, ge=1 / 16, le=4.0)


class InputSpec(_Part):
    """What the network takes: uint8, NHWC; everything else happens in the graph.

    `batch` is how many images it takes at once; a frame is one, but for scorers of patches.
    `resize` names the rule by which `engines.preprocessing.scaled` brings a frame to that size,
    unless there is a `tiling`.
    """

    name: str = "image"
    height: int = Field(gt=0, le=8192)
    width: int = Field(gt=0, le=8192)
    channels: Literal[1, 3] = 1
    batch: int = Field(default=1, ge=1, le=64)
    resize: Literal["stretch"] = "stretch"
    tiling: Tiling | None = None

    @model_validator(mode="after")
    def _windows_move_on(self) -> InputSpec:
        if self.tiling and 2 * self.tiling.overlap_px > min(self.height, self.width):
            raise ValueError("windows must not overlap by more than half of the network's input")
        return self

    @property
    def shape(self) -> tuple[int, int, int, int]:
        return (self.batch, self.height, self.width, self.channels)


class Threshold(_Part):
    """When a class counts as present: at least `min_area_px` pixels score `score` or more.

    `min_area_px` counts pixels of the network's output, not of the frame; under a tiling, pixels of
    the frame at the tiling's scale.
    """

    score: Probability = 0.5
    min_area_px: int = Field(default=1, ge=1)


class Provenance(_Part):
    """Where a model comes from, complete enough to make it again."""

    data: str
    data_fingerprint: str = Field(pattern=r"^[0-9a-f]{64}$")
    split: str
    metrics: dict[str, Any]
    thresholds_from: str
    command: str
    code_version: str
    created: datetime


class SelfTest(_Part):
    """A seeded input and what must come out of it, run at every load on the provider in use.

    The input is `engines.selftest.seeded_input(seed, spec)`. For each output the values at
    `positions` (flat indices) must equal `expected` within `tolerance`, absolutely.
    """

    seed: int = Field(ge=0)
    positions: dict[str, Values[NonNegativeInt]] = Field(min_length=1)
    expected: dict[str, Values[FiniteFloat]]
    tolerance: Probability

    @model_validator(mode="after")
    def _same_lengths(self) -> SelfTest:
        if {k: len(v) for k, v in self.positions.items()} != {
            k: len(v) for k, v in self.expected.items()
        }:
            raise ValueError("positions and expected must name the same outputs, value for value")
        return self


class Quantisation(_Part):
    """How a model was brought to 8-bit integers, and what that did to it.

    Attributes:
        scheme: Of weights and activations, in a sentence.
        source_sha256: The model that it was made from.
        calibration_images: Training images that the ranges of activations were read from.
        largest_difference: Of a probability, over the golden images.
        mean_difference: The same, mean.
        before, after: Figures on validation images, of the source and of this model.
    """

    scheme: str
    source_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    calibration_images: int = Field(ge=1)
    largest_difference: float
    mean_difference: float
    before: dict[str, float]
    after: dict[str, float]


class ModelCard(_Part):
    """Everything that a station has to know of a model, and a person wants to.

    Attributes:
        intended_use: Of what parts, what for, and what the model must not be used for.
        limits: Sentences: what it cannot know, what it lets pass, and how long it takes.
    """

    format: Literal[1] = 1
    engine: str
    name: str
    version: str
    title: str
    input: InputSpec
    labels: tuple[str, ...] = Field(min_length=1)
    thresholds: dict[str, Threshold]
    provenance: Provenance
    self_test: SelfTest
    intended_use: str = ""
    limits: tuple[str, ...] = ()
    quantisation: Quantisation | None = None

    @model_validator(mode="after")
    def _thresholds_for_all(self) -> ModelCard:
        if set(self.thresholds) != set(self.labels):
            raise ValueError("thresholds must name exactly the labels")
        if len(set(self.labels)) != len(self.labels):
            raise ValueError("two labels are the same, and only one would be judged")
        return self
