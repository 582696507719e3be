"""Gives a run's network a memory of the good parts that it was trained on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from sklearn.metrics import roc_auc_score
from torch import Tensor

from training_cli.augmentation.transforms import relight
from training_cli.datasets.sample import FREE_INDEX, Images
from training_cli.errors import UsageError, UserError
from training_cli.networks.memory import GoodMemory, RememberingSegmenter, described
from training_cli.networks.unet import SegmentationNetwork
from training_cli.run import command_line
from training_cli.segmenter.calibration import class_scores
from training_cli.segmenter.evaluation import areas_of, load_extra, load_subset, recall_at
from training_cli.segmenter.prediction import load_segmenter
from training_cli.segmenter.run import MEMORY, Memory, RunRecord, read_run

WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
RATES = tuple(percent / 100 for percent in range(1, 11))
"""Rates of false rejects over which weights are compared."""
NOTHING = 0.99
"""Share of the good validation places that lie nearer than the distance that counts as nothing."""
POOL = 120_000
"""Good places among which the widest are looked for."""
BATCH = 8
VIEWS = 3


def remember(run: Path, size: int, data: Path | None) -> RunRecord:
    """Fill a memory with places of good training images, choose its weight on validation images.

    Good images of the run's extra data are remembered, too. Every image is seen as it is, turned by
    180°, and flipped in another light.

    Raises:
        UserError: The run has no good images to remember or to choose by, or has a memory already.
    """
    record = read_run(run)
    _check(run, record)
    segmenter = load_segmenter(run, record).to(memory_format=torch.channels_last)
    train, validation = (load_subset(record, name, data) for name in ("train", "validation"))
    extra = load_extra(record)
    is_defective = validation.labels != FREE_INDEX
    if is_defective.all() or not is_defective.any() or (train.labels != FREE_INDEX).all():
        raise UserError(
            f"{run} was split so that good images are missing in training or validation (split "
            f"{record.settings.split}): name a run that is split by tile."
        )
    good = np.concatenate([part.free().pixels for part in (train, extra) if part is not None])
    memory = _filled(segmenter, good, size, record.settings.seed)
    network = RememberingSegmenter(segmenter, memory).eval()
    smallest = min(areas_of(record, data).values())
    scores, nothing = _scores(network, validation, smallest)
    candidates = {f"{w:g}": _told_apart(scores[:, i], is_defective) for i, w in enumerate(WEIGHTS)}
    best = max(WEIGHTS, key=lambda w: candidates[f"{w:g}"]["mean recall"])
    network.weight.fill_(best)
    network.nothing.fill_(nothing)
    kept = {n: t for n, t in network.state_dict().items() if not n.startswith("segmenter.")}
    save_file({name: tensor.contiguous() for name, tensor in kept.items()}, run / MEMORY)
    facts = Memory(
        size=len(memory.bank),
        channels=memory.bank.shape[1],
        weight=best,
        candidates=candidates,
    )
    command = f"{record.command} && {command_line()}"
    record = record.model_copy(update={"memory": facts, "command": command})
    record.write(run)
    return record


def _check(run: Path, record: RunRecord) -> None:
    if record.memory is not None:
        raise UsageError(f"{run} has a memory already: fit anew, or use it as it is.")
    if record.settings.is_ensemble or record.settings.overlap is not None:
        raise UsageError("A memory is for one network that takes an image whole.")
    if record.settings.depth < 4:
        raise UsageError("A memory takes an encoder of depth 4 or 5: fit with --depth.")


def _filled(
    segmenter: SegmentationNetwork, good: NDArray[np.uint8], size: int, seed: int
) -> GoodMemory:
    rng = np.random.default_rng([seed, 3])
    kept: list[Tensor] = []
    share = POOL // (len(good) * VIEWS) + 1
    for image in good:
        seen = np.stack(list(_views(image, rng)))
        places = described(_features(segmenter, seen))
        rows = places.permute(0, 2, 3, 1).flatten(1, 2)
        kept += [own[torch.from_numpy(rng.permutation(len(own))[:share])] for own in rows]
    return GoodMemory.of(torch.cat(kept), size, seed)


def _views(image: NDArray[np.uint8], rng: np.random.Generator) -> Iterator[NDArray[np.uint8]]:
    yield image
    yield np.asarray(cv2.flip(image, -1), np.uint8)
    yield relight(np.asarray(cv2.flip(image, 1), np.uint8), rng)


def _features(segmenter: SegmentationNetwork, pixels: NDArray[np.uint8]) -> list[Tensor]:
    with torch.inference_mode():
        return segmenter.features(torch.from_numpy(pixels).unsqueeze(1))


def _scores(
    network: RememberingSegmenter, validation: Images, area_px: int
) -> tuple[NDArray[np.float32], float]:
    """Of every image at every weight, float32 (images, weights); and what counts as nothing."""
    network.weight.fill_(1.0)
    rows, distances = [], []
    for start in range(0, len(validation), BATCH):
        pixels = torch.from_numpy(np.stack(list(validation.pixels[start : start + BATCH])))
        with torch.inference_mode():
            answers = network(pixels.unsqueeze(1))
        largest = answers[:, :-1].amax(1)
        over = answers[:, -1] - largest
        for label, z, d in zip(
            validation.labels[start : start + BATCH], largest, over, strict=True
        ):
            maps = torch.stack([z + weight * d for weight in WEIGHTS]).numpy()
            rows.append(class_scores(maps, [area_px] * len(WEIGHTS)))
            if label == FREE_INDEX:
                distances.append(float(d.quantile(NOTHING)))
    return np.stack(rows), float(np.mean(distances))


def _told_apart(scores: NDArray[np.float32], is_defective: NDArray[np.bool_]) -> dict[str, float]:
    recalls = [recall_at(scores, is_defective, rate) for rate in RATES]
    return {
        "auroc": round(float(roc_auc_score(is_defective, scores)), 4),
        "recall at 2 %": recalls[1],
        "recall at 5 %": recalls[4],
        "mean recall": round(float(np.mean(recalls)), 4),
    }
