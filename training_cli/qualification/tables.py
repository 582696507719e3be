"""Accuracy of patches, vials, strips and runs, as the vial paper's tables 1 to 3 have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from engines.verdict import Decision
from training_cli.errors import UserError
from training_cli.qualification.figures import Confusion
from training_cli.qualification.judgements import Answer, Judgement, Patch
from training_cli.qualification.kit import Kit, KitPart, Place


class Row(BaseModel):
    """A line of a table.

    Attributes:
        threshold: Of a region, where all of its patches had the same one.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    confusion: Confusion
    threshold: float | None = None


class PatchTables(BaseModel):
    """What the patches say, where judgements carry them and the kit says where defects are.

    Attributes:
        regions: Patches of each region against whether a defect lies in that vial and region.
        vials: Every vial in every run against whether a defect lies in it; one rejected patch
            rejects it.
        judgements: That these are of.
        without_patches: Judgements that carry none.
        without_places: Judgements of defective parts of which the kit does not say where.
    """

    model_config = ConfigDict(frozen=True)

    regions: tuple[Row, ...]
    vials: Confusion
    judgements: int
    without_patches: int
    without_places: int


def per_strip(kit: Kit, answers: Sequence[Answer]) -> Confusion:
    """Of every part, every time that it was inspected."""
    pairs = [(kit.by_name[a.part].is_defective, a.is_rejected) for a in answers]
    return Confusion.of(pairs, sum(a.decision is Decision.UNDECIDED for a in answers))


def per_run(kit: Kit, judgements: Sequence[Judgement]) -> tuple[Row, ...]:
    runs = sorted({j.run for j in judgements})
    by_run = {run: [j for j in judgements if j.run == run] for run in runs}
    return tuple(Row(name=str(n), confusion=per_strip(kit, own)) for n, own in by_run.items())


def per_patch(kit: Kit, judgements: Sequence[Judgement]) -> PatchTables | None:
    """None where no judgement carries patches.

    Raises:
        UserError: A defect lies where no patch does.
    """
    carrying = [j for j in judgements if j.patches]
    if not carrying:
        return None
    _check_places(kit, carrying)
    placed = [j for j in carrying if kit.by_name[j.part].places is not None]
    patches = [(kit.by_name[j.part].places or frozenset(), p) for j in placed for p in j.patches]
    return PatchTables(
        regions=tuple(_region(name, patches) for name in sorted({p.region for _, p in patches})),
        vials=_vials(kit, placed),
        judgements=len(placed),
        without_patches=len(judgements) - len(carrying),
        without_places=len(carrying) - len(placed),
    )


def _region(name: str, patches: Sequence[tuple[frozenset[Place], Patch]]) -> Row:
    own = [(places, p) for places, p in patches if p.region == name]
    thresholds = {p.threshold for _, p in own if p.threshold is not None}
    answers = [((p.vial, p.region) in places, p.is_rejected) for places, p in own]
    undecided = sum(p.decision is Decision.UNDECIDED for _, p in own)
    return Row(
        name=name,
        confusion=Confusion.of(answers, undecided),
        threshold=thresholds.pop() if len(thresholds) == 1 else None,
    )


def _vials(kit: Kit, judgements: Sequence[Judgement]) -> Confusion:
    answers, undecided = [], 0
    for judgement in judgements:
        defective = {vial for vial, _ in kit.by_name[judgement.part].places or ()}
        for vial in sorted({p.vial for p in judgement.patches}):
            own = [p.decision for p in judgement.patches if p.vial == vial]
            answers.append((vial in defective, any(d is not Decision.PASS for d in own)))
            undecided += Decision.UNDECIDED in own and Decision.REJECT not in own
    return Confusion.of(answers, undecided)


def _check_places(kit: Kit, judgements: Sequence[Judgement]) -> None:
    seen = {(p.vial, p.region) for j in judgements for p in j.patches}
    for part, (vial, region) in _places(kit.parts):
        if (vial, region) not in seen:
            raise UserError(
                f"Part {part.name} has its defect in vial {vial}, region {region}, of which the "
                "judgements have no patch: name vials and regions alike in both."
            )


def _places(parts: Sequence[KitPart]) -> Iterator[tuple[KitPart, Place]]:
    for part in parts:
        for place in sorted(part.places or ()):
            yield part, place
