"""Random changes of place and of light."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
_CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))


@dataclass(frozen=True, slots=True)
class Geometry:
    """Largest changes: rotation in degrees, scale and shift as fractions; and flips."""

    degrees: float
    scale: float
    shift: float


def transform(
    image: Pixels, mask: Pixels, geometry: Geometry, rng: np.random.Generator
) -> tuple[Pixels, Pixels]:
    """Flip, rotate, scale and shift image and mask together; what is missing is mirrored.

    The mask is not mirrored: what was outside the image is no defect. The image may have channels.
    """
    height, width = image.shape[:2]
    angle = rng.uniform(-geometry.degrees, geometry.degrees)
    scale = 1 + rng.uniform(-geometry.scale, geometry.scale)
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, scale)
    shift = rng.uniform(-geometry.shift, geometry.shift, 2)
    matrix[:, 2] = matrix[:, 2] + shift * (width, height)
    for axis, size in ((0, width), (1, height)):
        if rng.random() < 0.5:
            matrix[axis] *= -1
            matrix[axis, 2] += size - 1
    moved = cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REFLECT_101)
    moved_mask = cv2.warpAffine(mask, matrix, (width, height), flags=cv2.INTER_NEAREST)
    return np.asarray(moved, np.uint8), np.asarray(moved_mask, np.uint8)


def relight(image: Pixels, rng: np.random.Generator) -> Pixels:
    """Another exposure of the same part: gain, gamma, uneven light, blur and noise."""
    height, width = image.shape
    value = image.astype(np.float32) / 255
    value = value ** np.float32(np.exp(rng.uniform(-0.35, 0.35)))
    x, y = rng.uniform(-0.25, 0.25, 2).astype(np.float32)
    slope = np.linspace(-x, x, width, dtype=np.float32) + np.linspace(
        -y, y, height, dtype=np.float32
    ).reshape(-1, 1)
    contrast, brightness = rng.uniform(0.7, 1.3), rng.uniform(-0.15, 0.15)
    mean = value.mean()
    value = ((value - mean) * contrast + mean + brightness) * (1 + slope)
    if rng.random() < 0.3:
        value = cv2.GaussianBlur(value, (0, 0), rng.uniform(0.4, 1.2))
    if rng.random() < 0.5:
        value = value + rng.normal(0, rng.uniform(0.0, 0.03), value.shape).astype(np.float32)
    return np.asarray(np.clip(value * 255 + 0.5, 0, 255), np.uint8)


def crop_at(
    image: Pixels, mask: Pixels, size: int, rng: np.random.Generator
) -> tuple[Pixels, Pixels]:
    """A random square of `size` pixels, no larger than the image is; with a defect, one that shows
    some of its edge.

    The inside of a large defect alone can look like a good part.
    """
    corner = []
    defect = (mask > 0).astype(np.uint8)
    edge = np.argwhere(defect - cv2.erode(defect, _CROSS, borderValue=1))
    inside = edge if len(edge) else np.argwhere(defect)
    point = rng.choice(inside) if len(inside) else None
    for axis, length in enumerate(image.shape):
        low, high = 0, max(0, length - size)
        if point is not None:
            low, high = max(low, int(point[axis]) - size + 1), min(high, int(point[axis]))
        corner.append(int(rng.integers(low, high + 1)))
    window = np.s_[corner[0] : corner[0] + size, corner[1] : corner[1] + size]
    return image[window], mask[window]
