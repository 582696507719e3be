"""What a renderer makes, and what a renderer is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """A picture of one part and the truth about it.

    Attributes:
        pixels: (H, W) uint8 grey levels; sizes differ from part to part.
        masks: (H, W) bool for each defect on the part, by label, as an annotator would draw it.
        labels: the keys of `masks`; empty for a good part.
        seed: renders this very part again, with the same label.
    """

    pixels: NDArray[np.uint8]
    masks: Mapping[str, NDArray[np.bool_]]
    labels: tuple[str, ...]
    seed: int


class Renderer(Protocol):
    """Draws parts of one product, each from a seed."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The defects it can draw."""

    def render(self, seed: int, label: str | None) -> RenderedPart:
        """Draw the part of `seed` with the defect `label`, or the same part without one.

        Raises:
            ValueError: no such label, or a negative seed.
        """
