"""Puts defects into good pictures: Dynamic Label Injection (Caruso et al. 2024, section 3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from training_cli.augmentation.region import (
    MIN_PIXELS,
    Region,
    is_seen,
    moved_into,
)
from training_cli.augmentation.transforms import Geometry, transform
from training_cli.datasets.pictures import like
from training_cli.datasets.sample import FREE_INDEX, Images

Pixels = NDArray[np.uint8]


class Way(StrEnum):
    """How a defect is put into a free image."""

    CUT_PASTE = "cut-paste"
    POISSON = "Poisson"


WAYS = {"cut-paste": Way.CUT_PASTE, "poisson": Way.POISSON}
"""By the name that people give it by."""


@dataclass(frozen=True, slots=True, eq=False)
class Defect:
    """A picture with a defect.

    Attributes:
        pixels: uint8 (height, width), or with three channels.
        mask: uint8 (height, width), 1 where the defect is.
    """

    pixels: Pixels
    mask: Pixels


GEOMETRY = Geometry(degrees=10.0, scale=0.2, shift=0.25)
"""How a defect is moved before it is injected."""
ATTEMPTS = 5
# The paper's 5×5, and the 3 pixels on each side that seamlessClone erodes before it takes the
# gradients (opencv issue 17450): without them a small defect's whole edge is lost.
_DILATION = np.ones((5 + 2 * 3, 5 + 2 * 3), np.uint8)


def inject_labels(
    pixels: Pixels,
    masks: Pixels,
    labels: NDArray[np.int64],
    source: Images,
    classes: int,
    rng: np.random.Generator,
) -> dict[int, Way]:
    """Inject defects into the free images of a batch until its classes are even, in place.

    Each defect-free image in turn gets a defect of the class that is rarest in the batch at that
    moment. A class that `source` does not show is left out.

    Args:
        pixels: uint8 (n, height, width).
        masks: uint8 (n, height, width), 0 or 1.
        labels: (n,), as in `Images`; images of several classes are left alone.
        source: Where defects are taken from, at the same size.
        classes: Number of classes.
        rng: All randomness.

    Returns:
        How it was done, by the number of the image; images that were left alone are not in it.
    """
    ways: dict[int, Way] = {}
    donors = {c: found for c in range(classes) if len(found := np.flatnonzero(source.labels == c))}
    counts = {c: int((labels == c).sum()) for c in donors}
    for i in np.flatnonzero(labels == FREE_INDEX):
        if not counts or min(counts.values()) == max(1, *counts.values()):
            break
        rarest = min(counts, key=lambda c: counts[c])
        way = _inject(pixels[i], masks[i], source, donors[rarest], rng)
        if way is not None:
            labels[i] = rarest
            counts[rarest] += 1
            ways[int(i)] = way
    return ways


def _inject(
    target: Pixels,
    target_mask: Pixels,
    source: Images,
    donors: NDArray[np.int64],
    rng: np.random.Generator,
) -> Way | None:
    """Put one defect into a free image; None where none of some attempts leaves it in view."""
    for _ in range(ATTEMPTS):
        donor = rng.choice(donors)
        defect, mask = transform(source.pixels[donor], source.masks[donor], GEOMETRY, rng)
        if _is_in_view(mask, source.masks[donor]):
            way = Way.POISSON if rng.random() < 0.5 else Way.CUT_PASTE
            target[...] = _INJECT[way](defect, mask, target)
            target_mask[...] = mask
            return way
    return None


def inject(
    good: Pixels, defect: Defect, way: Way, rng: np.random.Generator, region: Region | None = None
) -> tuple[Pixels, Pixels] | None:
    """A good picture with one defect of another, moved as for training.

    Args:
        good: uint8 (height, width), or with three channels; left as it is.
        defect: Of any size, brought to that of the picture; grey or colour.
        way: How it is put in.
        rng: All randomness.
        region: bool (height, width): nothing changes outside.

    Returns:
        The picture, and its mask, uint8 (height, width) of 0 and 1; None where none of some
        attempts is in view and seen.
    """
    defect = fitted(defect, good)
    for _ in range(ATTEMPTS):
        moved, place = transform(defect.pixels, defect.mask, GEOMETRY, rng)
        if region is not None:
            moved, place = moved_into(moved, place, region, rng)
        if not _is_in_view(place, defect.mask):
            continue
        made = _INJECT[way](moved, place, good)
        if region is not None:
            made = np.where(region if good.ndim == 2 else region[:, :, None], made, good)
        if is_seen(good, made, place):
            return made, place
    return None


def moved_mask(
    good: Pixels, defect: Defect, rng: np.random.Generator, region: Region | None = None
) -> Pixels:
    """Where `inject` would put a defect: uint8 (height, width) of 0 and 1; empty if out of view."""
    mask = fitted(defect, good).mask
    _, moved = transform(mask, mask, GEOMETRY, rng)
    return moved if region is None else moved_into(moved, moved, region, rng)[1]


def fitted(defect: Defect, good: Pixels) -> Defect:
    """A defect at the size of a good picture, and with its channels."""
    size = good.shape[1], good.shape[0]
    mask = cv2.resize(defect.mask, size, interpolation=cv2.INTER_NEAREST)
    return Defect(like(defect.pixels, good), np.asarray(mask, np.uint8))


def cut_paste(defect: Pixels, mask: Pixels, target: Pixels) -> Pixels:
    """The target with the defect's own pixels where the mask is 1; all of one size."""
    return np.where(mask > 0 if target.ndim == 2 else mask[:, :, None] > 0, defect, target)


def poisson(defect: Pixels, mask: Pixels, target: Pixels) -> Pixels:
    """The target with the defect's gradients, mixed with its own, in the mask dilated by 5×5.

    OpenCV solves for the rectangle around the mask, so that greys may shift slightly all over it.
    """
    wide = cv2.dilate(mask * np.uint8(255), _DILATION)
    # seamlessClone reads one pixel around the mask, and fails on masks without an inside.
    wide[[0, -1], :] = 0
    wide[:, [0, -1]] = 0
    x, y, width, height = cv2.boundingRect(wide)
    if width < 3 or height < 3:
        return cut_paste(defect, mask, target)
    is_grey = target.ndim == 2
    source, destination = (
        cv2.cvtColor(i, cv2.COLOR_GRAY2BGR) if is_grey else i for i in (defect, target)
    )
    centre = (x + width // 2, y + height // 2)
    cloned = cv2.seamlessClone(source, destination, wide, centre, cv2.MIXED_CLONE)
    return np.asarray(cloned[:, :, 0] if is_grey else cloned, np.uint8)


def _is_in_view(moved: Pixels, mask: Pixels) -> bool:
    return bool(moved.sum() >= MIN_PIXELS or moved.sum() >= mask.sum() > 0)


_INJECT = {Way.CUT_PASTE: cut_paste, Way.POISSON: poisson}
