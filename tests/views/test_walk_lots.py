"""A walk over every widget of the lots and the audit page, in every state."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.views.window import MainWindow
from tests.views import sittings as desks
from tests.views import walk
from tests.views.audit import scenes as audit
from tests.views.lots import scenes as lots
from tests.views.pseudo import install
from tests.views.sittings import SITTINGS, Sitting

DATA = {
    getpass.getuser(),
    ":20 ",  # the clock
    "tile",
    "steel",
    "simulated",
    "CPU",
    "MB",
    "EMVA_D",
    "broken",
    *("M-10", "S-0001", "Tester", "The cable was pulled", "no such entry", "records"),
    "UTC",
}
"""What holds data, in no language."""
VALUES = {
    *("administrator", "engineer", "operator", "supervisor", "CONFIRMED", "defect"),
    *(
        "disposition",
        "reason",
        "reviewer",
        "lot",
        "overruled",
        "frames",
        "gaps",
        "passed",
        "rejected",
    ),
    *("undecided", "first_seq", "last_seq", "frames_recorded", "runs_without_count"),
}
"""Names of accounts and of values, which are shown as the record has them."""
SCENES = {**lots.SCENES, **audit.SCENES}
KEY = re.compile("[0-9a-f]{64}")
SETTLING_MS = 150
GLOVES = replace(theme.LIGHT, target=theme.GLOVES_TARGET)
Open = Callable[..., MainWindow]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setattr(desks, "READING_MS", SETTLING_MS)
    sittings: list[Sitting] = []

    def open_window(scene: str, look: theme.Theme = theme.LIGHT) -> MainWindow:
        sitting = SITTINGS[scene](tmp_path, look)
        sitting.window.resize(1280, 800)
        sittings.append(sitting)
        window = sitting.open()
        walk.settle()
        return window

    yield open_window
    for sitting in sittings:
        sitting.close()


@pytest.fixture
def pseudo_locale(qapp: QApplication) -> Iterator[None]:
    translator = install(qapp)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.parametrize("scene", SCENES)
def test_it_can_be_named_hit_reached_read_and_translated(
    pseudo_locale: None, opened: Open, scene: str
) -> None:
    window = opened(scene)
    assert walk.without_name(window) == []
    assert walk.too_small(window, theme.LIGHT.target) == []
    assert walk.not_reached(window) == []
    assert walk.clipped(window) == []
    found = (text.replace("\u200b", "") for text in walk.not_translated(window, DATA))
    assert [text for text in found if text not in VALUES and not KEY.fullmatch(text)] == []


@pytest.mark.parametrize("scene", ["lot-changeover", "lot-closing-difference", "lot-refused"])
def test_there_is_room_for_it_with_gloves(opened: Open, scene: str) -> None:
    panel = opened(scene, GLOVES).live.lot_panel
    layout = panel.layout()
    assert layout is not None
    assert panel.height() >= layout.totalHeightForWidth(panel.width())
