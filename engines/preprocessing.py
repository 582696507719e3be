"""What happens to a pixel outside the network: called by station and trainer alike."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.card import InputSpec

LARGEST_STRETCH = 4


def prepare(image: NDArray[np.uint8], spec: InputSpec) -> NDArray[np.uint8]:
    """Bring an image to the input of a network that takes it whole.

    Returns:
        uint8 (1, spec.height, spec.width, spec.channels), contiguous.

    Raises:
        ValueError: See `scaled`.
    """
    return np.ascontiguousarray(scaled(image, spec)).reshape(spec.shape)


def scaled(image: NDArray[np.uint8], spec: InputSpec) -> NDArray[np.uint8]:
    """Bring an image to the network's channels and scale.

    The rule "stretch" resamples to the network's height and width without keeping the aspect
    ratio; a tiling multiplies both sides by its scale instead. By area when neither side grows,
    bilinearly otherwise.

    Args:
        image: uint8 (height, width) grey or (height, width, 3) RGB.
        spec: The model card's input.

    Returns:
        uint8 (height, width, spec.channels): the network's size, or the frame's times the scale.

    Raises:
        ValueError: The image is not uint8, has neither one nor three channels, or has less than a
            quarter of the network's height or width: so little cannot show a defect.
    """
    if image.dtype != np.uint8:
        raise ValueError(f"expected 8-bit pixels, got {image.dtype}")
    if image.size == 0 or image.ndim not in (2, 3) or (image.ndim == 3 and image.shape[2] != 3):
        raise ValueError(f"expected a grey or RGB image, got an array of shape {image.shape}")
    if spec.channels == 1 and image.ndim == 3:
        image = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)  # type: ignore[assignment]
    elif spec.channels == 3 and image.ndim == 2:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2RGB)  # type: ignore[assignment]
    height, width = image.shape[:2]
    rows, columns = size_on_map(height, width, spec)
    shown = (rows, columns) if spec.tiling else (height, width)
    if LARGEST_STRETCH * shown[0] < spec.height or LARGEST_STRETCH * shown[1] < spec.width:
        raise ValueError(
            f"an image of {width}×{height} pixels is too small for a network of "
            f"{spec.width}×{spec.height}"
        )
    if (height, width) != (rows, columns):
        shrinks = height >= rows and width >= columns
        method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        image = cv2.resize(image, (columns, rows), interpolation=method)  # type: ignore[assignment]
    return image.reshape(rows, columns, spec.channels)


def size_on_map(height: int, width: int, spec: InputSpec) -> tuple[int, int]:
    """Height and width that a frame has when the network looks at it."""
    if spec.tiling is None:
        return spec.height, spec.width
    return max(1, round(height * spec.tiling.scale)), max(1, round(width * spec.tiling.scale))
