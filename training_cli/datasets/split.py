"""Divides samples into training, validation and test."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from training_cli.datasets.sample import FREE, Sample


class SplitRule(StrEnum):
    """How samples are divided."""

    TILE = "tile"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Split:
    """Samples by what they are for; no sample stands in two."""

    train: tuple[Sample, ...]
    validation: tuple[Sample, ...]
    test: tuple[Sample, ...]


def split_samples(samples: Sequence[Sample], rule: SplitRule, seed: int) -> Split:
    """Divide samples by a rule; the same samples, rule and seed give the same split.

    `tile`: about 60, 20 and 20 % of the physical tiles of every class, free ones included, so that
    no tile is on two sides. `paper`: 80 and 20 % of the images of every defect class, at random;
    validation has defective images only, every free image is trained on, and there is no test
    (Caruso et al. 2024, section 4.2).
    """
    return _RULES[rule](samples, np.random.default_rng(seed))


def reduced(split: Split, share: float, *, by_tile: bool, seed: int) -> Split:
    """Train on a share of the defective images of every class, at least one, and on all free ones.

    A smaller share lies within a larger one of the same seed (Caruso et al. 2024, section 4.4).

    Args:
        split: What it is taken from; validation and test stay as they are.
        share: Above 0, to 1.
        by_tile: Take that share of the tiles, with all images of each.
        seed: Chooses which.
    """
    rng = np.random.default_rng([seed, 1])
    groups = _grouped(split.train, lambda s: s.label)
    kept = groups.pop(FREE, [])
    for label in sorted(groups):
        units = _grouped(groups[label], lambda s: s.tile if by_tile else s.name)
        names = sorted(units)
        rng.shuffle(names)
        for name in names[: max(1, round(share * len(names)))]:
            kept += units[name]
    return _split(kept, list(split.validation), list(split.test))


def _by_tile(samples: Sequence[Sample], rng: np.random.Generator) -> Split:
    groups = _grouped(samples, lambda s: s.label)
    parts: tuple[list[Sample], ...] = ([], [], [])
    for label in sorted(groups):
        tiles = _grouped(groups[label], lambda s: s.tile)
        names = sorted(tiles)
        rng.shuffle(names)
        held = max(1, round(0.2 * len(names)))
        for name, part in zip(names, [2] * held + [1] * held + [0] * len(names), strict=False):
            parts[part].extend(tiles[name])
    return _split(*parts)


def _as_paper(samples: Sequence[Sample], rng: np.random.Generator) -> Split:
    groups = _grouped(samples, lambda s: s.label)
    train, validation = list(groups.pop(FREE, [])), []
    for label in sorted(groups):
        images = sorted(groups[label], key=lambda s: s.name)
        order = rng.permutation(len(images))
        held = round(0.2 * len(images))
        validation += [images[i] for i in order[:held]]
        train += [images[i] for i in order[held:]]
    return _split(train, validation, [])


def _grouped(
    samples: Sequence[Sample], key: Callable[[Sample], str]
) -> defaultdict[str, list[Sample]]:
    groups: defaultdict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        groups[key(sample)].append(sample)
    return groups


def _split(train: list[Sample], validation: list[Sample], test: list[Sample]) -> Split:
    parts = (sorted(part, key=lambda s: s.name) for part in (train, validation, test))
    return Split(*map(tuple, parts))


_RULES = {SplitRule.TILE: _by_tile, SplitRule.PAPER: _as_paper}
