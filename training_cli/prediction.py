"""Runs a network over images: the trained one in torch, or the exported one as the station does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file

from engines.defect_segmenter import OUTPUT
from engines.runtime import Model
from training_cli.datasets.sample import Images
from training_cli.networks.unet import TileUnet
from training_cli.run import RunRecord, weights_path

Probabilities = NDArray[np.float32]
"""(classes, height, width) in 0..1."""
Predict = Callable[[Images], Iterator[Probabilities]]
"""One array for each image, in order."""

BATCH = 8


def load_network(folder: Path, record: RunRecord) -> TileUnet:
    """A run's best network, in float32, for evaluation."""
    network = TileUnet(record.settings.encoder, len(record.classes))
    network.load_state_dict(load_file(weights_path(folder)))
    return network.eval()


def torch_prediction(network: TileUnet) -> Predict:
    def predict(images: Images) -> Iterator[Probabilities]:
        pixels = torch.from_numpy(images.pixels).unsqueeze(1)
        with torch.inference_mode():
            for batch in torch.split(pixels, BATCH):
                yield from network(batch).sigmoid().numpy()

    return predict


def onnx_prediction(model: Model) -> Predict:
    def predict(images: Images) -> Iterator[Probabilities]:
        for image in images.pixels:
            yield model.run(image.reshape(model.card.input.shape))[OUTPUT][0]

    return predict
