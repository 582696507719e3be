"""How long the window's event loop stands still while 100 large frames a second are judged."""

from __future__ import annotations

import gc
import hashlib
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, QTimer, QTimerEvent
from pytestqt.qtbot import QtBot

from inspector_gui import event_loop
from inspector_gui.acquisition.camera import CameraSettings
from inspector_gui.acquisition.frame import Frame, FrameStatus
from inspector_gui.acquisition.paced import PacedCamera
from inspector_gui.controller import StationController
from inspector_gui.inspection import opening
from inspector_gui.inspection.status import StationState
from inspector_gui.settings import Settings
from inspector_gui.views.window import MainWindow
from tests import models

WIDTH, HEIGHT = 2448, 2048
MAP_WIDTH, MAP_HEIGHT = WIDTH // 16, HEIGHT // 16  # whole ratios are the cheapest to reduce by
REJECT_EVERY = 50
WARM_UP_S = 3.0


class PrerenderedCamera(PacedCamera):
    """Hands out the same few pictures again and again, so that taking one costs nothing."""

    def __init__(self, settings: CameraSettings) -> None:
        super().__init__("prerendered", settings)
        random = np.random.default_rng(1)
        coarse = random.uniform(60, 110, (HEIGHT // 64, WIDTH // 64)).astype(np.float32)
        surface = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
        grain = random.normal(0, 1.5, (HEIGHT, WIDTH)).astype(np.float32)
        picture = (surface + grain).clip(0, 125).astype(np.uint8)
        self._good = [np.roll(picture, 97 * n, axis=1) for n in range(4)]
        self._bad = self._good[0].copy()
        self._bad[900:1200, 1200:1500] = 230

    def _connect(self) -> None: ...

    def _frame(self, frame_id: int) -> Frame:
        is_bad = frame_id % REJECT_EVERY == REJECT_EVERY - 1
        pixels = self._bad if is_bad else self._good[frame_id % len(self._good)]
        source = f"prerendered {frame_id}"
        now = time.monotonic_ns()
        return Frame(frame_id, FrameStatus.COMPLETE, pixels, "Mono8", 0, now, source)


class Beats(QObject):
    """A 1-ms timer of the event loop that notes when it could run, in memory that does not grow.

    `own` is what the loop's thread itself has worked between two beats; the rest of a gap is
    waiting for a core or for another thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gaps, self.own = Durations(), Durations()
        self._last = time.perf_counter(), time.thread_time()
        self._timer = self.startTimer(1, Qt.TimerType.PreciseTimer)

    def timerEvent(self, _event: QTimerEvent) -> None:  # noqa: N802 - Qt's name
        now = time.perf_counter(), time.thread_time()
        self.gaps.add(now[0] - self._last[0])
        self.own.add(now[1] - self._last[1])
        self._last = now

    def stop(self) -> None:
        self.killTimer(self._timer)


class Durations:
    """How often each tenth of a millisecond came, and the longest of all."""

    def __init__(self) -> None:
        self._counts = [0] * 10_000
        self.count = 0
        self.longest_ms = 0.0

    def add(self, seconds: float) -> None:
        ms = seconds * 1e3
        self._counts[min(int(ms * 10), len(self._counts) - 1)] += 1
        self.count += 1
        self.longest_ms = max(self.longest_ms, ms)

    def percentile_ms(self, percent: float) -> float:
        ranks = np.cumsum(self._counts)
        return float(np.searchsorted(ranks, percent / 100 * self.count)) / 10


@dataclass
class Line:
    window: MainWindow
    controller: StationController


@pytest.fixture
def rate(benchmark: Any) -> float:
    return 100.0 if benchmark.enabled else 20.0


@pytest.fixture
def line(
    rate: float, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Line]:
    """A window on a real station whose camera delivers at `rate`."""

    def open_camera(_spec: str, settings: CameraSettings, *_: object) -> PrerenderedCamera:
        camera = PrerenderedCamera(replace(settings, frame_rate=rate))
        camera.open()
        return camera

    monkeypatch.setattr(opening, "open_camera", open_camera)
    controller = StationController(Settings(records=tmp_path / "records"))
    controller.select(str(recipe(tmp_path)), "simulated")
    window = MainWindow(controller)
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    event_loop.settle()
    controller.start()
    qtbot.waitUntil(lambda: controller.latest() is not None, timeout=20_000)
    yield Line(window, controller)
    gc.unfreeze()
    window.close()
    assert controller.close(10.0)
    assert controller.status().state is StationState.STOPPED


def recipe(folder: Path) -> Path:
    """One that judges by a real, very fast model."""
    model = models.save(
        folder / "fast.onnx",
        models.brightness_graph(MAP_HEIGHT, width=MAP_WIDTH),
        models.card(MAP_HEIGHT, MAP_WIDTH),
    )
    path = folder / "fast.toml"
    path.write_text(
        'name = "fast"\nrevision = 1\nproduct = "benchmark"\nengine = "defect_segmenter"\n'
        f'[model]\nfile = "{model.name}"\n'
        f'sha256 = "{hashlib.sha256(model.read_bytes()).hexdigest()}"\n',
        encoding="utf-8",
    )
    return path


def test_event_loop_while_large_frames_are_judged(
    benchmark: Any, line: Line, rate: float, qtbot: QtBot
) -> None:
    long_s = float(os.environ.get("LINE_INSPECTOR_BENCHMARK_S", "20"))
    seconds, warm_up_s = (long_s, WARM_UP_S) if benchmark.enabled else (1.0, 0.3)
    qtbot.wait(int(warm_up_s * 1000))
    before, true_before, rss_before = line.controller.status(), sys.getrefcount(True), rss_mib()
    cpu_before = resource.getrusage(resource.RUSAGE_SELF)
    beats = Beats()
    memory: list[float] = []
    sample = QTimer(interval=int(seconds * 1000 / 10))
    sample.timeout.connect(lambda: memory.append(round(rss_mib())))
    sample.start()
    benchmark.pedantic(lambda: qtbot.wait(int(seconds * 1000)), rounds=1)
    sample.stop()
    beats.stop()
    cpu = resource.getrusage(resource.RUSAGE_SELF)
    after = line.controller.status()
    cpu_s = cpu.ru_utime + cpu.ru_stime - cpu_before.ru_utime - cpu_before.ru_stime
    judged = after.counters.parts - before.counters.parts
    figures = {
        "beats": beats.gaps.count,
        "p99 ms": beats.gaps.percentile_ms(99),
        "longest stall ms": round(beats.gaps.longest_ms, 1),
        "own work p99 ms": beats.own.percentile_ms(99),
        "own work longest ms": round(beats.own.longest_ms, 1),
        "parts": judged,
        "undecided": after.counters.undecided - before.counters.undecided,
        "cores used": round(cpu_s / seconds, 2),
        "RSS MiB": [round(rss_before), *memory],
        "references to True": f"{true_before} -> {sys.getrefcount(True)}",
    }
    benchmark.extra_info.update(figures)
    print(f"\nevent loop at {rate:g} frames of {WIDTH}x{HEIGHT} a second: {figures}")
    assert judged > 0
    assert line.window.live.picture.shown is not None


def rss_mib() -> float:
    """Memory in use; 0 where the system does not say so."""
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text().split()[1]) if statm.exists() else 0
    return pages * resource.getpagesize() / 2**20
