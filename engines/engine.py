"""The seam between the station and what judges a part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engines.card import ModelCard, Threshold
from engines.verdict import Verdict


@dataclass(frozen=True, slots=True)
class View:
    """What of a part a scorer of patches looks at.

    Attributes:
        frames: Numbers of the frames in use, from 0.
        size: Height and width that every frame must have; None for any.
        is_min_max: Whether each patch's map is stretched from 0 to 1, as in the paper, instead of
            standing on the scale of its threshold.
    """

    frames: tuple[int, ...] = (0,)
    size: tuple[int, int] | None = None
    is_min_max: bool = False


WHOLE = View()


@dataclass(frozen=True, slots=True)
class Region:
    """A named part of the frame with thresholds of its own.

    Attributes:
        name: As findings and records call it.
        x, y, width, height: Fractions of the frame in 0..1.
        thresholds: By label; labels not named here are not judged in this region.
    """

    name: str
    thresholds: Mapping[str, Threshold]
    x: float = 0.0
    y: float = 0.0
    width: float = 1.0
    height: float = 1.0


class Engine(Protocol):
    """Judges parts. One instance may be called from several threads at once."""

    @property
    def card(self) -> ModelCard: ...

    @property
    def frames_per_part(self) -> int | None:
        """How many frames `judge` takes; None for any number."""
        ...

    @property
    def frames_in_use(self) -> tuple[int, ...] | None:
        """Numbers of the frames that the verdict is about; None for all."""
        ...

    @property
    def model_sha256(self) -> str: ...

    @property
    def provider(self) -> str:
        """The execution provider in use, as onnxruntime names it."""
        ...

    @property
    def thresholds(self) -> Mapping[str, Mapping[str, Threshold]]:
        """Thresholds in force: region name, then label."""
        ...

    def judge(self, images: Sequence[NDArray[np.uint8]]) -> Verdict:
        """Judge one part from its frames, in the order in which they were taken.

        Args:
            images: uint8 (height, width) grey or (height, width, 3) RGB each, never empty.

        Raises:
            Exception: Anything; the station turns it into `UNDECIDED`, never into a pass.
        """
        ...
