"""Small pictures of parts."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.verdict import Box

_CONTEXT = 3  # the finding fills at most a third of the picture


def thumbnail(pixels: NDArray[np.uint8], around: Box | None, side: int) -> NDArray[np.uint8]:
    """A square cut out of a frame, around a finding or from its middle.

    Args:
        pixels: uint8 (height, width) or (height, width, 3).
        around: What to show, in pixels of the frame.
        side: Of the picture that is returned.

    Returns:
        uint8 (side, side, 3), contiguous.
    """
    height, width = pixels.shape[:2]
    length = min(height, width)
    x, y = width // 2, height // 2
    if around is not None:
        x, y = around.x + around.width // 2, around.y + around.height // 2
        length = min(length, max(_CONTEXT * max(around.width, around.height), side))
    left = min(max(x - length // 2, 0), width - length)
    top = min(max(y - length // 2, 0), height - length)
    cut = pixels[top : top + length, left : left + length]
    stride = max(1, length // (4 * side))  # a large frame must not cost a tick
    small = cv2.resize(cut[::stride, ::stride], (side, side), interpolation=cv2.INTER_AREA)
    if small.ndim == 2:
        small = cv2.cvtColor(small, cv2.COLOR_GRAY2RGB)
    return np.ascontiguousarray(small, dtype=np.uint8)
