"""The seam to where frames come from, and its errors.

```
CameraError
├── CameraNotFound        no such device, producer or product
│   └── FolderUnusable    no such folder, or it holds no images
├── CameraSettingsError   a feature the device lacks, or a value it refuses (names the feature)
└── CameraLost            it was there and has gone; opening it again may help
```
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from inspector_gui.acquisition.frame import Frame


class CameraError(Exception):
    """Something is wrong with a camera. The text is one sentence with cause and remedy."""


class CameraNotFound(CameraError):
    pass


class FolderUnusable(CameraNotFound):
    pass


class CameraSettingsError(CameraError):
    pass


class CameraLost(CameraError):
    pass


class Trigger(StrEnum):
    """What makes the camera take a frame."""

    FREE_RUN = "free_run"  # TriggerMode Off
    SOFTWARE = "software"  # TriggerMode On, TriggerSource Software
    HARDWARE = "hardware"  # TriggerMode On, TriggerSource Line0.. (named in `trigger_source`)


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """What a recipe or a command asks of a camera.

    Attributes:
        trigger: How frames are started.
        trigger_source: SFNC `TriggerSource` for hardware triggers, such as `Line0`.
        features: SFNC names and values, set in this order and read back.
        producers: GenTL producer files to load besides those of the environment.
        frame_rate: Frames a second for folder and simulated lines (None: as asked for); for GenTL
            cameras `AcquisitionFrameRate`.
        loop: Whether a folder starts again at its end.
        seed, defect_rate: Of the simulated line.
    """

    trigger: Trigger = Trigger.FREE_RUN
    trigger_source: str = "Line0"
    features: Mapping[str, bool | int | float | str] = field(default_factory=dict)
    producers: tuple[str, ...] = ()
    frame_rate: float | None = None
    loop: bool = False
    seed: int = 1
    defect_rate: float = 0.3


class CameraState(StrEnum):
    CLOSED = "closed"
    READY = "ready"
    STREAMING = "streaming"
    LOST = "lost"  # being reconnected, with back-off
    ENDED = "ended"  # a finite source has delivered its last frame


@dataclass(frozen=True, slots=True)
class CameraStatus:
    """A snapshot; taking one never blocks on the device.

    Attributes:
        state: See `CameraState`.
        detail: What is wrong and what to do, one sentence; "" when all is well.
        delivered: Frames handed out with any status but `LOST`.
        gaps: Frame ids that never arrived.
        restarts: How often the device had to be opened again.
    """

    state: CameraState
    detail: str = ""
    delivered: int = 0
    gaps: int = 0
    restarts: int = 0


class Camera(Protocol):
    """A source of frames.

    All methods are called from one thread (the station's acquisition thread), but `status` and
    `trigger`, which any thread may call.
    """

    @property
    def name(self) -> str:
        """As the user chose it: `gentl:viky`, `folder:parts`, `simulated`."""
        ...

    @property
    def waits_for_fetch(self) -> bool:
        """True if the source makes a frame only when asked, so that nothing can be overrun."""
        ...

    @property
    def status(self) -> CameraStatus: ...

    def open(self) -> None:
        """Connect and apply the settings; nothing happens if the camera is open already.

        Raises:
            CameraError: Not there, or a setting is refused.
        """
        ...

    def start(self) -> None:
        """Begin taking frames."""
        ...

    def fetch(self, timeout_s: float) -> Frame | None:
        """The next frame in order, or None after `timeout_s` by the monotonic clock.

        A gap in the frame ids is handed out as one `LOST` frame for each missing id, before the
        frame that revealed it. When the device is lost the camera reconnects by itself; `status`
        says so meanwhile and `fetch` returns None.

        Raises:
            CameraError: Reconnecting is hopeless, say because the settings no longer fit.
        """
        ...

    def trigger(self) -> None:
        """Take one frame (software trigger).

        Raises:
            CameraSettingsError: The camera is not in software trigger mode.
        """
        ...

    def stop(self) -> None:
        """Stop taking frames; frames already taken can still be fetched."""
        ...

    def close(self) -> None:
        """Let go of everything; may be called twice."""
        ...
