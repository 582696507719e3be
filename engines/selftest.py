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
    images = [_texture(np.random.Philox(seed + place), spec) for place in range(spec.batch)]
    return np.ascontiguousarray(np.stack(images)).reshape(spec.shape)


def _texture(bits: np.random.Philox, spec: InputSpec) -> NDArray[np.uint8]:
    rng = np.random.Generator(bits)
    coarse = rng.integers(0, 256, size=(16, 16, spec.channels), dtype=np.uint8)
    factor = (-(-spec.height // 16), -(-spec.width // 16))
    tiled = coarse.repeat(factor[0], axis=0).repeat(factor[1], axis=1)
    noise = rng.integers(0, 32, size=spec.shape[1:], dtype=np.uint8)
    texture: NDArray[np.uint8] = tiled[: spec.height, : spec.width] // 2 + noise
    return texture
