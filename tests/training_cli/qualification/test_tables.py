"""Regions and vials, worked by hand."""

from __future__ import annotations

import pytest

from engines.verdict import Decision
from tests.training_cli.qualification.kits import LETTERS
from training_cli.errors import UserError
from training_cli.qualification.judgements import Judgement, Patch
from training_cli.qualification.kit import Kit, KitRow, Truth, kit_of
from training_cli.qualification.tables import per_patch


def kit(vial: int | None = 2, region: str | None = "R1") -> Kit:
    """A is defective in one place, B good."""
    return kit_of(
        [
            KitRow(part="A", truth=Truth.DEFECTIVE, label="burn", vial=vial, region=region),
            KitRow(part="B", truth=Truth.GOOD),
        ]
    )


def judgement(part: str, run: int, letters: str) -> Judgement:
    """Patches (vial, region) = (1, R0), (1, R1), (2, R0), (2, R1)."""
    places = [(1, "R0"), (1, "R1"), (2, "R0"), (2, "R1")]
    patches = tuple(
        Patch(
            vial=vial,
            region=region,
            score=0.1,
            threshold=0.2 if region == "R0" else 0.3,
            decision=LETTERS[letter],
        )
        for (vial, region), letter in zip(places, letters, strict=False)
    )
    return Judgement(part=part, run=run, decision=Decision.REJECT, patches=patches)


ANSWERS = [
    judgement("A", 1, "PPPR"),  # found in its place
    judgement("A", 2, "PPRP"),  # the vial is right, the region is not
    judgement("A", 3, "PRPU"),  # undecided counts as rejected; vial 1 is a false reject
    judgement("B", 1, "PPPP"),
    judgement("B", 2, "RRPP"),  # two patches, one vial
]


def test_regions_and_vials_are_held_against_the_places_of_the_defects() -> None:
    tables = per_patch(kit(), ANSWERS)
    assert tables is not None
    r0, r1 = tables.regions
    # R0: ten patches, all good; rejected: A2 vial 2, B2 vial 1
    assert (r0.name, r0.threshold) == ("R0", 0.2)
    assert (r0.confusion.positives, r0.confusion.negatives) == (0, 10)
    assert r0.confusion.false_positives == 2
    assert r0.confusion.true_positive_rate is None
    # R1: ten patches, three defective (A, vial 2), rejected in runs 1 and 3; false: A3, B2 vial 1
    assert (r1.confusion.true_positives, r1.confusion.false_negatives) == (2, 1)
    assert (r1.confusion.true_negatives, r1.confusion.false_positives) == (5, 2)
    assert (r1.confusion.undecided, r1.threshold) == (1, 0.3)
    # vials: A vial 2 rejected in all three runs; vial 1 of A3 and of B2 falsely
    assert (tables.vials.true_positives, tables.vials.false_negatives) == (3, 0)
    assert (tables.vials.true_negatives, tables.vials.false_positives) == (5, 2)
    assert tables.vials.undecided == 1


def test_a_region_with_several_thresholds_has_none() -> None:
    other = judgement("B", 3, "P")
    other = other.model_copy(
        update={"patches": (other.patches[0].model_copy(update={"threshold": 0.25}),)}
    )
    tables = per_patch(kit(), [*ANSWERS, other])
    assert tables is not None
    assert [row.threshold for row in tables.regions] == [None, 0.3]


def test_what_cannot_be_held_against_anything_is_counted() -> None:
    bare = Judgement(part="B", run=3, decision=Decision.UNDECIDED)
    tables = per_patch(kit(), [*ANSWERS, bare])
    assert tables is not None
    assert (tables.judgements, tables.without_patches, tables.without_places) == (5, 1, 0)
    unplaced = per_patch(kit(vial=None), ANSWERS)
    assert unplaced is not None
    assert (unplaced.judgements, unplaced.without_places) == (2, 3)
    assert unplaced.vials.positives == 0


def test_judgements_without_patches_make_no_table() -> None:
    assert per_patch(kit(), [Judgement(part="A", run=1, decision=Decision.PASS)]) is None


def test_a_defect_must_lie_where_patches_are() -> None:
    with pytest.raises(UserError, match="Part A has its defect in vial 2, region R7"):
        per_patch(kit(region="R7"), ANSWERS)
