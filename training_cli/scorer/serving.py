"""The scorer as the station runs it: uint8 patches in, scores and maps out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from engines.vial_scorer import MAPS, SCORES
from training_cli.errors import UserError
from training_cli.networks.grdnet import Generator
from training_cli.networks.ssim import Ssim
from training_cli.networks.unet import SegmentationNetwork
from training_cli.run import LAST, weights_path
from training_cli.scorer.fitting import new_finder
from training_cli.scorer.optimisation import COARSER
from training_cli.scorer.patches import Patches
from training_cli.scorer.run import ScorerRun

SOFTNESS = 2.0
"""Logits of a made-up anomaly are divided by this, so that scores do not crowd at 0 and 1."""

Answers = dict[str, NDArray[np.float32]]
Run = Callable[[NDArray[np.uint8]], Answers]
"""From uint8 (batch, size, size, channels) to `scores` and `maps`."""


class Reconstruction(nn.Module):
    """φ = 1 − SSIM(X, X̂) of each patch, and |X − X̂| (Ferrari et al. 2024, equations 9 and 10)."""

    def __init__(self, generator: Generator) -> None:
        super().__init__()
        self.encoder = generator.encoder
        self.decoder = generator.decoder
        self.ssim = Ssim(generator.size)

    def forward(self, patches: Tensor) -> tuple[Tensor, Tensor]:
        x = patches.permute(0, 3, 1, 2).float() / 255
        made = self.decoder(self.encoder(x))
        scores = (1 - self.ssim(x, made).mean((1, 2, 3))).clamp(0, 1)
        return scores, functional.max_pool2d((x - made).abs(), COARSER).squeeze(1)


class Finder(nn.Module):
    """Where a made-up anomaly would have to be, and how sure the network is at the surest place.

    Scores are of logits less `shift`, so that thresholds can stand near 0.5.
    """

    shift: Tensor

    def __init__(self, network: SegmentationNetwork) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("shift", torch.zeros(()))

    def forward(self, patches: Tensor) -> tuple[Tensor, Tensor]:
        logits = self.network(patches.permute(0, 3, 1, 2))
        places = functional.avg_pool2d(logits, COARSER)
        maps = (places / SOFTNESS - self.shift).sigmoid().squeeze(1)
        return maps.amax((1, 2)), maps


def load_served(folder: Path, record: ScorerRun) -> nn.Module:
    """A run's network as it is served, in float32.

    Raises:
        UserError: Its weights are missing, of another network, or not numbers.
    """
    settings = record.settings
    path = weights_path(folder, LAST)
    network: Generator | SegmentationNetwork
    if settings.network == "grdnet":
        network = Generator(settings.shape)
    else:
        network = new_finder(settings, with_weights=False)
    try:
        network.load_state_dict(load_file(path))
    except (SafetensorError, RuntimeError) as error:
        raise UserError(f"{path} does not hold the weights of this run: fit again.") from error
    if not all(torch.isfinite(tensor).all() for tensor in network.state_dict().values()):
        raise UserError(f"{path} holds values that are not numbers: fit with a lower rate.")
    if isinstance(network, Generator):
        return Reconstruction(network).eval()
    return Finder(network).eval()


def running(served: nn.Module) -> Run:
    """The network in torch, as something that takes and gives arrays."""

    def run(patches: NDArray[np.uint8]) -> Answers:
        with torch.inference_mode():
            scores, maps = served(torch.from_numpy(patches))
        return {SCORES: scores.numpy(), MAPS: maps.numpy()}

    return run


def looks_of(patches: Patches, record: ScorerRun) -> NDArray[np.uint8]:
    """What the network is shown of patches: uint8 (n, looks, size, size, channels).

    A look is one frame in use, or all of them at once.

    Args:
        patches: In the frames in use.
        record: Of the network's run.
    """
    if record.settings.channels > 1:
        return patches.pixels.transpose(0, 2, 3, 1)[:, None]
    return patches.pixels[..., None]


def scores_of(run: Run, looks: NDArray[np.uint8], batch: int) -> NDArray[np.float32]:
    """Scores of all looks at all patches, float32 (n, looks).

    Args:
        run: Takes `batch` looks at once.
        looks: From `looks_of`.
    """
    count, number = looks.shape[:2]
    flat = looks.reshape(-1, *looks.shape[2:])
    found = np.empty(len(flat), np.float32)
    for start in range(0, len(flat), batch):
        shown = flat[start : start + batch]
        filled = np.zeros((batch, *shown.shape[1:]), np.uint8)
        filled[: len(shown)] = shown
        found[start : start + batch] = run(filled)[SCORES][: len(shown)]
    return found.reshape(count, number)
