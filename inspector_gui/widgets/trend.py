"""The last parts' scores at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engines.verdict import Decision
from inspector_gui.theme import Theme

PARTS = 200
_TOP = 2.0  # thresholds; what is higher is drawn as high as this


class Trend(QWidget):
    """A stroke for each part, newest at the right; the threshold is the line in the middle.

    Passes stay below the line and are grey; rejects stand above it; an undecided part has no score
    and is a mark at the top.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: tuple[tuple[Decision, float | None], ...] = ()
        self._caption = self.tr("scores of the last {n} parts").format(n=PARTS)
        self.setAccessibleName(self._caption)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(theme.space(64))

    def show_parts(self, parts: Sequence[tuple[Decision, float | None]]) -> None:
        """Show decision and score as a multiple of the threshold, oldest first."""
        shown = tuple(parts[-PARTS:])
        if shown != self._parts:
            self._parts = shown
            self.update()

    @property
    def _caption_height(self) -> int:
        return QFontMetrics(self._theme.font(self._theme.quiet_px)).height()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space(50), self._theme.space(14))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        head = self._caption_height + theme.grid
        tallest = self.height() - head
        middle = head + tallest / 2
        painter.setFont(theme.font(theme.quiet_px))
        painter.setPen(QColor(theme.quiet))
        painter.drawText(0, 0, self.width(), head, Qt.AlignmentFlag.AlignLeft, self._caption)
        step = self.width() / PARTS
        thick = max(1.0, step * 0.7)
        left = self.width() - step * len(self._parts)
        for index, (decision, weight) in enumerate(self._parts):
            x = left + index * step
            if decision is Decision.UNDECIDED:
                mark = QRectF(x, head, max(thick, 2.0), theme.space(2))
                painter.fillRect(mark.adjusted(-1, 0, 1, 1), QColor(theme.quiet))
                painter.fillRect(mark, QColor(theme.undecided))
                continue
            tall = max(2.0, min(weight or 0.0, _TOP) / _TOP * tallest)
            is_pass = decision is Decision.PASS
            colour = QColor(theme.quiet if is_pass else theme.rejected)
            broad = thick if is_pass else max(thick, 2.0)
            painter.fillRect(QRectF(x, self.height() - tall, broad, tall), colour)
        painter.setPen(QPen(QColor(theme.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(0, round(middle), self.width(), round(middle))
        painter.end()
