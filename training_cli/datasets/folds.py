"""Divides samples into a test set and folds of equal make-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from training_cli.datasets.sample import Sample
from training_cli.datasets.split import Split

TEST_SHARE = 0.1


def split_folds(samples: Sequence[Sample], folds: int, fold: int, seed: int) -> Split:
    """Fold `fold` validates and the others are trained on; the test set is the same for all.

    A tenth of the images of every set of labels is the test set. The others are dealt out set by
    set, so that folds differ by one image of a set at most.
    """
    groups: defaultdict[str, list[Sample]] = defaultdict(list)
    for sample in sorted(samples, key=lambda s: s.name):
        groups[sample.label].append(sample)
    rng = np.random.default_rng(seed)
    parts: list[list[Sample]] = [[] for _ in range(folds)]
    test: list[Sample] = []
    dealt = 0
    for label in sorted(groups):
        images = [groups[label][i] for i in rng.permutation(len(groups[label]))]
        held = round(TEST_SHARE * len(images))
        test += images[:held]
        for sample in images[held:]:
            parts[dealt % folds].append(sample)
            dealt += 1
    train = [s for number, part in enumerate(parts) for s in part if number != fold]
    ordered = (sorted(part, key=lambda s: s.name) for part in (train, parts[fold], test))
    return Split(*map(tuple, ordered))
