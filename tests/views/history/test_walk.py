"""A walk over every widget of History in every state."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.views.history.view import HistoryView
from tests.views import walk
from tests.views.history.scenes import SCENES, history
from tests.views.pseudo import install

DATA = {"tile", "jan", "simulated", "CPU", "Lamp 2", "ms", "0 %", "records", getpass.getuser()}
Open = Callable[[str], HistoryView]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("walk")


@pytest.fixture
def opened(qtbot: QtBot, folder: Path) -> Iterator[Open]:
    views = []

    def open_view(scene: str) -> HistoryView:
        record, act = SCENES[scene]
        view = history(theme.LIGHT, folder, record)
        theme.apply(theme.LIGHT, view)
        qtbot.addWidget(view)
        view.resize(1200, 700)
        views.append(view)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        with qtbot.waitSignal(view.listed):
            view.shown()
        act(view)
        qtbot.wait(400)
        walk.settle()
        return view

    yield open_view
    for view in views:
        view.close_view()


@pytest.fixture
def pseudo_locale(qapp: QApplication) -> Iterator[None]:
    translator = install(qapp)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.parametrize("scene", SCENES)
def test_every_control_can_be_named_hit_and_reached(opened: Open, scene: str) -> None:
    view = opened(scene)
    assert walk.without_name(view) == []
    assert walk.too_small(view, theme.LIGHT.target) == []
    assert walk.not_reached(view) == []
    assert walk.clipped(view) == []


@pytest.mark.parametrize("scene", SCENES)
def test_longer_words_fit_and_all_are_translated(
    pseudo_locale: None, opened: Open, scene: str
) -> None:
    view = opened(scene)
    assert walk.clipped(view) == []
    assert walk.not_translated(view, DATA) == []
