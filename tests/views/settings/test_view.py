"""The page of the station's settings, by keyboard and by click."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.acquisition.sources import CameraInfo
from inspector_gui.settings import Settings
from inspector_gui.views.settings.view import SettingsView
from inspector_gui.views.window import MainWindow
from inspector_gui.widgets.path_row import PathRow
from tests.views import walk
from tests.views.pseudo import PseudoTranslator
from tests.views.scenes import FakeController, status

VENDOR = Path("/opt/vendor/vendor.cti")
BROKEN = CameraInfo("", "", "", "", "", "", str(VENDOR), f"The producer {VENDOR} crashed.")
RED = CameraInfo("gentl:red", "red", "EMVA", "Viky", "0", "", "/genicam/viky.cti")
BLUE = replace(RED, spec="gentl:blue", id="blue", problem="Another program uses it; close that.")
Page = Callable[..., SettingsView]


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Page]:
    """Opens the window at its settings."""
    kept = []

    def open_page(
        settings: Settings | None = None,
        controller: FakeController | None = None,
        look: theme.Theme = theme.LIGHT,
    ) -> SettingsView:
        window = MainWindow(controller or FakeController(), look, settings or Settings())
        window.bridge.end()
        window.resize(1280, 800)
        kept.append(window)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.open_settings()
        return window.settings

    yield open_page
    for window in kept:
        window.close()


def rows(page: SettingsView) -> dict[str, PathRow]:
    return {row.path.text(): row for row in page.findChildren(PathRow) if not row.isHidden()}


def button(page: SettingsView, name: str) -> QPushButton:
    found = [b for b in page.findChildren(QPushButton) if not b.isHidden()]
    return next(b for b in found if b.accessibleName() == name)


def said(page: SettingsView, path: Path, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: "Looking" not in rows(page)[str(path)].state.text())
    return rows(page)[str(path)].state.text()


def choose(page: SettingsView, path: Path) -> None:
    """As somebody does in the file dialog, which is not modal."""
    dialog = page.findChild(QFileDialog)
    assert not QApplication.activeModalWidget() or dialog.isVisible()
    dialog.fileSelected.emit(str(path))
    dialog.close()


@pytest.mark.parametrize(
    ("name", "key", "expected"),
    [
        ("Language: Deutsch", "language", "de"),
        ("Theme: Dark", "theme", "dark"),
        ("Size of buttons: For gloves", "large_targets", True),
        ("Sound on reject: On", "sound_on_reject", True),
    ],
)
def test_a_click_changes_one_setting(
    page: Page, qtbot: QtBot, name: str, key: str, expected: object
) -> None:
    view = page(Settings(language="en", theme="light"))
    with qtbot.waitSignal(view.changed) as caught:
        button(view, name).click()
    assert caught.args == [
        Settings(language="en", theme="light").model_copy(update={key: expected})
    ]


def test_arrow_keys_choose(page: Page, qtbot: QtBot) -> None:
    view = page(Settings(theme="light"))
    light = view.look.look.buttons["light"]
    light.setFocus()
    with qtbot.waitSignal(view.changed) as caught:
        qtbot.keyClick(light, Qt.Key.Key_Right)
    assert caught.args[0].theme == "dark"
    assert QApplication.focusWidget() is view.look.look.buttons["dark"]
    with qtbot.assertNotEmitted(view.changed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)


def test_folders_say_how_they_are(page: Page, qtbot: QtBot, tmp_path: Path) -> None:
    pictures, recipes = tmp_path / "pictures", tmp_path / "recipes"
    for folder in (pictures, recipes):
        folder.mkdir()
    (recipes / "tile.toml").touch()
    gone, file = tmp_path / "gone", tmp_path / "file"
    file.touch()
    view = page(Settings(records=tmp_path, recipes=recipes, image_folders=(pictures, gone, file)))
    assert said(view, tmp_path, qtbot).startswith("Can be written; ")
    assert said(view, recipes, qtbot) == "Can be read; recipes: 1."
    assert said(view, pictures, qtbot).startswith("Holds no picture")
    assert said(view, gone, qtbot).startswith("Is not there")
    assert said(view, file, qtbot).startswith("Is a file")
    assert list(tmp_path.iterdir())  # looking left the record's folder as it was
    assert {p.name for p in tmp_path.iterdir()} == {"pictures", "recipes", "file"}


def test_a_record_that_is_still_to_be_made(page: Page, qtbot: QtBot, tmp_path: Path) -> None:
    view = page(Settings(records=tmp_path / "a" / "b"))
    assert said(view, tmp_path / "a" / "b", qtbot).startswith("Is made at the next start; ")
    assert not (tmp_path / "a").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="looks for a place that nobody may write to")
def test_a_place_that_may_not_be_written(page: Page, qtbot: QtBot) -> None:
    view = page(Settings(records=Path("/proc/records")))
    assert said(view, Path("/proc/records"), qtbot).startswith("May not be written")


def test_a_folder_is_added_and_removed(page: Page, qtbot: QtBot, tmp_path: Path) -> None:
    view = page(Settings())
    add = button(view, "Pictures: add a folder")
    add.setFocus()
    qtbot.keyClick(add, Qt.Key.Key_Space)
    with qtbot.waitSignal(view.changed) as caught:
        choose(view, tmp_path)
    assert caught.args[0].image_folders == (tmp_path,)
    assert str(tmp_path) in rows(view)
    with qtbot.waitActive(view.window()):  # the dialog has gone; without a screen nobody wakes it
        view.window().activateWindow()
    remove = button(view, f"Remove {tmp_path} from the settings")
    remove.setFocus()
    with qtbot.waitSignal(view.changed) as caught:
        qtbot.keyClick(remove, Qt.Key.Key_Space)
    assert caught.args[0].image_folders == ()
    assert str(tmp_path) not in rows(view)
    assert isinstance(QApplication.focusWidget(), QPushButton)


def test_the_record_s_folder_is_chosen_and_given_up(
    page: Page, qtbot: QtBot, tmp_path: Path
) -> None:
    view = page(Settings())
    button(view, "Record: choose").click()
    with qtbot.waitSignal(view.changed) as caught:
        choose(view, tmp_path)
    assert caught.args[0].records == tmp_path
    with qtbot.waitSignal(view.changed) as caught:
        button(view, "Record: use the default").click()
    assert caught.args[0].records is None


def test_producers_say_what_they_offer(page: Page) -> None:
    controller = FakeController(found=None)
    view = page(Settings(producers=(VENDOR,)), controller)
    assert rows(view)[str(VENDOR)].state.text() == "Looking for its cameras…"
    controller.found = (BROKEN, RED, BLUE)
    view._show_devices()
    assert rows(view)[str(VENDOR)].state.text() == BROKEN.problem
    own, shipped = rows(view)[str(VENDOR)], rows(view)["/genicam/viky.cti"]
    assert shipped.state.text() == "Cameras: red, blue. In use: blue."
    assert [b.text() for b in own.buttons] == ["Remove"]
    assert shipped.buttons == []


def test_a_folder_of_producers_speaks_for_its_files(page: Page) -> None:
    view = page(Settings(producers=(VENDOR.parent,)), FakeController(found=(BROKEN, RED)))
    assert rows(view)[str(VENDOR.parent)].state.text() == BROKEN.problem
    assert str(VENDOR) not in rows(view)


def test_a_producer_is_added_and_removed(page: Page, qtbot: QtBot, tmp_path: Path) -> None:
    view = page(Settings(), FakeController(found=(RED,)))
    view.producers.add_file.click()
    with qtbot.waitSignal(view.changed) as caught:
        choose(view, tmp_path / "own.cti")
    assert caught.args[0].producers == (tmp_path / "own.cti",)
    with qtbot.waitSignal(view.changed) as caught:
        button(view, f"Remove {tmp_path / 'own.cti'} from the settings").click()
    assert caught.args[0].producers == ()


def test_cameras_are_looked_for_on_demand(page: Page) -> None:
    controller = FakeController()
    page(Settings(), controller).producers.look.click()
    assert controller.asked == ["refresh"]


def test_while_the_line_runs_producers_stay_and_folders_wait(page: Page) -> None:
    controller = FakeController(status(), found=(BROKEN, RED))
    view = page(Settings(producers=(VENDOR,)), controller)
    assert not view.producers.note.isHidden()
    assert "Stop the line" in view.producers.note.text()
    assert not any(
        b.isEnabled() for b in view.producers.findChildren(QPushButton) if not b.isHidden()
    )
    assert "next start" in view.folders.note.text()
    assert not view.folders.note.isHidden()
    assert button(view, "Record: choose").isEnabled()


def test_saved_or_why_not(page: Page) -> None:
    view = page()
    view.show_problem("The settings cannot be saved.")
    assert not view.notice.isHidden()
    view.show_saved()
    assert view.notice.isHidden()
    assert view.saved.text() == "Saved"


FULL = Settings(
    records=Path("/media/records"),
    recipes=Path("/media/recipes"),
    image_folders=(Path("/media/a"), Path("/media/b")),
    producers=(VENDOR,),
)


@pytest.mark.parametrize("look", [theme.LIGHT, replace(theme.DARK, target=64)])
def test_everybody_can_use_it(page: Page, qtbot: QtBot, look: theme.Theme) -> None:
    view = page(FULL, FakeController(found=(BROKEN, RED)), look)
    said(view, Path("/media/b"), qtbot)
    walk.settle()
    assert walk.without_name(view) == []
    assert walk.too_small(view, look.target) == []
    assert walk.clipped(view.window()) == []
    assert walk.not_reached(view) == []


def test_no_text_is_clipped_or_forgotten_in_the_pseudo_locale(
    page: Page, qtbot: QtBot, qapp: QApplication
) -> None:
    translator = PseudoTranslator(qapp)
    qapp.installTranslator(translator)
    try:
        view = page(FULL, FakeController(status(), found=(BROKEN, RED)))
        qtbot.waitUntil(lambda: "Îš ñöt" in rows(view)["/media/b"].state.text())
        walk.settle()
        assert walk.clipped(view.window()) == []
        data = {"/media", str(VENDOR), "/genicam", "English", "Deutsch"}
        assert walk.not_translated(view, data) == []
    finally:
        qapp.removeTranslator(translator)


def test_f1_shows_the_keys_of_the_page_and_of_the_window(page: Page, qtbot: QtBot) -> None:
    view = page()
    qtbot.keyClick(view.window(), Qt.Key.Key_F1)
    panel = QApplication.activePopupWidget()
    assert panel is not None
    assert "Settings" in panel.accessibleName()
    for key in ("Tab", "Ctrl+1", "Ctrl+,", "F1"):
        assert f"{key}: " in panel.accessibleDescription()
    qtbot.keyClick(panel, Qt.Key.Key_Escape)


def test_places_are_reached_by_their_keys(page: Page, qtbot: QtBot) -> None:
    window = page().window()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.places[window.place].view is window.live
    assert not window.settings._devices.isActive()
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.places[window.place].view is window.settings
    assert window.settings._devices.isActive()
    assert QApplication.focusWidget() is window  # on nothing that a stray key could set off
