"""The figures of a qualification: counts first, shares of them beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from training_cli.qualification.bounds import lower_mean, lower_share, upper_mean
from training_cli.qualification.kit import Truth

_CONFIG = ConfigDict(frozen=True)


class Zone(StrEnum):
    """Where a part stands by how often people reject it (Knapp and Abramson)."""

    ACCEPT = "accept"
    GREY = "grey"
    REJECT = "reject"


def is_seven_of_ten(count: int, of: int) -> bool:
    """Whether these are at least 7 of 10, exactly: 10·count ≥ 7·of."""
    return 10 * count >= 7 * of


class Tally(BaseModel):
    """How often a part was rejected; undecided inspections are among the rejected ones.

    Attributes:
        quality_factor: 0..10, ten times the rejection rate, halves rounded up. Zones go by the
            exact rate.
    """

    model_config = _CONFIG

    inspections: int
    rejected: int
    undecided: int
    rejection_rate: float
    quality_factor: int

    @classmethod
    def of(cls, rejected: int, inspections: int, undecided: int = 0) -> Tally:
        return cls(
            inspections=inspections,
            rejected=rejected,
            undecided=undecided,
            rejection_rate=rejected / inspections,
            quality_factor=(20 * rejected + inspections) // (2 * inspections),
        )

    @property
    def zone(self) -> Zone:
        if is_seven_of_ten(self.rejected, self.inspections):
            return Zone.REJECT
        passed = self.inspections - self.rejected
        return Zone.ACCEPT if is_seven_of_ten(passed, self.inspections) else Zone.GREY

    def is_well_classified(self, truth: Truth) -> bool:
        return self.zone is (Zone.REJECT if truth is Truth.DEFECTIVE else Zone.ACCEPT)


class Confusion(BaseModel):
    """Answers against the truth; a defective one that is rejected is a true positive.

    Attributes:
        undecided: How many of the rejected ones were.
        accuracy, true_positive_rate, true_negative_rate: None of nothing.
    """

    model_config = _CONFIG

    true_positives: int
    false_negatives: int
    true_negatives: int
    false_positives: int
    undecided: int
    accuracy: float | None
    true_positive_rate: float | None
    true_negative_rate: float | None

    @classmethod
    def of(cls, answers: Iterable[tuple[bool, bool]], undecided: int = 0) -> Confusion:
        """Of pairs of is defective, is rejected."""
        counts = {(d, r): 0 for d in (False, True) for r in (False, True)}
        for answer in answers:
            counts[answer] += 1
        positives = counts[True, True] + counts[True, False]
        negatives = counts[False, False] + counts[False, True]
        right = counts[True, True] + counts[False, False]
        return cls(
            true_positives=counts[True, True],
            false_negatives=counts[True, False],
            true_negatives=counts[False, False],
            false_positives=counts[False, True],
            undecided=undecided,
            accuracy=_share(right, positives + negatives),
            true_positive_rate=_share(counts[True, True], positives),
            true_negative_rate=_share(counts[False, False], negatives),
        )

    @property
    def positives(self) -> int:
        return self.true_positives + self.false_negatives

    @property
    def negatives(self) -> int:
        return self.true_negatives + self.false_positives


class WellClassified(BaseModel):
    """Parts that were judged rightly in at least 7 of 10 inspections.

    Attributes:
        lower_95: One-sided bound of the share by Clopper and Pearson, over parts.
    """

    model_config = _CONFIG

    count: int
    parts: int
    share: float
    lower_95: float

    @classmethod
    def of(cls, wells: Sequence[bool]) -> WellClassified:
        count, parts = sum(wells), len(wells)
        return cls(
            count=count, parts=parts, share=count / parts, lower_95=lower_share(count, parts)
        )


class MeanRejection(BaseModel):
    """The mean rejection rate of some parts, each of which counts the same.

    Attributes:
        lower_95, upper_95: One-sided bounds over parts, see `bounds`.
    """

    model_config = _CONFIG

    parts: int
    rejected: int
    inspections: int
    rate: float
    lower_95: float
    upper_95: float

    @classmethod
    def of(cls, tallies: Sequence[Tally]) -> MeanRejection:
        """Of one part or more, all inspected equally often."""
        rejected = sum(t.rejected for t in tallies)
        inspections = sum(t.inspections for t in tallies)
        rates = [t.rejection_rate for t in tallies]
        return cls(
            parts=len(tallies),
            rejected=rejected,
            inspections=inspections,
            rate=rejected / inspections,
            lower_95=lower_mean(rates),
            upper_95=upper_mean(rates),
        )


def _share(count: int, of: int) -> float | None:
    return count / of if of else None
