"""The forms that the export dialog offers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.records.forms import Form
from inspector_gui.records.search import Filter
from inspector_gui.records.store import RecordStore
from inspector_gui.views.history.export import ExportStrip, ask_for_file
from tests.records.entries import inspection
from tests.records.forms import rows_of


def test_every_form_can_be_chosen(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ask_for_file(parent)
    offered = {}
    for shown in dialog.nameFilters():
        dialog.filterSelected.emit(shown)
        offered[dialog.defaultSuffix()] = f"*.{dialog.defaultSuffix()}" in shown
    assert offered == {form.removeprefix("."): True for form in Form}


@pytest.mark.parametrize("form", Form)
def test_each_is_written_in_the_background(qtbot: QtBot, tmp_path: Path, form: Form) -> None:
    store = RecordStore.open(tmp_path / "records")
    store.append([inspection(n) for n in (1, 2, 3)])
    store.close()
    strip = ExportStrip(theme.LIGHT)
    qtbot.addWidget(strip)
    strip.start(tmp_path / "records", tmp_path / f"parts{form}", Filter())
    qtbot.waitUntil(lambda: not strip.is_running)
    assert [int(row["part"]) for row in rows_of(tmp_path / f"parts{form}")] == [1, 2, 3]
    strip.close_strip()
