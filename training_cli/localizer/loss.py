"""What a localizer learns by: coordinates, rectangularity, presence, and where its maps point."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training_cli.networks.localizer import CORNERS, Answer, middles

# Columns are the sides e1 = c3 - c1, e2 = c4 - c3, e3 = c2 - c4 and e4 = c2 - c1.
SIDES = torch.tensor(
    [
        [-1.0, 0.0, 0.0, -1.0],
        [0.0, 0.0, 1.0, 1.0],
        [1.0, -1.0, 0.0, 0.0],
        [0.0, 1.0, -1.0, 0.0],
    ]
)
"""M of E = C · M, for C (2, 4) whose columns are the corners (Saif et al. 2022, IV-B)."""
COORDINATES, PRESENCE, MAPS = 5000.0, 0.3, 0.1
"""Weights; coordinates are fractions of the picture, whose squares are small."""
_SPREAD = 1.0
"""Standard deviation, in cells, of the spot that a map should show."""


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What is known of n pictures: corners (n, 8), 0 where there is no chip; present (n,), 0 or 1.

    Corners are fractions of the picture, in the order of `Answer`.
    """

    corners: Tensor
    present: Tensor


class LocalizerLoss(nn.Module):
    """Mean squared error of coordinates + rectangularity + cross entropy of presence.

    What concerns corners counts only where a chip is present. A head with maps learns from them as
    well: their cross entropy with a spot at the corner.
    """

    sides: Tensor

    def __init__(self, rectangularity: float) -> None:
        """Args: `rectangularity` is the weight of that term; 0 leaves it out."""
        super().__init__()
        self._weight = rectangularity
        self.register_buffer("sides", SIDES, persistent=False)

    def forward(self, answer: Answer, truth: Truth) -> Tensor:
        present = truth.present
        of_chip = COORDINATES * (answer.corners - truth.corners).square().mean(1)
        if self._weight:
            of_chip = of_chip + self._weight * rectangularity(answer.corners, self.sides)
        if answer.maps is not None:
            of_chip = of_chip + MAPS * _away(answer.maps, truth.corners)
        known = functional.binary_cross_entropy_with_logits(answer.presence, present)
        return (of_chip * present).mean() + PRESENCE * known


def rectangularity(corners: Tensor, sides: Tensor = SIDES) -> Tensor:
    """Sum of |cos| of the angles between neighbouring sides (n,), 0 of a rectangle: P̃.

    Args:
        corners: (n, 8), x and y of four corners.
        sides: M of E = C · M.
    """
    edges = corners.view(-1, CORNERS, 2).transpose(1, 2) @ sides
    units = functional.normalize(edges, dim=1, eps=1e-6)
    return (units * units.roll(-1, 2)).sum(1).abs().sum(1)


def _away(maps: Tensor, corners: Tensor) -> Tensor:
    """Cross entropy of each picture's maps with spots at its corners (n,)."""
    rows, columns = maps.shape[2:]
    places = corners.view(-1, CORNERS, 2)
    across, down = (
        torch.exp(-(((middles(n, maps.device) - places[..., axis, None]) * n / _SPREAD) ** 2) / 2)
        for axis, n in ((0, columns), (1, rows))
    )
    spots = (down[..., :, None] * across[..., None, :]).flatten(2)
    spots = spots / spots.sum(-1, keepdim=True).clamp_min(1e-6)
    return -(spots * maps.flatten(2).log_softmax(-1)).sum(-1).mean(1)
