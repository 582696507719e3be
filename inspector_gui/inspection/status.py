"""What a station is doing, as a snapshot that never blocks and never changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from inspector_gui.acquisition.camera import CameraStatus


class StationState(StrEnum):
    """See the diagram in `inspector_gui.inspection.station`."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    CAMERA_LOST = "camera_lost"
    STOPPING = "stopping"
    FAULT = "fault"


class Level(StrEnum):
    OK = "ok"
    ATTENTION = "attention"  # will need a hand
    ALARM = "alarm"  # needs a hand now


@dataclass(frozen=True, slots=True)
class Health:
    """One line of the station's health.

    Attributes:
        name: `camera`, `engine`, `record` or `disk`.
        level: How urgent.
        text: What is the case, one sentence.
        remedy: What to do about it; "" when nothing is wrong.
    """

    name: str
    level: Level
    text: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Counters:
    """Counts since the station was started. `parts == passed + rejected + undecided` always."""

    parts: int = 0
    passed: int = 0
    rejected: int = 0
    undecided: int = 0
    overruns: int = 0
    images_not_kept: int = 0


@dataclass(frozen=True, slots=True)
class StationStatus:
    """A snapshot of the station.

    Attributes:
        detail: Why it is in `FAULT` or `CAMERA_LOST`, with the remedy; "" otherwise.
        fault_in: The name of the health line that a fault belongs to; "" without one.
        queue: Parts that wait for an engine.
        frames: Frames received or known to be lost.
        rate_per_s: Parts handed out a second, over the last seconds.
        latency_p50_ms, latency_p99_ms: From a part's last frame to its handing out, over the
            last parts; None before the first.
    """

    state: StationState
    detail: str
    fault_in: str
    lot: str
    recipe: str
    recipe_revision: int
    camera_name: str
    model: str
    provider: str
    camera: CameraStatus
    counters: Counters = field(default_factory=Counters)
    queue: int = 0
    frames: int = 0
    rate_per_s: float = 0.0
    latency_p50_ms: float | None = None
    latency_p99_ms: float | None = None
    health: tuple[Health, ...] = ()
