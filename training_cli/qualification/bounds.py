"""One-sided 95 % bounds over parts.

The runs of one part are no independent observations: a deep scratch is rejected in all of them. So
the part is the unit, never the inspection.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import binomtest

LEVEL = 0.95
_BLOCKS, _DRAWS = 20, 500


def lower_mean(values: Sequence[float], worst: float = 0.0) -> float:
    """What the mean over other parts like these is above, with 95 %.

    The bound of Gaffke (2005): a bootstrap over parts with random (Dirichlet) weights, in which one
    more part stands that has the worst value. It assumes no distribution, stays below 1 when every
    part was rejected in every run, and is that of Clopper and Pearson where every value is 0 or 1;
    that it holds for every other distribution is conjectured. Seeded: the same values give the same
    bound, and no higher value gives a lower one.

    Args:
        values: One for each part; at least one.
        worst: The lowest value that a part can have.
    """
    ordered = np.sort(np.array([worst, *values]))
    generator = np.random.default_rng(0)
    ones = np.ones(len(ordered))
    means = [generator.dirichlet(ones, _DRAWS) @ ordered for _ in range(_BLOCKS)]
    bound = np.quantile(np.concatenate(means), 1 - LEVEL)
    return float(np.clip(bound, ordered[0], ordered[-1]))  # weights add up to 1 but for rounding


def upper_mean(values: Sequence[float], worst: float = 1.0) -> float:
    """What the mean over other parts like these is below, with 95 %; see `lower_mean`."""
    return -lower_mean([-value for value in values], -worst)


def lower_share(count: int, of: int) -> float:
    """Clopper and Pearson's: what the share of other parts is above, with 95 %."""
    found = binomtest(count, of, alternative="greater").proportion_ci(LEVEL, "exact")
    return float(found.low)
