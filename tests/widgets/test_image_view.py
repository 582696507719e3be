from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engines.verdict import AnomalyMap, Box
from inspector_gui import theme
from inspector_gui.views.overlay import COLOURS, Mark, Overlay, heatmap_of
from inspector_gui.widgets.image_view import ImageView

NOTHING = Overlay()


@pytest.fixture
def view(qtbot: QtBot) -> ImageView:
    view = ImageView(theme.LIGHT)
    qtbot.addWidget(view)
    view.resize(400, 300)
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
    view.resize(800, 600)
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
