from __future__ import annotations

import numpy as np
import pytest

from engines.verdict import Box
from inspector_gui.views.live.thumbnail import thumbnail


@pytest.mark.parametrize("shape", [(300, 200), (200, 300), (2048, 2448, 3), (10, 900)])
def test_is_a_square_in_colour_whatever_comes_in(shape: tuple[int, ...]) -> None:
    small = thumbnail(np.full(shape, 90, np.uint8), None, 72)
    assert small.shape == (72, 72, 3)
    assert small.dtype == np.uint8
    assert np.all(small == 90)


@pytest.mark.parametrize("corner", [(0, 0), (560, 0), (0, 760), (560, 760), (280, 400)])
def test_shows_the_finding_wherever_it_is(corner: tuple[int, int]) -> None:
    x, y = corner
    pixels = np.zeros((800, 600), np.uint8)
    pixels[y : y + 40, x : x + 40] = 255
    assert thumbnail(pixels, Box(x, y, 40, 40), 72).max() > 200
