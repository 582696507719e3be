"""Fits a classifier: settings in, a run's folder with its weights out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lightning
import numpy as np
import torch
from lightning.pytorch import Callback
from lightning.pytorch.callbacks import ModelCheckpoint
from lightning.pytorch.loggers import TensorBoardLogger
from torch.utils.data import DataLoader

from training_cli.augmentation.batches import BatchNumbers
from training_cli.augmentation.provenance import without_sources
from training_cli.classifier.batches import AsTheyAre, SurfaceBatches
from training_cli.classifier.made import NEEDS_DEFECTS, made_surfaces
from training_cli.classifier.optimisation import Classification
from training_cli.classifier.run import ClassifierRun, ClassifierSettings, read_classifier_run
from training_cli.classifier.surfaces import (
    LAYOUTS,
    SUBSETS,
    Surfaces,
    divided,
    load_surfaces,
    with_real_defects,
)
from training_cli.datasets.mvtec import read_mvtec
from training_cli.datasets.sample import FREE, Sample, fingerprint
from training_cli.datasets.split import Split
from training_cli.errors import UsageError, UserError
from training_cli.networks.classifier import ClassificationNetwork
from training_cli.networks.depthwise import keep_depthwise_in_float32
from training_cli.networks.weights import encoder_weights
from training_cli.progress import progress
from training_cli.resuming import check_folder, continued
from training_cli.run import LAST, code_version, command_line
from training_cli.trainer import lightning_trainer, log_in

_LASTING = ("settings", "data_fingerprint", "other_fingerprints", "subsets")

VALIDATION_BATCH = 16
VALIDATIONS = 10
"""About so many times a fit is judged on its validation images; nothing is chosen by it."""


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """The images of a fit, at the network's size."""

    train: Surfaces
    validation: Surfaces
    split: Split


def fit_classifier(
    settings: ClassifierSettings, out: Path, *, device: str, workers: int, resume: bool
) -> ClassifierRun:
    """Fit a network and keep its last weights in `out`.

    Args:
        settings: What to fit, and on what.
        out: The run's folder.
        device: `auto`, `cpu` or `cuda`.
        workers: Processes that make batches; 0 makes them in this one.
        resume: Go on with the run in `out` after its last whole epoch.

    Raises:
        UserError: Data, weights or options are at fault, or there is no run to go on with.
    """
    check(settings, device)
    check_folder(out, resume)
    network = new_network(settings, with_weights=not resume)
    samples = LAYOUTS[settings.layout].read(settings.data)
    data, trained_on = read_data(samples, settings)
    record = _record(samples, data, trained_on, settings)
    if resume:
        record = continued(out, read_classifier_run(out), record, _LASTING)
    record.write(out)
    last = ModelCheckpoint(
        out,
        LAST,
        monitor=None,
        save_top_k=1,
        enable_version_counter=False,
        save_on_train_epoch_end=True,
    )
    logger = log_in(out)
    trainer = _trainer(settings, device, [last, progress()], logger)
    checkpoint = out / f"{LAST}.ckpt" if resume else None
    optimise(trainer, network, data, settings, workers, checkpoint)
    measured = trainer.callback_metrics.items()
    metrics = {n: round(float(v), 6) for n, v in measured if n.startswith("validation/")}
    update = {"metrics": {**metrics, "epochs_done": trainer.current_epoch}}
    record = record.model_copy(update=update)
    record.write(out)
    return record


def fit_in_memory(
    data: Data, settings: ClassifierSettings, *, device: str, workers: int
) -> ClassificationNetwork:
    """Fit a network; nothing is written. It comes back on the CPU, ready to be judged."""
    network = new_network(settings)
    optimise(_trainer(settings, device, [], None), network, data, settings, workers, None)
    fitted = new_network(settings, with_weights=False)
    fitted.load_state_dict({name: t.cpu() for name, t in network.state_dict().items()})
    return fitted.eval()


def optimise(
    trainer: lightning.Trainer,
    network: ClassificationNetwork,
    data: Data,
    settings: ClassifierSettings,
    workers: int,
    checkpoint: Path | None,
) -> None:
    """Fit a network in place, from a checkpoint if there is one."""
    batches = SurfaceBatches(data.train, settings.batch, settings.seed)
    loader: DataLoader[Any] = DataLoader(
        batches,
        batch_size=None,
        sampler=BatchNumbers(len(batches), lambda: trainer.global_step),
        num_workers=workers,
        persistent_workers=workers > 0,
        multiprocessing_context="spawn" if workers else None,
    )
    validation = DataLoader(AsTheyAre(data.validation), batch_size=VALIDATION_BATCH)
    keep_depthwise_in_float32(network)
    module = Classification(
        network.to(memory_format=torch.channels_last),
        settings.learning_rate,
    )
    trainer.fit(module, loader, validation, ckpt_path=checkpoint)


