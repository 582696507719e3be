"""Live, by keyboard and by click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from engines.verdict import Decision
from inspector_gui.bridge import STATUS_EVERY
from inspector_gui.inspection.reasons import Reason
from inspector_gui.inspection.status import Counters, StationState
from inspector_gui.views.controller import idle_status
from inspector_gui.views.window import MainWindow
from tests.views.conftest import Open
from tests.views.scenes import (
    CAMERA_GONE,
    DISK_FULL,
    FakeController,
    status,
    tile,
    undecided,
)


def look(window: MainWindow) -> None:
    for _ in range(STATUS_EVERY):
        window.bridge.look()


@pytest.fixture
def controller() -> FakeController:
    """A line with three parts that did not pass, and one that did."""
    rejected = (tile(5, 3, "crack"), undecided(6, Reason.FRAME_LOST, False), tile(7, 4, "break"))
    return FakeController(status(), tile(8, 11), rejected=rejected)


@pytest.fixture
def window(controller: FakeController, opened: Open) -> MainWindow:
    window = opened(controller)
    look(window)
    return window


def go_on(window: MainWindow, controller: FakeController, part: int) -> None:
    """The line judges one more part, which passes."""
    controller.shown = tile(part, 12)
    look(window)


# --- the last rejects ---


def test_click_on_a_reject_shows_it_frozen_with_its_verdict(
    window: MainWindow, controller: FakeController, qtbot: QtBot
) -> None:
    live = window.live
    qtbot.mouseClick(live.strip.pictures[2], Qt.MouseButton.LeftButton)
    assert live.picture.shown is controller.rejected[0]
    assert live.picture.chip.isVisible()
    assert live.tools.freeze.isChecked()
    assert live.picture.caption.text().startswith("Part 5  ·  REJECT: Crack")
    assert [p.isChecked() for p in live.strip.pictures] == [False, False, True]
    go_on(window, controller, 9)
    assert live.picture.shown is controller.rejected[0]
    assert live.verdict.banner.decision is Decision.PASS


def test_rejects_by_keyboard_and_back_with_escape(
    window: MainWindow, controller: FakeController, qtbot: QtBot
) -> None:
    live = window.live
    first, second, third = live.strip.pictures
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Right)
    qtbot.keyClick(third, Qt.Key.Key_Return)
    assert live.picture.shown is controller.rejected[0]
    qtbot.keyClick(third, Qt.Key.Key_Left)
    qtbot.keyClick(second, Qt.Key.Key_Enter)
    assert live.picture.shown is controller.rejected[1]
    assert "UNDECIDED: Picture lost" in live.picture.caption.text()
    qtbot.keyClick(second, Qt.Key.Key_Escape)
    assert live.picture.shown is controller.shown
    assert not live.tools.freeze.isChecked()
    assert not live.picture.chip.isVisible()
    assert not any(p.isChecked() for p in live.strip.pictures)


def test_freeze_button_returns_to_the_line(
    window: MainWindow, controller: FakeController, qtbot: QtBot
) -> None:
    live = window.live
    live.strip.pictures[0].click()
    qtbot.mouseClick(live.tools.freeze, Qt.MouseButton.LeftButton)
    assert live.picture.shown is controller.shown
    assert not live.picture.chip.isVisible()


def test_frozen_picture_outlives_its_lot(window: MainWindow, controller: FakeController) -> None:
    live = window.live
    live.strip.pictures[0].click()
    kept = live.picture.shown
    controller.shown, controller.station = None, status(StationState.STARTING)
    look(window)
    assert live.picture.shown is kept
    live.tools.freeze.click()
    assert live.picture.shown is None
    assert live.picture.guide.title == "The line is starting"


def test_a_frozen_part_without_picture_stays_too(
    window: MainWindow, controller: FakeController
) -> None:
    live = window.live
    live.strip.pictures[1].click()
    assert live.picture.guide.title == "Picture lost"
    controller.shown, controller.station = None, status(StationState.STARTING)
    look(window)
    assert live.picture.guide.title == "Picture lost"
    assert live.picture.caption.text().startswith("Part 6")


def test_every_reject_has_a_name(window: MainWindow) -> None:
    names = [picture.accessibleName() for picture in window.live.strip.pictures]
    assert names[1] == "6: Picture lost"
    assert names[2].startswith("5: Crack")


# --- sound ---


@pytest.mark.parametrize("is_on", [True, False])
def test_a_new_reject_is_heard_if_so_wished(
    is_on: bool, window: MainWindow, controller: FakeController, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[int] = []
    monkeypatch.setattr(window.live.sound, "play", lambda: heard.append(1))
    assert not window.live.sound_on_reject
    window.live.sound_on_reject = is_on
    controller.station = status(counters=Counters(9, 6, 2, 1))
    look(window)
    assert heard == []
    controller.rejected += (tile(9, 3, "fray"),)
    controller.station = status(counters=Counters(10, 6, 3, 1))
    look(window)
    assert heard == [1] * is_on


# --- the pixel under the cursor ---


def test_pixel_under_the_cursor_stands_in_the_caption(
    window: MainWindow, controller: FakeController, qtbot: QtBot
) -> None:
    picture = window.live.picture
    assert controller.shown is not None
    pixels = controller.shown.frames[0].pixels
    assert pixels is not None
    target = picture.view.childAt(picture.view.rect().center())
    assert target is not None
    qtbot.mouseMove(target, QPoint(1, 1))
    qtbot.mouseMove(target, target.rect().center())
    qtbot.waitUntil(lambda: picture.pixel.text() != "", timeout=1000)
    text = picture.pixel.text()
    _, x, _, y, _, value = text.split()
    assert pixels[int(y), int(x)] == int(value)
    height, width = pixels.shape
    assert int(x) == pytest.approx(width / 2, abs=3)
    assert int(y) == pytest.approx(height / 2, abs=3)
    qtbot.mouseMove(window.live.tools.freeze)
    qtbot.waitUntil(lambda: picture.pixel.text() == "", timeout=1000)


# --- first minutes ---


def test_the_simulated_line_is_one_click_away(opened: Open, qtbot: QtBot) -> None:
    controller = FakeController(choice=("tile", "gentl:gone"))
    live = opened(controller).live
    assert live.picture.guide.title == "No camera yet"
    assert not live.line.button.isEnabled()
    live.picture.guide.buttons[0].click()
    assert controller.choice == ("tile", "simulated")
    assert live.picture.guide.title == "The line is stopped"
    assert live.line.camera.currentText() == "simulated"
    assert live.line.button.isEnabled()


def test_try_again_starts_the_line(opened: Open, qtbot: QtBot) -> None:
    why = "The record in D:/records cannot be opened (Permission denied)."
    controller = FakeController(idle_status(StationState.FAULT, why, "record"))
    live = opened(controller).live
    first = live.picture.guide.buttons[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert controller.asked == ["start"]


def test_settings_are_asked_for(opened: Open, qtbot: QtBot) -> None:
    live = opened(FakeController(recipe_choices=(), choice=("", "simulated"))).live
    with qtbot.waitSignal(live.settings_asked, timeout=1000):
        live.picture.guide.buttons[0].click()


def test_details_are_folded_until_somebody_wants_them(opened: Open) -> None:
    why = "Model tile.onnx is refused: its SHA-256 is not the one in the recipe."
    controller = FakeController(idle_status(StationState.FAULT, why, "engine"))
    guide = opened(controller).live.picture.guide
    assert guide.fold.isVisible()
    assert not guide.detail.isVisible()
    guide.fold.click()
    assert guide.detail.isVisible()
    assert "fault in: engine" in guide.detail.text()


def test_a_damaged_recipe_cannot_be_started(opened: Open, qtbot: QtBot) -> None:
    controller = FakeController(choice=("broken", "simulated"))
    window = opened(controller)
    assert window.live.picture.guide.title == "The recipe cannot be used"
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert controller.asked == []


def test_an_alarm_stands_above_a_picture_and_in_its_place_without_one(opened: Open) -> None:
    gone = status(StationState.CAMERA_LOST, bad=(CAMERA_GONE,), detail=CAMERA_GONE.text)
    controller = FakeController(gone)
    live = opened(controller).live
    assert not live.notice.isVisible()
    assert live.picture.guide.title == "The camera is lost"


def test_full_disk_leaves_the_picture(window: MainWindow, controller: FakeController) -> None:
    controller.station = status(bad=(DISK_FULL,))
    look(window)
    assert window.live.notice.text == DISK_FULL.text
    assert window.live.notice.isVisible()
    assert window.live.picture.shown is controller.shown


def test_a_fault_after_a_while_can_be_tried_again(
    window: MainWindow, controller: FakeController
) -> None:
    controller.station = status(StationState.FAULT, detail="Why.")
    look(window)
    button = window.live.notice.findChild(QPushButton)
    assert button is not None
    button.click()
    assert controller.asked == ["start"]


def test_tools_rest_while_there_is_no_picture(opened: Open) -> None:
    controller = FakeController(status())
    window = opened(controller)
    assert not window.live.tools.freeze.isEnabled()
    controller.shown = tile(1, 11)
    look(window)
    assert window.live.tools.freeze.isEnabled()


def test_escape_is_free_while_nothing_is_frozen(window: MainWindow, qtbot: QtBot) -> None:
    window.live.tools.freeze.click()
    assert window.live.picture.is_frozen
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.live.picture.is_frozen
    assert QApplication.activePopupWidget() is None


def test_keys_are_told(window: MainWindow) -> None:
    told = window.live.keys()
    keys = {key.keys: key.text for key in told}
    assert keys["F6"] == "Start or stop the line"
    assert {"Esc", "0", "1", "Enter"} <= set(keys)
