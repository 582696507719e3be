"""A classifier's training run: its folder and its record, `run.json`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from engines.card import InputSpec
from training_cli.run import CLASSIFIER, read_record, write_record

LABEL = "defect"
"""The one that its models have."""
LayoutName = Literal["ksdd2", "kolektor", "rendered"]
Augmentation = Literal["none", "memseg", "cut-paste", "poisson"]


class ClassifierSettings(BaseModel):
    """What a fit was asked for.

    Attributes:
        folds, fold: See `surfaces.divided`.
        real_defects: So many defective training images at most; None for all.
        augmentation, added: How pictures with defects are made of good ones, and how many.
        defects: A data set in MVTec AD layout whose defects are used for that, instead of those
            trained on.
        extra: More to train on, in MVTec AD layout.
        height, width: Of the network's input.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path
    layout: LayoutName
    folds: int = 5
    fold: int = 0
    real_defects: int | None = None
    augmentation: Augmentation = "none"
    added: int = 0
    defects: Path | None = None
    extra: Path | None = None
    backbone: str
    weights: str
    height: int
    width: int
    epochs: int
    batch: int
    learning_rate: float
    seed: int = 0

    @property
    def input(self) -> InputSpec:
        return InputSpec(height=self.height, width=self.width, channels=1)


class ClassifierRun(BaseModel):
    """Enough to judge a run's network, and to make it again.

    Attributes:
        subsets: Names of the images by what they are for.
        trained_on: Images by where they come from: good, real, made, extra.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    engine: Literal["surface_classifier"] = CLASSIFIER
    product: Literal["surface"] = "surface"
    command: str
    settings: ClassifierSettings
    data_fingerprint: str
    other_fingerprints: dict[str, str] = {}
    subsets: dict[str, tuple[str, ...]]
    trained_on: dict[str, int]
    code_version: str
    created: datetime
    metrics: dict[str, Any] = {}

    def write(self, folder: Path) -> None:
        write_record(folder, self)


def read_classifier_run(folder: Path) -> ClassifierRun:
    """Read a run's record.

    Raises:
        UserError: There is none, it is damaged, or it is of another engine.
    """
    return read_record(folder, ClassifierRun)
