"""Training batches of surfaces: a function of seed and batch number, whichever worker runs it."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset

from training_cli.augmentation.transforms import Geometry, relight, transform
from training_cli.classifier.surfaces import Surfaces

GEOMETRY = Geometry(degrees=2.0, scale=0.05, shift=0.02)
"""Small, so that what made a surface defective is hardly ever moved out of the picture."""


class SurfaceBatches(Dataset[tuple[Tensor, Tensor]]):
    """Augmented batches by their number, counted on over all epochs.

    An item is (uint8 (n, 1, height, width), float32 (n,), 1 for defective). The last batch of an
    epoch is left out where it would be smaller.
    """

    def __init__(self, surfaces: Surfaces, batch: int, seed: int) -> None:
        self._surfaces = surfaces
        self._batch = min(batch, len(surfaces))
        self._seed = seed

    def __len__(self) -> int:
        return len(self._surfaces) // self._batch

    def __getitem__(self, number: int) -> tuple[Tensor, Tensor]:
        rng = np.random.default_rng([self._seed, 1, number])
        epoch, place = divmod(number, len(self))
        order = np.random.default_rng([self._seed, 0, epoch]).permutation(len(self._surfaces))
        own = self._surfaces.subset(order[place * self._batch : (place + 1) * self._batch])
        images = np.empty((self._batch, 1, *own.pixels.shape[1:]), np.uint8)
        for i, (pixels, mask) in enumerate(zip(own.pixels, own.masks, strict=True)):
            moved, _ = transform(pixels, mask, GEOMETRY, rng)
            images[i, 0] = relight(moved, rng)
        return torch.from_numpy(images), torch.from_numpy(own.defective.astype(np.float32))


class AsTheyAre(Dataset[tuple[Tensor, Tensor]]):
    """Single surfaces: (uint8 (1, height, width), float32 (), 1 for defective)."""

    def __init__(self, surfaces: Surfaces) -> None:
        self._surfaces = surfaces

    def __len__(self) -> int:
        return len(self._surfaces)

    def __getitem__(self, i: int) -> tuple[Tensor, Tensor]:
        pixels = torch.from_numpy(self._surfaces.pixels[i][None])
        return pixels, torch.tensor(float(self._surfaces.defective[i]))
