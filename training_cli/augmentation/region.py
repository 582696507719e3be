"""Where in a picture something is put, and whether it can be seen there."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.stats import ks_2samp

from training_cli.augmentation.perlin import perlin_mask

Pixels = NDArray[np.uint8]
Region = NDArray[np.bool_]
"""bool (height, width): where a defect may lie."""

MIN_PIXELS = 8
"""A defect has so many pixels or more."""
LEAST_CHANGE = 6.0
"""Grey levels that a place changes by, from which it can be seen,"""
LEAST_DISTANCE = 0.25
"""and how far its greys are from those before (Kolmogorov and Smirnov's distance, 0 to 1)."""
_FINEST = 4
"""Power of two of cells along a side: with more, the whole picture is speckled."""
_TRIES = 20


def change(good: Pixels, made: Pixels, mask: Pixels) -> float:
    """Grey levels that a tenth of a mask's pixels change by or more; slightly blurred first."""
    difference = np.abs(_blurred(made) - _blurred(good))
    flat = difference if difference.ndim == 2 else difference.max(2)
    return float(np.percentile(flat[mask > 0], 90)) if mask.any() else 0.0


def is_seen(good: Pixels, made: Pixels, mask: Pixels, distance: float = LEAST_DISTANCE) -> bool:
    """Whether what was put into a picture looks unlike what was there.

    A texture laid over the same texture changes every pixel, and nothing can be seen of it: the
    greys inside the mask must be others, not only elsewhere.
    """
    if change(good, made, mask) < LEAST_CHANGE:
        return False
    before, after = (_blurred(np.atleast_3d(picture))[mask > 0] for picture in (good, made))
    pairs = zip(before.reshape(len(before), -1).T, after.reshape(len(after), -1).T, strict=True)
    return any(ks_2samp(*pair, method="asymp").statistic >= distance for pair in pairs)


def perlin_places(
    shape: tuple[int, ...], rng: np.random.Generator, region: Region | None
) -> Pixels:
    """Patches of Perlin's forms inside a region: uint8 (height, width), 0 or 1.

    All of the region, where noise leaves nothing of it after some tries.
    """
    height, width = shape[:2]
    allowed = np.ones((height, width), np.bool_) if region is None else region
    for _ in range(_TRIES):
        mask = perlin_mask(height, width, rng, finest=_FINEST) & allowed
        if mask.sum() >= MIN_PIXELS:
            return mask.astype(np.uint8)
    return allowed.astype(np.uint8)


def one_patch(places: Pixels, rng: np.random.Generator) -> Pixels:
    """One of the patches, the larger the likelier."""
    count, numbers, figures, _ = cv2.connectedComponentsWithStats(places, connectivity=8)
    areas = figures[1:count, cv2.CC_STAT_AREA]
    chosen = rng.choice(len(areas), p=areas / areas.sum())
    return np.asarray(numbers == chosen + 1, np.uint8)


def moved_into(
    pixels: Pixels, mask: Pixels, region: Region, rng: np.random.Generator
) -> tuple[Pixels, Pixels]:
    """Picture and mask shifted so that the mask's middle lies in a region; the rest is cut off."""
    if not mask.any() or not region.any():
        return pixels, np.zeros_like(mask)
    y, x = rng.choice(np.argwhere(region)) - np.argwhere(mask).mean(0)
    shift = np.array([[1, 0, round(x)], [0, 1, round(y)]], np.float32)
    size = mask.shape[1], mask.shape[0]
    moved = cv2.warpAffine(pixels, shift, size, borderMode=cv2.BORDER_REFLECT_101)
    place = cv2.warpAffine(mask, shift, size, flags=cv2.INTER_NEAREST)
    return np.asarray(moved, np.uint8), np.where(region, place, 0).astype(np.uint8)


def _blurred(picture: Pixels) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 1.0), np.float32)
