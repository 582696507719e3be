"""The kit: parts of which it is known whether they are good."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from training_cli.errors import UserError
from training_cli.qualification.files import write_whole
from training_cli.qualification.rows import read_csv

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Place = tuple[int, str]
"""Vial and region of a strip."""


class Truth(StrEnum):
    GOOD = "good"
    DEFECTIVE = "defective"


class KitRow(BaseModel):
    """A line of `kit.csv`: a good part, or one defect of a defective part.

    Attributes:
        label: The defect's class.
        vial, region: Where it is, named as the judgements name it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    part: Text
    truth: Truth
    label: Text | None = None
    vial: Annotated[int, Field(ge=0)] | None = None
    region: Text | None = None


@dataclass(frozen=True, slots=True)
class KitPart:
    """A part, which Knapp and Abramson call a container; `defects` has its rows of the kit."""

    name: str
    truth: Truth
    defects: tuple[KitRow, ...] = ()

    @property
    def is_defective(self) -> bool:
        return self.truth is Truth.DEFECTIVE

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(d.label for d in self.defects if d.label is not None))

    @property
    def places(self) -> frozenset[Place] | None:
        """Where its defects are, none for a good part; None where the kit does not say it all."""
        places = [(d.vial, d.region) for d in self.defects]
        known = frozenset((v, r) for v, r in places if v is not None and r is not None)
        return None if any(None in place for place in places) else known


@dataclass(frozen=True)
class Kit:
    """Parts in the order in which they are put through.

    Raises:
        UserError: It is empty, a part stands in it twice, or all parts are good, or defective.
    """

    parts: tuple[KitPart, ...]

    def __post_init__(self) -> None:
        if not self.parts:
            raise UserError("The kit has no parts: list good and defective ones.")
        if len(self.by_name) < len(self.parts):
            raise UserError("The kit has a part twice: give every part a name of its own.")
        for truth in Truth:
            if all(part.truth is not truth for part in self.parts):
                raise UserError(f"The kit has no {truth} part: it takes good and defective ones.")

    @cached_property
    def by_name(self) -> dict[str, KitPart]:
        return {part.name: part for part in self.parts}


def read_kit(path: Path) -> Kit:
    """The kit of a CSV file with the columns part, truth, label, vial and region.

    Raises:
        UserError: The file or the kit is at fault.
    """
    try:
        return kit_of(read_csv(path, KitRow))
    except UserError as error:
        sentence = str(error)
        raise UserError(sentence if str(path) in sentence else f"{path}: {sentence}") from error


def write_kit(path: Path, kit: Kit) -> None:
    """Write the file that `read_kit` reads, whole or not at all.

    Raises:
        UserError: It cannot be written.
    """
    text = StringIO()
    writer = csv.DictWriter(text, list(KitRow.model_fields), lineterminator="\n")
    writer.writeheader()
    for part in kit.parts:
        for row in part.defects or (KitRow(part=part.name, truth=part.truth),):
            writer.writerow(row.model_dump(mode="json"))
    write_whole({path: text.getvalue()})


def kit_of(rows: Iterable[KitRow]) -> Kit:
    """The kit of these rows; a part with several defects has a row for each.

    Raises:
        UserError: They contradict each other, or the kit is at fault.
    """
    by_part: dict[str, list[KitRow]] = {}
    for row in rows:
        by_part.setdefault(row.part, []).append(row)
    return Kit(tuple(_part(name, own) for name, own in by_part.items()))


def _part(name: str, rows: list[KitRow]) -> KitPart:
    truth = rows[0].truth
    if any(row.truth is not truth for row in rows):
        raise UserError(f"Part {name} is listed as good and as defective: say which it is.")
    if len(set(rows)) < len(rows) or (truth is Truth.GOOD and len(rows) > 1):
        raise UserError(f"Part {name} is listed twice: a row for each part, or for each defect.")
    if truth is Truth.DEFECTIVE:
        return KitPart(name, truth, tuple(rows))
    if any(value is not None for value in (rows[0].label, rows[0].vial, rows[0].region)):
        raise UserError(f"Part {name} is good and has a defect: leave its other columns empty.")
    return KitPart(name, truth)
