"""Several networks as one: what they say on average."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from training_cli.networks.unet import SegmentationNetwork


class Ensemble(nn.Module):
    """The mean of the members' logits.

    Attributes:
        members: Networks of the same input and classes.
        judges: By the name of an image the place of the member that was not trained on it.
    """

    def __init__(self, members: Sequence[SegmentationNetwork], judges: Mapping[str, int]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)
        self.judges = judges

    def forward(self, pixels: Tensor) -> Tensor:
        return torch.stack([member(pixels) for member in self.members]).mean(0)
