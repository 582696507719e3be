"""A localizer's training run: its folder and its record, `run.json`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from engines.card import InputSpec
from training_cli.networks.localizer import STAGES, Head, Localizer
from training_cli.run import read_record, write_record

ENGINE: Literal["chip_localizer"] = "chip_localizer"


class LocalizerSettings(BaseModel):
    """What a fit was asked for.

    Attributes:
        data: Pictures and `labels.jsonl`, as `synthesize chip` writes them.
        photos, count: Photographs that the pictures are made of, and how many; None for none.
        backbone, weights: timm's name, and what it starts from.
        head, first_stage: See `Localizer`.
        frozen_stages: Of the backbone, left as they are; all of `STAGES` in the paper.
        size: Height and width of the network's input.
        rectangularity: Weight of that term of the loss.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path
    photos: Path | None = None
    count: int | None = None
    backbone: str
    weights: str
    head: Head
    first_stage: int
    frozen_stages: int
    size: int = 256
    rectangularity: float
    epochs: int
    batch: int
    learning_rate: float
    seed: int = 0

    @property
    def is_frozen(self) -> bool:
        """Whether the whole backbone stays as it is."""
        return self.frozen_stages == STAGES

    @property
    def input(self) -> InputSpec:
        return InputSpec(height=self.size, width=self.size, channels=3)

    def network(self) -> Localizer:
        """With random weights."""
        return Localizer(self.backbone, self.head, self.size, self.first_stage)


class LocalizerRun(BaseModel):
    """Enough to judge a run's network, and to make it again.

    Attributes:
        subsets: Numbers of the boards in training, validation and test.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    engine: Literal["chip_localizer"] = ENGINE
    product: str
    command: str
    settings: LocalizerSettings
    data_fingerprint: str
    subsets: dict[str, tuple[int, ...]]
    code_version: str
    created: datetime
    metrics: dict[str, Any] = {}

    def write(self, folder: Path) -> None:
        write_record(folder, self)


def read_localizer_run(folder: Path) -> LocalizerRun:
    """Read a run's record.

    Raises:
        UserError: There is none, it is damaged, or it is of another engine.
    """
    return read_record(folder, LocalizerRun)
