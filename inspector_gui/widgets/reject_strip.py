"""The last parts that did not pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engines.verdict import Decision
from inspector_gui.theme import Theme
from inspector_gui.widgets.icon import SHAPE, paint_icon


@dataclass(frozen=True, slots=True, eq=False)
class Reject:
    """One picture of the strip.

    Attributes:
        key: Lot and part.
        caption, words: The part's number and what was found, for people.
        image: None for a part without a picture.
    """

    key: tuple[str, int]
    decision: Decision
    caption: str
    words: str
    image: QImage | None


class RejectStrip(QWidget):
    """Small pictures, newest at the left, each with the decision's shape and the part's number."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rejects: tuple[Reject, ...] = ()
        self._empty = self.tr("No rejects yet")
        self.setAccessibleName(self.tr("Last rejects"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rejects(self) -> tuple[Reject, ...]:
        return self._rejects

    def show_rejects(self, rejects: Sequence[Reject]) -> None:
        """Show parts, newest first."""
        if tuple(rejects) == self._rejects:
            return
        self._rejects = tuple(rejects)
        words = "; ".join(f"{r.caption}: {r.words}" for r in self._rejects)
        self.setAccessibleDescription(words)
        self.update()

    @property
    def side(self) -> int:
        """Of one picture, in logical pixels."""
        return self._theme.space(18)

    def sizeHint(self) -> QSize:
        caption = self.fontMetrics().height() + self._theme.space(1)
        return QSize(self.side * 4, self.side + caption)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            index = event.x() // (self.side + self._theme.space(2))
            reject = self._rejects[index] if index < len(self._rejects) else None
            text = f"{reject.caption}: {reject.words}" if reject else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(theme.font(theme.quiet_px))
        painter.setPen(QColor(theme.quiet))
        if not self._rejects:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._empty)
        step = self.side + theme.space(2)
        for index in range(min(len(self._rejects), (self.width() + theme.space(2)) // step)):
            self._paint(painter, self._rejects[index], index * step)
        painter.end()

    def _paint(self, painter: QPainter, reject: Reject, x: int) -> None:
        theme = self._theme
        place = QRectF(x, 0, self.side, self.side)
        clip = QPainterPath()
        clip.addRoundedRect(place, theme.grid, theme.grid)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(place, QColor(theme.well))
        if reject.image is not None:
            painter.drawImage(place, reject.image)
        painter.restore()
        colour = theme.colour_of(reject.decision)
        badge = theme.space(5)
        corner = QRectF(x + theme.grid, theme.grid, badge, badge)
        paint_icon(painter, corner, SHAPE[reject.decision], colour, theme.ink_on(colour))
        painter.setPen(QColor(theme.quiet))
        caption = QRectF(x, self.side + theme.grid, self.side, self.height() - self.side)
        painter.drawText(caption, Qt.AlignmentFlag.AlignHCenter, reject.caption)
