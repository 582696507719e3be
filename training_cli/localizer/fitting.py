"""Fits a localizer: settings in, a run's folder with its weights out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import torch
from lightning.pytorch.callbacks import LearningRateMonitor
from torch.utils.data import DataLoader

from training_cli.augmentation.batches import BatchNumbers
from training_cli.errors import UsageError
from training_cli.localizer.batches import BoardBatches, Item, features_of, pixels_of
from training_cli.localizer.boards import (
    TRAIN,
    VALIDATION,
    Boards,
    fingerprint_of,
    load_boards,
    make_of_photos,
    of_boards,
    read_pictures,
    split_by_board,
)
from training_cli.localizer.optimisation import Localization
from training_cli.localizer.run import LocalizerRun, LocalizerSettings, read_localizer_run
from training_cli.networks.depthwise import keep_depthwise_in_float32
from training_cli.networks.localizer import FIRST_STAGE, Localizer
from training_cli.networks.weights import encoder_weights
from training_cli.progress import progress
from training_cli.resuming import check_folder, continued
from training_cli.run import LAST, code_version, command_line
from training_cli.trainer import last_weights, lightning_trainer, log_in

_LASTING = ("settings", "data_fingerprint", "subsets")

VALIDATION_BATCH = 32


def fit_localizer(
    product: str, settings: LocalizerSettings, out: Path, device: str, *, resume: bool
) -> LocalizerRun:
    """Fit a network on pictures of boards, and keep its last weights in `out`.

    Args:
        product: What is inspected.
        settings: What to fit, and on what.
        out: The run's folder.
        device: `auto`, `cpu` or `cuda`.
        resume: Go on with the run in `out` after its last whole epoch.

    Raises:
        UserError: Data, weights or options are at fault, or there is no run to go on with.
    """
    check(settings, device)
    check_folder(out, resume)
    network = new_localizer(settings)
    if settings.photos is not None:
        make_of_photos(settings.photos, settings.data, settings.count or 0, settings.seed)
    train, validation, record = _read(product, settings)
    if resume:
        record = continued(out, read_localizer_run(out), record, _LASTING)
    record.write(out)
    batches = _batches(network, settings, train)
    checked = BoardBatches(
        _inputs(network, settings, validation), validation, VALIDATION_BATCH, None
    )
    module = _learning(network, settings, len(batches))
    callbacks = [last_weights(out), progress(), LearningRateMonitor("epoch")]
    trainer = lightning_trainer(settings.epochs, device, callbacks, log_in(out))
    sampler = BatchNumbers(len(batches), lambda: trainer.global_step)
    loader: DataLoader[Item] = DataLoader(batches, batch_size=None, sampler=sampler)
    shown: DataLoader[Item] = DataLoader(checked, batch_size=None)
    trainer.fit(module, loader, shown, ckpt_path=out / f"{LAST}.ckpt" if resume else None)
    measured = trainer.callback_metrics.items()
    metrics = {name: round(float(v), 6) for name, v in measured if name.startswith("validation/")}
    record = record.model_copy(
        update={"metrics": {**metrics, "epochs_done": trainer.current_epoch}}
    )
    record.write(out)
    return record


def fit_in_memory(settings: LocalizerSettings, train: Boards, device: str) -> Localizer:
    """A network fitted on all of `train`; nothing is kept on disk."""
    network = new_localizer(settings)
    batches = _batches(network, settings, train)
    module = _learning(network, settings, len(batches))
    trainer = lightning_trainer(settings.epochs, device, [], None)
    sampler = BatchNumbers(len(batches), lambda: trainer.global_step)
    trainer.fit(module, DataLoader(batches, batch_size=None, sampler=sampler))
    return network.eval()


def _batches(network: Localizer, settings: LocalizerSettings, train: Boards) -> BoardBatches:
    return BoardBatches(_inputs(network, settings, train), train, settings.batch, settings.seed)


def _learning(network: Localizer, settings: LocalizerSettings, steps: int) -> Localization:
    """Args: `steps` of an epoch."""
    keep_depthwise_in_float32(network)
    return Localization(
        network.to(memory_format=torch.channels_last),
        settings.rectangularity,
        settings.learning_rate,
        settings.epochs * steps,
        settings.size,
        settings.is_frozen,
    )


def new_localizer(settings: LocalizerSettings) -> Localizer:
    """The network that a fit begins with.

    Raises:
        UserError: Backbone or weights are at fault.
    """
    torch.manual_seed(settings.seed)
    network = settings.network()
    weights = encoder_weights(settings.backbone, settings.weights)
    if weights is not None:
        network.load_backbone(weights)
    if settings.frozen_stages:
        network.freeze_backbone(settings.frozen_stages)
    return network


def _inputs(network: Localizer, settings: LocalizerSettings, boards: Boards) -> list[torch.Tensor]:
    return features_of(network, boards) if settings.is_frozen else pixels_of(boards)


def _read(product: str, settings: LocalizerSettings) -> tuple[Boards, Boards, LocalizerRun]:
    pictures = read_pictures(settings.data)
    subsets = split_by_board(pictures, settings.seed)
    train, validation = (
        load_boards(settings.data, of_boards(pictures, subsets[name]), settings.input)
        for name in (TRAIN, VALIDATION)
    )
    record = LocalizerRun(
        product=product,
        command=command_line(),
        settings=settings,
        data_fingerprint=fingerprint_of(settings.data),
        subsets=subsets,
        code_version=code_version(),
        created=datetime.now(UTC),
    )
    return train, validation, record


def check(settings: LocalizerSettings, device: str) -> None:
    """Refuse what cannot be fitted.

    Raises:
        UsageError: Size or stages do not fit the network, or there is no such device.
    """
    if settings.size % 32:
        raise UsageError("--size must be a multiple of 32.")
    if settings.head == "dense" and settings.first_stage != FIRST_STAGE:
        raise UsageError("--first-stage is for --head maps: leave it out.")
    if device == "cuda" and not torch.cuda.is_available():
        raise UsageError("There is no CUDA device here: use --device cpu.")
