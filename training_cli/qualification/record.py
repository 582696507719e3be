"""Judgements from the station's record: each lot is one run over the kit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from engines.verdict import Decision
from training_cli.errors import UserError
from training_cli.qualification.judgements import Judgement
from training_cli.qualification.kit import Kit
from training_cli.qualification.rows import read_json_lines
from training_cli.qualification.wording import counted


class RecordRow(BaseModel):
    """What counts of an inspection that `inspector records export` has written."""

    model_config = ConfigDict(frozen=True)

    lot: str
    part: int
    decision: Decision
    recipe: str
    recipe_revision: int
    model: str
    model_sha256: str

    @property
    def judge(self) -> str:
        return (
            f"Recipe {self.recipe}, revision {self.recipe_revision}; "
            f"model {self.model}, SHA-256 {self.model_sha256}"
        )


@dataclass(frozen=True, slots=True)
class RecordedRuns:
    """Judgements and, in words, the recipe and the model that made them."""

    judgements: tuple[Judgement, ...]
    judge: str


def read_record(path: Path, kit: Kit, lots: Sequence[str] = ()) -> RecordedRuns:
    """The lots of an export as JSON Lines; part n of a lot is the n-th part of the kit.

    What people decided later does not count: the machine is what is qualified.

    Args:
        lots: In the order of the runs; all of the file in its order if none is named.

    Raises:
        UserError: A lot is unknown or not of the kit's length, or the lots have several judges.
    """
    rows = list(read_json_lines(path, RecordRow))
    in_file = list(dict.fromkeys(row.lot for row in rows))
    if len(set(lots)) < len(lots):
        raise UserError("A lot is named twice: each lot is one run over the kit.")
    if unknown := [lot for lot in lots if lot not in in_file]:
        raise UserError(f"{path} has no lot {unknown[0]}: it has {', '.join(in_file) or 'none'}.")
    wanted = list(lots) or in_file
    if not wanted:
        raise UserError(f"{path} has no inspections: export the lots that went over the kit.")
    by_lot = {lot: [row for row in rows if row.lot == lot] for lot in wanted}
    judge = _only_judge(path, [row for lot in wanted for row in by_lot[lot]])
    runs = enumerate(by_lot.items(), start=1)
    return RecordedRuns(tuple(j for n, (lot, own) in runs for j in _run(n, lot, own, kit)), judge)


def _only_judge(path: Path, rows: Sequence[RecordRow]) -> str:
    first = rows[0]
    for row in rows:
        if row.judge != first.judge:
            raise UserError(
                f"{path}: lot {first.lot} was judged by {first.judge}, and lot {row.lot} by "
                f"{row.judge}: one qualification is of one model and recipe, so name its lots."
            )
    return first.judge


def _run(number: int, lot: str, rows: Sequence[RecordRow], kit: Kit) -> list[Judgement]:
    parts = len(kit.parts)
    if len(rows) != parts:
        raise UserError(
            f"Lot {lot} has {counted(len(rows), 'part')} and the kit {parts}: a lot is one run "
            "over the whole kit, in its order."
        )
    by_number = {row.part: row for row in rows}
    for n in range(1, parts + 1):
        if n not in by_number:
            raise UserError(
                f"Lot {lot} lacks its part {n}: export the whole lot, with no other filter."
            )
    return [
        Judgement(part=part.name, run=number, decision=by_number[n].decision)
        for n, part in enumerate(kit.parts, start=1)
    ]
