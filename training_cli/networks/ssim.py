"""Structural similarity (Wang et al. 2004), in plain convolutions that training and ONNX share."""

from __future__ import annotations

import torch
from torch import Tensor, nn

WINDOW = 11
SIGMA = 1.5
_C1, _C2 = 0.01**2, 0.03**2


class Ssim(nn.Module):
    """SSIM of grey images in 0..1, with Gaussian windows of 11 pixels (σ 1.5) and mirrored edges.

    The map that `torchmetrics`' `structural_similarity_index_measure` averages, which does not
    export. Blurring is multiplied by a band matrix from both sides: on a CPU that takes a ninth of
    the time that convolutions of one channel take.
    """

    band: Tensor

    def __init__(self, size: int) -> None:
        """Args: `size` is height and width of the images."""
        super().__init__()
        self.register_buffer("band", _band(size), persistent=False)

    def forward(self, x: Tensor, y: Tensor) -> Tensor:
        """The map of two float (n, 1, size, size), one value a pixel; its mean is the SSIM."""
        blurred = self.band @ torch.cat([x, y, x * x, y * y, x * y], 1) @ self.band.T
        mean_x, mean_y, mean_xx, mean_yy, mean_xy = torch.split(blurred, 1, 1)
        xx, yy, xy = mean_x * mean_x, mean_y * mean_y, mean_x * mean_y
        alike = (2 * xy + _C1) * (2 * (mean_xy - xy) + _C2)
        similarity: Tensor = alike / ((xx + yy + _C1) * (mean_xx - xx + mean_yy - yy + _C2))
        return similarity


def _band(size: int) -> Tensor:
    """The matrix (size, size) whose rows are windows around each place, mirrored at the ends."""
    steps = torch.arange(WINDOW) - WINDOW // 2
    weights = torch.exp(-(steps**2) / (2 * SIGMA**2))
    places = (torch.arange(size)[:, None] + steps).abs()
    places = torch.minimum(places, 2 * (size - 1) - places)
    return torch.zeros(size, size).scatter_add_(
        1, places, (weights / weights.sum()).expand(size, -1)
    )
