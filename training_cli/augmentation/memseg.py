"""Anomalies as MemSeg makes them (Yang et al. 2023): texture in places of Perlin's forms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training_cli.augmentation.region import Region, is_seen, perlin_places
from training_cli.datasets.pictures import like

Pixels = NDArray[np.uint8]

OPACITY = 0.15, 1.0
"""Share of the texture in its blend with the picture; the paper's."""
GRID = 4, 8
"""Pieces down and across that a picture is cut into for a structure; the paper's."""
ATTEMPTS = 5
DISTANCE = 0.5
"""A texture stands out more than a real defect has to, whose form tells, too (see `is_seen`)."""


def memseg(
    good: Pixels,
    rng: np.random.Generator,
    region: Region | None = None,
    texture: Pixels | None = None,
) -> tuple[Pixels, Pixels] | None:
    """A good picture with texture laid over places of Perlin's forms.

    Args:
        good: uint8 (height, width), or with three channels; left as it is.
        rng: All randomness.
        region: bool (height, width), the paper's foreground: nothing changes outside.
        texture: A picture of any size to take texture from; None takes the good one itself, its
            light changed, cut in pieces and shuffled (the paper's structural anomaly).

    Returns:
        The picture, and its mask, uint8 (height, width) of 0 and 1; None where none of some
        attempts is seen.
    """
    for _ in range(ATTEMPTS):
        mask = perlin_places(good.shape, rng, region)
        over = _shuffled(_relit(good, rng), rng) if texture is None else like(texture, good)
        opacity = rng.uniform(*OPACITY)
        blend = np.round(opacity * over + (1 - opacity) * good).astype(np.uint8)
        made = np.where(mask if good.ndim == 2 else mask[:, :, None], blend, good)
        if is_seen(good, made, mask, DISTANCE):
            return made, mask
    return None


def _relit(picture: Pixels, rng: np.random.Generator) -> Pixels:
    mirrored = picture[:: rng.choice([-1, 1]), :: rng.choice([-1, 1])].astype(np.float32)
    mean = mirrored.mean()
    changed = (mirrored - mean) * rng.uniform(0.5, 1.5) + mean + 255 * rng.uniform(-0.2, 0.2)
    return np.asarray(np.clip(changed, 0, 255), np.uint8)


def _shuffled(picture: Pixels, rng: np.random.Generator) -> Pixels:
    """The pieces of a grid in another order; what a whole number of pieces leaves is cut off."""
    rows, columns = (min(n, side) for n, side in zip(GRID, picture.shape[:2], strict=True))
    height, width = picture.shape[0] // rows, picture.shape[1] // columns
    pieces = [
        picture[y * height : (y + 1) * height, x * width : (x + 1) * width]
        for y in range(rows)
        for x in range(columns)
    ]
    order = rng.permutation(len(pieces))
    lines = [
        np.concatenate([pieces[i] for i in order[row * columns : (row + 1) * columns]], axis=1)
        for row in range(rows)
    ]
    return like(np.ascontiguousarray(np.concatenate(lines)), picture)