def new_network(settings: ClassifierSettings, with_weights: bool = True) -> ClassificationNetwork:
    """The network that a fit begins with; seeds torch.

    Raises:
        UserError: There is no such network, or its weights cannot be had.
    """
    torch.manual_seed(settings.seed)
    network = ClassificationNetwork(settings.backbone)
    weights = encoder_weights(settings.backbone, settings.weights) if with_weights else None
    if weights is not None:
        network.load_start(weights)
    return network


def read_data(
    samples: Sequence[Sample], settings: ClassifierSettings
) -> tuple[Data, dict[str, int]]:
    """Divide and load the data, with what is made and what is extra; how many of each are trained.

    Extra pictures that are made of images held out are left out.

    Raises:
        UserError: Something cannot be read, or the training images are all good or all defective.
    """
    split = divided(samples, settings)
    real = with_real_defects(split.train, settings.real_defects, settings.seed)
    spec = settings.input
    train = [load_surfaces(real, spec)]
    defects = [s for s in real if s.label != FREE]
    good = [s for s in real if s.label == FREE]
    trained_on = {"good": len(good), "real": len(defects)}
    if settings.extra is not None:
        held = [*split.validation, *split.test]
        extra = without_sources(read_mvtec(settings.extra), settings.extra, held)
        train.append(load_surfaces(extra, spec))
        trained_on["extra"] = len(extra)
    if settings.added:
        method, count, seed = settings.augmentation, settings.added, settings.seed
        donors = _donors(settings, defects)
        train.append(made_surfaces(method, count, good, donors, spec, seed))
        trained_on["made"] = count
    together = Surfaces(
        tuple(s for own in train for s in own.samples),
        np.concatenate([own.pixels for own in train]),
        np.concatenate([own.masks for own in train]),
        np.concatenate([own.defective for own in train]),
    )
    if together.defective.all() or not together.defective.any():
        raise UserError(
            "There is nothing to tell apart: train on good and on defective images, with "
            "--real-defects, --augmentation and --added, or --extra."
        )
    return Data(together, load_surfaces(split.validation, spec), split), trained_on


def _donors(settings: ClassifierSettings, defects: list[Sample]) -> list[Sample]:
    if settings.defects is not None:
        defects = [s for s in read_mvtec(settings.defects) if s.label != FREE]
    if not defects and settings.augmentation in NEEDS_DEFECTS:
        raise UserError(
            f"--augmentation {settings.augmentation} moves defects, and there are none: allow "
            "real ones with --real-defects, or name a data set that has some with --defects."
        )
    return defects


def check(settings: ClassifierSettings, device: str) -> None:
    """Refuse what cannot be fitted, before any data is read.

    Raises:
        UsageError: Options do not go together, or there is no such device.
    """
    least = 2 if LAYOUTS[settings.layout].has_test else 3
    if settings.folds < least or not 0 <= settings.fold < settings.folds:
        raise UsageError(
            f"--folds must be {least} or more for {settings.layout}, and --fold one of 0 to "
            f"{settings.folds - 1}."
        )
    if (settings.augmentation == "none") != (settings.added == 0):
        raise UsageError("--augmentation and --added go together: how, and how many.")
    if device == "cuda" and not torch.cuda.is_available():
        raise UsageError("There is no CUDA device here: use --device cpu.")


def _record(
    samples: Sequence[Sample], data: Data, trained_on: dict[str, int], settings: ClassifierSettings
) -> ClassifierRun:
    split = data.split
    subsets = zip(SUBSETS, (split.train, split.validation, split.test), strict=True)
    others = {"extra": settings.extra, "defects": settings.defects}
    return ClassifierRun(
        command=command_line(),
        settings=settings,
        data_fingerprint=fingerprint(samples),
        other_fingerprints={
            name: fingerprint(read_mvtec(path)) for name, path in others.items() if path is not None
        },
        subsets={name: tuple(s.name for s in part) for name, part in subsets},
        trained_on=trained_on,
        code_version=code_version(),
        created=datetime.now(UTC),
    )


def _trainer(
    settings: ClassifierSettings,
    device: str,
    callbacks: list[Callback],
    logger: TensorBoardLogger | None,
) -> lightning.Trainer:
    """Without a logger it writes nothing and does not validate."""
    return lightning_trainer(
        settings.epochs,
        device,
        callbacks,
        logger,
        check_val_every_n_epoch=max(1, settings.epochs // VALIDATIONS),
        limit_val_batches=None if logger else 0,
    )
