"""What a camera's process and the station say to each other."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_gui.acquisition.camera import CameraSettings
from inspector_gui.acquisition.frame import FrameStatus
from inspector_gui.acquisition.gentl.ring import RingSize


@dataclass(frozen=True, slots=True)
class Request:
    """What the process is started for: open this camera."""

    device: str
    producers: tuple[str, ...]
    settings: CameraSettings


# --- from the station ---


@dataclass(frozen=True, slots=True)
class Start:
    ring: str
    size: RingSize


@dataclass(frozen=True, slots=True)
class Stop:
    pass


@dataclass(frozen=True, slots=True)
class Fire:
    """Take one frame by software trigger."""


@dataclass(frozen=True, slots=True)
class Close:
    pass


Command = Start | Stop | Fire | Close

# --- from the process; besides these it sends the CameraError that ended it ---


@dataclass(frozen=True, slots=True)
class Loading:
    """A producer is being loaded; the last one named is to blame if nothing follows."""

    producer: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The settings hold, and frames will be of this shape."""

    device_id: str
    producer: str
    pixel_format: str
    width: int
    height: int
    row_bytes: int


@dataclass(frozen=True, slots=True)
class Started:
    pass


@dataclass(frozen=True, slots=True)
class Dropped:
    """The device's ids `first` to `last` came while the ring was full."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """A frame came from the device.

    Attributes:
        sequence: Its place in the ring.
        device_id: The device's own number for it.
        detail: Why it is not `COMPLETE`.
        dropped: What came before it but after the frame announced last.
    """

    sequence: int
    device_id: int
    status: FrameStatus
    detail: str
    timestamp_ns: int
    received_ns: int
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    dropped: tuple[Dropped, ...]


Report = Loading | Opened | Started | Arrived | Stopped

# --- on demand ---


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature as people read it.

    Attributes:
        name: By SFNC, or the vendor's own.
        kind: `Integer`, `Float`, `Boolean`, `Enumeration`, `String`, `Command` or `Register`.
        value: As text; "" if it cannot be read now.
        range: Limits, step and unit, or the values that may be chosen now; "" if it has none.
        access: What can be done now: `RW`, `RO`, `WO`, or `NA` if it is not available.
        category: The categories it stands in, outermost first, as `DeviceControl/...`.
    """

    name: str
    kind: str
    value: str
    range: str
    access: str
    category: str
