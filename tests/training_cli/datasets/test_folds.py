from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from training_cli.datasets.folds import split_folds
from training_cli.datasets.sample import Sample

LABELS = ("bumps", "bumps+stains", "cracks", "free")


@st.composite
def samples(draw: st.DrawFn) -> list[Sample]:
    counts = {label: draw(st.integers(0, 60)) for label in LABELS}
    names = [(f"{label}-{i}", label) for label, count in counts.items() for i in range(count)]
    return [Sample(name, Path(name), None, label, name) for name, label in names]


@given(samples(), st.integers(2, 6), st.integers(0, 99))
def test_every_image_validates_once_or_is_in_the_test(
    found: list[Sample], folds: int, seed: int
) -> None:
    splits = [split_folds(found, folds, fold, seed) for fold in range(folds)]
    assert len({split.test for split in splits}) == 1
    judged = [s.name for split in splits for s in split.validation]
    assert sorted([*judged, *(s.name for s in splits[0].test)]) == sorted(s.name for s in found)
    for split in splits:
        held = {s.name for s in (*split.validation, *split.test)}
        assert {s.name for s in split.train} == {s.name for s in found} - held


@given(samples(), st.integers(2, 6), st.integers(0, 99))
def test_folds_are_made_up_alike(found: list[Sample], folds: int, seed: int) -> None:
    splits = [split_folds(found, folds, fold, seed) for fold in range(folds)]
    for label in LABELS:
        counts = [sum(s.label == label for s in split.validation) for split in splits]
        assert max(counts) - min(counts) <= 1
    whole = Counter(s.label for s in found)
    held = Counter(s.label for s in splits[0].test)
    assert all(held[label] == round(0.1 * whole[label]) for label in LABELS)


@given(samples(), st.integers(0, 99))
def test_folds_depend_on_the_seed_and_not_on_the_order(found: list[Sample], seed: int) -> None:
    assert split_folds(found, 3, 1, seed) == split_folds(found[::-1], 3, 1, seed)
