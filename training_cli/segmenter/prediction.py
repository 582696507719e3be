"""Runs a network over images: the trained one in torch, or the exported one as the station does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from engines.card import InputSpec
from engines.defect_segmenter import OUTPUT
from engines.runtime import Model
from engines.tiling import stitched
from training_cli.datasets.sample import Images
from training_cli.errors import UserError
from training_cli.networks.ensemble import Ensemble
from training_cli.networks.memory import GoodMemory, RememberingSegmenter
from training_cli.networks.unet import SegmentationNetwork
from training_cli.run import weights_path
from training_cli.segmenter.run import MEMORY, RunRecord, fold_folder, read_run

Probabilities = NDArray[np.float32]
"""(classes, height, width) in 0..1."""
Predict = Callable[[Images], Iterator[Probabilities]]
"""One array for each image, in order."""
Network = SegmentationNetwork | RememberingSegmenter | Ensemble

BATCH = 8


def load_network(folder: Path, record: RunRecord) -> Network:
    """A run's best network, in float32, for evaluation; of a run of folds all of them together.

    Raises:
        UserError: Its weights are missing, of another network, or not numbers.
    """
    if not record.settings.is_ensemble:
        segmenter = load_segmenter(folder, record)
        return segmenter if record.memory is None else _remembering(segmenter, folder, record)
    folders = [fold_folder(folder, number) for number in range(record.settings.folds or 0)]
    records = [read_run(own) for own in folders]
    judges = {name: i for i, own in enumerate(records) for name in own.subsets["validation"]}
    members = [load_segmenter(*own) for own in zip(folders, records, strict=True)]
    return Ensemble(members, judges).eval()


def load_segmenter(folder: Path, record: RunRecord) -> SegmentationNetwork:
    """The best network of one fit, without a memory; as `load_network`."""
    settings = record.settings
    network = SegmentationNetwork(
        settings.encoder, len(record.classes), settings.depth, settings.decoder
    )
    _load(network, weights_path(folder))
    return network.eval()


def _remembering(
    segmenter: SegmentationNetwork, folder: Path, record: RunRecord
) -> RememberingSegmenter:
    assert record.memory is not None
    path = folder / MEMORY
    if not path.is_file():
        raise UserError(f"{folder} has lost its {MEMORY}: fit again, then remember.")
    memory = GoodMemory(record.memory.size, record.memory.channels)
    network = RememberingSegmenter(segmenter, memory)
    own = {f"segmenter.{name}": tensor for name, tensor in segmenter.state_dict().items()}
    _load(network, path, own)
    return network.eval()


def _load(network: nn.Module, path: Path, beside: Mapping[str, Tensor] | None = None) -> None:
    try:
        network.load_state_dict({**load_file(path), **(beside or {})})
    except (SafetensorError, RuntimeError) as error:
        raise UserError(f"{path} does not hold the weights of this run: fit again.") from error
    if not all(torch.isfinite(tensor).all() for tensor in network.state_dict().values()):
        raise UserError(f"{path} holds values that are not numbers: fit with a lower rate.")


def torch_logits(network: nn.Module, spec: InputSpec | None = None) -> Predict:
    """The network's own answers, before the sigmoid; in windows where `spec` has a tiling."""

    def predict(images: Images) -> Iterator[Probabilities]:
        if spec is not None and spec.tiling is not None:
            yield from (
                stitched(frame[:, :, None], spec, _windowed(network)) for frame in images.pixels
            )
            return
        pixels = torch.from_numpy(images.pixels).unsqueeze(1)
        for batch in torch.split(pixels, BATCH):
            yield from _answers(network, batch)

    return predict


def _windowed(network: nn.Module) -> Callable[[NDArray[np.uint8]], NDArray[np.float32]]:
    def run(window: NDArray[np.uint8]) -> NDArray[np.float32]:
        logits: NDArray[np.float32] = _answers(
            network, torch.from_numpy(window).permute(0, 3, 1, 2)
        )[0]
        return logits

    return run


def held_out_logits(network: Network, spec: InputSpec | None = None) -> Predict:
    """Answers to a run's validation images, of networks that were not trained on them."""
    if not isinstance(network, Ensemble):
        return torch_logits(network, spec)
    ensemble = network

    def predict(images: Images) -> Iterator[Probabilities]:
        for sample, pixels in zip(images.samples, images.pixels, strict=True):
            member = ensemble.members[ensemble.judges[sample.name]]
            yield _answers(member, torch.from_numpy(pixels)[None, None])[0]

    return predict


def _answers(network: nn.Module, batch: Tensor) -> Probabilities:
    """Not in a generator, whose caller would go on in inference mode."""
    with torch.inference_mode():
        answers: Probabilities = network(batch).numpy()
    return answers


def torch_prediction(
    network: nn.Module, offsets: NDArray[np.float32], spec: InputSpec | None = None
) -> Predict:
    """Probabilities on the calibrated scale: sigmoid(logit - offset of its class)."""
    return probabilities(torch_logits(network, spec), offsets)


def probabilities(answers: Predict, offsets: NDArray[np.float32]) -> Predict:
    """The same on the calibrated scale, from logits."""

    def predict(images: Images) -> Iterator[Probabilities]:
        for logits in answers(images):
            yield torch.from_numpy(logits - offsets[:, None, None]).sigmoid().numpy()

    return predict


def onnx_prediction(model: Model) -> Predict:
    """The exported network's answers, in windows where its card asks for them."""

    def run(image: NDArray[np.uint8]) -> Probabilities:
        answer: Probabilities = model.run(image)[OUTPUT][0]
        return answer

    return prediction(run, model.card.input)


def prediction(run: Callable[[NDArray[np.uint8]], Probabilities], spec: InputSpec) -> Predict:
    """Of a network that answers uint8 of `spec.shape` with (classes, height, width)."""

    def predict(images: Images) -> Iterator[Probabilities]:
        for image in images.pixels:
            yield (
                stitched(image[:, :, None], spec, run)
                if spec.tiling
                else run(image.reshape(spec.shape))
            )

    return predict
