"""What is done to a good patch before the generator sees it (Ferrari et al. 2024, section 6.2)."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import Dataset

from training_cli.augmentation.perlin import perlin, perlin_mask
from training_cli.scorer.patches import Patches

Patch = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Perturbation:
    """How patches are varied.

    Attributes:
        noise: q, the probability that a patch is laid over with Perlin noise.
        rotation_deg: Largest rotation to either side; the paper's is π/8, 22.5°.
        flip: Whether patches are turned upside down at times.
    """

    noise: float = 0.75
    rotation_deg: float = 22.5
    flip: bool = True


class PatchBatches(Dataset[tuple[Tensor, Tensor]]):
    """Batches by their number, counted on over all epochs, whichever worker makes them.

    An item is X and X*, each float32 (n, 1, size, size) in 0..1, of patches in one frame. The last
    patches of an epoch are left out where they do not fill a batch.
    """

    def __init__(self, patches: Patches, batch: int, seed: int, perturbation: Perturbation) -> None:
        self._patches = patches
        self._batch = min(batch, len(patches))
        self._seed = seed
        self._perturbation = perturbation

    def __len__(self) -> int:
        return len(self._patches) // self._batch

    def __getitem__(self, number: int) -> tuple[Tensor, Tensor]:
        rng = np.random.default_rng([self._seed, 1, number])
        rule = self._perturbation
        clean, noisy = [], []
        for index in self._chosen(number):
            patch = _turned(self._patches.pixels[index, 0], rule, rng)
            clean.append(patch)
            noisy.append(noised(patch, rng) if rng.random() < rule.noise else patch)
        return _tensor(clean), _tensor(noisy)

    def _chosen(self, number: int) -> NDArray[np.int64]:
        epoch, place = divmod(number, len(self))
        order = np.random.default_rng([self._seed, 0, epoch]).permutation(len(self._patches))
        return order[place * self._batch : (place + 1) * self._batch]


def noised(patch: Patch, rng: np.random.Generator) -> Patch:
    """P(X): X with Perlin noise laid over it where a second noise is strong.

    The noise N of the paper's equation 6 is |P(X) − X|: what |X* − X̂| is where X̂ = X.

    Args:
        patch: float32 (size, size) in 0..1.
    """
    size = len(patch)
    mask = perlin_mask(size, size, rng).astype(np.float32)
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.5, 1.5)) * np.float32(rng.uniform(0.3, 1))
    cells = (2 ** int(rng.integers(1, 6)), 2 ** int(rng.integers(1, 6)))
    grey = rng.uniform(0.0, 1.0) + rng.uniform(0.05, 0.5) * perlin(size, size, cells, rng)
    noisy = patch + mask * (np.clip(grey, 0, 1).astype(np.float32) - patch)
    return np.asarray(np.clip(noisy, 0, 1), np.float32)


def _turned(pixels: NDArray[np.uint8], rule: Perturbation, rng: np.random.Generator) -> Patch:
    patch = pixels.astype(np.float32) / np.float32(255)
    angle = rng.uniform(-rule.rotation_deg, rule.rotation_deg)
    if abs(angle) > 0.05:
        centre = ((len(patch) - 1) / 2,) * 2
        matrix = cv2.getRotationMatrix2D(centre, angle, 1.0)
        turned = cv2.warpAffine(patch, matrix, patch.shape, borderMode=cv2.BORDER_REFLECT_101)
        patch = np.asarray(turned, np.float32)
    if rule.flip and rng.random() < 0.5:
        patch = patch[::-1]
    return patch


def _tensor(patches: list[Patch]) -> Tensor:
    return torch.from_numpy(np.stack(patches)).unsqueeze(1)
