"""When nobody touches anything any more."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from inspector_gui.settings import Settings
from inspector_gui.views.accounts.idle import TREMOR_PX, IdleWatch
from inspector_gui.views.window import MainWindow
from tests.records.accounts import PASSWORD
from tests.views.conftest import Open
from tests.views.scenes import FakeController


class Clock:
    """Moved by hand."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_keys_and_the_mouse_put_it_off(qtbot: QtBot) -> None:
    clock, line = Clock(), QLineEdit()
    qtbot.addWidget(line)
    line.resize(200, 100)
    with qtbot.waitExposed(line):
        line.show()
    watch = IdleWatch(line, clock)
    watch.limit_min = 10
    watch.watch(True)
    touches = (
        lambda: qtbot.keyClick(line, Qt.Key.Key_A),
        lambda: qtbot.mouseClick(line, Qt.MouseButton.LeftButton),
        lambda: QTest.mouseMove(line.windowHandle(), QPoint(100, 50)),
    )
    QTest.mouseMove(line.windowHandle(), QPoint(10, 10))
    for touch in touches:
        clock.now_s += 590
        touch()
        qtbot.wait(10)
        clock.now_s += 590
        with qtbot.assertNotEmitted(watch.idle):
            watch.look()
    clock.now_s += 5
    QTest.mouseMove(line.windowHandle(), QPoint(100 + TREMOR_PX // 2, 50))  # a shaking table
    qtbot.wait(10)
    clock.now_s += 5
    with qtbot.waitSignal(watch.idle):
        watch.look()
    with qtbot.assertNotEmitted(watch.idle):  # once
        watch.look()


def test_never(qtbot: QtBot) -> None:
    clock = Clock()
    watch = IdleWatch(None, clock)
    watch.watch(True)
    clock.now_s += 1e6
    with qtbot.assertNotEmitted(watch.idle):
        watch.look()
    watch.watch(False)


def test_it_is_watched_only_while_somebody_is_signed_in(
    opened: Open, controller: FakeController, qtbot: QtBot
) -> None:
    window: MainWindow = opened(controller)
    assert window.idle.limit_min == Settings().idle_lock_min == 10
    assert not window.idle._timer.isActive()
    controller.session = controller.office(controller.folder).sign_in("jan", PASSWORD)
    window.presence.look()
    qtbot.waitUntil(window.idle._timer.isActive)
    clock = Clock()
    window.idle._clock_s = clock
    window.idle._touched_s = clock.now_s
    clock.now_s += 601
    window.idle.look()
    assert controller.session is None
    assert not window.idle._timer.isActive()
    window._use(Settings(idle_lock_min=0))
    assert window.idle.limit_min == 0
