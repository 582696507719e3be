"""The localizer as the station runs it: a uint8 picture in, corners and presence out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from engines.chip_localizer import CORNERS, PRESENCE
from training_cli.errors import UserError
from training_cli.localizer.run import LocalizerRun
from training_cli.networks.localizer import Localizer
from training_cli.run import LAST, weights_path

Answers = dict[str, NDArray[np.float32]]
Run = Callable[[NDArray[np.uint8]], Answers]
"""From uint8 (1, size, size, 3) to `corners` and `presence`."""


class Served(nn.Module):
    """`presence` is a probability."""

    def __init__(self, network: Localizer) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        answer = self.network(image.permute(0, 3, 1, 2))
        return answer.corners, answer.presence.sigmoid()


def load_served(folder: Path, record: LocalizerRun) -> Served:
    """A run's network as it is served, in float32.

    Raises:
        UserError: Its weights are missing, of another network, or not numbers.
    """
    path = weights_path(folder, LAST)
    network = record.settings.network()
    try:
        network.load_state_dict(load_file(path))
    except (SafetensorError, RuntimeError) as error:
        raise UserError(f"{path} does not hold the weights of this run: fit again.") from error
    if not all(torch.isfinite(tensor).all() for tensor in network.state_dict().values()):
        raise UserError(f"{path} holds values that are not numbers: fit with a lower rate.")
    return Served(network).eval()


def running(served: Served) -> Run:
    """The network in torch, as something that takes and gives arrays."""

    def run(image: NDArray[np.uint8]) -> Answers:
        with torch.inference_mode():
            corners, presence = served(torch.from_numpy(image))
        return {CORNERS: corners.numpy(), PRESENCE: presence.numpy()}

    return run
