"""What a qualification says, in sentences and in the cells of tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from training_cli.qualification.figures import Confusion, MeanRejection, WellClassified
from training_cli.qualification.protocol import RUNS, Performance, Qualification
from training_cli.qualification.tables import Row

Cells = list[list[str]]
"""The heads, then the rows."""
NAMED = 20
"""Parts that a note names at most."""
_NONE = "–"


class Verdict(NamedTuple):
    """`word` is of few letters; `sentence` says it all."""

    word: str
    sentence: str


def verdict_of(qualification: Qualification) -> Verdict:
    machine, people = qualification.machine, qualification.inspectors
    if people is None:
        return Verdict(
            "NOT COMPARED",
            f"{_well(machine)} No data of human inspectors was given, so that this does not show "
            "whether the machine does as well as they do.",
        )
    comparison = qualification.comparison
    if comparison is None or machine.reject_zone is None or people.reject_zone is None:
        return Verdict(
            "NOT COMPARED",
            f"{_well(machine)} The inspectors rejected no part in 7 of 10 inspections: without a "
            "reject zone there is no comparison.",
        )
    rze = (
        f"a reject-zone efficiency of {percent(machine.reject_zone.rate)} against "
        f"{percent(people.reject_zone.rate)}"
    )
    well = (
        f"{machine.all_parts.count} of {machine.all_parts.parts} parts well classified against "
        f"{people.all_parts.count}"
    )
    if comparison.is_reached:
        return Verdict("QUALIFIED", f"The machine does at least as well as people: {rze}, {well}.")
    return Verdict("NOT QUALIFIED", f"The machine does worse than the inspectors: {rze}, {well}.")


def notes_of(qualification: Qualification) -> list[str]:
    """What has to be known to read the figures rightly."""
    notes = []
    if qualification.machine.runs != RUNS:
        notes.append(
            f"The parts were run {counted(qualification.machine.runs, 'time')}, not {RUNS} times "
            "as the protocol has it."
        )
    if qualification.undecided:
        notes.append(
            f"Undecided: {counted(qualification.undecided, 'inspection')} of the machine. They "
            "count as rejected, since such a part leaves the line with the rejects."
        )
    if disputed := qualification.disputed:
        more = f" and {len(disputed) - NAMED} more" if len(disputed) > NAMED else ""
        notes.append(
            f"Inspectors and kit disagree on {', '.join(disputed[:NAMED])}{more}: look at these "
            "again. The reject zone is the inspectors', the 7 of 10 rule goes by the kit."
        )
    people = qualification.inspectors
    if people and qualification.machine.false_rejects.rate > people.false_rejects.rate:
        notes.append(
            "The machine rejects more good parts than the inspectors: "
            f"{percent(qualification.machine.false_rejects.rate)} against "
            f"{percent(people.false_rejects.rate)}."
        )
    if patches := qualification.patches:
        left_out = "Left out of the tables of regions and vials: "
        if patches.without_patches:
            without = counted(patches.without_patches, "judgement")
            notes.append(f"{left_out}{without} without patches.")
        if patches.without_places:
            unplaced = counted(patches.without_places, "judgement")
            notes.append(f"{left_out}{unplaced} of parts whose defect the kit does not place.")
    return notes


def seven_of_ten_cells(everyone: Sequence[Performance]) -> Cells:
    heads = ["7 of 10", "Accuracy", "TPR, defective", "TNR, good", "Accuracy ≥", "TPR ≥", "TNR ≥"]
    return [
        heads,
        *(
            [
                p.name,
                *_confusion_cells(p.seven_of_ten),
                *(_lower(w) for w in (p.all_parts, p.defective_parts, p.good_parts)),
            ]
            for p in everyone
        ),
    ]


def inspection_cells(everyone: Sequence[Performance]) -> Cells:
    heads = ["Every inspection", "Accuracy", "TPR, defective", "TNR, good", "TPR ≥", "False r. ≤"]
    return [
        heads,
        *(
            [
                p.name,
                *_confusion_cells(p.inspections),
                percent(p.detection.lower_95),
                percent(p.false_rejects.upper_95),
            ]
            for p in everyone
        ),
    ]


def confusion_cells(title: str, rows: Sequence[Row]) -> Cells:
    heads = [title, "Accuracy", "TPR, defective", "TNR, good"]
    has_thresholds = any(row.threshold is not None for row in rows)
    cells = [[row.name, *_confusion_cells(row.confusion)] for row in rows]
    if has_thresholds:
        heads.append("Threshold")
        for line, row in zip(cells, rows, strict=True):
            line.append(_NONE if row.threshold is None else f"{row.threshold:.6g}")
    return [heads, *cells]


def zone_cells(everyone: Sequence[Performance]) -> Cells:
    """Rejection rates by zone, with the bound that counts in each."""
    heads = ["Rejected in", "Reject zone (RZE)", "RZE ≥", "Grey zone", "Accept zone", "Accept ≤"]
    return [
        heads,
        *(
            [
                p.name,
                _mean(p.reject_zone),
                percent(p.reject_zone.lower_95) if p.reject_zone else _NONE,
                _mean(p.grey_zone),
                _mean(p.accept_zone),
                percent(p.accept_zone.upper_95) if p.accept_zone else _NONE,
            ]
            for p in everyone
        ),
    ]


def percent(share: float | None) -> str:
    """To two decimals; never rounded up to all or down to none."""
    if share is None:
        return _NONE
    hundreds = min(max(100 * share, 0.01 if share > 0 else 0.0), 99.99 if share < 1 else 100.0)
    return f"{hundreds:.2f} %"


def points(difference: float) -> str:
    """Of two shares, in percentage points."""
    return f"{100 * difference:+.2f} points".replace("-", "−")


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _well(machine: Performance) -> str:
    return (
        f"The machine classifies {machine.all_parts.count} of {machine.all_parts.parts} parts well "
        "in at least 7 of 10 runs."
    )


def _confusion_cells(c: Confusion) -> list[str]:
    right = c.true_positives + c.true_negatives
    return [
        _share(c.accuracy, right, c.positives + c.negatives),
        _share(c.true_positive_rate, c.true_positives, c.positives),
        _share(c.true_negative_rate, c.true_negatives, c.negatives),
    ]


def _share(share: float | None, count: int, of: int) -> str:
    return f"{percent(share)} ({count} of {of})" if of else _NONE


def _mean(mean: MeanRejection | None) -> str:
    if mean is None:
        return _NONE
    return f"{percent(mean.rate)} ({counted(mean.parts, 'part')})"


def _lower(well: WellClassified) -> str:
    return percent(well.lower_95)
