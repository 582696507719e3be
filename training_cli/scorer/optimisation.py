"""How generator and discriminator learn, in turn (Ferrari et al. 2024, sections 6.2 and 7.3)."""

from __future__ import annotations

from math import cos, pi
from typing import Any

import lightning
import torch
from torch import Tensor
from torch.nn import functional

from training_cli.networks.grdnet import Discriminator, Generator
from training_cli.networks.ssim import Ssim
from training_cli.segmenter.losses import CombinedLoss

W_HUBER, W_SSIM = 2.0, 1.0
"""w_a and w_b of equation 8."""
W_ADVERSARIAL, W_CONTEXTUAL, W_ENCODER, W_NOISE = 1.0, 50.0, 1.0, 3.0
"""w_1 to w_4 of equation 8."""
DECAY = 1 / 3
"""A restart begins with this share of the last one's learning rate."""
SCORE = "validation/score"
COARSER = 4
"""Pixels of a patch for one of its map, along each side."""
W_SQUARE = 0.2


class GeneratorLoss(torch.nn.Module):
    """w_1·L_adv + w_2·L_con + w_3·L_enc + L_nse (equations 2 to 7), means over a batch.

    L_adv is the mean squared difference of the discriminator's features, L_con is
    w_a·Huber(X, X̂) + w_b·(1 − SSIM(X, X̂)), L_enc is the mean |z − ẑ|, and L_nse is
    w_4·mean ||X* − X̂| − N| with N = |X* − X|.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.ssim = Ssim(size)

    def forward(
        self,
        x: Tensor,
        noisy: Tensor,
        made: Tensor,
        codes: tuple[Tensor, Tensor],
        features: tuple[Tensor, Tensor],
    ) -> dict[str, Tensor]:
        """The weighted terms, and their sum as `loss`.

        Args:
            x, noisy, made: X, X* and X̂, float (n, 1, size, size) in 0..1.
            codes: z and ẑ.
            features: F_C of X and of X̂.
        """
        made = made.float()
        contextual = W_HUBER * functional.huber_loss(made, x)
        contextual = contextual + W_SSIM * (1 - self.ssim(x, made).mean())
        noise = ((noisy - made).abs() - (noisy - x).abs()).abs().mean()
        terms = {
            "adversarial": W_ADVERSARIAL
            * functional.mse_loss(features[1].float(), features[0].float()),
            "contextual": W_CONTEXTUAL * contextual,
            "encoder": W_ENCODER * functional.l1_loss(codes[1].float(), codes[0].float()),
            "noise": W_NOISE * noise,
        }
        return {**terms, "loss": torch.stack(list(terms.values())).sum()}


class FinderLoss(torch.nn.Module):
    """0.5·(BCE + Dice) of pixels + 0.2·BCE of a square's surest place, by which it is judged.

    Logits and targets are (n, 1, height, width).
    """

    def __init__(self) -> None:
        super().__init__()
        self._pixels = CombinedLoss(torch.nn.BCEWithLogitsLoss())

    def forward(self, logits: Tensor, targets: Tensor) -> Tensor:
        surest = surest_place(logits)
        shows = targets.amax((1, 2, 3))
        square = functional.binary_cross_entropy_with_logits(surest, shows)
        loss: Tensor = self._pixels(logits, targets) + W_SQUARE * square
        return loss


def surest_place(logits: Tensor) -> Tensor:
    """The highest mean over COARSER × COARSER pixels of (n, 1, height, width), as (n,)."""
    return functional.avg_pool2d(logits, COARSER).amax((1, 2, 3))


class GenerativeTraining(lightning.LightningModule):
    """Adam for both networks, cosine decay with warm restarts at a third of the last maximum."""

    def __init__(
        self,
        network: Generator,
        discriminator: Discriminator,
        learning_rate: float,
        steps: int,
        period: int,
    ) -> None:
        """Args: `steps` of the whole fit, and of one `period` of the learning rate."""
        super().__init__()
        self.automatic_optimization = False
        self.network = network
        self.discriminator = discriminator
        self.loss = GeneratorLoss(network.size)
        self._learning_rate = learning_rate
        self._steps = steps
        self._period = period
        self._scores: list[Tensor] = []

    def training_step(self, batch: tuple[Tensor, Tensor]) -> None:
        x, noisy = batch
        for_generator, for_discriminator = self.optimizers()  # type: ignore[attr-defined]
        z = self.network.encoder(noisy)
        made = self.network.decoder(z)
        self._learn(for_discriminator, self._discriminator_loss(x, made.detach()))
        self.discriminator.requires_grad_(False)
        with torch.no_grad():
            real, _ = self.discriminator(x)
        fake, _ = self.discriminator(made)
        codes = z, self.network.second_encoder(made)
        with torch.autocast(self.device.type, enabled=False):
            terms = self.loss(x, noisy, made, codes, (real, fake))
        self._learn(for_generator, terms["loss"])
        self.discriminator.requires_grad_(True)
        for schedule in self.lr_schedulers():  # type: ignore[union-attr]
            schedule.step()
        self.log_dict({f"train/{name}": value for name, value in terms.items()})

    def _discriminator_loss(self, x: Tensor, made: Tensor) -> Tensor:
        _, real = self.discriminator(x)
        _, fake = self.discriminator(made)
        kinds = torch.cat([torch.ones_like(real), torch.zeros_like(fake)])
        loss = functional.binary_cross_entropy_with_logits(torch.cat([real, fake]), kinds)
        self.log("train/discriminator", loss)
        return loss

    def _learn(self, optimizer: Any, loss: Tensor) -> None:
        optimizer.zero_grad()
        self.manual_backward(loss)
        optimizer.step()

    def on_validation_epoch_start(self) -> None:
        self._scores = []

    def validation_step(self, x: Tensor) -> None:
        made = self.network(x).float()
        with torch.autocast(self.device.type, enabled=False):
            self._scores.append((1 - self.loss.ssim(x, made)).mean((1, 2, 3)))

    def on_validation_epoch_end(self) -> None:
        """φ of good patches that were not trained on; the lower, the better they are made."""
        self.log(SCORE, torch.cat(self._scores).mean(), prog_bar=True, sync_dist=True)

    def configure_optimizers(self) -> Any:
        optimizers = [
            torch.optim.Adam(part.parameters(), lr=self._learning_rate)
            for part in (self.network, self.discriminator)
        ]
        schedules = [torch.optim.lr_scheduler.LambdaLR(o, self.rate_at) for o in optimizers]
        return optimizers, [{"scheduler": s, "interval": "step"} for s in schedules]

    def rate_at(self, step: int) -> float:
        """The learning rate after so many steps, as a share of the first one."""
        restart, place = divmod(min(step, self._steps - 1), self._period)
        return DECAY**restart * 0.5 * (1 + cos(pi * place / self._period))
