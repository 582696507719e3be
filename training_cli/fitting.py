"""Fits a tile segmenter: settings in, a run's folder with the best weights out."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lightning
import torch
from lightning.pytorch.callbacks import LearningRateMonitor, ModelCheckpoint
from lightning.pytorch.loggers import TensorBoardLogger
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from training_cli.augmentation.batches import BatchNumbers, TrainingBatches
from training_cli.checkpoint import SafetensorsIO
from training_cli.datasets.magnetic_tiles import CLASSES, read_magnetic_tiles
from training_cli.datasets.mvtec import read_mvtec
from training_cli.datasets.sample import Images, fingerprint, load_images, windowed
from training_cli.datasets.split import split_samples
from training_cli.errors import UsageError
from training_cli.losses import make_loss
from training_cli.metrics import PixelCounts
from training_cli.networks.unet import TileUnet
from training_cli.networks.weights import encoder_weights
from training_cli.progress import progress
from training_cli.run import (
    BEST,
    LAST,
    Method,
    RunRecord,
    Settings,
    code_version,
    command_line,
    read_run,
)

VALIDATION_BATCH = 16
VALIDATIONS = 30
"""About so many times a fit is judged on its validation images."""
MONITORED = "validation/iou"


class Segmentation(lightning.LightningModule):
    """The optimisation: AdamW without decay, cosine to 0, best pooled IoU on validation."""

    def __init__(
        self, network: TileUnet, loss: nn.Module, learning_rate: float, steps: int
    ) -> None:
        super().__init__()
        self.network = network
        self.loss = loss
        self._learning_rate = learning_rate
        self._steps = steps
        self._counts = PixelCounts(len(CLASSES))

    def training_step(self, batch: tuple[Tensor, Tensor]) -> Tensor:
        images, targets = batch
        loss: Tensor = self.loss(self.network(images).float(), targets.float())
        self.log("train/loss", loss, prog_bar=True)
        return loss

    def on_validation_epoch_start(self) -> None:
        self._counts = PixelCounts(len(CLASSES))

    def validation_step(self, batch: tuple[Tensor, Tensor]) -> None:
        images, targets = batch
        predicted = self.network(images) > 0
        self._counts.add(predicted.cpu().numpy(), targets.cpu().numpy() > 0)

    def on_validation_epoch_end(self) -> None:
        self.log(MONITORED, self._counts.pooled_iou(), prog_bar=True)
        for name, value in zip(CLASSES, self._counts.iou(), strict=True):
            self.log(f"validation/iou_{name}", value)

    def configure_optimizers(self) -> Any:
        optimizer = torch.optim.AdamW(
            self.network.parameters(), lr=self._learning_rate, weight_decay=0.0
        )
        # Not trainer.estimated_stepping_batches: it starts the loader before a resume is restored.
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=self._steps)
        return [optimizer], [{"scheduler": schedule, "interval": "step"}]


@dataclass(frozen=True, slots=True)
class Data:
    """The images of a fit, and its record before there are results."""

    train: Images
    validation: Images
    record: RunRecord


def fit_tile(
    settings: Settings, out: Path, *, device: str, workers: int, resume: bool
) -> RunRecord:
    """Fit a network and keep its best and last weights in `out`.

    Args:
        settings: What to fit, and on what.
        out: The run's folder.
        device: `auto`, `cpu` or `cuda`.
        workers: Processes that make batches; 0 makes them in this one.
        resume: Go on with the run in `out` after its last whole epoch.

    Raises:
        UserError: Data, weights or options are at fault.
    """
    _check(settings, out, device, resume)
    torch.manual_seed(settings.seed)
    network = TileUnet(settings.encoder, len(CLASSES))
    if not resume and (weights := encoder_weights(settings.encoder, settings.weights)) is not None:
        network.load_start(weights)
    data = read_data(settings)
    record = _continued(out, data.record) if resume else data.record
    record.write(out)
    best = _best_checkpoint(out)
    trainer = _trainer(settings, out, device, best)
    batches = _training(settings, data.train, workers, lambda: trainer.global_step)
    module = Segmentation(
        network.to(memory_format=torch.channels_last),
        make_loss(settings.method, data.train, len(CLASSES)),
        settings.learning_rate,
        steps=settings.epochs * len(batches),
    )
    trainer.fit(
        module,
        batches,
        _validation(data.validation),
        ckpt_path=str(out / f"{LAST}.ckpt") if resume else None,
    )
    score = float(best.best_model_score) if best.best_model_score is not None else None
    metrics = {"best_validation_iou": score, "epochs_done": trainer.current_epoch}
    record = record.model_copy(update={"metrics": metrics})
    record.write(out)
    return record


def _continued(out: Path, new: RunRecord) -> RunRecord:
    """The record of the run to go on with, which must be the same one."""
    old = read_run(out)
    same = ("settings", "data_fingerprint", "extra_fingerprint", "subsets")
    if changed := [name for name in same if getattr(old, name) != getattr(new, name)]:
        raise UsageError(
            f"{out} was begun with other {' and '.join(changed)}: resume it with the same data "
            f"and options ({old.command})."
        )
    return old


def read_data(settings: Settings) -> Data:
    """Read and split the data; extra data goes to training only."""
    samples = read_magnetic_tiles(settings.data)
    extra = read_mvtec(settings.extra) if settings.extra else []
    split = split_samples(samples, settings.split, settings.seed)
    subsets = {"train": split.train, "validation": split.validation, "test": split.test}
    record = RunRecord(
        command=command_line(),
        settings=settings,
        classes=CLASSES,
        data_fingerprint=fingerprint(samples),
        extra_fingerprint=fingerprint(extra) if extra else None,
        subsets={name: tuple(s.name for s in part) for name, part in subsets.items()},
        code_version=code_version(),
        created=datetime.now(UTC),
    )
    return Data(
        windowed(load_images([*split.train, *extra], CLASSES, settings.input), settings.input),
        windowed(load_images(split.validation, CLASSES, settings.input), settings.input),
        record,
    )


def _check(settings: Settings, out: Path, device: str, resume: bool) -> None:
    if settings.crop > settings.size or settings.size % 8 or settings.crop % 8:
        raise UsageError("--size and --crop must be multiples of 8, --crop no more than --size.")
    if settings.overlap is not None and 2 * settings.overlap > settings.size:
        raise UsageError("--overlap must be no more than half of --size.")
    if device == "cuda" and not torch.cuda.is_available():
        raise UsageError("There is no CUDA device here: use --device cpu.")
    has_run = (out / f"{LAST}.ckpt").is_file()
    if resume and not has_run:
        raise UsageError(f"{out} has no {LAST}.ckpt to resume from: leave --resume out.")
    if has_run and not resume:
        raise UsageError(f"{out} already holds a run: name another folder, or add --resume.")


def _training(
    settings: Settings, images: Images, workers: int, step: Callable[[], int]
) -> DataLoader[Any]:
    inject = settings.method is Method.DLI
    batches = TrainingBatches(
        images, len(CLASSES), settings.batch, settings.crop, inject, settings.seed
    )
    return DataLoader(
        batches,
        batch_size=None,
        sampler=BatchNumbers(len(batches), step),
        num_workers=workers,
        persistent_workers=workers > 0,
        multiprocessing_context="spawn" if workers else None,
    )


def _validation(images: Images) -> DataLoader[Any]:
    targets = torch.zeros(len(images), len(CLASSES), *images.masks.shape[1:], dtype=torch.uint8)
    for i, label in enumerate(images.labels):
        if label >= 0:
            targets[i, label] = torch.from_numpy(images.masks[i])
    pixels = torch.from_numpy(images.pixels).unsqueeze(1)
    return DataLoader(TensorDataset(pixels, targets), batch_size=VALIDATION_BATCH)


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
    settings: Settings, out: Path, device: str, best: ModelCheckpoint
) -> lightning.Trainer:
    logging.getLogger("lightning.pytorch").setLevel(logging.WARNING)
    # Of Lightning's own use of torch, of few workers, and of the folder that holds our record.
    warnings.filterwarnings("ignore", module=r"lightning\..*")
    return lightning.Trainer(
        accelerator={"cuda": "gpu"}.get(device, device),
        devices=1,
        precision="bf16-mixed",
        max_epochs=settings.epochs,
        plugins=[SafetensorsIO()],
        logger=TensorBoardLogger(out, name="tensorboard", version=""),
        callbacks=[best, progress(), LearningRateMonitor("epoch")],
        num_sanity_val_steps=0,
        check_val_every_n_epoch=max(1, settings.epochs // VALIDATIONS),
        log_every_n_steps=10,
        enable_model_summary=False,
        enable_progress_bar=sys.stdout.isatty(),
    )
