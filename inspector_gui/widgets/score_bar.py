"""A score against its threshold."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector_gui.theme import Theme


class ScoreBar(QWidget):
    """A bar on which the threshold always stands in the middle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._value: float | None = None
        self._colour = theme.quiet
        self._caption = self.tr("threshold")
        self.setAccessibleName(self.tr("Score against the threshold"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> float | None:
        return self._value

    def show_score(self, value: float | None, colour: str) -> None:
        """Show a score.

        Args:
            value: In 0..1 with the threshold at 0.5 (`against_threshold`); None for none.
            colour: Of the decision.
        """
        if (value, colour) != (self._value, self._colour):
            self._value, self._colour = value, colour
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space(40), self._theme.space(5) + self._caption_height)

    @property
    def _caption_height(self) -> int:
        return QFontMetrics(self._theme.font(self._theme.quiet_px)).height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = theme.space(3)
        track = QRectF(0, theme.space(1), self.width(), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.line))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        if self._value is not None:
            filled = QRectF(track)
            filled.setWidth(max(thick, track.width() * self._value))
            painter.setBrush(QColor(self._colour))
            painter.drawRoundedRect(filled, thick / 2, thick / 2)
        middle = self.width() / 2
        painter.setBrush(QColor(theme.text))
        painter.drawRect(QRectF(middle - 1, 0, 2, thick + theme.space(2)))
        painter.setFont(theme.font(theme.quiet_px))
        painter.setPen(QColor(theme.quiet))
        caption = QRectF(0, thick + theme.space(2), self.width(), self._caption_height)
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, self._caption)
        painter.end()
