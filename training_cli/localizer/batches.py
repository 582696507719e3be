"""Batches of what a localizer learns from."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset

from training_cli.localizer.boards import Boards
from training_cli.networks.localizer import Localizer

AT_ONCE = 16
Item = tuple[list[Tensor], Tensor, Tensor]
"""Inputs (n, …), corners (n, 8) and whether a chip is present (n,), both float32."""


class BoardBatches(Dataset[Item]):
    """Batches by their number, counted on over all epochs.

    Inputs are pixels, uint8 (n, 3, size, size), or the features of a backbone that stays as it is:
    then they are computed once. Pixels that are drawn in a seed's order are mirrored and turned
    over at times, corners with them.
    """

    def __init__(self, inputs: list[Tensor], boards: Boards, batch: int, seed: int | None) -> None:
        """Args: `seed` is of their order; None keeps that of the pictures, the last ones, too."""
        self._inputs = inputs
        self._corners = torch.from_numpy(boards.corners)
        self._present = torch.from_numpy(boards.present.astype(np.float32))
        self._batch = min(batch, len(boards))
        self._seed = seed

    def __len__(self) -> int:
        count = len(self._present)
        return -(-count // self._batch) if self._seed is None else count // self._batch

    def __getitem__(self, number: int) -> Item:
        epoch, place = divmod(number, len(self))
        count = len(self._present)
        order = np.arange(count)
        if self._seed is not None:
            order = np.random.default_rng([self._seed, epoch]).permutation(count)
        chosen = torch.from_numpy(order[place * self._batch : (place + 1) * self._batch])
        inputs = [values[chosen] for values in self._inputs]
        corners = self._corners[chosen]
        if self._seed is not None and inputs[0].dtype == torch.uint8:
            rng = np.random.default_rng([self._seed, 1, number])
            inputs[0], corners = turned_over(inputs[0], corners, rng)
        return inputs, corners, self._present[chosen]


def turned_over(pixels: Tensor, corners: Tensor, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Each picture in one of the eight ways to lay a square, its corners named anew.

    Args:
        pixels: (n, channels, size, size); they are changed.
        corners: (n, 8), fractions; of pictures without a chip they say nothing.
        rng: Chooses.
    """
    points = corners.view(-1, 4, 2).clone()
    across, down, over = torch.from_numpy(rng.random((3, len(pixels))) < 0.5)
    pixels[across] = pixels[across].flip(3)
    points[across] = points[across][:, [1, 0, 3, 2]] * torch.tensor([-1.0, 1]) + torch.tensor(
        [1.0, 0]
    )
    pixels[down] = pixels[down].flip(2)
    points[down] = points[down][:, [2, 3, 0, 1]] * torch.tensor([1, -1.0]) + torch.tensor([0, 1.0])
    pixels[over] = pixels[over].transpose(2, 3)
    points[over] = points[over][:, [0, 2, 1, 3]].flip(2)
    return pixels, points.flatten(1)


def pixels_of(boards: Boards) -> list[Tensor]:
    return [torch.from_numpy(boards.pixels).permute(0, 3, 1, 2)]


def features_of(network: Localizer, boards: Boards) -> list[Tensor]:
    """Of the backbone, in float16; about 0.35 MB a picture for a MobileNetV2 at 256 pixels."""
    found: list[list[Tensor]] = []
    (pixels,) = pixels_of(boards)
    is_training = network.training
    network.eval()
    with torch.no_grad():
        for shown in torch.split(pixels, AT_ONCE):
            features = network.features(shown.to(network.mean.device))
            found.append([values.half().cpu() for values in features])
    network.train(is_training)
    return [torch.cat(own) for own in zip(*found, strict=True)]
