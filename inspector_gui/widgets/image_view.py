"""A picture at fixed levels, with what was found on it."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import cv2
import numpy as np
import pyqtgraph as pg
from cv2.typing import MatLike
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QGraphicsPixmapItem, QVBoxLayout, QWidget

from inspector_gui.theme import Theme
from inspector_gui.views.overlay import Overlay
from inspector_gui.widgets.findings_item import FindingsItem

_NOTHING = Overlay()
_MOST_REDUCTION = 8
_ZOOM = 1.25
_PAN = 0.1  # of the view, for each press of a key
_PANS = {
    Qt.Key.Key_Left: (-_PAN, 0.0),
    Qt.Key.Key_Right: (_PAN, 0.0),
    Qt.Key.Key_Up: (0.0, -_PAN),
    Qt.Key.Key_Down: (0.0, _PAN),
}
_ZOOMS = {
    Qt.Key.Key_Plus: 1 / _ZOOM,
    Qt.Key.Key_Equal: 1 / _ZOOM,  # where plus needs Shift
    Qt.Key.Key_Minus: _ZOOM,
}
_FORMAT = {
    1: QImage.Format.Format_Grayscale8,
    3: QImage.Format.Format_RGB888,
    4: QImage.Format.Format_RGBA8888,
}


@dataclass(frozen=True, slots=True)
class Pixel:
    """One pixel of the frame: its place and its value, or its values for red, green and blue."""

    x: int
    y: int
    values: tuple[int, ...]


class _Canvas(pg.GraphicsView):  # type: ignore[misc]
    """Says of every move of the mouse; pyqtgraph's scene drops those that come fast."""

    moved = Signal(object)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.moved.emit(self.mapToScene(event.position().toPoint()))


