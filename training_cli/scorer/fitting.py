"""Fits a scorer's network: settings in, a run's folder with its weights out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lightning
import torch
from lightning.pytorch.callbacks import LearningRateMonitor
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from training_cli.augmentation.batches import BatchNumbers
from training_cli.errors import UsageError, UserError
from training_cli.networks.depthwise import keep_depthwise_in_float32
from training_cli.networks.grdnet import Discriminator, Generator, initialised
from training_cli.networks.unet import SegmentationNetwork
from training_cli.networks.weights import encoder_weights
from training_cli.progress import progress
from training_cli.resuming import check_folder, continued
from training_cli.run import LAST, code_version, command_line
from training_cli.scorer.anomaly_batches import AnomalyBatches
from training_cli.scorer.optimisation import FinderLoss, GenerativeTraining
from training_cli.scorer.patches import Defects, Patches
from training_cli.scorer.perturbation import PatchBatches
from training_cli.scorer.run import NetworkName, ScorerRun, ScorerSettings, read_scorer_run
from training_cli.scorer.sources import (
    fingerprint_of,
    held_back,
    load_defects,
    load_patches,
    read_defects,
    read_parts,
)
from training_cli.segmenter.optimisation import Segmentation
from training_cli.trainer import last_weights, lightning_trainer, log_in

_LASTING = ("settings", "data_fingerprint", "subsets")
ANOMALY = "anomaly"
VALIDATION_BATCH = 16
VALIDATION_PATCHES = 600
"""At most so many are looked at after an epoch, evenly chosen."""
Prepared = tuple[lightning.LightningModule, DataLoader[Any], DataLoader[Any]]
"""What is learned, from which batches, and what it is validated on."""
Prepare = Callable[["ScorerSettings", "Good", "Hardware", lightning.Trainer], Prepared]


@dataclass(frozen=True, slots=True, eq=False)
class Good:
    """The good patches of a fit, in all frames that their parts have, of these numbers.

    Known defects, if there are any, are in the frames in use.
    """

    train: Patches
    validation: Patches
    numbers: tuple[int, ...]
    defects: Defects | None = None


@dataclass(frozen=True, slots=True)
class Hardware:
    """Where a fit runs: `auto`, `cpu` or `cuda`, on so many devices; processes for batches."""

    device: str = "auto"
    devices: int = 1
    workers: int = 0


def fit_scorer(
    product: str, settings: ScorerSettings, out: Path, hardware: Hardware, *, resume: bool
) -> ScorerRun:
    """Fit a network on the good parts of a data set, and keep its last weights in `out`.

    Several devices are driven by Lightning's own strategy; each takes its share of the batches.

    Args:
        product: What is inspected.
        settings: What to fit, and on what.
        out: The run's folder.
        hardware: Where to fit.
        resume: Go on with the run in `out` after its last whole epoch.

    Raises:
        UserError: Data, weights or options are at fault, or there is no run to go on with.
    """
    check(settings, hardware)
    check_folder(out, resume)
    good, record = read_good(product, settings)
    if resume:
        record = continued(out, read_scorer_run(out), record, _LASTING)
    record.write(out)
    trainer = new_trainer(settings, hardware, out)
    prepare = _PREPARE[settings.network]
    module, batches, validation = prepare(settings, good, hardware, trainer)
    trainer.fit(module, batches, validation, ckpt_path=out / f"{LAST}.ckpt" if resume else None)
    measured = trainer.callback_metrics.items()
    metrics = {
        name: round(float(value), 6) for name, value in measured if name.startswith("validation/")
    }
    record = record.model_copy(
        update={"metrics": {**metrics, "epochs_done": trainer.current_epoch}}
    )
    record.write(out)
    return record


def read_good(product: str, settings: ScorerSettings) -> tuple[Good, ScorerRun]:
    """Read the good training parts, a tenth of them to validate on.

    The record is that of the run before there are results.
    """
    parts = [part for part in read_parts(settings.data, "train") if part.is_good]
    if len(parts) < 2:
        raise UserError(f"{settings.data} has fewer than 2 good parts in train/good: add some.")
    if missing := [n for n in settings.frames if n not in parts[0].frames]:
        raise UserError(
            f"The parts in {settings.data} have no frame {missing[0]}, only "
            f"{', '.join(map(str, parts[0].frames))}: choose --frames among them."
        )
    validates = held_back(parts, settings.seed)
    kept, held = (
        [part for part, v in zip(parts, validates, strict=True) if v == chosen]
        for chosen in (False, True)
    )
    kit = [] if settings.defects is None else read_defects(settings.defects)
    train, validation = (load_patches(own, settings.size) for own in (kept, held))
    known = load_defects(kit, settings.size, settings.frames) if kit else None
    record = ScorerRun(
        product=product,
        command=command_line(),
        settings=settings,
        regions=train.names,
        data_fingerprint=fingerprint_of([*parts, *kit]),
        subsets={
            name: tuple(p.name for p in own)
            for name, own in (("train", kept), ("validation", held))
        },
        code_version=code_version(),
        created=datetime.now(UTC),
    )
    return Good(train, validation, tuple(parts[0].frames), known), record


def generative(
    settings: ScorerSettings, good: Good, hardware: Hardware, trainer: lightning.Trainer
) -> Prepared:
    """Generator and discriminator, every frame of a patch and its rank images alone."""
    train = good.train.with_ranks() if good.train.pixels.shape[1] > 1 else good.train
    batches = PatchBatches(train.singly(), settings.batch, settings.seed, settings.perturbation)
    generator, discriminator = new_networks(settings)
    steps = settings.epochs * -(-len(batches) // hardware.devices)
    period = max(1, round(settings.restart * steps))
    module = GenerativeTraining(generator, discriminator, settings.learning_rate, steps, period)
    loader = _loader(batches, hardware, lambda: trainer.global_step // 2 * trainer.world_size)
    return module, loader, DataLoader(_Clean(good.validation), batch_size=VALIDATION_BATCH)


def _discriminative(
    settings: ScorerSettings, good: Good, hardware: Hardware, trainer: lightning.Trainer
) -> Prepared:
    """A segmenter of made-up anomalies; the validation batches stay the same ones."""
    crop = settings.crop or settings.size
    around, exactly = (_moments(good.numbers, settings.frames, reach) for reach in (1, 0))
    batches = AnomalyBatches(good.train, settings.batch, settings.seed, around, crop, good.defects)
    network = new_finder(settings)
    keep_depthwise_in_float32(network)
    seed = settings.seed + 1
    validation = AnomalyBatches(good.validation, VALIDATION_BATCH, seed, exactly, settings.size)
    module = Segmentation(
        network.to(memory_format=torch.channels_last),
        (ANOMALY,),
        FinderLoss(),
        settings.learning_rate,
        settings.epochs,
        -(-len(batches) // hardware.devices),
    )
    loader = _loader(batches, hardware, lambda: trainer.global_step * trainer.world_size)
    return module, loader, DataLoader(validation, batch_size=None)


_PREPARE: dict[NetworkName, Prepare] = {
    "grdnet": generative,
    "discriminative": _discriminative,
}


def new_networks(settings: ScorerSettings) -> tuple[Generator, Discriminator]:
    """Generator and discriminator with random weights, laid out for convolutions on a CPU."""
    torch.manual_seed(settings.seed)
    generator, discriminator = Generator(settings.shape), Discriminator(settings.shape)
    for network in (generator, discriminator):
        initialised(network)
        network.to(memory_format=torch.channels_last)
    return generator, discriminator


def new_finder(settings: ScorerSettings, with_weights: bool = True) -> SegmentationNetwork:
    """The discriminative network that a fit begins with, one channel out."""
    torch.manual_seed(settings.seed)
    network = SegmentationNetwork(settings.encoder, 1, 5, settings.decoder)
    weights = encoder_weights(settings.encoder, settings.weights) if with_weights else None
    if weights is not None:
        network.load_start(weights)
    if settings.frozen_stages:
        network.freeze_encoder(settings.frozen_stages)
    return network


def _moments(numbers: Sequence[int], frames: Sequence[int], reach: int) -> list[list[int]]:
    """For each frame in use the places of those that were taken at most `reach` before or after."""
    return [[i for i, n in enumerate(numbers) if abs(n - frame) <= reach] for frame in frames]


def _loader(batches: Any, hardware: Hardware, done: Callable[[], int]) -> DataLoader[Any]:
    return DataLoader(
        batches,
        batch_size=None,
        sampler=BatchNumbers(len(batches), done),
        num_workers=hardware.workers,
        persistent_workers=hardware.workers > 0,
        multiprocessing_context="spawn" if hardware.workers else None,
    )


def check(settings: ScorerSettings, hardware: Hardware) -> None:
    """Refuse what cannot be fitted.

    Raises:
        UsageError: Sizes do not fit the network, or there is no such device.
    """
    size = settings.size
    is_generative = settings.network == "grdnet"
    if is_generative and (size & (size - 1) or size < 32 * settings.stem):
        raise UsageError("--size must be a power of two, at least 32 times --stem.")
    crop = settings.crop or size
    if not is_generative and (size % 32 or crop % 32 or crop > size):
        raise UsageError("--size and --crop must be multiples of 32, --crop no more than --size.")
    if settings.channels not in (1, 3):
        raise UsageError("A discriminative network looks at 1 or 3 frames: name so many.")
    if hardware.device == "cuda" and torch.cuda.device_count() < hardware.devices:
        raise UsageError(
            f"There are {torch.cuda.device_count()} CUDA devices here, fewer than "
            f"{hardware.devices}: use --device cpu, or fewer --devices."
        )


class _Clean(Dataset[Tensor]):
    """Patches as they are: float32 (1, size, size) in 0..1, at most so many."""

    def __init__(self, patches: Patches) -> None:
        step = max(1, len(patches) // VALIDATION_PATCHES)
        self._pixels = patches.pixels[::step, 0]

    def __len__(self) -> int:
        return len(self._pixels)

    def __getitem__(self, i: int) -> Tensor:
        return torch.from_numpy(self._pixels[i][None]).float() / 255


def new_trainer(settings: ScorerSettings, hardware: Hardware, out: Path) -> lightning.Trainer:
    """A trainer that keeps the last weights and its log in `out`."""
    callbacks = [last_weights(out), progress(), LearningRateMonitor("epoch")]
    return lightning_trainer(
        settings.epochs, hardware.device, callbacks, log_in(out), devices=hardware.devices
    )
