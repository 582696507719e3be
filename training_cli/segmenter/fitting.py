"""Fits a segmenter: settings in, a run's folder with the best weights out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lightning
import torch
from lightning.pytorch import Callback
from lightning.pytorch.callbacks import (
    EarlyStopping,
    LearningRateMonitor,
    ModelCheckpoint,
    Timer,
)
from lightning.pytorch.loggers import TensorBoardLogger
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from training_cli.augmentation.balance import turned_copies
from training_cli.augmentation.batches import BatchNumbers, TrainingBatches
from training_cli.augmentation.provenance import without_sources
from training_cli.datasets.folds import split_folds
from training_cli.datasets.mvtec import read_mvtec
from training_cli.datasets.sample import (
    Images,
    Sample,
    fingerprint,
    layers,
    load_images,
    windowed,
)
from training_cli.datasets.split import Split, SplitRule, reduced, split_samples
from training_cli.errors import UsageError
from training_cli.networks.depthwise import keep_depthwise_in_float32
from training_cli.networks.unet import SegmentationNetwork
from training_cli.networks.weights import encoder_weights
from training_cli.progress import progress
from training_cli.resuming import check_folder, continued
from training_cli.run import BEST, LAST, code_version, command_line
from training_cli.segmenter.losses import make_loss
from training_cli.segmenter.optimisation import MONITORED, VALIDATION_LOSS, Segmentation, Validated
from training_cli.segmenter.products import layout_of
from training_cli.segmenter.run import Method, ProductName, RunRecord, Settings, read_run
from training_cli.trainer import lightning_trainer, log_in

VALIDATION_BATCH = 16
_LASTING = ("settings", "data_fingerprint", "extra_fingerprint", "subsets")
VALIDATIONS = 30
"""About so many times a fit is judged on its validation images."""


@dataclass(frozen=True, slots=True)
class Data:
    """The images of a fit, at the network's size."""

    train: Images
    validation: Images
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fit in memory came to: its validations, the last one after its last epoch.

    Attributes:
        steps: Batches that were trained on.
        training_s: How long they took, with the making of the batches, without validation.
    """

    validations: tuple[Validated, ...]
    steps: int
    training_s: float


def fit(
    product: ProductName, settings: Settings, out: Path, *, device: str, workers: int, resume: bool
) -> RunRecord:
    """Fit a network and keep its best and last weights in `out`.

    Args:
        product: What is inspected.
        settings: What to fit, and on what; one fold where the data is divided into folds.
        out: The run's folder.
        device: `auto`, `cpu` or `cuda`.
        workers: Processes that make batches; 0 makes them in this one.
        resume: Go on with the run in `out` after its last whole epoch.

    Raises:
        UserError: Data, weights or options are at fault.
    """
    check(settings, device)
    check_folder(out, resume)
    network = new_network(product, settings, with_weights=not resume)
    data, record = read_data(product, settings)
    if resume:
        record = continued(out, read_run(out), record, _LASTING)
    record.write(out)
    best = _best_checkpoint(out)
    callbacks: list[Callback] = [best, progress(), LearningRateMonitor("epoch")]
    if settings.patience is not None:
        callbacks.append(EarlyStopping(VALIDATION_LOSS, patience=settings.patience))
    every = 1 if settings.patience is not None else max(1, settings.epochs // VALIDATIONS)
    logger = log_in(out)
    trainer = _trainer(settings, device, every, callbacks, logger)
    checkpoint = out / f"{LAST}.ckpt" if resume else None
    _optimise(trainer, network, data, settings, workers, checkpoint)
    score = float(best.best_model_score) if best.best_model_score is not None else None
    metrics = {"best_validation_iou": score, "epochs_done": trainer.current_epoch}
    record = record.model_copy(update={"metrics": metrics})
    record.write(out)
    return record


def fit_in_memory(
    network: SegmentationNetwork,
    data: Data,
    settings: Settings,
    *,
    device: str,
    workers: int,
    every: int,
) -> Fitted:
    """Fit a network for its figures; nothing is written.

    Args:
        network: From `new_network`, with the same settings.
        data: Its images.
        settings: How it is fitted.
        device: `auto`, `cpu` or `cuda`.
        workers: Processes that make batches; 0 makes them in this one.
        every: Epochs from one validation to the next; there is always one after the last.
    """
    timer = Timer()
    trainer = _trainer(settings, device, every, [timer], None)
    module, validation = _optimise(trainer, network, data, settings, workers, None)
    training_s = timer.time_elapsed("train") - timer.time_elapsed("validate")
    steps = trainer.global_step
    if settings.epochs % every:
        trainer.validate(module, validation, verbose=False)
    return Fitted(tuple(module.validations), steps, training_s)


def _optimise(
    trainer: lightning.Trainer,
    network: SegmentationNetwork,
    data: Data,
    settings: Settings,
    workers: int,
    checkpoint: Path | None,
) -> tuple[Segmentation, DataLoader[Any]]:
    """Fit, from a checkpoint if there is one; the module and what it was validated on."""
    count = len(data.classes)
    batches = training_loader(settings, data.train, count, workers, lambda: trainer.global_step)
    validation = DataLoader(Validation(data.validation, count), batch_size=VALIDATION_BATCH)
    keep_depthwise_in_float32(network)
    module = Segmentation(
        network.to(memory_format=torch.channels_last),
        data.classes,
        make_loss(settings.method, data.train, count),
        settings.learning_rate,
        settings.epochs,
        len(batches),
    )
    trainer.fit(module, batches, validation, ckpt_path=checkpoint)
    return module, validation


def new_network(
    product: ProductName, settings: Settings, with_weights: bool = True
) -> SegmentationNetwork:
    """The network that a fit begins with; seeds torch.

    Raises:
        UserError: There is no such encoder, or its weights cannot be had.
    """
    torch.manual_seed(settings.seed)
    classes = layout_of(product, settings).classes
    network = SegmentationNetwork(settings.encoder, len(classes), settings.depth, settings.decoder)
    if with_weights:
        weights = encoder_weights(settings.encoder, settings.weights)
        if weights is not None:
            network.load_start(weights)
    if settings.frozen or settings.frozen_stages:
        network.freeze_encoder(settings.frozen_stages)
    return network


def read_data(product: ProductName, settings: Settings) -> tuple[Data, RunRecord]:
    """Read and split the data; extra data goes to training only.

    Made pictures are left out where they come of pictures that are held out. The record is that of
    the run before there are results.
    """
    layout = layout_of(product, settings)
    samples = layout.read(settings.data)
    extra = read_mvtec(settings.extra) if settings.extra else []
    split = split_as(samples, settings)
    subsets = {"train": split.train, "validation": split.validation, "test": split.test}
    record = RunRecord(
        product=product,
        command=command_line(),
        settings=settings,
        classes=layout.classes,
        data_fingerprint=fingerprint(samples),
        extra_fingerprint=fingerprint(extra) if extra else None,
        subsets={name: tuple(s.name for s in part) for name, part in subsets.items()},
        code_version=code_version(),
        created=datetime.now(UTC),
    )
    clean = _clean(extra, settings.extra, [*split.validation, *split.test])
    train, validation = (
        windowed(load_images(part, layout.classes, settings.input), settings.input)
        for part in ([*split.train, *clean], split.validation)
    )
    return Data(train, validation, layout.classes), record


def _clean(extra: list[Sample], folder: Path | None, held: Sequence[Sample]) -> list[Sample]:
    if folder is None:
        return extra
    clean = without_sources(extra, folder, held)
    if spoilt := len(extra) - len(clean):
        print(
            f"{spoilt} of {len(extra)} extra pictures left out: made of pictures that are held "
            "out, or no one knows of what"
        )
    return clean


def split_as(samples: Sequence[Sample], settings: Settings) -> Split:
    """Divide samples as the settings say; of the training samples, keep their fraction."""
    if settings.folds is not None and settings.fold is not None:
        split = split_folds(samples, settings.folds, settings.fold, settings.seed)
    else:
        split = split_samples(samples, SplitRule(settings.split), settings.seed)
    by_tile = settings.split == SplitRule.TILE
    return reduced(split, settings.fraction, by_tile=by_tile, seed=settings.seed)


def check(settings: Settings, device: str) -> None:
    """Refuse what cannot be fitted, before any data is read.

    Raises:
        UsageError: Sizes do not fit the network, or there is no such device.
    """
    if settings.overlap is not None and 2 * settings.overlap > settings.size:
        raise UsageError("--overlap must be no more than half of --size.")
    sides, unit = settings.input.shape[1:3], 2**settings.depth
    if settings.crop > max(sides) or any(side % unit for side in (*sides, settings.crop)):
        names = "--size" if settings.width is None else "--height, --width"
        raise UsageError(
            f"{names} and --crop must be multiples of {unit}, --crop no more than the network's "
            "input."
        )
    if device == "cuda" and not torch.cuda.is_available():
        raise UsageError("There is no CUDA device here: use --device cpu.")


def _batches(settings: Settings, images: Images, classes: int) -> TrainingBatches:
    inject = settings.method is Method.DLI
    copies = []
    if settings.method is Method.ROTATIONS:
        copies = turned_copies(images, classes, settings.copies_up_to, settings.seed)
    return TrainingBatches(
        images, classes, settings.batch, settings.crop, inject, settings.seed, copies
    )


def training_loader(
    settings: Settings, images: Images, classes: int, workers: int, step: Callable[[], int]
) -> DataLoader[Any]:
    """The training batches as a fit takes them; `step` gives the number of those done."""
    batches = _batches(settings, images, classes)
    return DataLoader(
        batches,
        batch_size=None,
        sampler=BatchNumbers(len(batches), step),
        num_workers=workers,
        persistent_workers=workers > 0,
        multiprocessing_context="spawn" if workers else None,
    )


class Validation(Dataset[tuple[Tensor, Tensor]]):
    """Images as they are: (uint8 (1, height, width), uint8 (classes, height, width) of 0 and 1)."""

    def __init__(self, images: Images, classes: int) -> None:
        self._images = images
        self._classes = classes

    def __len__(self) -> int:
        return len(self._images)

    def __getitem__(self, i: int) -> tuple[Tensor, Tensor]:
        targets = layers(self._images.masks[i], int(self._images.labels[i]), self._classes)
        return torch.from_numpy(self._images.pixels[i][None]), torch.from_numpy(targets)


def _best_checkpoint(out: Path) -> ModelCheckpoint:
    return ModelCheckpoint(
        dirpath=out,
        filename=BEST,
        monitor=MONITORED,
        mode="max",
        save_last=True,
        enable_version_counter=False,
    )


def _trainer(
    settings: Settings,
    device: str,
    every: int,
    callbacks: list[Callback],
    logger: TensorBoardLogger | None,
) -> lightning.Trainer:
    """A trainer that validates every so many epochs; without a logger it writes nothing."""
    return lightning_trainer(
        settings.epochs, device, callbacks, logger, check_val_every_n_epoch=every
    )
