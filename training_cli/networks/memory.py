"""A memory of good parts beside a segmenter: how unlike all of them a place is.

After PatchCore (Roth et al. 2022): a place is described by what an encoder trained on ImageNet
makes of it and of its neighbours, the memory holds the descriptions of good places that are spread
widest, and the distance to the nearest one says how unusual a place is. It needs no picture of a
defect.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from training_cli.networks.unet import SegmentationNetwork

STAGES = (2, 3, 4)
"""Stages of the encoder that describe a place: at a 4th, an 8th and a 16th of the input's size."""
_PROJECTED = 32


class GoodMemory(nn.Module):
    """Descriptions of good places, and the distance of others to them."""

    bank: Tensor
    squares: Tensor
    centre: Tensor
    spread: Tensor

    def __init__(self, size: int, channels: int) -> None:
        """An empty memory of `size` places, to be filled or loaded."""
        super().__init__()
        self.register_buffer("bank", torch.zeros(size, channels))
        self.register_buffer("squares", torch.zeros(size))
        self.register_buffer("centre", torch.zeros(channels))
        self.register_buffer("spread", torch.ones(channels))

    @classmethod
    def of(cls, places: Tensor, size: int, seed: int) -> GoodMemory:
        """Remember those of many good places that are spread widest.

        Args:
            places: float32 (n, channels), from `described`.
            size: How many are remembered, at most n.
            seed: Of the projection in which distances are compared while choosing.
        """
        size = min(size, len(places))
        memory = cls(size, places.shape[1])
        memory.centre.copy_(places.mean(0))
        memory.spread.copy_(places.std(0).clamp_min(1e-5))
        scaled = (places - memory.centre) / memory.spread
        memory.bank.copy_(scaled[widest(scaled, size, seed)])
        memory.squares.copy_(memory.bank.square().sum(1))
        return memory

    def forward(self, places: Tensor) -> Tensor:
        """Distance to the nearest good place.

        Args:
            places: float (n, channels, height, width), from `described`.

        Returns:
            float (n, 1, height, width).
        """
        count, channels, height, width = places.shape
        rows = places.permute(0, 2, 3, 1).reshape(-1, channels)
        rows = (rows - self.centre) / self.spread
        products = rows @ self.bank.T
        nearest = (self.squares - 2 * products).min(1).values + rows.square().sum(1)
        return nearest.clamp_min(0).sqrt().reshape(count, 1, height, width)


def described(features: list[Tensor]) -> Tensor:
    """What an encoder says of each place and its eight neighbours: (n, channels, h / 8, w / 8).

    Args:
        features: Of the encoder, the input first.
    """
    size = features[STAGES[1]].shape[2:]
    around = [functional.avg_pool2d(features[stage], 3, 1, 1) for stage in STAGES]
    placed = [
        functional.interpolate(a, size=size, mode="bilinear", align_corners=False) for a in around
    ]
    return torch.cat(placed, 1)


def widest(places: Tensor, size: int, seed: int) -> list[int]:
    """Greedy k-centre: each time the place that is farthest from all chosen before it.

    Args:
        places: float (n, channels).
        size: How many are chosen.
        seed: Of a random projection to 32 dimensions, in which distances are compared.
    """
    generator = torch.Generator().manual_seed(seed)
    projected = places @ torch.randn(places.shape[1], _PROJECTED, generator=generator)
    distance = torch.full((len(places),), torch.inf)
    chosen = [0]
    while len(chosen) < size:
        moved = (projected - projected[chosen[-1]]).square().sum(1)
        distance = torch.minimum(distance, moved)
        chosen.append(int(distance.argmax()))
    return chosen


class RememberingSegmenter(nn.Module):
    """A segmenter with one channel more, `UNUSUAL`: its largest logit and the memory's, together.

    Channel `UNUSUAL` is max_c z_c + w · (d - d₀): z the logits of the classes, d the distance to
    the nearest good place, w the weight and d₀ the distance that counts as nothing.
    """

    weight: Tensor
    nothing: Tensor

    def __init__(self, segmenter: SegmentationNetwork, memory: GoodMemory) -> None:
        super().__init__()
        self.segmenter = segmenter
        self.memory = memory
        self.register_buffer("weight", torch.zeros(()))
        self.register_buffer("nothing", torch.zeros(()))

    def forward(self, pixels: Tensor) -> Tensor:
        """As `SegmentationNetwork`, with `UNUSUAL` as the last channel."""
        features = self.segmenter.features(pixels)
        logits = self.segmenter.answers(features)
        distance = self.memory(described(features)) - self.nothing
        over = functional.interpolate(
            distance, size=logits.shape[2:], mode="bilinear", align_corners=False
        )
        unusual = logits.amax(1, keepdim=True) + self.weight * over
        return torch.cat([logits, unusual], 1)
