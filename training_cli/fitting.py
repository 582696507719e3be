"""Fits a segmenter: settings in, a run's folder with the best weights out."""

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
from lightning.pytorch import Callback
from lightning.pytorch.callbacks import EarlyStopping, LearningRateMonitor, ModelCheckpoint
from lightning.pytorch.loggers import TensorBoardLogger
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from training_cli.augmentation.balance import turned_copies
from training_cli.augmentation.batches import BatchNumbers, TrainingBatches
from training_cli.checkpoint import SafetensorsIO
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
from training_cli.datasets.split import Split, SplitRule, split_samples
from training_cli.errors import UsageError
from training_cli.losses import make_loss
from training_cli.metrics import PixelCounts
from training_cli.networks.unet import TileUnet
from training_cli.networks.weights import encoder_weights
from training_cli.products import layout_of
from training_cli.progress import progress
from training_cli.run import (
    BEST,
    LAST,
    Method,
    ProductName,
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
VALIDATION_LOSS = "validation/loss"


class Segmentation(lightning.LightningModule):
    """The optimisation: AdamW without decay, cosine to 0, best pooled IoU on validation."""

    def __init__(
        self,
        network: TileUnet,
        classes: tuple[str, ...],
        loss: nn.Module,
        learning_rate: float,
        steps: int,
    ) -> None:
        super().__init__()
        self.network = network
        self.loss = loss
        self._learning_rate = learning_rate
        self._steps = steps
        self._classes = classes
        self._counts = PixelCounts(len(classes))

    def training_step(self, batch: tuple[Tensor, Tensor]) -> Tensor:
        images, targets = batch
        loss: Tensor = self.loss(self.network(images).float(), targets.float())
        self.log("train/loss", loss, prog_bar=True)
        return loss

    def on_validation_epoch_start(self) -> None:
        self._counts = PixelCounts(len(self._classes))

    def validation_step(self, batch: tuple[Tensor, Tensor]) -> None:
        images, targets = batch
        logits = self.network(images).float()
        self.log(VALIDATION_LOSS, self.loss(logits, targets.float()), batch_size=len(images))
        self._counts.add((logits > 0).cpu().numpy(), targets.cpu().numpy() > 0)

    def on_validation_epoch_end(self) -> None:
        self.log(MONITORED, self._counts.pooled_iou(), prog_bar=True)
        for name, value in zip(self._classes, self._counts.iou(), strict=True):
            self.log(f"validation/iou_{name}", value)

    def configure_optimizers(self) -> Any:
        trained = [p for p in self.network.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(trained, lr=self._learning_rate, weight_decay=0.0)
        # Not trainer.estimated_stepping_batches: it starts the loader before a resume is restored.
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=self._steps)
        return [optimizer], [{"scheduler": schedule, "interval": "step"}]


@dataclass(frozen=True, slots=True)
class Data:
    """The images of a fit, and its record before there are results."""

    train: Images
    validation: Images
    record: RunRecord


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
    _check(settings, out, device, resume)
    torch.manual_seed(settings.seed)
    classes = layout_of(product, settings).classes
    network = TileUnet(settings.encoder, len(classes), settings.depth)
    if not resume and (weights := encoder_weights(settings.encoder, settings.weights)) is not None:
        network.load_start(weights)
    if settings.frozen:
        network.freeze_encoder()
    data = read_data(product, settings)
    record = _continued(out, data.record) if resume else data.record
    record.write(out)
    best = _best_checkpoint(out)
    trainer = _trainer(settings, out, device, best)
    batches = _training(settings, data.train, len(classes), workers, lambda: trainer.global_step)
    module = Segmentation(
        network.to(memory_format=torch.channels_last),
        classes,
        make_loss(settings.method, data.train, len(classes)),
        settings.learning_rate,
        steps=settings.epochs * len(batches),
    )
    trainer.fit(
        module,
        batches,
        DataLoader(Validation(data.validation, len(classes)), batch_size=VALIDATION_BATCH),
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


def read_data(product: ProductName, settings: Settings) -> Data:
    """Read and split the data; extra data goes to training only."""
    layout = layout_of(product, settings)
    samples = layout.read(settings.data)
    extra = read_mvtec(settings.extra) if settings.extra else []
    split = _split(samples, settings)
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
    return Data(
        windowed(
            load_images([*split.train, *extra], layout.classes, settings.input), settings.input
        ),
        windowed(load_images(split.validation, layout.classes, settings.input), settings.input),
        record,
    )


def _split(samples: list[Sample], settings: Settings) -> Split:
    if settings.folds is not None and settings.fold is not None:
        return split_folds(samples, settings.folds, settings.fold, settings.seed)
    return split_samples(samples, SplitRule(settings.split), settings.seed)


def _check(settings: Settings, out: Path, device: str, resume: bool) -> None:
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
    has_run = (out / f"{LAST}.ckpt").is_file()
    if resume and not has_run:
        raise UsageError(f"{out} has no {LAST}.ckpt to resume from: leave --resume out.")
    if has_run and not resume:
        raise UsageError(f"{out} already holds a run: name another folder, or add --resume.")


def _batches(settings: Settings, images: Images, classes: int) -> TrainingBatches:
    inject = settings.method is Method.DLI
    copies = []
    if settings.method is Method.ROTATIONS:
        copies = turned_copies(images, classes, settings.copies_up_to, settings.seed)
    return TrainingBatches(
        images, classes, settings.batch, settings.crop, inject, settings.seed, copies
    )


def _training(
    settings: Settings, images: Images, classes: int, workers: int, step: Callable[[], int]
) -> DataLoader[Any]:
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
    settings: Settings, out: Path, device: str, best: ModelCheckpoint
) -> lightning.Trainer:
    logging.getLogger("lightning.pytorch").setLevel(logging.WARNING)
    # Of Lightning's own use of torch, of few workers, and of the folder that holds our record.
    warnings.filterwarnings("ignore", module=r"lightning\..*")
    callbacks: list[Callback] = [best, progress(), LearningRateMonitor("epoch")]
    if settings.patience is not None:
        callbacks.append(EarlyStopping(VALIDATION_LOSS, patience=settings.patience))
    every = 1 if settings.patience is not None else max(1, settings.epochs // VALIDATIONS)
    return lightning.Trainer(
        accelerator={"cuda": "gpu"}.get(device, device),
        devices=1,
        precision="bf16-mixed",
        max_epochs=settings.epochs,
        plugins=[SafetensorsIO()],
        logger=TensorBoardLogger(out, name="tensorboard", version=""),
        callbacks=callbacks,
        num_sanity_val_steps=0,
        check_val_every_n_epoch=every,
        log_every_n_steps=10,
        enable_model_summary=False,
        enable_progress_bar=sys.stdout.isatty(),
    )
