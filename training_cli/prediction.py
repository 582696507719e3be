"""Runs a network over images: the trained one in torch, or the exported one as the station does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file

from engines.defect_segmenter import OUTPUT
from engines.runtime import Model
from training_cli.datasets.sample import Images
from training_cli.errors import UserError
from training_cli.networks.unet import TileUnet
from training_cli.run import RunRecord, weights_path

Probabilities = NDArray[np.float32]
"""(classes, height, width) in 0..1."""
Predict = Callable[[Images], Iterator[Probabilities]]
"""One array for each image, in order."""

BATCH = 8


def load_network(folder: Path, record: RunRecord) -> TileUnet:
    """A run's best network, in float32, for evaluation.

    Raises:
        UserError: Its weights are missing, of another network, or not numbers.
    """
    path = weights_path(folder)
    settings = record.settings
    network = TileUnet(settings.encoder, len(record.classes), settings.depth)
    try:
        network.load_state_dict(load_file(path))
    except (SafetensorError, RuntimeError) as error:
        raise UserError(f"{path} does not hold the weights of this run: fit again.") from error
    if not all(torch.isfinite(p).all() for p in network.parameters()):
        raise UserError(f"{path} holds values that are not numbers: fit with a lower rate.")
    return network.eval()


def torch_logits(network: TileUnet) -> Predict:
    """The network's own answers, before the sigmoid."""

    def predict(images: Images) -> Iterator[Probabilities]:
        pixels = torch.from_numpy(images.pixels).unsqueeze(1)
        with torch.inference_mode():
            for batch in torch.split(pixels, BATCH):
                yield from network(batch).numpy()

    return predict


def torch_prediction(network: TileUnet, offsets: NDArray[np.float32]) -> Predict:
    """Probabilities on the calibrated scale: sigmoid(logit - offset of its class)."""

    def predict(images: Images) -> Iterator[Probabilities]:
        for logits in torch_logits(network)(images):
            yield torch.from_numpy(logits - offsets[:, None, None]).sigmoid().numpy()

    return predict


def onnx_prediction(model: Model) -> Predict:
    def predict(images: Images) -> Iterator[Probabilities]:
        for image in images.pixels:
            yield model.run(image.reshape(model.card.input.shape))[OUTPUT][0]

    return predict
