"""The window, as an operator meets it."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engines.verdict import Decision
from inspector_gui import theme
from inspector_gui.bridge import STATUS_EVERY
from inspector_gui.inspection.reasons import SENTENCE, Reason
from inspector_gui.inspection.status import Counters, StationState
from inspector_gui.views.controller import idle_status
from inspector_gui.views.window import MainWindow
from inspector_gui.widgets.elided_label import ElidedLabel
from tests.views.conftest import Open
from tests.views.scenes import (
    CAMERA_GONE,
    DISK_LOW,
    FakeController,
    status,
    tile,
    undecided,
)


def look(window: MainWindow) -> None:
    for _ in range(STATUS_EVERY):
        window.bridge.look()


def controls(window: MainWindow) -> list[QWidget]:
    kinds = (QAbstractButton, QComboBox, QSlider)
    return [w for kind in kinds for w in window.findChildren(kind) if w.isVisible()]


# --- start and stop ---


def test_f6_starts_and_stops(opened: Open, qtbot: QtBot) -> None:
    controller = FakeController()
    window = opened(controller)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert controller.asked == ["start"]
    assert window.live.line.button.text() == "Starting…"
    assert not window.live.line.button.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert controller.asked == ["start"]
    controller.station = status()
    look(window)
    assert window.live.line.button.text() == "Stop  F6"
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert controller.asked == ["start", "stop"]
    assert window.live.line.button.text() == "Stopping…"


def test_a_line_without_its_camera_can_be_stopped(opened: Open, qtbot: QtBot) -> None:
    controller = FakeController(status(StationState.CAMERA_LOST, bad=(CAMERA_GONE,)))
    qtbot.keyClick(opened(controller), Qt.Key.Key_F6)
    assert controller.asked == ["stop"]


def test_recipe_and_camera_are_chosen_at_rest_only(opened: Open, qtbot: QtBot) -> None:
    controller = FakeController()
    window = opened(controller)
    line = window.live.line
    assert line.camera.currentText() == "simulated"
    line.camera.setFocus()
    qtbot.keyClick(line.camera, Qt.Key.Key_Down)
    assert controller.choice == ("tile", "gentl:viky")
    controller.station = status()
    look(window)
    assert not line.camera.isEnabled()
    assert not line.recipe.isEnabled()


def test_broken_recipe_is_shown_and_cannot_be_chosen(opened: Open, qtbot: QtBot) -> None:
    controller = FakeController()
    recipe = opened(controller).live.line.recipe
    assert recipe.count() == 2
    qtbot.keyClick(recipe, Qt.Key.Key_Down)
    assert controller.choice[0] == "tile"
    assert "is missing" in recipe.itemData(1, Qt.ItemDataRole.ToolTipRole)


def test_nothing_can_be_started_without_a_camera(opened: Open, qtbot: QtBot) -> None:
    controller = FakeController(camera_choices=())
    window = opened(controller)
    assert not window.live.line.button.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert controller.asked == []


def test_cameras_that_turn_up_are_offered(opened: Open) -> None:
    controller = FakeController(camera_choices=())
    window = opened(controller)
    controller.camera_choices = FakeController().camera_choices
    window.live.line.show_choices()
    assert window.live.line.button.isEnabled()


# --- the verdict ---


def test_banner_follows_the_decision(opened: Open) -> None:
    controller = FakeController(status())
    window = opened(controller)
    banner = window.live.verdict.banner
    for shown, decision, word in (
        (tile(1, 11), Decision.PASS, "PASS"),
        (tile(2, 3, "crack"), Decision.REJECT, "REJECT"),
        (undecided(3, Reason.OVERRUN), Decision.UNDECIDED, "UNDECIDED"),
    ):
        controller.shown = shown
        window.bridge.look()
        assert (banner.decision, banner.word) == (decision, word)
        assert word in banner.accessibleName()
        assert window.live.picture.shown is shown


def test_score_stands_against_its_threshold(opened: Open) -> None:
    controller = FakeController(status())
    window = opened(controller)
    bar = window.live.verdict.score_bar
    controller.shown = tile(1, 11)
    window.bridge.look()
    assert bar.value is not None
    assert bar.value < 0.5
    controller.shown = tile(2, 3, "crack")
    window.bridge.look()
    assert bar.value > 0.5
    controller.shown = undecided(3, Reason.OVERRUN)
    window.bridge.look()
    assert bar.value is None
    assert window.live.verdict.finding.text() == "Too fast"


def test_old_verdict_is_never_on_the_screen(opened: Open) -> None:
    controller = FakeController(status(), tile(1, 11, handed_out_ns=0))
    window = opened(controller)
    look(window)
    verdict = window.live.verdict
    assert verdict.banner.decision is None
    assert verdict.banner.word == "–"
    assert verdict.score_bar.value is None
    assert verdict.finding.text() == ""


def test_stopping_the_line_clears_the_verdict(opened: Open) -> None:
    controller = FakeController(status(), tile(1, 11))
    window = opened(controller)
    look(window)
    assert window.live.verdict.banner.decision is Decision.PASS
    controller.station = status(StationState.STOPPED)
    look(window)
    assert window.live.verdict.banner.decision is None


def test_a_part_without_picture_shows_none(opened: Open) -> None:
    controller = FakeController(status(), tile(1, 11))
    window = opened(controller)
    window.bridge.look()
    assert window.live.picture.view.isVisible()
    controller.shown = undecided(2, Reason.FRAME_LOST, with_picture=False)
    window.bridge.look()
    assert not window.live.picture.view.isVisible()
    assert "Part 2" in window.live.picture.caption.text()


# --- the picture ---


def test_freezing_the_picture_freezes_neither_verdict_nor_counters(opened: Open) -> None:
    controller = FakeController(status(), tile(1, 11))
    window = opened(controller)
    window.bridge.look()
    frozen = window.live.picture.shown
    window.live.tools.freeze.click()
    controller.shown = tile(2, 3, "crack")
    controller.station = status(counters=Counters(2, 1, 1, 0))
    look(window)
    assert window.live.picture.shown is frozen
    assert window.live.picture.chip.isVisible()
    assert window.live.verdict.banner.decision is Decision.REJECT
    assert window.live.figures.text("parts") == "2"
    window.live.tools.freeze.click()
    assert window.live.picture.shown is controller.shown


def test_at_most_seven_controls(opened: Open) -> None:
    live = opened(FakeController()).live
    zoom = {live.tools.fit, live.tools.full_size}  # one control with two places
    single = {
        live.tools.overlay,
        live.tools.opacity,
        live.tools.freeze,
        live.line.recipe,
        live.line.camera,
        live.line.button,
    }
    kinds = (QAbstractButton, QComboBox, QSlider)
    found = {w for kind in kinds for w in live.findChildren(kind) if w.isVisible()}
    assert found == single | zoom
    assert len(single) + 1 == 7


# --- figures and health ---


def test_figures_are_the_stations(opened: Open) -> None:
    figures = opened(FakeController(status())).live.figures
    shown = [figures.text(k) for k in ("parts", "yield", "rate", "p50", "p99")]
    assert shown == ["1,204", "98.2%", "9.8", "21 ms", "38 ms"]
    assert [figures.text(d) for d in Decision] == ["1,182", "19", "3"]


def test_before_the_first_part_there_are_no_figures(opened: Open) -> None:
    figures = opened(FakeController()).live.figures
    assert [figures.text(k) for k in ("yield", "p50", "p99")] == ["–", "–", "–"]


def test_rejects_are_shown_newest_first_and_made_once(opened: Open) -> None:
    controller = FakeController(status())
    controller.rejected = (tile(5, 3, "crack"), undecided(6, Reason.FRAME_LOST, False))
    window = opened(controller)
    strip = window.live.strip
    assert [r.caption for r in strip.rejects] == ["6", "5"]
    first = strip.rejects[1]
    assert first.image is not None
    assert strip.rejects[0].image is None
    controller.rejected += (tile(7, 4, "break"),)
    controller.station = status(counters=Counters(1205, 1182, 20, 3))
    look(window)
    assert [r.caption for r in strip.rejects] == ["7", "6", "5"]
    assert strip.rejects[2] is first


def test_alarm_says_cause_and_remedy(opened: Open) -> None:
    gone = status(StationState.CAMERA_LOST, bad=(CAMERA_GONE, DISK_LOW), detail=CAMERA_GONE.text)
    controller = FakeController(status(), tile(1, 11))
    window = opened(controller)
    assert not window.live.notice.isVisible()
    controller.station = gone
    look(window)
    assert window.live.notice.isVisible()
    assert window.live.notice.text == CAMERA_GONE.text
    assert CAMERA_GONE.remedy in window.live.notice.accessibleName()
    controller.station = status()
    look(window)
    assert not window.live.notice.isVisible()


def test_station_that_could_not_be_opened_says_why(opened: Open) -> None:
    why = "Model tile.onnx is refused: its SHA-256 is not the one in the recipe."
    window = opened(FakeController(idle_status(StationState.FAULT, why, "engine")))
    assert why in window.live.picture.guide.accessibleName()
    words = [button.text() for button in window.status_line.buttons]
    assert words[:2] == ["Camera  not started", "Engine  Alarm"]


@pytest.mark.parametrize(
    ("controller", "title"),
    [
        (FakeController(), "The line is stopped"),
        (FakeController(recipe_choices=()), "No recipe yet"),
        (FakeController(camera_choices=()), "No camera yet"),
        (FakeController(status()), "No picture yet"),
    ],
)
def test_empty_screen_says_what_to_do_next(
    opened: Open, controller: FakeController, title: str
) -> None:
    texts = [w.text() for w in opened(controller).live.picture.findChildren(QLabel)]
    assert title in texts


# --- for everybody ---


@pytest.mark.parametrize("shown", [None, tile(1, 3, "crack")])
def test_every_control_has_a_name_a_size_and_a_key(
    opened: Open, shown: object, qtbot: QtBot
) -> None:
    controller = FakeController()
    window = opened(controller)
    target = theme.LIGHT.target
    for widget in controls(window):
        name = widget.accessibleName() or getattr(widget, "text", str)()
        assert name, widget
        assert widget.height() >= target, name
        assert widget.width() >= target, name
        if widget.isEnabled():
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, name


def test_every_control_is_reached_by_tab(opened: Open, qtbot: QtBot) -> None:
    window = opened(FakeController(status()))
    wanted = {w for w in controls(window) if w.isEnabled()}
    wanted.discard(window.live.tools.full_size)  # arrow keys lead there from Fit
    reached = set()
    for _ in range(40):
        window.focusNextChild()
        reached.add(window.focusWidget())
    assert wanted <= reached


def test_no_two_keys_are_the_same(opened: Open) -> None:
    """Those of the whole window, and with them those of any view."""
    window = opened(FakeController())
    everywhere = [
        button.shortcut().toString()
        for button in window.findChildren(QAbstractButton)
        if button.shortcut() != QKeySequence()
    ]
    within: dict[str, list[str]] = {}
    for shortcut in window.findChildren(QShortcut):
        key = shortcut.key().toString()
        if shortcut.context() is Qt.ShortcutContext.WindowShortcut:
            everywhere.append(key)
        else:
            within.setdefault(type(shortcut.parent()).__name__, []).append(key)
    assert {"Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+,", "F1", "F6"} <= set(everywhere)
    assert len(set(everywhere)) == len(everywhere)
    for keys in within.values():
        assert len({*everywhere, *keys}) == len(everywhere) + len(keys)


def clipped(window: MainWindow) -> list[str]:
    """Texts of the program that have less room than they need."""
    QApplication.processEvents()  # what has changed is laid out
    found = []
    for label in window.findChildren(QLabel):
        if not label.isVisible() or isinstance(label, ElidedLabel) or not label.text():
            continue
        need = label.sizeHint()
        if label.wordWrap():
            need = QSize(0, label.heightForWidth(label.width()))
        if need.height() > label.height() or need.width() > label.width():
            found.append(label.text())
    for button in window.findChildren(QPushButton):
        if button.isVisible() and button.sizeHint().width() > button.width():
            found.append(button.text())
    return found


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_no_german_text_is_clipped(opened: Open, size: tuple[int, int]) -> None:
    many = Counters(1_204_567, 1_182_345, 19_200, 3_022)
    controller = FakeController(status(counters=many))
    window = opened(controller)
    window.resize(*size)
    for reason in (Reason.FRAME_LOST, *SENTENCE):
        controller.shown = undecided(1, reason)
        look(window)
        assert window.live.verdict.banner.word == "UNKLAR"
        assert clipped(window) == []
    controller.shown = tile(2, 3, "fray")
    for state in StationState:
        controller.station = status(state, many, (CAMERA_GONE, DISK_LOW))
        look(window)
        assert clipped(window) == []


# --- for eight hours ---


def test_references_to_true_stay_the_same(opened: Open, qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 lost one with every signal that carried it."""
    controller = FakeController(status())
    window = opened(controller)
    shown = [tile(1, 11), tile(2, 3, "crack")]

    def work(times: int) -> None:
        for number in range(times):
            controller.shown = shown[number % 2]
            controller.station = status(counters=Counters(number, number))
            look(window)
            window.live.picture.view.repaint()
            window.live.tools.overlay.toggle()

    work(10)
    before = sys.getrefcount(True)
    work(150)
    assert abs(sys.getrefcount(True) - before) < 75
