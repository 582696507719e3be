"""PASS, REJECT and UNDECIDED are told apart by everyone, by more than their colour."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from daltonlens.simulate import Deficiency, Simulator_Brettel1997
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot
from skimage.color import deltaE_ciede2000, rgb2gray, rgb2lab

from engines.verdict import Decision
from inspector_gui.theme import DARK, LIGHT, Theme
from inspector_gui.views import words
from inspector_gui.widgets.banner import Banner
from inspector_gui.widgets.icon import SHAPE, paint_icon

APART = 20.0  # ΔE2000
PAIRS = list(combinations(Decision, 2))
EYES = ("all cones", "protanopia", "deuteranopia", "grey")
SIDE = 64


def seen(rgb: NDArray[np.uint8], eyes: str) -> NDArray[np.uint8]:
    """A picture (height, width, 3) as it is seen without a kind of cones, or without colour."""
    if eyes == "grey":
        grey = (rgb2gray(rgb) * 255).round().astype(np.uint8)
        return np.dstack([grey] * 3)
    if eyes == "all cones":
        return rgb
    kind = {"protanopia": Deficiency.PROTAN, "deuteranopia": Deficiency.DEUTAN}[eyes]
    simulated = Simulator_Brettel1997().simulate_cvd(rgb, kind, severity=1.0)
    return np.asarray(simulated, np.uint8)


def difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """The middle of ΔE2000 over two pictures of the same size."""
    return float(np.median(deltaE_ciede2000(rgb2lab(one), rgb2lab(other))))


def pixels_of(image: QImage) -> NDArray[np.uint8]:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return flat[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()


def banner_of(theme: Theme, decision: Decision, qtbot: QtBot) -> NDArray[np.uint8]:
    banner = Banner(theme)
    qtbot.addWidget(banner)
    banner.resize(banner.sizeHint())
    banner.show_verdict(decision, words.decision(decision), "0.70 / 0.50")
    return pixels_of(banner.grab().toImage())


def silhouette(decision: Decision) -> NDArray[np.bool_]:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_icon(painter, QRectF(0, 0, SIDE, SIDE), SHAPE[decision], "#000000", "#ffffff")
    painter.end()
    return pixels_of(image)[..., 0] < 128


def assert_shape_and_word_differ(one: Decision, other: Decision) -> None:
    first, second = silhouette(one), silhouette(other)
    assert (first & second).sum() / (first | second).sum() < 0.8
    assert words.decision(one) != words.decision(other)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_banners_are_told_apart(
    theme: Theme, eyes: str, one: Decision, other: Decision, qtbot: QtBot
) -> None:
    first, second = (seen(banner_of(theme, d, qtbot), eyes) for d in (one, other))
    apart = difference(first, second)
    print(f"{eyes}: banners of {one} and {other} differ by {apart:.0f}")
    if apart < APART:
        assert (theme, eyes) == (LIGHT, "grey"), "there is only one such pair"
        assert_shape_and_word_differ(one, other)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_shapes_and_words_differ(one: Decision, other: Decision) -> None:
    assert_shape_and_word_differ(one, other)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_colour_alone_tells_or_a_shape_does(
    theme: Theme, eyes: str, one: Decision, other: Decision
) -> None:
    """In small signs, such as the strip's and the trend's."""
    colours = (QColor(theme.colour_of(d)).getRgb()[:3] for d in (one, other))
    first, second = (seen(np.array([[rgb]], np.uint8), eyes) for rgb in colours)
    apart = difference(first, second)
    print(f"{eyes}: {one} and {other} differ by {apart:.0f}")
    if apart < APART:
        assert_shape_and_word_differ(one, other)
