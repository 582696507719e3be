"""Good patches, some with made-up anomalies: what the discriminative network learns from."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import Dataset

from training_cli.augmentation.anomalies import Frames, add_anomaly
from training_cli.scorer.patches import Patches

SHARE = 0.6
"""Of patches that get an anomaly."""
SHIFT_PX = 6


class AnomalyBatches(Dataset[tuple[Tensor, Tensor]]):
    """Batches by their number, counted on over all epochs, whichever worker makes them.

    An item is (uint8 (n, frames, crop, crop), uint8 (n, 1, crop, crop) of 0 and 1). Place and light
    vary, and so does the moment of each frame: it is one of those that were taken around it. They
    stay as far apart as they will be in use, or what moves would look as if it stood still.
    """

    def __init__(
        self,
        patches: Patches,
        batch: int,
        seed: int,
        moments: Sequence[Sequence[int]],
        crop: int,
    ) -> None:
        """Take good patches.

        Args:
            patches: Good ones, in all frames that may be shown.
            batch: How many at once.
            seed: Of all that varies.
            moments: For each frame in use the places, on the patches' axis of frames, of those that
                may be shown for it.
            crop: Side of the squares that are cut from patches, no larger than they are.
        """
        self._patches = patches
        self._batch = min(batch, len(patches))
        self._seed = seed
        self._moments = [np.asarray(own) for own in moments]
        self._crop = crop

    def __len__(self) -> int:
        return len(self._patches) // self._batch

    def __getitem__(self, number: int) -> tuple[Tensor, Tensor]:
        rng = np.random.default_rng([self._seed, 1, number])
        images, targets = [], []
        for index in self._chosen(number):
            image = self._drawn(int(index), rng)
            mask = np.zeros(image.shape[1:], np.bool_)
            if rng.random() < SHARE:
                other = self._drawn(int(rng.integers(len(self._patches))), rng)
                image, mask = add_anomaly(image, other, rng)
            images.append(np.clip(image * 255 + 0.5, 0, 255).astype(np.uint8))
            targets.append(mask[None].astype(np.uint8))
        return torch.from_numpy(np.stack(images)), torch.from_numpy(np.stack(targets))

    def _chosen(self, number: int) -> NDArray[np.int64]:
        epoch, place = divmod(number, len(self))
        order = np.random.default_rng([self._seed, 0, epoch]).permutation(len(self._patches))
        return order[place * self._batch : (place + 1) * self._batch]

    def _drawn(self, index: int, rng: np.random.Generator) -> Frames:
        """A square of a patch in some of its frames, float32 in 0..1, moved, in another light."""
        taken = self._patches.pixels[index]
        chosen = [rng.choice(own) for own in self._moments]
        top, left = rng.integers(0, self._patches.size - self._crop + 1, 2)
        square = taken[chosen, top : top + self._crop, left : left + self._crop]
        frames = square.astype(np.float32) / np.float32(255)
        matrix = np.eye(2, 3, dtype=np.float32)
        matrix[:, 2] = rng.uniform(-SHIFT_PX, SHIFT_PX, 2)
        size = frames.shape[2], frames.shape[1]
        moved = [
            cv2.warpAffine(frame, matrix, size, borderMode=cv2.BORDER_REFLECT_101)
            for frame in frames
        ]
        light = rng.uniform(0.9, 1.1) * np.stack(moved) + rng.uniform(-0.03, 0.03)
        return np.asarray(np.clip(light, 0, 1), np.float32)
