"""Windows on a controller that a test moves by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.views import language
from inspector_gui.views.window import MainWindow
from tests.views.scenes import FakeController

Open = Callable[[FakeController], MainWindow]


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    """Opens a window; nothing in it moves but by `bridge.look()`."""

    kept = []  # qtbot itself holds no window

    def open_window(controller: FakeController) -> MainWindow:
        window = MainWindow(controller, theme.LIGHT)
        window.bridge.end()
        window.resize(1280, 800)
        kept.append(window)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return open_window


@pytest.fixture(autouse=True)
def _english() -> None:
    QLocale.setDefault(QLocale("en_US"))


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translator = language.install(qapp, QLocale("de_DE"))
    assert translator is not None
    yield
    qapp.removeTranslator(translator)