class ImageView(QWidget):
    """Shows 0 as black and 255 as white whatever is in the picture; wheel zooms, drag pans.

    With the focus arrow keys pan, `+` and `-` zoom, `0` fits and `1` shows it 1:1.

    Signals:
        fitted: The whole picture is in the view, and stays so when the view changes its size.
        full_size: One pixel of the picture is one of the screen.
        released: The operator has zoomed or moved it by hand.
        pointed: The `Pixel` under the cursor has changed; None where there is none.
    """

    fitted = Signal()
    full_size = Signal()
    released = Signal()
    pointed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._graphics = _Canvas(background=theme.well)
        self._graphics.setViewportUpdateMode(pg.GraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self._graphics.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._graphics.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._graphics.setCursor(Qt.CursorShape.CrossCursor)
        self._box = pg.ViewBox(lockAspect=True, invertY=True, enableMenu=False, defaultPadding=0.0)
        self._graphics.setCentralItem(self._box)
        self._image, self._heatmap = QGraphicsPixmapItem(), QGraphicsPixmapItem()
        for pixmap_item in (self._image, self._heatmap):
            pixmap_item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
            pixmap_item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._findings = FindingsItem(theme)
        for depth, item in enumerate((self._image, self._heatmap, self._findings)):
            item.setZValue(depth)
            self._box.addItem(item, ignoreBounds=True)
        self._pixels: NDArray[np.uint8] | None = None
        self._reduction = 1
        self._size: tuple[int, int] | None = None
        self._is_fitted = True
        self._overlay = _NOTHING
        self._is_overlay_visible = True
        self._cursor: QPointF | None = None
        self._pixel: Pixel | None = None
        self.set_opacity(0.6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.focus_ring] * 4)
        layout.addWidget(self._graphics)
        self._box.sigRangeChanged.connect(self._match_scale)
        self._box.sigRangeChangedManually.connect(self._release)
        self._graphics.moved.connect(self._move_cursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture of the part"))

    def show_picture(self, pixels: NDArray[np.uint8], overlay: Overlay) -> None:
        """Show a frame.

        Args:
            pixels: uint8 (height, width) grey or (height, width, 3) RGB.
            overlay: What lies over it.
        """
        height, width = pixels.shape[:2]
        self._pixels = pixels
        if self._size != (width, height):
            self._size = width, height
            self.fit()
        self._show_pixels(pixels)
        self._image.setVisible(True)
        self._overlay = overlay
        self._show_overlay(width, height)
        self._point()

    def clear(self) -> None:
        """Show no picture."""
        self._overlay = _NOTHING
        self._pixels = None
        for item in (self._image, self._heatmap, self._findings):
            item.setVisible(False)
        self._point()

    def set_overlay_visible(self, is_visible: bool) -> None:
        self._is_overlay_visible = is_visible
        if self._size and self._image.isVisible():
            self._show_overlay(*self._size)

    def set_opacity(self, opacity: float) -> None:
        """Of the heatmap, 0..1."""
        self._heatmap.setOpacity(opacity)

    @property
    def is_fitted(self) -> bool:
        return self._is_fitted

    @property
    def pixel_scale(self) -> float:
        """Screen pixels to one pixel of the picture."""
        logical: float = 1.0 / self._box.viewPixelSize()[0]
        return logical * self.devicePixelRatioF()

    def fit(self) -> None:
        """Show the whole picture, and keep it so when the view changes its size."""
        self._is_fitted = True
        if self._size:
            self._box.setRange(QRectF(0, 0, *self._size), padding=0, disableAutoRange=True)
        self.fitted.emit()

    def one_to_one(self) -> None:
        """Show one pixel of the picture as one of the screen, around the view's middle."""
        scale = self.devicePixelRatioF()
        width, height = self._box.width() * scale, self._box.height() * scale
        middle = self._box.viewRect().center()
        self._is_fitted = False
        self._box.setRange(
            QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height),
            padding=0,
            disableAutoRange=True,
        )
        self.full_size.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _PANS:
            across, down = _PANS[key]
            shown = self._box.viewRect()
            self._box.translateBy(x=across * shown.width(), y=down * shown.height())
            self._release()
        elif key in _ZOOMS:
            self._box.scaleBy((_ZOOMS[key], _ZOOMS[key]))
            self._release()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_1:
            self.one_to_one()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._move_cursor(None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The focus ring, around the picture."""
        theme = self._theme
        painter = QPainter(self)
        colour = theme.information if self.hasFocus() else theme.well
        painter.fillRect(self.rect(), QColor(colour))
        painter.end()

    def _move_cursor(self, place: QPointF | None) -> None:
        self._cursor = place
        self._point()

    def _point(self) -> None:
        pixel = self._pixel_at(self._cursor) if self._cursor is not None else None
        if pixel != self._pixel:
            self._pixel = pixel
            self.pointed.emit(pixel)

    def _pixel_at(self, place: QPointF) -> Pixel | None:
        if self._pixels is None:
            return None
        spot = self._box.mapSceneToView(place)
        x, y = floor(spot.x()), floor(spot.y())
        height, width = self._pixels.shape[:2]
        if not (0 <= x < width and 0 <= y < height):
            return None
        return Pixel(x, y, tuple(int(value) for value in np.atleast_1d(self._pixels[y, x])))

    def _match_scale(self) -> None:
        if self._pixels is not None and _reduction(self.pixel_scale) != self._reduction:
            self._show_pixels(self._pixels)
        self._point()

    def _show_pixels(self, pixels: NDArray[np.uint8]) -> None:
        height, width = pixels.shape[:2]
        self._reduction = _reduction(self.pixel_scale)
        shown: MatLike = pixels
        if self._reduction > 1:
            size = max(1, width // self._reduction), max(1, height // self._reduction)
            shown = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        _spread(self._image, shown, width, height)

    def _show_overlay(self, width: int, height: int) -> None:
        heatmap = self._overlay.heatmap
        is_visible = self._is_overlay_visible
        if heatmap is not None:
            _spread(self._heatmap, heatmap, width, height)
        self._heatmap.setVisible(is_visible and heatmap is not None)
        self._findings.show_marks(self._overlay.marks, width, height)
        self._findings.setVisible(is_visible)

    def _release(self) -> None:
        self._is_fitted = False
        self.released.emit()


def _spread(item: QGraphicsPixmapItem, values: MatLike, width: int, height: int) -> None:
    """Have an item show values over a whole frame of this size.

    As a pixmap, which has the screen's own format: a grey image takes three times as long to draw.
    """
    values = np.ascontiguousarray(values, np.uint8)
    rows, columns = values.shape[:2]
    channels = values.shape[2] if values.ndim == 3 else 1
    image = QImage(values.data, columns, rows, values.strides[0], _FORMAT[channels])
    item.setPixmap(QPixmap.fromImage(image))
    item.setTransform(QTransform.fromScale(width / columns, height / rows))


def _reduction(pixel_scale: float) -> int:
    """How far to shrink a picture before it is drawn, a power of two.

    The drawing itself skips pixels where it shrinks to less than half, and so would lose a thin
    scratch; averaging does not, and by powers of two it costs next to nothing.
    """
    factor = 1
    while factor < _MOST_REDUCTION and pixel_scale * factor * 2 <= 1:
        factor *= 2
    return factor
