"""The losses of Caruso et al. 2024, each half pixel-wise and half Dice, and of the thesis."""

from __future__ import annotations

import numpy as np
import torch
from segmentation_models_pytorch.losses import DiceLoss, FocalLoss
from torch import Tensor, nn

from training_cli.datasets.sample import Images, layers
from training_cli.segmenter.run import Method


class CombinedLoss(nn.Module):
    """0.5 · pixel-wise + 0.5 · Dice, on logits and targets (n, classes, height, width)."""

    def __init__(self, pixelwise: nn.Module) -> None:
        super().__init__()
        self._pixelwise = pixelwise
        self._dice = DiceLoss("multilabel", from_logits=True)

    def forward(self, logits: Tensor, targets: Tensor) -> Tensor:
        loss: Tensor = 0.5 * self._pixelwise(logits, targets) + 0.5 * self._dice(logits, targets)
        return loss


class WeightedBce(nn.Module):
    """Binary cross-entropy with one weight for each class's channel."""

    weights: Tensor

    def __init__(self, weights: Tensor) -> None:
        super().__init__()
        self.register_buffer("weights", weights.view(1, -1, 1, 1))

    def forward(self, logits: Tensor, targets: Tensor) -> Tensor:
        loss = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
        return (loss * self.weights).mean()


def make_loss(method: Method, images: Images, classes: int) -> nn.Module:
    """The loss of a method, weighted by what the training images show.

    `rotations` has binary cross-entropy alone, as the steel thesis has; the others add Dice.
    `wce` weights a class by the inverse of its share of the defect's pixels, `balanced` by the
    effective number of its images, (1 − β) / (1 − βⁿ) with β = 0.99 (Cui et al. 2019); both are
    scaled to a mean of 1.
    """
    if method is Method.FOCAL:
        return CombinedLoss(FocalLoss("multilabel", gamma=2.0))
    if method is Method.WCE:
        area = sum(
            layers(mask, label, classes).sum((1, 2), dtype=np.int64)
            for mask, label in zip(images.masks, images.labels, strict=True)
        )
        return CombinedLoss(WeightedBce(_scaled(1 / np.maximum(area, 1))))
    if method is Method.BALANCED:
        count = np.maximum(images.shown(classes).sum(0), 1)
        return CombinedLoss(WeightedBce(_scaled(0.01 / (1 - 0.99**count))))
    bce = nn.BCEWithLogitsLoss()
    return bce if method is Method.ROTATIONS else CombinedLoss(bce)


def _scaled(weights: np.ndarray) -> Tensor:
    return torch.from_numpy(weights / weights.mean()).float()
