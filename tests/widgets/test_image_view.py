from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engines.verdict import AnomalyMap, Box
from inspector_gui import theme
from inspector_gui.views.overlay import COLOURS, Mark, Overlay, heatmap_of
from inspector_gui.widgets.image_view import ImageView, Pixel

NOTHING = Overlay()
CURSOR = "under_the_cursor or after_zoom or drawn_smaller or colour_has"
RINGS = 2 * theme.LIGHT.focus_ring


@pytest.fixture
def view(qtbot: QtBot) -> ImageView:
    view = ImageView(theme.LIGHT)
    qtbot.addWidget(view)
    view.resize(400 + RINGS, 300 + RINGS)
    with qtbot.waitExposed(view):
        view.show()
    return view


def colour(view: ImageView, x: float = 0.5, y: float = 0.5) -> tuple[int, int, int]:
    """What is seen at a place of the view, given as a share of its size."""
    picture = view.grab().toImage()
    seen = picture.pixelColor(int(x * picture.width()), int(y * picture.height()))
    return seen.red(), seen.green(), seen.blue()


@pytest.mark.parametrize("level", [0, 1, 100, 254, 255])
def test_levels_are_fixed(view: ImageView, level: int) -> None:
    view.show_picture(np.full((60, 80), level, np.uint8), NOTHING)
    assert colour(view) == (level, level, level)


def test_levels_do_not_depend_on_the_rest_of_the_picture(view: ImageView) -> None:
    pixels = np.full((60, 80), 100, np.uint8)
    pixels[:5, :5], pixels[-5:, -5:] = 0, 255
    view.show_picture(pixels, NOTHING)
    assert colour(view) == (100, 100, 100)


def test_colour_pictures_are_shown_in_their_colours(view: ImageView) -> None:
    view.show_picture(np.full((60, 80, 3), (200, 100, 50), np.uint8), NOTHING)
    assert colour(view) == (200, 100, 50)


def test_a_large_picture_is_averaged_not_thinned(view: ImageView) -> None:
    pixels = np.zeros((2400, 3200), np.uint8)
    pixels[:, 1600:1601] = 255
    pixels[:, ::8] = 40
    view.show_picture(pixels, NOTHING)
    assert colour(view, 0.25, 0.5) == pytest.approx((5, 5, 5), abs=2)


def with_map(value: float) -> Overlay:
    return Overlay((), heatmap_of(AnomalyMap(np.full((14, 14), value, np.float32))))


def test_heatmap_scale_is_fixed(view: ImageView) -> None:
    pixels: NDArray[np.uint8] = np.full((60, 80), 100, np.uint8)
    view.set_opacity(1.0)
    for value in (0.5, 0.75, 1.0):
        view.show_picture(pixels, with_map(value))
        expected = COLOURS[int(value * 255 + 0.5), :3]
        assert colour(view) == pytest.approx(tuple(map(int, expected)), abs=2)
    view.show_picture(pixels, with_map(0.24))
    assert colour(view) == (100, 100, 100)


