"""Writes pictures as PNG."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray


def write_png(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Not through `cv2.imwrite`, which cannot open every path on Windows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _, png = cv2.imencode(".png", pixels)
    path.write_bytes(png.tobytes())
