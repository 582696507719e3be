"""How a network learns, and what each validation says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import lightning
import torch
from torch import Tensor, nn

from training_cli.networks.unet import SegmentationNetwork
from training_cli.segmenter.metrics import PixelCounts

MONITORED = "validation/iou"
VALIDATION_LOSS = "validation/loss"


@dataclass(frozen=True, slots=True)
class Validated:
    """IoU on the validation images after so many epochs: over all classes, and of each."""

    epoch: int
    pooled: float
    classes: dict[str, float]


class Segmentation(lightning.LightningModule):
    """The optimisation: AdamW without decay, cosine to 0, best pooled IoU on validation.

    Attributes:
        validations: The figures so far, one of each validation.
    """

    def __init__(
        self,
        network: SegmentationNetwork,
        classes: tuple[str, ...],
        loss: nn.Module,
        learning_rate: float,
        epochs: int,
        epoch_steps: int,
    ) -> None:
        super().__init__()
        self.validations: list[Validated] = []
        self.network = network
        self.loss = loss
        self._learning_rate = learning_rate
        self._epochs = epochs
        self._epoch_steps = epoch_steps
        self._classes = classes
        self._counts = PixelCounts(len(classes))

    def training_step(self, batch: tuple[Tensor, Tensor]) -> Tensor:
        images, targets = batch
        loss: Tensor = self.loss(self.network(images).float(), targets.float())
        self.log("train/loss", loss, prog_bar=True)
        return loss

    def on_validation_epoch_start(self) -> None:
        self._counts = PixelCounts(len(self._classes))

    def validation_step(self, batch: tuple[Tensor, Tensor]) -> None:
        images, targets = batch
        logits = self.network(images).float()
        self.log(VALIDATION_LOSS, self.loss(logits, targets.float()), batch_size=len(images))
        self._counts.add((logits > 0).cpu().numpy(), targets.cpu().numpy() > 0)

    def on_validation_epoch_end(self) -> None:
        pooled, classes = self._counts.pooled_iou(), self._counts.iou()
        self.log(MONITORED, pooled, prog_bar=True)
        for name, value in zip(self._classes, classes, strict=True):
            self.log(f"validation/iou_{name}", value)
        epoch = self.trainer.global_step // self._epoch_steps
        by_class = dict(zip(self._classes, classes, strict=True))
        self.validations.append(Validated(epoch, pooled, by_class))

    def configure_optimizers(self) -> Any:
        trained = [p for p in self.network.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(trained, lr=self._learning_rate, weight_decay=0.0)
        # Not trainer.estimated_stepping_batches: it starts the loader before a resume is restored.
        steps = self._epochs * self._epoch_steps
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps)
        return [optimizer], [{"scheduler": schedule, "interval": "step"}]
