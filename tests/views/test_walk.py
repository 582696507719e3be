"""A walk over every widget of every view."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.views.window import MainWindow
from tests import screenshots
from tests.views import walk
from tests.views.conftest import Open
from tests.views.pseudo import PseudoTranslator, install
from tests.views.scenes import FakeController

DATA = {
    getpass.getuser(),
    ":20 ",  # the clock
    "tile",
    "simulated",
    "EMVA_D",
    "CPU",
    "broken",
    "MB",
}
"""Names of lots, recipes, cameras: data, in no language."""


@pytest.fixture
def pseudo_locale(qapp: QApplication) -> Iterator[PseudoTranslator]:
    translator = install(qapp)
    yield translator
    qapp.removeTranslator(translator)


@pytest.fixture(params=list(screenshots.SCENES))
def window(request: pytest.FixtureRequest, opened: Open) -> MainWindow:
    return _window(request.param, opened)


def _window(scene: str, opened: Open) -> MainWindow:
    controller = FakeController()
    build: Callable[[FakeController], None] = screenshots.SCENES[scene]
    build(controller)
    window = opened(controller)
    window.bridge.look()
    window.header.show_time("8:20 AM")
    walk.settle()
    return window


def test_every_control_has_a_name(window: MainWindow) -> None:
    assert walk.without_name(window) == []


def test_every_control_is_large_enough(window: MainWindow) -> None:
    assert walk.too_small(window, theme.LIGHT.target) == []


def test_every_control_is_reached_by_tab(window: MainWindow) -> None:
    assert walk.not_reached(window) == []


def test_no_text_is_clipped(window: MainWindow) -> None:
    assert walk.clipped(window) == []


@pytest.mark.parametrize("scene", list(screenshots.SCENES))
def test_no_text_is_clipped_or_forgotten_in_the_pseudo_locale(
    scene: str, opened: Open, pseudo_locale: PseudoTranslator
) -> None:
    window = _window(scene, opened)
    assert walk.clipped(window) == []
    assert walk.not_translated(window, DATA) == []


def test_the_walk_finds_what_is_wrong(qtbot: QtBot, pseudo_locale: PseudoTranslator) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    nameless, small, unreachable = QSlider(), QPushButton("Tiny"), QPushButton("Lost")
    label = QLabel("Never given to a translator")
    small.setFixedSize(20, 20)
    unreachable.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    for widget in (nameless, small, unreachable, label):
        layout.addWidget(widget)
    label.setFixedWidth(30)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    assert walk.without_name(window) == [walk.named(nameless)]
    assert any("Tiny" in line for line in walk.too_small(window, 44))
    assert walk.not_reached(window) == [walk.named(unreachable)]
    clipped = {line.rpartition(":")[0] for line in walk.clipped(window)}
    assert clipped == {walk.named(small), walk.named(label)}
    assert walk.not_translated(window, set()) == ["Lost", "Never given to a translator", "Tiny"]
