"""What the heatmap's colours mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector_gui.theme import Theme


class ColourBar(QWidget):
    """The scale of the heatmap, from clean to the top, with the threshold marked in its middle."""

    def __init__(self, theme: Theme, colours: NDArray[np.uint8]) -> None:
        """Draw the scale.

        Args:
            colours: uint8 (256, 4) RGBA from 0 to 1, the threshold at 0.5.
        """
        super().__init__()
        self._theme = theme
        self._colours = np.ascontiguousarray(colours)
        row = self._colours.reshape(1, -1, 4)
        self._image = QImage(
            row.data, row.shape[1], 1, row.strides[0], QImage.Format.Format_RGBA8888
        )
        self._caption = self.tr("threshold")
        self.setAccessibleName(self.tr("Colours of the heatmap, with the threshold in the middle"))
        self.setToolTip(self.accessibleName())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space(34), self._theme.target)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setFont(theme.font(theme.quiet_px))
        tall = painter.fontMetrics().height()
        thick = theme.space(3)
        top = (self.height() - thick - theme.space(1) - tall) / 2
        bar = QRectF(0.5, top, self.width() - 1, thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(bar, QColor(theme.on_well_quiet))
        painter.drawImage(bar, self._image)
        painter.setPen(QColor(theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
        painter.fillRect(
            QRectF(self.width() / 2 - 1, top - theme.space(1), 2, thick + theme.space(2)),
            QColor(theme.text),
        )
        painter.setPen(QColor(theme.quiet))
        caption = QRectF(0, bar.bottom() + theme.space(1), self.width(), tall)
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, self._caption)
        painter.end()