def test_heatmap_opacity_and_overlay_switch(view: ImageView) -> None:
    pixels: NDArray[np.uint8] = np.full((60, 80), 100, np.uint8)
    view.show_picture(pixels, with_map(1.0))
    view.set_opacity(0.5)
    half = colour(view)
    top = COLOURS[255, :3].astype(int)
    assert half == pytest.approx(tuple((top + 100) // 2), abs=3)
    view.set_overlay_visible(False)
    assert colour(view) == (100, 100, 100)
    view.show_picture(pixels, with_map(1.0))
    assert colour(view) == (100, 100, 100)
    view.set_overlay_visible(True)
    assert colour(view) == half


def test_a_map_does_not_stay_over_the_next_picture(view: ImageView) -> None:
    pixels: NDArray[np.uint8] = np.full((60, 80), 100, np.uint8)
    view.show_picture(pixels, with_map(1.0))
    view.show_picture(pixels, NOTHING)
    assert colour(view) == (100, 100, 100)


def test_rectangle_lies_where_the_finding_is(view: ImageView) -> None:
    box = Box(20, 15, 40, 30)
    corners = ((20.0, 15.0), (60.0, 15.0), (60.0, 45.0), (20.0, 45.0))
    view.show_picture(np.full((60, 80), 100, np.uint8), Overlay((Mark(corners, box, "crack"),)))
    picture = view.grab().toImage()
    vermillion = QColor(theme.LIGHT.rejected)
    rows = [
        y
        for y in range(picture.height())
        if picture.pixelColor(picture.width() // 2, y) == vermillion
    ]
    assert rows
    assert rows[0] == pytest.approx(picture.height() * 0.25, abs=2)
    assert rows[-1] == pytest.approx(picture.height() * 0.75, abs=2)
    assert colour(view) == (100, 100, 100)


def test_fits_and_stays_fitted(view: ImageView, qtbot: QtBot) -> None:
    view.show_picture(np.zeros((60, 80), np.uint8), NOTHING)
    assert view.pixel_scale == pytest.approx(5.0)
    view.resize(800 + RINGS, 600 + RINGS)
    qtbot.waitUntil(lambda: view.pixel_scale == pytest.approx(10.0), timeout=2000)
    view.show_picture(np.zeros((120, 160), np.uint8), NOTHING)
    assert view.pixel_scale == pytest.approx(5.0)


def test_one_to_one_is_one_pixel_of_the_screen(view: ImageView) -> None:
    view.show_picture(np.zeros((60, 80), np.uint8), NOTHING)
    view.one_to_one()
    assert view.pixel_scale == pytest.approx(1.0)
    assert not view.is_fitted
    view.show_picture(np.ones((60, 80), np.uint8), NOTHING)
    assert view.pixel_scale == pytest.approx(1.0)
    view.fit()
    assert view.pixel_scale == pytest.approx(5.0)


def test_cleared_view_shows_nothing(view: ImageView) -> None:
    view.show_picture(np.full((60, 80), 200, np.uint8), with_map(1.0))
    view.clear()
    well = QColor(theme.LIGHT.well)
    assert colour(view) == (well.red(), well.green(), well.blue())


# --- the pixel under the cursor ---


def canvas(view: ImageView) -> QWidget:
    found = view.childAt(view.rect().center())
    assert found is not None
    return found


def point_at(view: ImageView, x: float, y: float, qtbot: QtBot) -> None:
    """Move the mouse to a place of the view, given as a share of its size."""
    target = canvas(view)
    size = target.size()
    qtbot.mouseMove(target, QPoint(1, 1))  # a mouse that does not move says nothing
    QApplication.processEvents()
    qtbot.mouseMove(target, QPoint(int(x * size.width()), int(y * size.height())))
    QApplication.processEvents()


@pytest.fixture
def pointed(view: ImageView) -> list[Pixel | None]:
    heard: list[Pixel | None] = []
    view.pointed.connect(heard.append)
    return heard


def numbered(width: int = 80, height: int = 60) -> NDArray[np.uint8]:
    """No two pixels near each other are the same."""
    rows, columns = np.mgrid[:height, :width]
    return ((rows * 3 + columns * 7) % 251).astype(np.uint8)


def test_pixel_under_the_cursor(view: ImageView, pointed: list[Pixel | None], qtbot: QtBot) -> None:
    pixels = numbered()
    view.show_picture(pixels, NOTHING)
    point_at(view, 0.51, 0.26, qtbot)
    assert pointed[-1] == Pixel(40, 15, (int(pixels[15, 40]),))


def test_pixel_after_zoom_and_pan(
    view: ImageView, pointed: list[Pixel | None], qtbot: QtBot
) -> None:
    pixels = numbered()
    view.show_picture(pixels, NOTHING)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    point_at(view, 0.5, 0.5, qtbot)
    width, height = 80 / 1.25**2, 60 / 1.25**2
    x, y = int(40 + 0.1 * width), int(30 + 0.1 * height)
    assert pointed[-1] == Pixel(x, y, (int(pixels[y, x]),))


def test_pixel_of_a_picture_that_is_drawn_smaller_is_the_frames_own(
    view: ImageView, pointed: list[Pixel | None], qtbot: QtBot
) -> None:
    pixels = numbered(3200, 2400)
    view.show_picture(pixels, NOTHING)
    point_at(view, 0.5, 0.5, qtbot)
    pixel = pointed[-1]
    assert pixel is not None
    assert pixel.x == pytest.approx(1600, abs=8)
    assert pixel.values == (int(pixels[pixel.y, pixel.x]),)


def test_colour_has_three_values(
    view: ImageView, pointed: list[Pixel | None], qtbot: QtBot
) -> None:
    view.show_picture(np.full((60, 80, 3), (200, 100, 50), np.uint8), NOTHING)
    point_at(view, 0.5, 0.5, qtbot)
    assert pointed[-1] is not None
    assert pointed[-1].values == (200, 100, 50)


def test_a_resting_cursor_sees_the_next_picture(
    view: ImageView, pointed: list[Pixel | None], qtbot: QtBot
) -> None:
    view.show_picture(np.full((60, 80), 7, np.uint8), NOTHING)
    point_at(view, 0.5, 0.5, qtbot)
    view.show_picture(np.full((60, 80), 9, np.uint8), NOTHING)
    assert [pixel.values for pixel in pointed if pixel][-2:] == [(7,), (9,)]
    view.clear()
    assert pointed[-1] is None


def test_beside_the_picture_there_is_no_pixel(
    view: ImageView, pointed: list[Pixel | None], qtbot: QtBot
) -> None:
    view.show_picture(np.zeros((60, 20), np.uint8), NOTHING)
    point_at(view, 0.5, 0.5, qtbot)
    point_at(view, 0.02, 0.5, qtbot)
    assert pointed[-1] is None


def test_a_cursor_that_leaves_takes_the_value_with_it(
    view: ImageView, pointed: list[Pixel | None], qtbot: QtBot
) -> None:
    view.show_picture(numbered(), NOTHING)
    point_at(view, 0.5, 0.5, qtbot)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert pointed[-1] is None


def test_all_of_this_on_a_screen_at_200_percent() -> None:
    """The scale is the application's, so that it takes another one."""
    if os.environ.get("QT_SCALE_FACTOR") == "2":
        return
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", __file__, "-k", CURSOR],
        env={**os.environ, "QT_SCALE_FACTOR": "2"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout


# --- by keyboard ---


def test_a_click_gives_it_the_focus_and_tab_reaches_it(view: ImageView, qtbot: QtBot) -> None:
    view.show_picture(numbered(), NOTHING)
    with qtbot.waitActive(view):
        view.activateWindow()
    view.clearFocus()
    qtbot.mouseClick(canvas(view), Qt.MouseButton.LeftButton)
    assert view.hasFocus()
    assert view.focusPolicy() & Qt.FocusPolicy.TabFocus
    ring = view.grab().toImage().pixelColor(0, 0)
    assert ring == QColor(theme.LIGHT.information)
    view.clearFocus()
    assert view.grab().toImage().pixelColor(0, 0) == QColor(theme.LIGHT.well)


def test_keys_zoom_fit_and_show_one_to_one(view: ImageView, qtbot: QtBot) -> None:
    view.show_picture(numbered(), NOTHING)
    fitted = view.pixel_scale
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.pixel_scale == pytest.approx(fitted * 1.25)
    assert not view.is_fitted
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.pixel_scale == pytest.approx(fitted)
    with qtbot.waitSignal(view.full_size, timeout=1000):
        qtbot.keyClick(view, Qt.Key.Key_1)
    assert view.pixel_scale == pytest.approx(1.0)
    with qtbot.waitSignal(view.fitted, timeout=1000):
        qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.is_fitted
    assert view.pixel_scale == pytest.approx(fitted)


def test_corners_of_a_located_rectangle_are_marked(view: ImageView) -> None:
    corners = ((20.0, 15.0), (60.0, 15.0), (60.0, 45.0), (20.0, 45.0))
    black: NDArray[np.uint8] = np.zeros((60, 80), np.uint8)

    def ink(has_corners: bool) -> int:
        mark = Mark(corners, Box(20, 15, 40, 30), has_corners=has_corners)
        view.show_picture(black, Overlay((mark,)))
        corner = view.grab(QRect(QPoint(102 - 12, 77 - 12), QSize(24, 24))).toImage()
        vermillion = QColor(theme.LIGHT.rejected)
        places = ((x, y) for x in range(corner.width()) for y in range(corner.height()))
        return sum(corner.pixelColor(x, y) == vermillion for x, y in places)

    assert ink(True) > ink(False) + 10


def test_where_a_chip_belongs_and_the_way_it_went_are_drawn(view: ImageView) -> None:
    pixels: NDArray[np.uint8] = np.full((60, 80, 3), 100, np.uint8)
    found = ((30, 20), (60, 20), (60, 50), (30, 50))
    nominal = ((10, 10), (40, 10), (40, 40), (10, 40))
    box = Box(30, 20, 30, 30)

    def changed(mark: Mark) -> NDArray[np.bool_]:
        """Which pixels of the view look otherwise than without the mark, 5 by 5 for one of it."""
        seen = []
        for marks in ((), (mark,)):
            view.show_picture(pixels, Overlay(marks))
            picture = view.grab().toImage()
            seen.append([[picture.pixel(x, y) for x in range(404)] for y in range(304)])
        return np.array(seen[0]) != np.array(seen[1])

    plain = changed(Mark(found, box, has_corners=True))
    placed = changed(Mark(found, box, has_corners=True, nominal=nominal))
    new = placed & ~plain
    for x, y in ((25, 10), (10, 25), (35, 30)):  # two sides, and halfway between the middles
        assert new[5 * y - 8 : 5 * y + 12, 5 * x - 8 : 5 * x + 12].any()
    assert not new[250:, :].any()
