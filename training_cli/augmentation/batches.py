"""Makes the training batches: a function of seed and batch number, whichever worker runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import Dataset, Sampler

from training_cli.augmentation.balance import Copy, turned
from training_cli.augmentation.injection import inject_labels
from training_cli.augmentation.transforms import Geometry, crop_at, relight, transform
from training_cli.datasets.sample import Images, layers

GEOMETRY = Geometry(degrees=6.0, scale=0.15, shift=0.08)


class TrainingBatches(Dataset[tuple[Tensor, Tensor]]):
    """Augmented batches by their number, counted on over all epochs.

    An item is (uint8 (n, 1, crop, crop), uint8 (n, classes, crop, crop) of 0 and 1); a crop is
    no larger than the images. The last batch of an epoch is left out where it would be smaller.
    """

    def __init__(
        self,
        images: Images,
        classes: int,
        batch: int,
        crop: int,
        inject: bool,
        seed: int,
        copies: Sequence[Copy] = (),
    ) -> None:
        """Args: `copies` are shown in every epoch beside the images themselves."""
        self._images = images
        self._classes = classes
        self._shown = [*((i, 0) for i in range(len(images))), *copies]
        self._batch = min(batch, len(images))
        self._crop = [min(crop, side) for side in images.pixels.shape[1:]]
        self._inject = inject
        self._seed = seed

    def __len__(self) -> int:
        return len(self._shown) // self._batch

    def __getitem__(self, number: int) -> tuple[Tensor, Tensor]:
        rng = np.random.default_rng([self._seed, 1, number])
        shown = [self._shown[place] for place in self._chosen(number)]
        chosen = np.array([index for index, _ in shown])
        pixels, masks = self._images.pixels[chosen].copy(), self._images.masks[chosen].copy()
        labels = self._images.labels[chosen].copy()
        if self._inject:
            inject_labels(pixels, masks, labels, self._images, self._classes, rng)
        targets = np.empty((len(chosen), self._classes, *self._crop), np.uint8)
        images = np.empty((len(chosen), 1, *self._crop), np.uint8)
        for i, label in enumerate(labels):
            image, mask = turned(pixels[i], masks[i], shown[i][1])
            image, mask = transform(image, mask, GEOMETRY, rng)
            image, mask = crop_at(image, mask, max(self._crop), rng)
            images[i, 0] = relight(image, rng)
            targets[i] = layers(mask, label, self._classes)
        return torch.from_numpy(images), torch.from_numpy(targets)

    def _chosen(self, number: int) -> NDArray[np.int64]:
        epoch, place = divmod(number, len(self))
        order = np.random.default_rng([self._seed, 0, epoch]).permutation(len(self._shown))
        return order[place * self._batch : (place + 1) * self._batch]


class BatchNumbers(Sampler[int]):
    """The numbers of the epoch's batches that begins when it is iterated.

    Args:
        batches: In an epoch.
        step: The number of batches done, in all epochs; asked at the start of each. (Lightning's
            own way of telling samplers the epoch tells the wrong one after a resume.)
    """

    def __init__(self, batches: int, step: Callable[[], int]) -> None:
        self._batches = batches
        self._step = step

    def __len__(self) -> int:
        return self._batches

    def __iter__(self) -> Iterator[int]:
        first = self._step() // self._batches * self._batches
        return iter(range(first, first + self._batches))
