"""Chooses few samples of many, with every label among them as long as possible."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np

from training_cli.datasets.sample import Sample


def in_turns(
    samples: Sequence[Sample], limit: int | None, rng: np.random.Generator
) -> list[Sample]:
    """So many samples at most, None for all, in random order, labels taking turns.

    A smaller limit lies within a larger one of the same randomness.
    """
    left: dict[str, list[Sample]] = {}
    for i in rng.permutation(len(samples)):
        left.setdefault(samples[i].label, []).append(samples[i])
    turns = [sample for turn in zip_longest(*left.values()) for sample in turn if sample]
    return turns[:limit]
