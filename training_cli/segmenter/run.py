"""A segmenter's training run: its folder and its record, `run.json`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from engines.card import InputSpec, Tiling
from training_cli.datasets.split import SplitRule
from training_cli.run import SEGMENTER, Decoder, read_record, write_record

MEMORY = "memory.safetensors"
UNUSUAL = "unusual"
"""Label of what no good part shows, whatever its class."""
ProductName = Literal["tile", "steel"]


class Method(StrEnum):
    """How the imbalance of the classes is met: by injection, by the loss, or by more copies."""

    DLI = "dli"
    BCE = "bce"
    FOCAL = "focal"
    BALANCED = "balanced"
    WCE = "wce"
    ROTATIONS = "rotations"


class Settings(BaseModel):
    """What a fit was asked for.

    Attributes:
        size, width: Height and width of the network's input; no width means a square.
        layout: One of the product's, see `products`.
        frozen, frozen_stages: Whether the encoder stays as it is, and its first stages alone.
        patience: Epochs without a lower validation loss after which a fit ends early.
        copies_up_to: Images of each class that `rotations` make; None means the mean of classes.
        fraction: Share of the defective training images, or tiles, of every class; above 0, to 1.
        folds, fold: Into how many folds the data is divided, and which one validates.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path
    extra: Path | None
    split: SplitRule | Literal["folds"]
    method: Method
    encoder: str
    weights: str
    size: int
    crop: int
    epochs: int
    batch: int
    learning_rate: float
    seed: int
    overlap: int | None = None
    layout: str = "magnetic-tiles"
    width: int | None = None
    depth: int = 3
    decoder: Decoder = "unet"
    frozen: bool = False
    frozen_stages: int | None = None
    patience: int | None = None
    copies_up_to: int | None = None
    folds: int | None = None
    fold: int | None = None
    fraction: float = 1.0

    @property
    def input(self) -> InputSpec:
        tiling = None if self.overlap is None else Tiling(overlap_px=self.overlap)
        width = self.width or self.size
        return InputSpec(height=self.size, width=width, channels=1, tiling=tiling)

    @property
    def is_ensemble(self) -> bool:
        """Of the networks of all folds, each in a run of its own."""
        return self.folds is not None and self.fold is None


class Memory(BaseModel):
    """What `remember` gave a run's network.

    Attributes:
        size: Good places remembered.
        channels: Of a place's description.
        weight: Of the distance to the nearest good place, in logits.
        candidates: By weight, how well validation images would be told apart.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int
    channels: int
    weight: float
    candidates: dict[str, dict[str, float]]


class RunRecord(BaseModel):
    """Enough to judge a run's network, and to make it again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    engine: Literal["defect_segmenter"] = SEGMENTER
    product: ProductName = "tile"
    command: str
    settings: Settings
    classes: tuple[str, ...]
    data_fingerprint: str
    extra_fingerprint: str | None
    subsets: dict[str, tuple[str, ...]]
    code_version: str
    created: datetime
    metrics: dict[str, Any] = {}
    memory: Memory | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The network's channels: the classes, and `UNUSUAL` where it has a memory."""
        return self.classes if self.memory is None else (*self.classes, UNUSUAL)

    def write(self, folder: Path) -> None:
        write_record(folder, self)


def read_run(folder: Path) -> RunRecord:
    """Read the record of a segmenter's run.

    Raises:
        UserError: There is none, it is damaged, or it is of another engine.
    """
    return read_record(folder, RunRecord)


def fold_folder(folder: Path, fold: int) -> Path:
    """Where a run of folds keeps the run of one."""
    return folder / f"fold-{fold}"
