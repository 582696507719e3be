"""Reads and writes pictures as they are, grey or colour."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.png import write_png
from training_cli.errors import UserError

Pixels = NDArray[np.uint8]
"""uint8 (height, width), or (height, width, 3), RGB."""
SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff"})


def pictures_in(folder: Path, pattern: str) -> list[Path]:
    """The picture files that a glob finds in a folder, in order."""
    return sorted(p for p in folder.glob(pattern) if p.suffix.lower() in SUFFIXES)


def read_picture(path: Path) -> Pixels:
    """A picture in 8 bits, grey where the file is.

    Raises:
        UserError: It cannot be read.
    """
    flags = cv2.IMREAD_ANYCOLOR
    try:
        data = np.frombuffer(path.read_bytes(), np.uint8)
        image = cv2.imdecode(data, flags) if len(data) else None
    except OSError:
        image = None
    if image is None:
        raise UserError(f"{path} is not an image that can be read: restore or remove the file.")
    return np.asarray(image if image.ndim == 2 else image[:, :, ::-1].copy(), np.uint8)


def write_picture(path: Path, pixels: Pixels) -> None:
    """As PNG; folders are made."""
    write_png(path, pixels)


def like(picture: Pixels, other: Pixels) -> Pixels:
    """A picture brought to the size and the channels of another."""
    height, width = other.shape[:2]
    if picture.ndim > other.ndim:
        picture = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    elif picture.ndim < other.ndim:
        picture = np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB), np.uint8)
    if picture.shape == other.shape:
        return picture
    how = cv2.INTER_AREA if height * width < picture.shape[0] * picture.shape[1] else 1
    return np.asarray(cv2.resize(picture, (width, height), interpolation=how), np.uint8)
