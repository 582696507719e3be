"""Writes pictures as PNG."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray


def write_png(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Write (H, W) uint8 grey levels or (H, W, 3) uint8 RGB.

    Not through `cv2.imwrite`, which cannot open every path on Windows.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    _, png = cv2.imencode(".png", stored)
    path.write_bytes(png.tobytes())
