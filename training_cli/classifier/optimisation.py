"""How a classifier learns, as in the paper: cross-entropy of whole images, Adam, one rate."""

from __future__ import annotations

from typing import Any

import lightning
import numpy as np
import torch
from sklearn.metrics import average_precision_score
from torch import Tensor
from torch.nn import functional

from training_cli.networks.classifier import ClassificationNetwork


class Classification(lightning.LightningModule):
    """Binary cross-entropy of the mean of the map; validation logs it and the average precision."""

    def __init__(self, network: ClassificationNetwork, learning_rate: float) -> None:
        super().__init__()
        self.network = network
        self._learning_rate = learning_rate
        self._seen: list[tuple[Tensor, Tensor]] = []

    def training_step(self, batch: tuple[Tensor, Tensor]) -> Tensor:
        images, truth = batch
        loss = functional.binary_cross_entropy_with_logits(self._logits(images), truth)
        self.log("train/loss", loss, prog_bar=True)
        return loss

    def on_validation_epoch_start(self) -> None:
        self._seen = []

    def validation_step(self, batch: tuple[Tensor, Tensor]) -> None:
        images, truth = batch
        self._seen.append((self._logits(images).cpu(), truth.cpu()))

    def on_validation_epoch_end(self) -> None:
        logits, truth = (torch.cat(column) for column in zip(*self._seen, strict=True))
        loss = functional.binary_cross_entropy_with_logits(logits, truth)
        self.log("validation/loss", loss)
        if 0 < float(truth.sum()) < len(truth):
            precision = average_precision_score(truth.numpy(), np.nan_to_num(logits.numpy()))
            self.log("validation/average_precision", float(precision), prog_bar=True)

    def configure_optimizers(self) -> Any:
        return torch.optim.Adam(self.parameters(), lr=self._learning_rate)

    def _logits(self, images: Tensor) -> Tensor:
        logits: Tensor = self.network(images).float().mean((1, 2))
        return logits
