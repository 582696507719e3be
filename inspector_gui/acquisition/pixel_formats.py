"""Turns a camera's bytes into grey or RGB pixels of 8 bits.

Names, codes and layouts are those of the Pixel Format Naming Convention (PFNC) of GenICam, and of
GigE Vision for `Mono10Packed` and `Mono12Packed`. Formats of 10 and 12 bits are scaled by their
depth: the lowest bits are dropped, whatever the image holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PixelFormat:
    """How pixels lie in memory.

    Attributes:
        name: SFNC `PixelFormat`.
        code: PFNC's number for it.
        group_pixels, group_bytes: A row is whole groups of so many pixels in so many bytes.
        decode: uint8 (height, row bytes) to uint8 (height, width) or (height, width, 3) RGB, in
            memory of its own or the same.
        is_wide: Whether a component takes two bytes, lower byte first.
    """

    name: str
    code: int
    group_pixels: int
    group_bytes: int
    decode: Callable[[Bytes], Bytes]
    is_wide: bool = False

    def row_bytes(self, width: int) -> int:
        """Bytes of a row without its padding.

        Raises:
            ValueError: A row of this width does not end with a whole byte.
        """
        if width % self.group_pixels:
            raise ValueError(f"{self.name} needs a width that is a multiple of {self.group_pixels}")
        return width // self.group_pixels * self.group_bytes


def _grey(rows: Bytes) -> Bytes:
    return rows


def _high_bits(bits: int) -> Callable[[Bytes], Bytes]:
    def decode(rows: Bytes) -> Bytes:
        return (rows.view("<u2") >> (bits - 8)).astype(np.uint8)

    return decode


def _mono10p(rows: Bytes) -> Bytes:
    """Four pixels in five bytes, the first in the lowest bits."""
    b0, b1, b2, b3, b4 = (rows[:, place::5] for place in range(5))
    pixels = np.empty((len(rows), b0.shape[1], 4), np.uint8)
    pixels[:, :, 0] = b0 >> 2 | b1 << 6
    pixels[:, :, 1] = b1 >> 4 | b2 << 4
    pixels[:, :, 2] = b2 >> 6 | b3 << 2
    pixels[:, :, 3] = b4
    return pixels.reshape(len(rows), -1)


def _mono12p(rows: Bytes) -> Bytes:
    """Two pixels in three bytes, the first in the lowest bits."""
    pixels = np.empty((len(rows), rows.shape[1] // 3, 2), np.uint8)
    pixels[:, :, 0] = rows[:, 0::3] >> 4 | rows[:, 1::3] << 4
    pixels[:, :, 1] = rows[:, 2::3]
    return pixels.reshape(len(rows), -1)


def _gige_packed(rows: Bytes) -> Bytes:
    """Two pixels in three bytes: upper bits of the first, lower bits of both, upper bits."""
    pixels = np.empty((len(rows), rows.shape[1] // 3, 2), np.uint8)
    pixels[:, :, 0] = rows[:, 0::3]
    pixels[:, :, 1] = rows[:, 2::3]
    return pixels.reshape(len(rows), -1)


def _rgb(rows: Bytes) -> Bytes:
    return rows.reshape(len(rows), -1, 3)


def _converted(components: int, conversion: int) -> Callable[[Bytes], Bytes]:
    def decode(rows: Bytes) -> Bytes:
        pixels = rows.reshape(len(rows), -1, components)
        return np.asarray(cv2.cvtColor(pixels, conversion), np.uint8)

    return decode


_FORMATS = (
    PixelFormat("Mono8", 0x01080001, 1, 1, _grey),
    PixelFormat("Mono10", 0x01100003, 1, 2, _high_bits(10), is_wide=True),
    PixelFormat("Mono10p", 0x010A0046, 4, 5, _mono10p),
    PixelFormat("Mono10Packed", 0x010C0004, 2, 3, _gige_packed),
    PixelFormat("Mono12", 0x01100005, 1, 2, _high_bits(12), is_wide=True),
    PixelFormat("Mono12p", 0x010C0047, 2, 3, _mono12p),
    PixelFormat("Mono12Packed", 0x010C0006, 2, 3, _gige_packed),
    PixelFormat("RGB8", 0x02180014, 1, 3, _rgb),
    PixelFormat("BGR8", 0x02180015, 1, 3, _converted(3, cv2.COLOR_BGR2RGB)),
    PixelFormat("RGBa8", 0x02200016, 1, 4, _converted(4, cv2.COLOR_RGBA2RGB)),
    # OpenCV's short Bayer names are off by one pixel in both directions; these are not.
    PixelFormat("BayerRG8", 0x01080009, 1, 1, _converted(1, cv2.COLOR_BayerRGGB2RGB)),
    PixelFormat("BayerGR8", 0x01080008, 1, 1, _converted(1, cv2.COLOR_BayerGRBG2RGB)),
    PixelFormat("BayerGB8", 0x0108000A, 1, 1, _converted(1, cv2.COLOR_BayerGBRG2RGB)),
    PixelFormat("BayerBG8", 0x0108000B, 1, 1, _converted(1, cv2.COLOR_BayerBGGR2RGB)),
)
PIXEL_FORMATS: Mapping[str, PixelFormat] = {each.name: each for each in _FORMATS}
