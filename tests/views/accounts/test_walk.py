"""A walk over every widget of the window with somebody at it, or nobody."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.views.window import MainWindow
from tests.records.accounts import hash_quickly
from tests.views import walk
from tests.views.accounts.scenes import PEOPLE, SCENES, controller_of
from tests.views.pseudo import install

DATA = {
    *(name for name, _, _ in PEOPLE),
    *(full_name for _, full_name, _ in PEOPLE),
    *("tile", "simulated", "EMVA_D", "CPU", "broken", "MB", "records", ":20 ", "English"),
    *("Deutsch", "/", getpass.getuser()),
}
Open = Callable[..., MainWindow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("walk")


@pytest.fixture
def opened(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    hash_quickly(monkeypatch)
    windows = []

    def open_window(name: str, look: theme.Theme = theme.LIGHT) -> MainWindow:
        scene = SCENES[name]
        controller = controller_of(scene, folder)
        scene.start(controller)
        window = MainWindow(controller, look)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.open_place(scene.number(window))
        qtbot.wait(200)
        scene.act(window)
        qtbot.wait(300)
        window.bridge.end()
        window.header.show_time("8:20 AM")
        walk.settle()
        return window

    yield open_window
    for window in windows:
        window.close()


@pytest.fixture
def pseudo_locale(qapp: QApplication) -> Iterator[None]:
    translator = install(qapp)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.parametrize("scene", SCENES)
def test_every_control_can_be_named_hit_and_reached(opened: Open, scene: str) -> None:
    window = opened(scene)
    assert walk.without_name(window) == []
    assert walk.too_small(window, theme.LIGHT.target) == []
    assert walk.clipped(window) == []
    assert walk.not_reached(window) == []


@pytest.mark.parametrize("scene", ["accounts-first", "accounts-signed-in", "users-change"])
def test_every_control_is_large_enough_for_gloves(opened: Open, scene: str) -> None:
    window = opened(scene, replace(theme.LIGHT, target=theme.GLOVES_TARGET))
    own = [window.header, window.accounts, window.settings.users]
    assert [small for part in own for small in walk.too_small(part, theme.GLOVES_TARGET)] == []
    assert walk.clipped(window) == []


@pytest.mark.parametrize("scene", SCENES)
def test_longer_words_fit_and_all_are_translated(
    pseudo_locale: None, opened: Open, scene: str
) -> None:
    window = opened(scene)
    assert walk.clipped(window) == []
    assert walk.not_translated(window, DATA) == []
