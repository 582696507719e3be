"""Reads one image file, or says in a sentence why its pixels cannot be judged."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff"})


class ImageFileError(Exception):
    """The file holds no image that may be judged. The text is one sentence."""


def read_image(path: Path) -> NDArray[np.uint8]:
    """Read an image as it is stored: nothing is scaled, and an EXIF orientation is not applied.

    Returns:
        uint8 (height, width) if the file is grey, else (height, width, 3) RGB.

    Raises:
        ImageFileError: The file is gone, damaged or cut short, has several pages, transparent
            pixels, or pixels of more than 8 bits, whose scale is unknown.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ImageFileError(f"{path.name} cannot be read: {error.strerror}.") from error
    if not data:
        raise ImageFileError(f"{path.name} is empty.")
    if data.startswith(b"\xff\xd8\xff"):
        return _decode_jpeg(data, path.name)
    return _decode_other(data, path.name)


def _decode_jpeg(data: bytes, name: str) -> NDArray[np.uint8]:
    # Not by OpenCV: it takes libjpeg's warnings for success and fills what is missing with grey.
    try:
        *_, components = simplejpeg.decode_jpeg_header(data)
        colorspace = "GRAY" if components == "Gray" else "RGB"
        pixels: NDArray[np.uint8] = simplejpeg.decode_jpeg(data, colorspace, strict=True)
    except ValueError as error:
        reason = str(error).rstrip(".")
        raise ImageFileError(f"{name} is damaged or cut short ({reason}).") from error
    return pixels[:, :, 0] if colorspace == "GRAY" else pixels


def _decode_other(data: bytes, name: str) -> NDArray[np.uint8]:
    buffer = np.frombuffer(data, np.uint8)
    try:
        _, pages = cv2.imdecodemulti(buffer, cv2.IMREAD_UNCHANGED)
    except cv2.error:
        pages = ()
    if not pages:
        raise ImageFileError(f"{name} is not an image, or is damaged or cut short.")
    if len(pages) > 1:
        raise ImageFileError(f"{name} has {len(pages)} pages; save each as a file of its own.")
    return _as_grey_or_rgb(np.asarray(pages[0]), name)


def _as_grey_or_rgb(pixels: NDArray[np.generic], name: str) -> NDArray[np.uint8]:
    if pixels.dtype != np.uint8:
        raise ImageFileError(
            f"{name} has {pixels.dtype} pixels, whose scale is unknown; save it with 8 bits."
        )
    image = pixels.view(np.uint8)
    if image.ndim == 2:
        return image
    channels = image.shape[2]
    if channels == 4 and image[:, :, 3].min() < 255:
        raise ImageFileError(f"{name} has transparent pixels; save it without transparency.")
    if channels not in (3, 4):
        raise ImageFileError(f"{name} has {channels} channels; save it as grey or RGB.")
    return np.ascontiguousarray(image[:, :, 2::-1])
