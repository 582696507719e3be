"""How long the window's event loop stands still while parts are judged and recorded."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from inspector_gui import controller as controllers
from inspector_gui.controller import StationController
from inspector_gui.inspection.status import StationState
from inspector_gui.views.window import MainWindow


def test_longest_stall(
    benchmark: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds, rate = (20.0, 20.0) if benchmark.enabled else (1.0, 10.0)
    monkeypatch.setattr(controllers, "DEMONSTRATION_RATE", rate)
    controller = StationController(tmp_path)
    window = MainWindow(controller)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    controller.start()
    qtbot.waitUntil(lambda: controller.latest() is not None, timeout=10_000)
    beats: list[float] = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))

    def watch() -> None:
        timer.start()
        qtbot.wait(int(seconds * 1000))
        timer.stop()

    benchmark.pedantic(watch, rounds=1)
    status = controller.status()
    window.close()
    assert controller.close(5.0)
    assert controller.status().state is StationState.STOPPED
    assert status.counters.parts > 0
    gaps_ms = np.diff(beats) * 1e3
    p99, longest = np.percentile(gaps_ms, 99), gaps_ms.max()
    benchmark.extra_info["p99 ms"] = round(float(p99), 1)
    benchmark.extra_info["longest stall ms"] = round(float(longest), 1)
    print(f"\nevent loop at {rate:g} parts a second: p99 {p99:.1f} ms, longest {longest:.1f} ms")
