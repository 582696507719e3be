"""Yield and what did not pass, over time; a stretch of it can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector_gui.theme import Theme

SPAN_PX = 5
_FLOORS = (0.99, 0.95, 0.9, 0.8, 0.5, 0.0)
_TICKS = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 20160, 43200)
)


@dataclass(frozen=True, slots=True)
class Span:
    """Parts judged from a moment on, in local time."""

    begin: datetime
    passed: int
    rejected: int
    undecided: int

    @property
    def parts(self) -> int:
        return self.passed + self.rejected + self.undecided

    @property
    def yield_share(self) -> float:
        return self.passed / self.parts


class TimeChart(QWidget):
    """The yield as a line above, rejects and undecided parts as bars below.

    Drag over it, or move the cursor with the arrow keys and select with Shift; Enter applies.

    Signals:
        chosen: A stretch of time: a pair of datetimes, the end not among it.
        undone: Escape without a selection.
    """

    chosen = Signal(object)
    undone = Signal()

    def __init__(
        self,
        theme: Theme,
        tell: Callable[[Span, datetime], str],
        tick: Callable[[datetime, bool], str],
    ) -> None:
        """Make an empty chart.

        Args:
            tell: A span and its end in words.
            tick: A moment on the axis in words; whether days matter or hours.
        """
        super().__init__()
        self._theme, self._tell, self._tick = theme, tell, tick
        self._spans: tuple[Span, ...] = ()
        self._is_known = False
        self._step = timedelta(minutes=1)
        self._begin = self._end = datetime.min
        self._cursor: int | None = None
        self._anchor: int | None = None
        self._is_dragging = False
        self._yield_name = self.tr("Yield")
        self._bars_name = self.tr("Not passed")
        self._empty = self.tr("No parts in this time")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Yield and rejects over time"))
        self.setAccessibleDescription(
            self.tr("Arrow keys move, Shift selects, Enter shows the selected time")
        )

    @property
    def steps(self) -> int:
        """How many spans there is room for."""
        return max(20, round(self._plot().width() / SPAN_PX))

    @property
    def selection(self) -> tuple[datetime, datetime] | None:
        if self._anchor is None or self._cursor is None:
            return None
        first, last = sorted((self._anchor, self._cursor))
        return self._at(first), self._at(last + 1)

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Show spans, earliest first; those without parts may be left out."""
        self._spans = tuple(spans)
        self._is_known = True
        self._cursor = self._anchor = None
        self._is_dragging = False
        if spans:
            apart = [later.begin - earlier.begin for earlier, later in pairwise(spans)]
            self._step = min(apart, default=timedelta(minutes=1))
            self._begin, self._end = spans[0].begin, spans[-1].begin + self._step
        self.update()

    def clear(self) -> None:
        """Show nothing, not even that there is nothing."""
        self.show_spans(())
        self._is_known = False

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space(100), self._theme.space(29))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space(50), self._theme.space(29))

    @property
    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font(self._theme.quiet_px))

    @property
    def _count(self) -> int:
        return max(1, round((self._end - self._begin) / self._step)) if self._spans else 0

    def _plot(self) -> QRectF:
        """Where the lines and bars are."""
        theme, broad = self._theme, self._metrics.horizontalAdvance
        left = max(broad(self._yield_name), broad(self._bars_name)) + theme.space(5)
        right = broad("100 %") + theme.space(4)
        foot = self._metrics.height() + theme.grid
        top = foot + theme.space(3)
        return QRectF(left, top, self.width() - left - right, self.height() - top - foot)

    def _upper(self, plot: QRectF) -> QRectF:
        return QRectF(plot.left(), plot.top(), plot.width(), plot.height() * 0.46)

    def _lower(self, plot: QRectF) -> QRectF:
        gap = self._theme.space(2)
        top = self._upper(plot).bottom() + gap
        return QRectF(plot.left(), top, plot.width(), plot.bottom() - top)

    def _at(self, index: int) -> datetime:
        return self._begin + index * self._step

    def _x(self, moment: datetime, plot: QRectF) -> float:
        return plot.left() + plot.width() * ((moment - self._begin) / (self._end - self._begin))

    def _index(self, x: float) -> int:
        plot = self._plot()
        share = (x - plot.left()) / max(1.0, plot.width())
        return min(self._count - 1, max(0, int(share * self._count)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._spans:
            self._anchor = self._index(event.position().x())
            self._is_dragging = True
            self._move_to(self._anchor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._spans and (self._is_dragging or self._anchor is None):
            self._move_to(self._index(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._is_dragging or event.button() is not Qt.MouseButton.LeftButton:
            return
        self._is_dragging = False
        if self._anchor == self._cursor:  # a click, or a hand that shook
            self._anchor = None
            self.update()
        else:
            self._choose()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._anchor is None and not self.hasFocus():
            self._move_to(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._anchor = None
        self._move_to(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        moves = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageUp: -max(1, self._count // 10),
            Qt.Key.Key_PageDown: max(1, self._count // 10),
            Qt.Key.Key_Home: -self._count,
            Qt.Key.Key_End: self._count,
        }
        if key in moves and self._spans:
            is_selecting = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move_by(moves[Qt.Key(key)], is_selecting)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selection:
            self._choose()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _move_by(self, spans: int, is_selecting: bool) -> None:
        last = self._count - 1
        cursor = last if self._cursor is None else self._cursor
        if not is_selecting:
            self._anchor = None
        elif self._anchor is None:
            self._anchor = cursor
        self._move_to(min(last, max(0, cursor + spans)))

    def _move_to(self, cursor: int | None) -> None:
        self._cursor = cursor
        self.update()

    def _escape(self) -> None:
        if self._anchor is not None:
            self._anchor = None
            self._is_dragging = False
            self._move_to(self._cursor)
        else:
            self.undone.emit()

    def _choose(self) -> None:
        selection = self.selection
        self._anchor = None
        if selection is not None:
            self.chosen.emit(selection)

    @property
    def told(self) -> str:
        """The figures on top of the chart."""
        if not self._spans:
            return ""
        span, end = self._pointed()
        return ", ".join([self._tell(span, end), *(text for text, _ in self._legend(span))])

    def _pointed(self) -> tuple[Span, datetime]:
        """The selection, what the cursor is on, or else everything; and its end."""
        begin, end = self._begin, self._end
        if self._cursor is not None:
            begin, end = self.selection or (self._at(self._cursor), self._at(self._cursor + 1))
        within = [span for span in self._spans if begin <= span.begin < end]
        whole = Span(
            begin,
            sum(span.passed for span in within),
            sum(span.rejected for span in within),
            sum(span.undecided for span in within),
        )
        return whole, end

    def _legend(self, span: Span) -> tuple[tuple[str, str], ...]:
        """How many of each kind, and the kind's colour."""
        number, theme = self.locale().toString, self._theme
        return (
            (self.tr("{n} rejected").format(n=number(span.rejected)), theme.rejected),
            (self.tr("{n} undecided").format(n=number(span.undecided)), theme.undecided),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        has_focus = self.hasFocus()
        painter.setPen(
            QPen(QColor(theme.information), theme.focus_ring)
            if has_focus
            else QPen(QColor(theme.line), 1)
        )
        painter.setBrush(QColor(theme.raised))
        inset = theme.focus_ring / 2 if has_focus else 0.5
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, theme.radius, theme.radius)
        painter.setFont(theme.font(theme.quiet_px))
        plot = self._plot()
        if not self._spans:
            painter.setPen(QColor(theme.quiet))
            text = self._empty if self._is_known else ""
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, text)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._paint_selection(painter, plot)
            self._paint_ticks(painter, plot)
            self._paint_bars(painter, self._lower(plot))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_yield(painter, self._upper(plot))
            self._paint_cursor(painter, plot)
            self._paint_head(painter, plot)
        painter.end()

    def _paint_head(self, painter: QPainter, plot: QRectF) -> None:
        """What the colours mean, and the figures."""
        theme, metrics = self._theme, self._metrics
        place = QRectF(plot.left(), theme.space(1), plot.width(), metrics.height() + theme.grid)
        side, gap = theme.space(2), theme.space(1)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        span, end = self._pointed()
        for name, colour in self._legend(span):
            mark = QRectF(place.left(), place.center().y() - side / 2, side, side)
            painter.fillRect(mark, QColor(colour))
            place.setLeft(mark.right() + gap)
            painter.setPen(QColor(theme.quiet))
            painter.drawText(place, left, name)
            place.setLeft(place.left() + metrics.horizontalAdvance(name) + theme.space(4))
        text = self._tell(span, end)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.setPen(QColor(theme.quiet if self._cursor is None else theme.text))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, right, text)

    def _paint_selection(self, painter: QPainter, plot: QRectF) -> None:
        if self.selection is None:
            return
        left, right = (self._x(moment, plot) for moment in self.selection)
        shade = QColor(self._theme.information)
        edge = QColor(shade)
        shade.setAlphaF(0.22)
        place = QRectF(left, plot.top(), right - left, plot.height())
        painter.fillRect(place, shade)
        for x in (left, right):
            painter.fillRect(QRectF(x - 1, plot.top(), 2, plot.height()), edge)

    def _paint_cursor(self, painter: QPainter, plot: QRectF) -> None:
        if self._cursor is None:
            return
        middle = self._at(self._cursor) + self._step / 2
        x = round(self._x(middle, plot)) + 0.5
        painter.setPen(QPen(QColor(self._theme.text), 1))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _paint_yield(self, painter: QPainter, place: QRectF) -> None:
        theme = self._theme
        least = min(span.yield_share for span in self._spans)
        floor = next(floor for floor in _FLOORS if floor <= least)
        self._paint_scale(painter, place, "100 %", f"{floor * 100:.0f} %", self._yield_name)
        colour = QColor(theme.passed)
        for line in self._lines(place, floor):
            if len(line) == 1:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(line[0], 2, 2)
                continue
            painter.setPen(QPen(colour, 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(line))

    def _lines(self, place: QRectF, floor: float) -> list[list[QPointF]]:
        """The yield in pieces; a time without parts interrupts it."""
        lines: list[list[QPointF]] = []
        last: datetime | None = None
        for span in self._spans:
            if last is None or span.begin - last > 1.5 * self._step:
                lines.append([])
            share = (span.yield_share - floor) / (1.0 - floor)
            x = self._x(span.begin + self._step / 2, place)
            lines[-1].append(QPointF(x, place.bottom() - share * place.height()))
            last = span.begin
        return lines

    def _paint_bars(self, painter: QPainter, place: QRectF) -> None:
        theme = self._theme
        most = max(1, *(span.rejected + span.undecided for span in self._spans))
        self._paint_scale(painter, place, self.locale().toString(most), "0", self._bars_name)
        scale = place.height() / most
        for span in self._spans:
            left = self._x(span.begin, place)
            right = self._x(span.begin + self._step, place)
            broad = max(1.0, right - left - (1 if right - left > 3 else 0))
            y = place.bottom()
            for count, colour in (
                (span.rejected, theme.rejected),
                (span.undecided, theme.undecided),
            ):
                if count:
                    tall = max(1.0, count * scale)
                    painter.fillRect(QRectF(left, y - tall, broad, tall), QColor(colour))
                    y -= tall

    def _paint_scale(
        self, painter: QPainter, place: QRectF, top: str, bottom: str, name: str
    ) -> None:
        theme = self._theme
        painter.setPen(QPen(QColor(theme.line), 1))
        for y in (place.top(), place.bottom()):
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
        painter.setPen(QColor(theme.quiet))
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        gutter = QRectF(0, place.top(), place.left() - theme.space(2), place.height())
        painter.drawText(gutter, right | middle, name)
        tall = self._metrics.height()
        figures = QRectF(place.right() + theme.space(1), 0, theme.space(20), tall)
        for y, text in ((place.top(), top), (place.bottom(), bottom)):
            figures.moveTop(min(max(place.top() - 4, y - tall / 2), place.bottom() + 4 - tall))
            painter.drawText(figures, middle, text)

    def _has_room(self, tick: timedelta, plot: QRectF) -> bool:
        """Whether the words at ticks so far apart have room beside each other."""
        text = self._tick(self._end, tick >= timedelta(days=1))
        room = self._metrics.horizontalAdvance(text) + self._theme.space(6)
        return plot.width() * (tick / (self._end - self._begin)) >= room

    def _paint_ticks(self, painter: QPainter, plot: QRectF) -> None:
        theme = self._theme
        metrics = self._metrics
        apart = next(tick for tick in _TICKS if tick is _TICKS[-1] or self._has_room(tick, plot))
        has_days = apart >= timedelta(days=1)
        midnight = self._begin.replace(hour=0, minute=0, second=0, microsecond=0)
        moment = midnight + apart * -(-(self._begin - midnight) // apart)
        free_from = plot.left()
        while moment <= self._end:
            text = self._tick(moment, has_days)
            x = self._x(moment, plot)
            broad = metrics.horizontalAdvance(text)
            left = min(max(plot.left(), x - broad / 2), plot.right() - broad)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom() + theme.grid))
            if left >= free_from:
                painter.setPen(QColor(theme.quiet))
                painter.drawText(QPointF(left, self.height() - theme.grid - 1), text)
                free_from = left + broad + theme.space(3)
            moment += apart
