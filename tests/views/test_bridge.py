from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engines.verdict import Verdict
from inspector_gui.bridge import Bridge
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.status import StationState
from tests.views.scenes import FakeController, inspection, status

S = 1_000_000_000


@dataclass
class Heard:
    """A bridge on a controller and a clock that a test moves, and what it has said."""

    controller: FakeController = field(default_factory=lambda: FakeController(status()))
    now_ns: int = 0
    said: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bridge = Bridge(self.controller, lambda: self.now_ns)
        self.bridge.inspected.connect(self.said.append)
        self.bridge.cleared.connect(lambda: self.said.append("cleared"))

    def look(self) -> list[Any]:
        self.said.clear()
        self.bridge.look()
        return list(self.said)

    def hand_out(self, part: int, lot: str = "lot") -> Inspection:
        shown = inspection(
            part, Verdict.undecided("overrun", ""), None, lot=lot, handed_out_ns=self.now_ns
        )
        self.controller.shown = shown
        return shown


def test_says_each_inspection_once(qtbot: QtBot) -> None:
    heard = Heard()
    assert heard.look() == []
    shown = heard.hand_out(1)
    assert heard.look() == [shown]
    assert heard.look() == []


def test_verdict_is_cleared_when_no_other_comes(qtbot: QtBot) -> None:
    heard = Heard()
    heard.hand_out(1)
    heard.look()
    heard.now_ns = 3 * S
    shown = heard.hand_out(2)
    assert heard.look() == [shown]
    heard.now_ns = 9 * S
    assert heard.look() == []
    heard.now_ns += 1
    assert heard.look() == ["cleared"]
    assert heard.look() == []


def test_verdict_that_is_old_when_it_is_seen_is_cleared_at_once(qtbot: QtBot) -> None:
    heard = Heard()
    shown = heard.hand_out(1)
    heard.now_ns = 60 * S
    assert heard.look() == [shown, "cleared"]


def test_verdict_is_cleared_at_once_when_the_line_does_not_run(qtbot: QtBot) -> None:
    for state in (StationState.STOPPED, StationState.CAMERA_LOST, StationState.FAULT):
        heard = Heard()
        heard.hand_out(1)
        heard.look()
        heard.controller.station = replace(heard.controller.station, state=state)
        said = [word for _ in range(6) for word in heard.look()]
        assert said == ["cleared"]


def test_verdict_is_cleared_when_another_lot_begins(qtbot: QtBot) -> None:
    heard = Heard()
    heard.hand_out(7)
    heard.look()
    heard.controller.shown = None
    assert heard.look() == ["cleared"]
    shown = heard.hand_out(1, lot="other")
    assert heard.look() == [shown]


def test_status_is_said_when_it_has_changed(qtbot: QtBot) -> None:
    controller = FakeController(status())
    bridge = Bridge(controller)
    heard: list[object] = []
    bridge.status_changed.connect(heard.append, Qt.ConnectionType.DirectConnection)
    for _ in range(20):
        bridge.look()
    assert heard == [controller.station]
    controller.station = status(StationState.STOPPING)
    for _ in range(20):
        bridge.look()
    assert [s.state for s in heard[1:]] == [StationState.STOPPING]  # type: ignore[attr-defined]


def test_looks_by_itself_while_it_is_begun(qtbot: QtBot) -> None:
    heard = Heard()
    heard.bridge.begin()
    heard.hand_out(1)
    with qtbot.waitSignal(heard.bridge.inspected, timeout=2000):
        pass
    heard.bridge.end()
