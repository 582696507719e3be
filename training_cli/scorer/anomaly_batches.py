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
from training_cli.scorer.patches import Defects, Patches

SHARE = 0.6
"""Of patches that get an anomaly."""
KNOWN = 0.25
"""Of patches that show a known defect instead, if there are any."""
SHIFT_PX = 6


class AnomalyBatches(Dataset[tuple[Tensor, Tensor]]):
    """Batches by their number, counted on over all epochs, whichever worker makes them.

    An item is (uint8 (n, frames, crop, crop), uint8 (n, 1, crop, crop) of 0 and 1). Place and light
    vary, and so does the moment of each frame: it is one of those that were taken around it. They
    stay as far apart as they will be in use, or what moves would look as if it stood still. Known
    defects, if there are any, are shown in the frames in use.
    """

    def __init__(
        self,
        patches: Patches,
        batch: int,
        seed: int,
        moments: Sequence[Sequence[int]],
        crop: int,
        known: Defects | None = None,
    ) -> None:
        """Take good patches.

        Args:
            patches: Good ones, in all frames that may be shown.
            batch: How many at once.
            seed: Of all that varies.
            moments: For each frame in use the places, on the patches' axis of frames, of those that
                may be shown for it.
            crop: Side of the squares that are cut from patches, no larger than they are.
            known: Defects to learn, too, in the frames in use.
        """
        self._patches = patches
        self._batch = min(batch, len(patches))
        self._seed = seed
        self._moments = [np.asarray(own) for own in moments]
        self._crop = crop
        self._known = known

    def __len__(self) -> int:
        return len(self._patches) // self._batch

    def __getitem__(self, number: int) -> tuple[Tensor, Tensor]:
        rng = np.random.default_rng([self._seed, 1, number])
        images, targets = [], []
        for index in self._chosen(number):
            if self._known is not None and rng.random() < KNOWN:
                image, mask = self._defective(self._known, rng)
            else:
                image, mask = self._good(int(index), rng)
            images.append(np.clip(image * 255 + 0.5, 0, 255).astype(np.uint8))
            targets.append(mask[None].astype(np.uint8))
        return torch.from_numpy(np.stack(images)), torch.from_numpy(np.stack(targets))

    def _chosen(self, number: int) -> NDArray[np.int64]:
        epoch, place = divmod(number, len(self))
        order = np.random.default_rng([self._seed, 0, epoch]).permutation(len(self._patches))
        return order[place * self._batch : (place + 1) * self._batch]

    def _good(self, index: int, rng: np.random.Generator) -> tuple[Frames, NDArray[np.bool_]]:
        """A square of a good patch, maybe with an anomaly, and where it is."""
        image = self._drawn(index, rng)
        if rng.random() >= SHARE:
            return image, np.zeros(image.shape[1:], np.bool_)
        return add_anomaly(image, self._drawn(int(rng.integers(len(self._patches))), rng), rng)

    def _drawn(self, index: int, rng: np.random.Generator) -> Frames:
        """A square of a good patch in some of its frames, moved, in another light."""
        chosen = [rng.choice(own) for own in self._moments]
        top, left = rng.integers(0, self._patches.size - self._crop + 1, 2)
        square = self._patches.pixels[index, chosen][:, *self._square(top, left)]
        return _relit(_moved(square.astype(np.float32), _shift(rng)), rng)

    def _defective(
        self, known: Defects, rng: np.random.Generator
    ) -> tuple[Frames, NDArray[np.bool_]]:
        """A square that one of a known defect's pixels lies in, and where the defect is."""
        index = int(rng.integers(len(known)))
        pixels, covered = known.patches.pixels[index], known.masks[index]
        inside = np.argwhere(covered)
        centre = inside[rng.integers(len(inside))]
        low = np.maximum(centre - self._crop + 1, 0)
        high = np.minimum(centre, known.patches.size - self._crop)
        square = self._square(*rng.integers(low, high + 1))
        shift = _shift(rng)
        mask = _moved(covered[None][:, *square].astype(np.float32), shift)[0] > 0.5
        return _relit(_moved(pixels[:, *square].astype(np.float32), shift), rng), mask

    def _square(self, top: int, left: int) -> tuple[slice, slice]:
        return slice(top, top + self._crop), slice(left, left + self._crop)


def _shift(rng: np.random.Generator) -> NDArray[np.float32]:
    matrix = np.eye(2, 3, dtype=np.float32)
    matrix[:, 2] = rng.uniform(-SHIFT_PX, SHIFT_PX, 2)
    return matrix


def _moved(frames: Frames, matrix: NDArray[np.float32]) -> Frames:
    size = frames.shape[2], frames.shape[1]
    moved = [cv2.warpAffine(f, matrix, size, borderMode=cv2.BORDER_REFLECT_101) for f in frames]
    return np.asarray(np.stack(moved), np.float32)


def _relit(grey: Frames, rng: np.random.Generator) -> Frames:
    """Greys of 0..255 as 0..1, in another light."""
    light = rng.uniform(0.9, 1.1) * (grey / 255) + rng.uniform(-0.03, 0.03)
    return np.asarray(np.clip(light, 0, 1), np.float32)
