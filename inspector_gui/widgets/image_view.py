"""A picture at fixed levels, with what was found on it."""

from __future__ import annotations

import cv2
import numpy as np
import pyqtgraph as pg
from cv2.typing import MatLike
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_gui.theme import Theme
from inspector_gui.views.overlay import Overlay
from inspector_gui.widgets.findings_item import FindingsItem

LEVELS = (0, 255)
_NOTHING = Overlay()
_MOST_REDUCTION = 8


class ImageView(QWidget):
    """Shows 0 as black and 255 as white whatever is in the picture; wheel zooms, drag pans.

    Signals:
        fitted: The whole picture is in the view, and stays so when the view changes its size.
        released: The operator has zoomed or moved it by hand.
    """

    fitted = Signal()
    released = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._graphics = pg.GraphicsView(background=theme.well)
        self._graphics.setViewportUpdateMode(pg.GraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self._graphics.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._graphics.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._box = pg.ViewBox(lockAspect=True, invertY=True, enableMenu=False, defaultPadding=0.0)
        self._graphics.setCentralItem(self._box)
        self._image = pg.ImageItem(axisOrder="row-major", levels=LEVELS)
        self._heatmap = pg.ImageItem(axisOrder="row-major")
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
        self.set_opacity(0.6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._graphics)
        self._box.sigRangeChanged.connect(self._match_scale)
        self._box.sigRangeChangedManually.connect(self._release)
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

    def clear(self) -> None:
        """Show no picture."""
        self._overlay = _NOTHING
        self._pixels = None
        for item in (self._image, self._heatmap, self._findings):
            item.setVisible(False)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()

    def _match_scale(self) -> None:
        if self._pixels is not None and _reduction(self.pixel_scale) != self._reduction:
            self._show_pixels(self._pixels)

    def _show_pixels(self, pixels: NDArray[np.uint8]) -> None:
        height, width = pixels.shape[:2]
        self._reduction = _reduction(self.pixel_scale)
        shown: MatLike = pixels
        if self._reduction > 1:
            size = max(1, width // self._reduction), max(1, height // self._reduction)
            shown = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        self._image.setImage(shown, autoLevels=False, levels=LEVELS)
        self._image.setRect(QRectF(0, 0, width, height))

    def _show_overlay(self, width: int, height: int) -> None:
        heatmap = self._overlay.heatmap
        is_visible = self._is_overlay_visible
        if heatmap is not None:
            self._heatmap.setImage(heatmap, autoLevels=False, levels=LEVELS)
            self._heatmap.setRect(QRectF(0, 0, width, height))
        self._heatmap.setVisible(is_visible and heatmap is not None)
        self._findings.show_marks(self._overlay.marks, width, height)
        self._findings.setVisible(is_visible)

    def _release(self) -> None:
        self._is_fitted = False
        self.released.emit()


def _reduction(pixel_scale: float) -> int:
    """How far to shrink a picture before it is drawn, a power of two.

    The drawing itself skips pixels where it shrinks to less than half, and so would lose a thin
    scratch; averaging does not, and by powers of two it costs next to nothing.
    """
    factor = 1
    while factor < _MOST_REDUCTION and pixel_scale * factor * 2 <= 1:
        factor *= 2
    return factor
