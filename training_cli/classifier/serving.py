"""The classifier as the station runs it: a uint8 image in, a score and its map out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from engines.surface_classifier import MAPS, SCORES
from training_cli.classifier.run import ClassifierRun
from training_cli.classifier.surfaces import Surfaces
from training_cli.errors import UserError
from training_cli.networks.classifier import ClassificationNetwork
from training_cli.run import LAST, weights_path

Answers = dict[str, NDArray[np.float32]]
Run = Callable[[NDArray[np.uint8]], Answers]
"""From uint8 (1, height, width, 1) to `scores` (1,) and `maps` (1, rows, columns)."""


class Served(nn.Module):
    """The map of logits less `shift`, by which thresholds stand at 0.5, and its mean's score."""

    shift: Tensor

    def __init__(self, network: ClassificationNetwork, shift: float = 0.0) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("shift", torch.tensor(shift, dtype=torch.float32))

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        maps = self.network(image.permute(0, 3, 1, 2)) - self.shift
        return maps.mean((1, 2)).sigmoid(), maps


def load_network(folder: Path, record: ClassifierRun) -> ClassificationNetwork:
    """A run's network, in float32.

    Raises:
        UserError: Its weights are missing, of another network, or not numbers.
    """
    path = weights_path(folder, LAST)
    network = ClassificationNetwork(record.settings.backbone)
    try:
        network.load_state_dict(load_file(path))
    except (SafetensorError, RuntimeError) as error:
        raise UserError(f"{path} does not hold the weights of this run: fit again.") from error
    if not all(torch.isfinite(tensor).all() for tensor in network.state_dict().values()):
        raise UserError(f"{path} holds values that are not numbers: fit with a lower rate.")
    return network.eval()


def running(served: nn.Module) -> Run:
    """The network in torch, as something that takes and gives arrays."""

    def run(image: NDArray[np.uint8]) -> Answers:
        with torch.inference_mode():
            scores, maps = served(torch.from_numpy(image))
        return {SCORES: scores.numpy(), MAPS: maps.numpy()}

    return run


def logits_of(run: Run, surfaces: Surfaces) -> NDArray[np.float64]:
    """The logit of each image: float64 (n,), the mean of its map."""
    found = [run(pixels[None, :, :, None])[MAPS][0] for pixels in surfaces.pixels]
    return np.array([maps.mean(dtype=np.float64) for maps in found])
