from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from training_cli.datasets.magnetic_tiles import read_magnetic_tiles
from training_cli.datasets.sample import Sample
from training_cli.datasets.split import SplitRule, reduced, split_samples

LABELS = ("blowhole", "break", "free")


@st.composite
def samples(draw: st.DrawFn) -> list[Sample]:
    """Some tiles of each label, each with one to six photographs."""
    found = []
    for label in LABELS:
        photographs = draw(st.lists(st.integers(1, 6), min_size=3, max_size=20))
        for tile, count in enumerate(photographs):
            for i in range(count):
                name = f"{label}/{tile}-{i}.png"
                found.append(Sample(name, Path(name), None, label, f"{label}-{tile}"))
    return found


@given(samples(), st.integers(0, 99))
def test_by_tile_keeps_tiles_whole_and_all_labels_everywhere(
    found: list[Sample], seed: int
) -> None:
    split = split_samples(found, SplitRule.TILE, seed)
    parts = (split.train, split.validation, split.test)
    assert sorted(s.name for part in parts for s in part) == sorted(s.name for s in found)
    tiles = [{s.tile for s in part} for part in parts]
    assert not tiles[0] & tiles[1]
    assert not tiles[0] & tiles[2]
    assert not tiles[1] & tiles[2]
    assert all({s.label for s in part} == set(LABELS) for part in parts)


@given(samples(), st.integers(0, 99))
def test_split_depends_on_the_seed_and_not_on_the_order(found: list[Sample], seed: int) -> None:
    for rule in SplitRule:
        assert split_samples(found, rule, seed) == split_samples(found[::-1], rule, seed)


@given(samples(), st.integers(0, 99))
def test_the_papers_split_validates_on_a_fifth_of_each_defect_only(
    found: list[Sample], seed: int
) -> None:
    split = split_samples(found, SplitRule.PAPER, seed)
    assert not split.test
    assert sorted(s.name for s in (*split.train, *split.validation)) == sorted(
        s.name for s in found
    )
    for label in LABELS:
        total = sum(s.label == label for s in found)
        held = sum(s.label == label for s in split.validation)
        assert held == (0 if label == "free" else round(0.2 * total))


@given(samples(), st.integers(0, 99), st.booleans())
def test_a_fraction_is_of_each_defect_and_lies_in_the_larger_ones(
    found: list[Sample], seed: int, by_tile: bool
) -> None:
    split = split_samples(found, SplitRule.PAPER, seed)
    smaller: set[str] = set()
    for share in (0.1, 0.25, 0.5, 0.75, 1.0):
        part = reduced(split, share, by_tile=by_tile, seed=seed)
        assert (part.validation, part.test) == (split.validation, split.test)
        names = {s.name for s in part.train}
        assert smaller <= names
        smaller = names
        for label in LABELS:
            units = [
                {s.tile if by_tile else s.name for s in of if s.label == label}
                for of in (part.train, split.train)
            ]
            wanted = 1.0 if label == "free" else share
            assert len(units[0]) == max(1, round(wanted * len(units[1])))
        if by_tile:
            defective = {s.tile for s in part.train if s.label != "free"}
            whole = {s.name for s in split.train if s.tile in defective or s.label == "free"}
            assert names == whole
    assert part == split


def test_the_real_tiles_divide_as_asked(shared: Path) -> None:
    found = read_magnetic_tiles(shared / "data" / "magnetic-tiles")
    split = split_samples(found, SplitRule.TILE, 0)
    tiles = [len({s.tile for s in part}) for part in (split.train, split.validation, split.test)]
    assert 0.55 < tiles[0] / sum(tiles) < 0.65
    assert tiles[1] == tiles[2]
