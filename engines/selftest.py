"""The seeded input of a model's self-test."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.card import InputSpec


def seeded_input(seed: int, spec: InputSpec) -> NDArray[np.uint8]:
    """A smooth random texture, the same for a seed on every machine.

    Returns:
        uint8 of `spec.shape`.
    """
    rng = np.random.Generator(np.random.Philox(seed))
    coarse = rng.integers(0, 256, size=(16, 16, spec.channels), dtype=np.uint8)
    factor = (-(-spec.height // 16), -(-spec.width // 16))
    tiled = coarse.repeat(factor[0], axis=0).repeat(factor[1], axis=1)
    noise = rng.integers(0, 32, size=spec.shape[1:], dtype=np.uint8)
    image = tiled[: spec.height, : spec.width] // 2 + noise
    return np.ascontiguousarray(image).reshape(spec.shape)
