"""Reads one image file, or says in a sentence why its pixels cannot be judged."""

from __future__ import annotations

import struct
from pathlib import Path

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

_TIFF = {b"II*\0": "<", b"MM\0*": ">", b"II+\0": "<", b"MM\0+": ">"}
_COMPRESSION = 259
_PNG = b"\x89PNG\r\n\x1a\n"
MOST_PIXELS = 200_000_000
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
    if path.exists() and not path.is_file():
        raise ImageFileError(f"{path.name} is no ordinary file.")
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
        height, width, stored, _ = simplejpeg.decode_jpeg_header(data)
        if height * width > MOST_PIXELS:
            raise ImageFileError(_too_large(name, height, width))
        if stored not in ("Gray", "YCbCr", "RGB"):
            raise ImageFileError(f"{name} has {stored} pixels; save it as grey or RGB.")
        colorspace = "GRAY" if stored == "Gray" else "RGB"
        pixels: NDArray[np.uint8] = simplejpeg.decode_jpeg(data, colorspace, strict=True)
    except ValueError as error:
        reason = str(error).rstrip(".")
        raise ImageFileError(f"{name} is damaged or cut short ({reason}).") from error
    return pixels[:, :, 0] if colorspace == "GRAY" else pixels


def _decode_other(data: bytes, name: str) -> NDArray[np.uint8]:
    if data[:4] in _TIFF and _compression(data) != 1:
        raise ImageFileError(
            f"{name} is a compressed TIFF file, in which damage would go unnoticed; "
            "save it as PNG or without compression."
        )
    if data.startswith(_PNG):
        width, height = struct.unpack(">II", data[16:24].ljust(8, b"\0"))
        if height * width > MOST_PIXELS:  # before so much memory is asked for
            raise ImageFileError(_too_large(name, height, width))
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


def _too_large(name: str, height: int, width: int) -> str:
    most = MOST_PIXELS // 1_000_000
    return f"{name} claims {width} x {height} pixels; at most {most} megapixels are read."


def _compression(data: bytes) -> int:
    """The Compression tag of a TIFF file's first page (TIFF 6.0, section 2); 0 if unreadable."""
    order = _TIFF[data[:4]]
    try:
        (first,) = struct.unpack_from(f"{order}I", data, 4)
        (count,) = struct.unpack_from(f"{order}H", data, first)
        for entry in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", data, first + 2 + 12 * entry)
            if tag == _COMPRESSION:
                return int(value)
    except struct.error:
        return 0
    return 1


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
