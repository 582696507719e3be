"""How a localizer learns, and what each validation says of it."""

from __future__ import annotations

from typing import Any

import lightning
import torch
from torch import Tensor

from training_cli.localizer.batches import Item
from training_cli.localizer.loss import LocalizerLoss, Truth
from training_cli.networks.localizer import CORNERS, Answer, Localizer

CENTRE, PRESENCE = "validation/centre_px", "validation/presence_accuracy"


class Localization(lightning.LightningModule):
    """AdamW without decay, the rate rising over a tenth of the steps and falling to 0 by a cosine.

    A validation gives the mean distance of centres in pixels of the input, and the accuracy of
    presence.
    """

    def __init__(
        self,
        network: Localizer,
        rectangularity: float,
        learning_rate: float,
        steps: int,
        size: int,
        is_frozen: bool,
    ) -> None:
        super().__init__()
        self.network = network
        self.loss = LocalizerLoss(rectangularity)
        self._learning_rate = learning_rate
        self._steps = steps
        self._size = size
        self._is_frozen = is_frozen
        self._distances: list[Tensor] = []
        self._right: list[Tensor] = []

    def training_step(self, batch: Item) -> Tensor:
        inputs, corners, present = batch
        loss: Tensor = self.loss(self._answer(inputs), Truth(corners, present))
        self.log("train/loss", loss, prog_bar=True, batch_size=len(present))
        return loss

    def on_validation_epoch_start(self) -> None:
        self._distances, self._right = [], []

    def validation_step(self, batch: Item) -> None:
        inputs, corners, present = batch
        answer = self._answer(inputs)
        away = (answer.corners - corners).view(-1, CORNERS, 2).mean(1).norm(dim=1) * self._size
        self._distances.append(away[present > 0])
        self._right.append((answer.presence > 0) == (present > 0))

    def on_validation_epoch_end(self) -> None:
        self.log(CENTRE, torch.cat(self._distances).mean(), prog_bar=True)
        self.log(PRESENCE, torch.cat(self._right).float().mean())

    def configure_optimizers(self) -> Any:
        trained = [p for p in self.network.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(trained, lr=self._learning_rate, weight_decay=0.0)
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer,
            self._learning_rate,
            total_steps=self._steps + 1,
            pct_start=0.1,
            cycle_momentum=False,
        )
        return [optimizer], [{"scheduler": schedule, "interval": "step"}]

    def _answer(self, inputs: list[Tensor]) -> Answer:
        if self._is_frozen:
            return self.network.answers([values.float() for values in inputs])
        return self.network(inputs[0])  # type: ignore[no-any-return]
