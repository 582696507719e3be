"""The protocol, against cases worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training_cli.qualification.kits import inspections, judgements, kit, rejected
from training_cli.errors import UserError
from training_cli.qualification.figures import Zone
from training_cli.qualification.judgements import ManualInspection
from training_cli.qualification.protocol import Qualification, qualify

# Kit: defective A B C D, good E F.   rejected of 10
#            A   B   C   D   E   F
# machine   10   7   6  10   0   4
# people    10   8   7   2   0   3
KIT = kit("ABCD", "EF")
MACHINE = {name: rejected(n) for name, n in zip("ABCDEF", (10, 7, 6, 10, 0, 4), strict=True)}
PEOPLE = {name: rejected(n) for name, n in zip("ABCDEF", (10, 8, 7, 2, 0, 3), strict=True)}


@pytest.fixture(scope="module")
def worked() -> Qualification:
    return qualify(KIT, judgements(MACHINE), inspections(PEOPLE))


def test_seven_of_ten_makes_a_part_well_classified(worked: Qualification) -> None:
    # A, B, D are rejected 7 times or more; C is not. E passes 10 times, F only 6.
    assert [p.name for p in worked.not_well_classified] == ["C", "F"]
    machine, people = worked.machine, worked.inspectors
    assert (machine.all_parts.count, machine.all_parts.parts) == (4, 6)
    assert (machine.defective_parts.count, machine.defective_parts.parts) == (3, 4)
    assert (machine.good_parts.count, machine.good_parts.parts) == (1, 2)
    seven = machine.seven_of_ten
    assert (seven.true_positives, seven.false_negatives) == (3, 1)
    assert (seven.true_negatives, seven.false_positives) == (1, 1)
    # people: A, B, C rejected; D not; E passes 10 times, F 7 times
    assert people is not None
    assert people.all_parts.count == 5


def test_the_inspectors_fix_the_zones(worked: Qualification) -> None:
    zones = {p.name: p.zone for p in worked.parts}
    assert zones == {
        **dict.fromkeys("ABC", Zone.REJECT),
        **dict.fromkeys("DEF", Zone.ACCEPT),
    }
    assert worked.disputed == ("D",)  # defective, and people pass it 8 times of 10


def test_reject_zone_efficiency_of_both(worked: Qualification) -> None:
    # Zone A B C: machine (10 + 7 + 6) / 30, people (10 + 8 + 7) / 30; ratio 23 / 25.
    machine, people, comparison = worked.machine, worked.inspectors, worked.comparison
    assert machine.reject_zone is not None
    assert people is not None
    assert people.reject_zone is not None
    assert comparison is not None
    assert (machine.reject_zone.rejected, machine.reject_zone.inspections) == (23, 30)
    assert machine.reject_zone.rate == pytest.approx(23 / 30)
    assert people.reject_zone.rate == pytest.approx(25 / 30)
    assert comparison.rze_ratio == pytest.approx(23 / 25)
    assert comparison.rze_difference == pytest.approx(-2 / 30)
    assert not comparison.is_rze_reached
    assert not comparison.is_seven_of_ten_reached  # 4 against 5
    assert worked.is_accepted is False


def test_rates_over_truth_and_over_the_other_zones(worked: Qualification) -> None:
    # Good E, F: 4 of 20 rejected. Defective: 10 + 7 + 6 + 10 of 40. Accept zone D E F: 14 of 30.
    machine = worked.machine
    assert machine.false_rejects.rate == pytest.approx(4 / 20)
    assert machine.detection.rate == pytest.approx(33 / 40)
    assert machine.accept_zone is not None
    assert machine.accept_zone.rate == pytest.approx(14 / 30)
    assert machine.grey_zone is None
    every = machine.inspections
    assert (every.true_positives, every.false_negatives) == (33, 7)
    assert (every.true_negatives, every.false_positives) == (16, 4)
    assert every.accuracy == pytest.approx(49 / 60)


def test_every_run_is_told_apart(worked: Qualification) -> None:
    # Rejects come first: run 1 rejects all but E; run 7 A, B, D; run 8 A, D.
    runs = {row.name: row.confusion for row in worked.per_run}
    assert list(runs) == [str(n) for n in range(1, 11)]
    assert (runs["1"].true_positives, runs["1"].false_positives) == (4, 1)
    assert (runs["7"].true_positives, runs["7"].false_positives) == (3, 0)
    assert (runs["8"].true_positives, runs["8"].false_negatives) == (2, 2)


def test_reaching_the_inspectors_exactly_is_enough() -> None:
    same = qualify(KIT, judgements(PEOPLE), inspections(PEOPLE))
    assert same.comparison is not None
    assert same.comparison.rze_ratio == 1
    assert same.is_accepted is True


def test_a_machine_that_rejects_everything_is_not_accepted() -> None:
    everything = qualify(KIT, judgements(dict.fromkeys("ABCDEF", "R" * 10)), inspections(PEOPLE))
    assert everything.comparison is not None
    assert everything.comparison.is_rze_reached
    # 4 well classified, since good parts never pass; people have 5
    assert not everything.comparison.is_seven_of_ten_reached
    assert everything.is_accepted is False


def test_undecided_counts_as_rejected_and_apart() -> None:
    # A: 3 rejects and 4 undecided make 7; B (good): 2 undecided and a reject leave 7 passes
    found = qualify(kit("A", "B"), judgements({"A": "RRRUUUUPPP", "B": "UURPPPPPPP"}))
    a, b = found.parts
    assert (a.machine.rejected, a.machine.undecided, a.is_well_classified) == (7, 4, True)
    assert (b.machine.rejected, b.machine.undecided, b.is_well_classified) == (3, 2, True)
    assert found.undecided == 6
    assert found.machine.inspections.undecided == 6


def test_without_inspectors_nothing_is_compared() -> None:
    alone = qualify(KIT, judgements(MACHINE))
    assert alone.machine.all_parts.count == 4
    assert (alone.inspectors, alone.comparison, alone.is_accepted) == (None, None, None)
    assert alone.machine.reject_zone is None
    assert all(p.zone is None and p.manual is None for p in alone.parts)


def test_without_a_reject_zone_nothing_is_compared() -> None:
    people = dict.fromkeys("ABCDEF", rejected(6))
    found = qualify(KIT, judgements(MACHINE), inspections(people))
    assert found.inspectors is not None
    assert (found.comparison, found.is_accepted) == (None, None)
    assert {p.zone for p in found.parts} == {Zone.GREY}


def test_inspectors_are_counted_together_and_each_alone() -> None:
    # Part A: eva rejects 10 of 10, jan 4 of 10: together 14 of 20 = 7 of 10, just in the zone.
    small = kit("A", "B")
    people = [
        *inspections({"A": rejected(10), "B": rejected(0)}, "eva"),
        *inspections({"A": rejected(4), "B": rejected(0)}, "jan"),
    ]
    found = qualify(small, judgements({"A": rejected(7), "B": rejected(3)}), people)
    assert found.parts[0].manual is not None
    assert (found.parts[0].manual.rejected, found.parts[0].manual.inspections) == (14, 20)
    assert found.parts[0].zone is Zone.REJECT
    assert [p.name for p in found.each_inspector] == ["eva", "jan"]
    rates = [p.reject_zone.rate for p in found.each_inspector if p.reject_zone]
    assert rates == [1.0, 0.4]
    assert found.is_accepted is True  # 7/10 = 14/20, exactly


def test_inspectors_may_have_looked_a_different_number_of_times() -> None:
    people = [*inspections({"A": "RR", "B": "PP"}, "eva"), *inspections({"A": "P", "B": "P"}, "jo")]
    found = qualify(kit("A", "B"), judgements({"A": "RRR", "B": "PPP"}), people, runs=3)
    assert found.inspectors is not None
    assert found.inspectors.runs == 3
    assert found.parts[0].zone is Zone.GREY  # 2 of 3


MISTAKES = [
    ({"A": "R" * 10}, "Part B is missing in run 1, and 9 more"),
    ({"A": "R" * 10, "B": "P" * 9}, "Part B is missing in run 10:"),
    ({"A": "R" * 10, "B": "P" * 10, "X": "P"}, "name part X, which is not in the kit"),
    ({"A": "R" * 8, "B": "P" * 8}, "are of 8 runs and 10 are asked for"),
    ({"A": "R" * 11, "B": "P" * 11}, "are of 11 runs and 10 are asked for"),
    ({}, "There are no judgements"),
]


@pytest.mark.parametrize(("answers", "sentence"), MISTAKES)
def test_judgements_must_be_complete(answers: dict[str, str], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        qualify(kit("A", "B"), judgements(answers))


def test_nothing_may_be_there_twice() -> None:
    small, whole = kit("A", "B"), judgements({"A": "R" * 10, "B": "P" * 10})
    with pytest.raises(UserError, match=r"Part A is there twice in run 1\."):
        qualify(small, [*whole, whole[0]])
    people = inspections({"A": "RR", "B": "PP"})
    with pytest.raises(UserError, match="Part B is there twice in run 2 of inspector eva"):
        qualify(small, whole, [*people, people[-1]])


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ([], "no inspections by people"),
        (inspections({"A": "RR", "B": "P"}), "Part B is missing in run 2 of inspector eva"),
        (inspections({"A": "R", "B": "P", "C": "P"}), "name part C"),
    ],
)
def test_inspections_must_be_complete(people: list[ManualInspection], sentence: str) -> None:
    whole = judgements({"A": "R" * 10, "B": "P" * 10})
    with pytest.raises(UserError, match=sentence):
        qualify(kit("A", "B"), whole, people)


ANSWERS = st.fixed_dictionaries({name: st.text("PRU", min_size=5, max_size=5) for name in "ABCD"})


@settings(max_examples=60, deadline=None)
@given(ANSWERS, st.sampled_from("ABCD"), st.integers(0, 4))
def test_one_more_right_answer_never_makes_it_worse(
    answers: dict[str, str], part: str, run: int
) -> None:
    small, right = kit("AB", "CD"), "R" if part in "AB" else "P"
    better = {**answers, part: answers[part][:run] + right + answers[part][run + 1 :]}
    people = inspections({"A": "RRR", "B": "RRP", "C": "PPP", "D": "RPP"})
    before = qualify(small, judgements(answers), people, runs=5)
    after = qualify(small, judgements(better), people, runs=5)
    assert after.machine.all_parts.count >= before.machine.all_parts.count
    assert after.machine.detection.rate >= before.machine.detection.rate
    assert after.machine.detection.lower_95 >= before.machine.detection.lower_95
    assert after.machine.false_rejects.upper_95 <= before.machine.false_rejects.upper_95
    assert before.is_accepted is not True or after.is_accepted is True
