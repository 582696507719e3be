"""What a GenTL producer's buffer holds. Imported only in a camera's own process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from genicam import gentl
from numpy.typing import NDArray

from inspector_gui.acquisition.frame import FrameStatus
from inspector_gui.acquisition.pixel_formats import PixelFormat

_IMAGE = (
    gentl.PAYLOADTYPE_INFO_IDS.PAYLOAD_TYPE_IMAGE,
    gentl.PAYLOADTYPE_INFO_IDS.PAYLOAD_TYPE_CHUNK_DATA,
)
_BIG_ENDIAN = gentl.PIXELENDIANNESS_IDS.PIXELENDIANNESS_BIG


def attribute(module: Any, name: str, default: Any = "") -> Any:
    """A property that a producer may leave out."""
    try:
        value = getattr(module, name)
    except gentl.GenericException:
        return default
    return default if value is None else value


@dataclass(frozen=True, slots=True)
class Layout:
    """The shape that every frame must have."""

    pixel_format: PixelFormat
    width: int
    height: int

    @property
    def row_bytes(self) -> int:
        return self.pixel_format.row_bytes(self.width)


class Unfit(Exception):
    """A buffer whose pixels may not be judged."""

    def __init__(self, status: FrameStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status


def queue(buffer: Any) -> None:
    """Give a buffer back to the producer; its memory may change from now on."""
    buffer.parent.queue_buffer(buffer)


def timestamp_ns(buffer: Any) -> int:
    """The device's clock, or 0."""
    direct = attribute(buffer, "timestamp_ns", 0)
    if direct:
        return int(direct)
    ticks = attribute(buffer, "timestamp", 0)
    frequency = attribute(buffer.parent.parent, "timestamp_frequency", 0)
    return int(ticks) * 1_000_000_000 // int(frequency) if ticks and frequency else 0


def pixels_of(buffer: Any, layout: Layout) -> NDArray[np.uint8]:
    """The pixels in a buffer, without row padding.

    Returns:
        uint8 (height, row bytes), a view that changes once the buffer is queued.

    Raises:
        Unfit: Part of the data is missing, or it is not what was agreed on.
    """
    _check_complete(buffer, layout)
    _check_layout(buffer, layout)
    offset = int(attribute(buffer, "image_offset", 0))
    stride = layout.row_bytes + int(attribute(buffer, "padding_x", 0))
    data = np.frombuffer(buffer.raw_buffer, np.uint8, offset=offset)
    if data.size < stride * layout.height:
        raise Unfit(
            FrameStatus.INCOMPLETE, f"The buffer holds {data.size} bytes, too few for the image."
        )
    rows = data[: stride * layout.height].reshape(layout.height, stride)
    return rows[:, : layout.row_bytes]


def _check_complete(buffer: Any, layout: Layout) -> None:
    try:
        is_complete = buffer.is_complete()
    except gentl.GenericException:
        is_complete = False
    if not is_complete:
        raise Unfit(FrameStatus.INCOMPLETE, "The camera delivered a frame with missing data.")
    lines = int(attribute(buffer, "delivered_image_height", layout.height))
    if lines < layout.height:
        raise Unfit(FrameStatus.INCOMPLETE, f"Only {lines} of {layout.height} rows were delivered.")


def _check_layout(buffer: Any, layout: Layout) -> None:
    if attribute(buffer, "payload_type", _IMAGE[0]) not in _IMAGE:
        raise Unfit(
            FrameStatus.UNREADABLE, f"The payload type {buffer.payload_type} is not a single image."
        )
    size = attribute(buffer, "width", layout.width), attribute(buffer, "height", layout.height)
    if size != (layout.width, layout.height):
        raise Unfit(
            FrameStatus.UNREADABLE,
            f"The image is {size[0]}×{size[1]} instead of {layout.width}×{layout.height}.",
        )
    code = attribute(buffer, "pixel_format", layout.pixel_format.code)
    if code != layout.pixel_format.code:
        raise Unfit(
            FrameStatus.UNREADABLE,
            f"The pixel format is 0x{code:08X} instead of {layout.pixel_format.name}.",
        )
    if layout.pixel_format.is_wide and attribute(buffer, "pixel_endianness", 0) == _BIG_ENDIAN:
        raise Unfit(FrameStatus.UNREADABLE, "Pixels with the higher byte first are not supported.")
