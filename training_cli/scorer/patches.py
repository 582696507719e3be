"""The patches that a scorer learns from and is calibrated on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Patches:
    """Grey patches of one size, in one or several frames, and where on the part they lie.

    Attributes:
        pixels: uint8 (n, frames, size, size).
        regions: int64 (n,), indices into `names`.
        names: Of the regions, which are the labels of a model.
    """

    pixels: NDArray[np.uint8]
    regions: NDArray[np.int64]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.pixels)

    @property
    def size(self) -> int:
        return int(self.pixels.shape[-1])

    def subset(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> Patches:
        return Patches(self.pixels[chosen], self.regions[chosen], self.names)

    def singly(self) -> Patches:
        """Every frame of every patch as a patch of its own."""
        frames, size = self.pixels.shape[1], self.size
        pixels = self.pixels.reshape(-1, 1, size, size)
        return Patches(pixels, self.regions.repeat(frames), self.names)

    def with_ranks(self) -> Patches:
        """With the paper's rank images as two more frames: minimum and maximum over the frames.

        What moved during the handling is missing in the one and at all its places in the other.
        """
        low, high = (extreme(self.pixels, axis=1, keepdims=True) for extreme in (np.min, np.max))
        pixels = np.concatenate([self.pixels, low, high], axis=1)
        return Patches(pixels, self.regions, self.names)


@dataclass(frozen=True, slots=True, eq=False)
class Defects:
    """Patches that show known defects.

    Attributes:
        patches: As they are.
        masks: bool (n, size, size), the pixels that show a defect in one of the frames.
    """

    patches: Patches
    masks: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.patches)
