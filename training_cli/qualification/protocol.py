"""The acceptance protocol after Knapp and Abramson, for a kit, a machine, and inspectors.

The inspectors say which parts must be rejected: those that they reject in at least 7 of 10
inspections are the reject zone. The machine is then held against them on the same kit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from engines.verdict import Decision
from training_cli.qualification.bounds import lower_mean
from training_cli.qualification.completeness import check_inspections, check_judgements
from training_cli.qualification.figures import (
    Confusion,
    MeanRejection,
    Tally,
    WellClassified,
    Zone,
)
from training_cli.qualification.judgements import Answer, Judgement, ManualInspection
from training_cli.qualification.kit import Kit, KitPart, Truth
from training_cli.qualification.tables import PatchTables, Row, per_patch, per_run, per_strip

RUNS = 10

_CONFIG = ConfigDict(frozen=True)


class JudgedPart(BaseModel):
    """A part of the kit, and how often it was rejected.

    Attributes:
        manual: By all inspectors in all of their runs; None without inspectors.
        zone: By the inspectors alone.
        is_well_classified: By the machine, in at least 7 of 10 runs.
    """

    model_config = _CONFIG

    name: str
    truth: Truth
    labels: tuple[str, ...]
    machine: Tally
    manual: Tally | None
    zone: Zone | None
    is_well_classified: bool


class Performance(BaseModel):
    """How the machine, the inspectors together or one of them judge the kit.

    Attributes:
        inspections: Each against the truth.
        all_parts, good_parts, defective_parts: The 7 of 10 rule.
        detection: Rejections of defective parts.
        false_rejects: Rejections of good parts.
        reject_zone: Its rate is the reject-zone efficiency (RZE). None without inspectors, or where
            no part is in that zone; so for the other zones.
    """

    model_config = _CONFIG

    name: str
    runs: int
    inspections: Confusion
    seven_of_ten: Confusion
    all_parts: WellClassified
    good_parts: WellClassified
    defective_parts: WellClassified
    detection: MeanRejection
    false_rejects: MeanRejection
    reject_zone: MeanRejection | None = None
    grey_zone: MeanRejection | None = None
    accept_zone: MeanRejection | None = None


class Comparison(BaseModel):
    """The machine against the inspectors; both conditions are of exact counts.

    Attributes:
        rze_ratio: The machine's reject-zone efficiency over the inspectors'.
        rze_difference_lower_95: What the difference over other parts like these is above.
        is_rze_reached: RZE of the machine ≥ RZE of the inspectors.
        is_seven_of_ten_reached: The machine classifies at least as many parts well.
    """

    model_config = _CONFIG

    rze_ratio: float
    rze_difference: float
    rze_difference_lower_95: float
    is_rze_reached: bool
    is_seven_of_ten_reached: bool

    @property
    def is_reached(self) -> bool:
        return self.is_rze_reached and self.is_seven_of_ten_reached


class Qualification(BaseModel):
    """All figures of one qualification.

    Attributes:
        parts: In the order of the kit.
        inspectors: Together; None where there are none.
        each_inspector: Alone, against the zone that all have fixed.
        comparison: None without inspectors, or where no part is in the reject zone.
        is_accepted: Whether the machine does at least as well; None where nothing is compared.
        disputed: Good parts that the inspectors reject, defective ones that they pass, by the 7 of
            10 rule: the kit's truth is worth another look.
        undecided: Inspections of the machine that ended so.
    """

    model_config = _CONFIG

    format: Literal[1] = 1
    parts: tuple[JudgedPart, ...]
    machine: Performance
    per_run: tuple[Row, ...]
    patches: PatchTables | None
    inspectors: Performance | None
    each_inspector: tuple[Performance, ...]
    comparison: Comparison | None
    is_accepted: bool | None
    disputed: tuple[str, ...]
    undecided: int

    @property
    def not_well_classified(self) -> tuple[JudgedPart, ...]:
        return tuple(part for part in self.parts if not part.is_well_classified)


def qualify(
    kit: Kit,
    judgements: Iterable[Judgement],
    inspectors: Iterable[ManualInspection] | None = None,
    *,
    runs: int = RUNS,
) -> Qualification:
    """Hold the machine against the kit and, where there are any, against the inspectors.

    A part is well classified when it was judged rightly in at least 7 of 10 runs; undecided counts
    as rejected.

    Args:
        judgements: One for each part in each of the runs 1 to `runs`, in any order.
        inspectors: Every inspector has seen the whole kit in each of their runs; None where nobody
            has inspected it.

    Raises:
        UserError: A part or a run is missing, is there twice, or is not in the kit.
    """
    seen = check_judgements(kit, judgements, runs)
    inspected = () if inspectors is None else check_inspections(kit, inspectors)
    machine, manual = _tallies(kit, seen), _tallies(kit, inspected)
    zones = {name: tally.zone for name, tally in manual.items()}
    judged = _performance("Machine", kit, seen, zones)
    people = _performance("Inspectors", kit, inspected, zones) if inspected else None
    comparison = _compare(judged, people, machine, manual) if people else None
    return Qualification(
        parts=tuple(_part(p, machine[p.name], manual.get(p.name)) for p in kit.parts),
        machine=judged,
        per_run=per_run(kit, seen),
        patches=per_patch(kit, seen),
        inspectors=people,
        each_inspector=_each_inspector(kit, inspected, zones),
        comparison=comparison,
        is_accepted=None if comparison is None else comparison.is_reached,
        disputed=tuple(p.name for p in kit.parts if zones.get(p.name) is _disputing(p)),
        undecided=sum(j.decision is Decision.UNDECIDED for j in seen),
    )


def _tallies(kit: Kit, answers: Sequence[Answer]) -> dict[str, Tally]:
    """By part; empty without answers."""
    by_part: dict[str, list[Answer]] = {}
    for answer in answers:
        by_part.setdefault(answer.part, []).append(answer)
    return {
        part.name: Tally.of(
            sum(a.is_rejected for a in by_part[part.name]),
            len(by_part[part.name]),
            sum(a.decision is Decision.UNDECIDED for a in by_part[part.name]),
        )
        for part in kit.parts
        if by_part
    }


def _part(part: KitPart, machine: Tally, manual: Tally | None) -> JudgedPart:
    return JudgedPart(
        name=part.name,
        truth=part.truth,
        labels=part.labels,
        machine=machine,
        manual=manual,
        zone=None if manual is None else manual.zone,
        is_well_classified=machine.is_well_classified(part.truth),
    )


def _disputing(part: KitPart) -> Zone:
    """The zone that says the contrary of the kit."""
    return Zone.ACCEPT if part.is_defective else Zone.REJECT


def _performance(
    name: str, kit: Kit, answers: Sequence[Answer], zones: Mapping[str, Zone]
) -> Performance:
    tallies = _tallies(kit, answers)
    good = [p.name for p in kit.parts if not p.is_defective]
    defective = [p.name for p in kit.parts if p.is_defective]
    well = {p.name: tallies[p.name].is_well_classified(p.truth) for p in kit.parts}
    by_zone = {z: [tallies[n] for n, own in zones.items() if own is z] for z in Zone}
    return Performance(
        name=name,
        runs=len(answers) // len(kit.parts),
        inspections=per_strip(kit, answers),
        seven_of_ten=Confusion.of(
            (p.is_defective, p.is_defective == well[p.name]) for p in kit.parts
        ),
        all_parts=WellClassified.of(list(well.values())),
        good_parts=WellClassified.of([well[n] for n in good]),
        defective_parts=WellClassified.of([well[n] for n in defective]),
        detection=MeanRejection.of([tallies[n] for n in defective]),
        false_rejects=MeanRejection.of([tallies[n] for n in good]),
        reject_zone=_mean(by_zone[Zone.REJECT]),
        grey_zone=_mean(by_zone[Zone.GREY]),
        accept_zone=_mean(by_zone[Zone.ACCEPT]),
    )


def _mean(tallies: Sequence[Tally]) -> MeanRejection | None:
    return MeanRejection.of(tallies) if tallies else None


def _each_inspector(
    kit: Kit, inspected: Sequence[ManualInspection], zones: Mapping[str, Zone]
) -> tuple[Performance, ...]:
    names = sorted({i.inspector for i in inspected})
    by_name = {name: [i for i in inspected if i.inspector == name] for name in names}
    return tuple(_performance(name, kit, own, zones) for name, own in by_name.items())


def _compare(
    machine: Performance,
    people: Performance,
    by_machine: Mapping[str, Tally],
    by_people: Mapping[str, Tally],
) -> Comparison | None:
    ours, theirs = machine.reject_zone, people.reject_zone
    if ours is None or theirs is None:
        return None
    zone = [name for name, tally in by_people.items() if tally.zone is Zone.REJECT]
    gains = [by_machine[n].rejection_rate - by_people[n].rejection_rate for n in zone]
    return Comparison(
        rze_ratio=ours.rate / theirs.rate,
        rze_difference=ours.rate - theirs.rate,
        rze_difference_lower_95=lower_mean(gains, worst=-1.0),
        is_rze_reached=ours.rejected * theirs.inspections >= theirs.rejected * ours.inspections,
        is_seven_of_ten_reached=machine.all_parts.count >= people.all_parts.count,
    )
