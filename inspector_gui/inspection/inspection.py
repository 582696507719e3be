"""What the station hands out for one part, once it is committed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.verdict import Verdict
from inspector_gui.acquisition.frame import Frame
from inspector_gui.records.entries import Receipt


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """A part, the verdict on it, and the proof that both are in the record.

    Attributes:
        part: Running number within the lot.
        frames: As they were judged.
        verdict: The machine's. `UNDECIDED` with reason `record_not_written` if `receipt` is None.
        model_sha256, provider: In force when it was taken.
        elapsed_ms: By step: `queue`, the engine's own, and `total` from the last frame's arrival
            until now.
        judged_at: UTC, ISO 8601.
        receipt: Of the committed row; None if the record could not be written.
        handed_out_ns: `time.monotonic_ns()` when it was handed out.
    """

    part: int
    lot: str
    frames: tuple[Frame, ...]
    verdict: Verdict
    model_sha256: str
    provider: str
    elapsed_ms: Mapping[str, float]
    judged_at: str
    receipt: Receipt | None
    handed_out_ns: int

    @property
    def pixels(self) -> NDArray[np.uint8] | None:
        """Of the frame that shows best why, or else of the first one that has some."""
        frames = (self.frames[self.verdict.frame], *self.frames)
        return next((f.pixels for f in frames if f.pixels is not None), None)

    @property
    def source(self) -> str:
        return self.frames[0].source

    @property
    def frame_ids(self) -> tuple[int, ...]:
        return tuple(frame.frame_id for frame in self.frames)
