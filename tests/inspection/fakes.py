"""A camera that plays a script and an engine that misbehaves on demand."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engines.card import ModelCard, Threshold
from engines.verdict import Box, Decision, Finding, Verdict
from inspector_gui.acquisition.camera import (
    CameraError,
    CameraLost,
    CameraSettingsError,
    CameraState,
    CameraStatus,
)
from inspector_gui.acquisition.frame import Frame, FrameStatus
from inspector_gui.inspection.recipe import Recipe
from tests import models


def frame(frame_id: int, status: FrameStatus = FrameStatus.COMPLETE, bright: int = 0) -> Frame:
    pixels = np.full((8, 8), bright, np.uint8) if status is FrameStatus.COMPLETE else None
    detail = "" if pixels is not None else f"It is {status.value}."
    return Frame(frame_id, status, pixels, "Mono8", 0, time.monotonic_ns(), f"#{frame_id}", detail)


def frame_of(frame_id: int, pixels: np.ndarray) -> Frame:
    return Frame(
        frame_id, FrameStatus.COMPLETE, pixels, "Mono8", 0, time.monotonic_ns(), f"#{frame_id}"
    )


class ScriptedCamera:
    """Delivers frames, pauses, states and errors in the order of its script."""

    name = "scripted"

    def __init__(
        self, script: Sequence[Frame | CameraStatus | CameraError | float], waits: bool = True
    ) -> None:
        self._script = list(script)
        self._status = CameraStatus(CameraState.READY)
        self.waits_for_fetch = waits
        self.is_closed = False

    @property
    def status(self) -> CameraStatus:
        return self._status

    def open(self) -> None: ...

    def start(self) -> None:
        self._status = CameraStatus(CameraState.STREAMING)
        if self._script and isinstance(self._script[0], CameraSettingsError):
            raise self._script[0]

    def fetch(self, timeout_s: float) -> Frame | None:
        if not self._script:
            self._status = CameraStatus(CameraState.ENDED)
            return None
        step = self._script.pop(0)
        if isinstance(step, CameraError):
            raise step
        if isinstance(step, CameraStatus):
            self._status = step
            return None
        if isinstance(step, float):
            time.sleep(step)
            return None
        return step

    def trigger(self) -> None:
        raise CameraSettingsError("It has no trigger.")

    def stop(self) -> None: ...

    def close(self) -> None:
        self.is_closed = True


class BrightEngine:
    """Rejects what is brighter than 127; can be slow, fail, or hang."""

    frames_per_part = None
    frames_in_use: tuple[int, ...] | None = None
    model_sha256 = "a" * 64
    provider = "CPUExecutionProvider"

    def __init__(self, delay_s: float = 0.0) -> None:
        self.delay_s = delay_s
        self.fails_on: set[int] = set()
        self.hang = threading.Event()
        self.hangs_on: set[int] = set()
        self._calls = 0

    @property
    def card(self) -> ModelCard:
        return models.card()

    @property
    def thresholds(self) -> dict[str, dict[str, Threshold]]:
        return {"part": {"scratch": Threshold(score=0.5)}}

    def judge(self, images: Sequence[np.ndarray]) -> Verdict:
        self._calls += 1
        call = self._calls
        time.sleep(self.delay_s)
        if call in self.fails_on:
            raise RuntimeError("out of luck")
        if call in self.hangs_on:
            self.hang.wait()
        score = float(max(image.max() for image in images)) / 255
        if score < 0.5:
            return Verdict(Decision.PASS, score, 0.5)
        finding = Finding("scratch", score, 0.5, Box(0, 0, 8, 8), 64)
        return Verdict(Decision.REJECT, score, 0.5, (finding,))


def recipe(frames_per_part: int = 1, keep_pass_every: int = 0) -> Recipe:
    return Recipe.model_validate(
        {
            "name": "test",
            "revision": 3,
            "product": "Test part",
            "engine": "defect_segmenter",
            "frames_per_part": frames_per_part,
            "model": {"file": "test.onnx", "sha256": "a" * 64},
            "images": {"keep_pass_every": keep_pass_every},
        }
    )


def lost(detail: str = "The camera is gone.") -> CameraLost:
    return CameraLost(detail)


def write_recipe(folder: Path, sha256: str, **changes: str) -> Path:
    """A recipe file for the brightness model."""
    lines = {
        "name": '"bright"',
        "revision": "1",
        "product": '"Bright part"',
        "engine": '"defect_segmenter"',
        **changes,
    }
    model = f'[model]\nfile = "brightness.onnx"\nsha256 = "{sha256}"\n'
    path = folder / "bright.toml"
    path.write_text("\n".join(f"{k} = {v}" for k, v in lines.items()) + "\n" + model)
    return path
