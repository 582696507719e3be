"""Random draws that are the same with every version of NumPy.

NumPy promises that the raw bits of `Philox` and `SeedSequence` never change, but not what
`Generator` makes of them; so only raw bits are taken from it.
"""

from collections.abc import Sequence
from functools import cache
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
_LEVELS = 4096


@cache
def _normal_quantiles() -> NDArray[np.float32]:
    normal = NormalDist()
    return np.array(
        [normal.inv_cdf((level + 0.5) / _LEVELS) for level in range(_LEVELS)], np.float32
    )


class Draws:
    """A stream of draws of its own for every sequence of whole numbers."""

    def __init__(self, *key: int) -> None:
        self._bits = np.random.Philox(np.random.SeedSequence(key))

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        return low + (high - low) * (int(self._bits.random_raw()) >> 11) * 2.0**-53

    def integer(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.uniform() * (high - low + 1))

    def chance(self, probability: float) -> bool:
        return self.uniform() < probability

    def sign(self) -> int:
        return 1 if self.chance(0.5) else -1

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[self.integer(0, len(choices) - 1)]

    def normal(self, *shape: int) -> NDArray[np.float32]:
        """Float32 of that shape, mean 0, standard deviation 1, within ±3.7."""
        count = int(np.prod(shape))
        raw = np.asarray(self._bits.random_raw(-(-count // 4)), dtype="<u8").view("<u2")
        quantiles: NDArray[np.float32] = _normal_quantiles()[raw[:count] & (_LEVELS - 1)]
        return quantiles.reshape(shape)
