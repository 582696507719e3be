"""What the machine and the inspectors said of each part, each time that they saw it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from engines.verdict import Decision
from training_cli.qualification.files import write_whole
from training_cli.qualification.kit import Text
from training_cli.qualification.rows import read_csv, read_json_lines

_CONFIG = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

Number = Annotated[int, Field(ge=1)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class Patch(BaseModel):
    """One region of one vial in one frame; score and threshold may be None where undecided."""

    model_config = _CONFIG

    vial: Annotated[int, Field(ge=0)]
    region: Text
    score: Finite | None
    threshold: Finite | None
    decision: Decision
    frame: Annotated[int, Field(ge=0)] | None = None

    @property
    def is_rejected(self) -> bool:
        return self.decision is not Decision.PASS


class Judgement(BaseModel):
    """The machine's answer to a part in one run, from 1; `patches` is empty where not told."""

    model_config = _CONFIG

    part: Text
    run: Number
    decision: Decision
    patches: tuple[Patch, ...] = ()

    @property
    def is_rejected(self) -> bool:
        """Undecided parts leave the line with the rejects."""
        return self.decision is not Decision.PASS


class ManualInspection(BaseModel):
    """An inspector's answer to a part in one of their runs, from 1."""

    model_config = _CONFIG

    part: Text
    inspector: Text
    run: Number
    decision: Literal[Decision.PASS, Decision.REJECT]

    @property
    def is_rejected(self) -> bool:
        return self.decision is not Decision.PASS


Answer = Judgement | ManualInspection


def read_judgements(path: Path) -> list[Judgement]:
    """The machine's judgements of a JSON Lines file, one a line.

    Raises:
        UserError: The file is at fault.
    """
    return list(read_json_lines(path, Judgement))


def write_judgements(path: Path, judgements: Iterable[Judgement]) -> None:
    """Write the file that `read_judgements` reads, whole or not at all.

    Raises:
        UserError: It cannot be written.
    """
    lines = [f"{j.model_dump_json(exclude_defaults=True)}\n" for j in judgements]
    write_whole({path: "".join(lines)})


def read_inspections(path: Path) -> list[ManualInspection]:
    """The inspectors' answers of a CSV file with the columns part, inspector, run and decision.

    Raises:
        UserError: The file is at fault.
    """
    return read_csv(path, ManualInspection)
