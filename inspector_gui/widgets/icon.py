"""Icons in the theme's colours."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

import resources
from engines.verdict import Decision
from inspector_gui.inspection.status import Level

SHAPE = {Decision.PASS: "pass", Decision.REJECT: "reject", Decision.UNDECIDED: "undecided"}
SIGN = {Level.OK: "ok", Level.ATTENTION: "attention", Level.ALARM: "alarm"}
_SCALES = (1, 2, 3)


@cache
def _renderer(name: str, ink: str, mark: str) -> QSvgRenderer:
    drawing = (resources.FOLDER / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    coloured = drawing.replace("#000000", ink).replace("#ffffff", mark)
    return QSvgRenderer(QByteArray(coloured.encode()))


def paint_icon(painter: QPainter, place: QRectF, name: str, ink: str, mark: str) -> None:
    """Draw an icon of `resources/icons`.

    Args:
        ink: Colour of the shape.
        mark: Colour of what stands on the shape.
    """
    _renderer(name, ink, mark).render(painter, place)


def pixmap(name: str, size: int, ink: str, mark: str, scale: float = 1.0, gap: int = 0) -> QPixmap:
    """A picture of an icon.

    Args:
        size, gap: Logical pixels; the gap is left free at the right.
        scale: The screen's pixels to a logical one.
    """
    image = QPixmap(QSize(size + gap, size) * scale)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_icon(painter, QRectF(0, 0, size * scale, size * scale), name, ink, mark)
    painter.end()
    image.setDevicePixelRatio(scale)
    return image


def set_icon(
    button: QAbstractButton,
    name: str,
    size: int,
    ink: str,
    *,
    mark: str = "",
    ink_when_on: str = "",
    gap: int = 0,
) -> None:
    """Give a button an icon that is sharp on every screen.

    Args:
        size, gap: Logical pixels; the gap is left free between the icon and the word.
        ink_when_on: Colour of the shape while the button is checked; `ink` by default.
    """
    made = QIcon()
    states = ((QIcon.State.Off, ink), (QIcon.State.On, ink_when_on or ink))
    for scale in _SCALES:
        for state, colour in states:
            image = pixmap(name, size, colour, mark or colour, scale, gap)
            made.addPixmap(image, QIcon.Mode.Normal, state)
            resting = pixmap(name, size, ink, mark or ink, scale, gap)
            made.addPixmap(resting, QIcon.Mode.Disabled, state)
    button.setIcon(made)
    button.setIconSize(QSize(size + gap, size))
