"""A scorer's training run: its folder and its record, `run.json`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from engines.card import InputSpec
from training_cli.networks.grdnet import Shape
from training_cli.run import Decoder, read_record, write_record
from training_cli.scorer.perturbation import Perturbation

ENGINE: Literal["vial_scorer"] = "vial_scorer"
NetworkName = Literal["grdnet", "discriminative"]


class ScorerSettings(BaseModel):
    """What a fit was asked for.

    Attributes:
        network: The paper's generative network, which looks at every frame of a patch alone; or one
            that is taught to find made-up anomalies, and looks at all frames in use at once.
        frames: Numbers of the frames in use, from 0, of those that a part has.
        size: Height and width of a patch as the network sees it.
        width, stem, bottleneck: See `networks.grdnet.Shape`.
        noise, rotation, flip: See `Perturbation`.
        restart: Period of the generative network's learning rate, as a share of the fit.
        encoder, decoder, weights, frozen_stages: Of the discriminative network.
        defects: A labelled kit whose defects the discriminative network learns, too; None for none.
        crop: Side of the squares that the discriminative network is taught on; None for patches.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path
    network: NetworkName
    frames: tuple[int, ...]
    size: int = 256
    epochs: int
    batch: int
    learning_rate: float
    seed: int = 0
    width: int = 16
    stem: int = 4
    bottleneck: int = 64
    noise: float = 0.75
    rotation: float = 22.5
    flip: bool = True
    restart: float = 0.1
    encoder: str = "tf_efficientnet_lite0"
    decoder: Decoder = "slim"
    weights: str = "lite0"
    frozen_stages: int = 1
    crop: int | None = None
    defects: Path | None = None

    @property
    def shape(self) -> Shape:
        return Shape(self.size, self.width, self.stem, self.bottleneck)

    @property
    def perturbation(self) -> Perturbation:
        return Perturbation(self.noise, self.rotation, self.flip)

    @property
    def channels(self) -> int:
        """Frames that the network looks at together."""
        return 1 if self.network == "grdnet" else len(self.frames)

    def input(self, batch: int) -> InputSpec:
        """Of a model that takes so many patches at once."""
        return InputSpec(
            name="patches",
            batch=batch,
            height=self.size,
            width=self.size,
            channels=3 if self.channels == 3 else 1,
        )


class ScorerRun(BaseModel):
    """Enough to judge a run's network, and to make it again.

    Attributes:
        regions: What the patches show, the labels of its model.
        subsets: Names of the parts in training and validation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    engine: Literal["vial_scorer"] = ENGINE
    product: str
    command: str
    settings: ScorerSettings
    regions: tuple[str, ...]
    data_fingerprint: str
    subsets: dict[str, tuple[str, ...]]
    code_version: str
    created: datetime
    metrics: dict[str, Any] = {}

    def write(self, folder: Path) -> None:
        write_record(folder, self)


def read_scorer_run(folder: Path) -> ScorerRun:
    """Read a run's record.

    Raises:
        UserError: There is none, it is damaged, or it is of another engine.
    """
    return read_record(folder, ScorerRun)
