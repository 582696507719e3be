from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from engines.verdict import Decision
from inspector_gui import theme
from inspector_gui.widgets.banner import Banner
from inspector_gui.widgets.icon import SHAPE


def grey(banner: Banner) -> NDArray[np.uint8]:
    image = banner.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return flat[:, : image.width()].copy()


def made(qtbot: QtBot) -> Banner:
    banner = Banner(theme.LIGHT)
    qtbot.addWidget(banner)
    banner.resize(390, 200)
    return banner


def test_decisions_are_told_apart_without_colour(qtbot: QtBot) -> None:
    banner = made(qtbot)
    pictures = []
    for decision in Decision:
        banner.show_verdict(decision, decision.value, "0.73 / 0.50")
        picture = grey(banner).astype(int)
        pictures.append(abs(picture - np.median(picture)) > 20)
    for number, one in enumerate(pictures):
        for other in pictures[:number]:
            assert np.mean(one != other) > 0.05
    assert len(set(SHAPE.values())) == len(Decision)


def test_word_is_as_tall_as_it_must_be(qtbot: QtBot) -> None:
    banner = made(qtbot)
    assert banner.word_px >= 96
    for word in ("PASS", "UNDECIDED", "AUSSCHUSS"):
        banner.show_verdict(Decision.REJECT, word, "")
        picture = banner.grab().toImage()
        below_shape = range(90, 190)
        rows = [
            y
            for y in below_shape
            if any(picture.pixelColor(x, y).lightnessF() > 0.9 for x in range(20, 370, 2))
        ]
        assert rows[-1] - rows[0] >= 0.7 * 96  # capitals
        edge = [picture.pixelColor(x, y).name() for x in (4, 385) for y in below_shape]
        assert set(edge) == {QColor(theme.LIGHT.rejected).name()}


def test_shape_and_word_stand_apart_where_there_is_little_room(qtbot: QtBot) -> None:
    banner = made(qtbot)
    banner.resize(390, banner.minimumSizeHint().height())
    banner.show_verdict(Decision.REJECT, "REJECT", "0.73 / 0.50")
    picture = banner.grab().toImage()
    white = [
        any(picture.pixelColor(x, y).lightnessF() > 0.9 for x in range(10, 380, 2))
        for y in range(picture.height())
    ]
    blocks = sum(not before and now for before, now in pairwise(white))
    assert blocks == 2


def test_dash_is_grey(qtbot: QtBot) -> None:
    banner = made(qtbot)
    banner.show_verdict(Decision.REJECT, "REJECT", "0.73 / 0.50")
    banner.clear("")
    picture = banner.grab().toImage()
    colours = {
        picture.pixelColor(x, y).hsvSaturation() for x in range(0, 390, 5) for y in range(0, 200, 5)
    }
    assert max(colours) < 50
    assert banner.decision is None
