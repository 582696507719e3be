"""Lightning's trainer as every fit here uses it."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lightning
from lightning.pytorch import Callback
from lightning.pytorch.callbacks import ModelCheckpoint
from lightning.pytorch.loggers import TensorBoardLogger

from training_cli.checkpoint import SafetensorsIO
from training_cli.run import LAST


def lightning_trainer(
    epochs: int,
    device: str,
    callbacks: Sequence[Callback],
    logger: TensorBoardLogger | None,
    **options: Any,
) -> lightning.Trainer:
    """A trainer in mixed precision; without a logger it writes nothing.

    Args:
        epochs: How many at most.
        device: `auto`, `cpu` or `cuda`.
        callbacks: What is called while it fits.
        logger: See `log_in`.
        options: Of `lightning.Trainer`, beside these.
    """
    logging.getLogger("lightning.pytorch").setLevel(logging.WARNING)
    # Of Lightning's own use of torch, of few workers, and of the folder that holds our record.
    warnings.filterwarnings("ignore", module=r"lightning\..*")
    common: dict[str, Any] = {"devices": 1, "enable_checkpointing": logger is not None}
    return lightning.Trainer(
        accelerator={"cuda": "gpu"}.get(device, device),
        precision="bf16-mixed",
        max_epochs=epochs,
        plugins=[SafetensorsIO()],
        logger=logger or False,
        callbacks=list(callbacks),
        num_sanity_val_steps=0,
        log_every_n_steps=10,
        enable_model_summary=False,
        enable_progress_bar=logger is not None and sys.stdout.isatty(),
        **{**common, **options},
    )


def log_in(out: Path) -> TensorBoardLogger:
    """The log of a run, in its folder."""
    return TensorBoardLogger(out, name="tensorboard", version="")


def last_weights(out: Path) -> ModelCheckpoint:
    """Keeps the weights of the last whole epoch, and nothing else."""
    return ModelCheckpoint(out, LAST, monitor=None, save_top_k=1, enable_version_counter=False)
