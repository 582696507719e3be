from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.views.key_help import KeyHelp, KeyHelpPanel

KEYS = (KeyHelp("F6", "Start"), KeyHelp("← →", "Pan"), KeyHelp("Ctrl+1", "Live"))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    theme.apply(theme.LIGHT, window)
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def panel(window: QWidget, qtbot: QtBot) -> KeyHelpPanel:
    panel = KeyHelpPanel(theme.LIGHT, "Keys", KEYS)
    panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    with qtbot.waitExposed(panel):
        panel.show_over(window)
    return panel


def test_keys_are_caps_and_their_words_stand_beside_them(panel: KeyHelpPanel) -> None:
    labels = {label.text(): label for label in panel.findChildren(QLabel)}
    assert {"F6", "←", "→", "Ctrl+1", "Start", "Pan", "Live"} <= set(labels)
    assert labels["F6"].x() < labels["Start"].x() < labels["Ctrl+1"].x()
    assert labels["F6"].y() < labels["←"].y()
    assert "← →: Pan" in panel.accessibleDescription()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F1])
def test_goes_away_by_key(panel: KeyHelpPanel, key: Qt.Key, qtbot: QtBot) -> None:
    assert panel.isVisible()
    qtbot.keyClick(panel, key)
    assert not panel.isVisible()
