"""Outlines and labels of findings on a picture."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from inspector_gui.theme import Theme
from inspector_gui.views.overlay import Area, Mark, place_labels


class FindingsItem(QGraphicsItem):
    """Lies in frame pixels; lines and labels have the same size on the screen at every zoom."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._marks: tuple[Mark, ...] = ()
        self._lines: list[QPolygonF] = []
        self._frame = QRectF()
        self._font = theme.font(theme.body_px, strong=True)
        self._metrics = QFontMetricsF(self._font)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_marks(self, marks: tuple[Mark, ...], width: int, height: int) -> None:
        """Show findings of a frame of this size, in its pixels."""
        self.prepareGeometryChange()
        self._marks = marks
        self._lines = [QPolygonF([QPointF(*point) for point in mark.points]) for mark in marks]
        self._frame = QRectF(0, 0, width, height)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._frame

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        if not self._marks:
            return
        to_screen = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines = [to_screen.map(line) for line in self._lines]
        for mark, line in zip(self._marks, lines, strict=True):
            for colour, width in self._strokes(mark):
                pen = QPen(QColor(colour), width)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawPolygon(line)
        self._paint_places(painter, to_screen)
        self._paint_corners(painter, to_screen)
        boxes = [self._area(to_screen.mapRect(_rectangle(mark))) for mark in self._marks]
        bounds = widget.rect() if widget else painter.viewport()
        self._paint_labels(painter, boxes, self._area(QRectF(bounds)))
        painter.restore()

    def _paint_places(self, painter: QPainter, to_screen: QTransform) -> None:
        """Where marks belong, dashed, and the way from there to where they lie."""
        theme = self._theme
        for mark in self._marks:
            if not mark.nominal:
                continue
            place = to_screen.map(QPolygonF([QPointF(*point) for point in mark.nominal]))
            for colour, style in (
                (theme.halo, Qt.PenStyle.SolidLine),
                (theme.on_well, Qt.PenStyle.DashLine),
            ):
                painter.setPen(QPen(QColor(colour), theme.outline, style))
                painter.drawPolygon(place)
            if (way := mark.displacement) is not None:
                start, end = (to_screen.map(QPointF(*point)) for point in way)
                self._paint_arrow(painter, QLineF(start, end), self._strokes(mark))

    def _strokes(self, mark: Mark) -> tuple[tuple[str, float], ...]:
        """Colours and widths of a mark's lines, one over the other."""
        theme = self._theme
        colour = theme.passed if mark.is_within else theme.rejected
        return (theme.halo, theme.outline + 2), (colour, theme.outline)

    def _paint_arrow(
        self, painter: QPainter, way: QLineF, pens: tuple[tuple[str, float], ...]
    ) -> None:
        """No head where the way is shorter than one."""
        theme = self._theme
        head = float(theme.space(2))
        strokes = [way]
        if way.length() > head:
            back = QLineF(way.p2(), way.p1())
            back.setLength(head)
            angle = back.angle()
            for turn in (-30, 30):
                back.setAngle(angle + turn)
                strokes.append(QLineF(back))
        for colour, width in pens:
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLines(strokes)

    def _paint_corners(self, painter: QPainter, to_screen: QTransform) -> None:
        theme = self._theme
        painter.setPen(QPen(QColor(theme.halo), 1))
        for mark, line in zip(self._marks, self._lines, strict=True):
            painter.setBrush(QColor(theme.passed if mark.is_within else theme.rejected))
            corners = to_screen.map(line).toList() if mark.has_corners else []
            for corner in corners:
                painter.drawEllipse(corner, theme.grid, theme.grid)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_labels(self, painter: QPainter, boxes: list[Area], bounds: Area) -> None:
        theme = self._theme
        painter.setFont(self._font)
        places = place_labels(boxes, [self._size(m.label) for m in self._marks], bounds, theme.grid)
        for mark, area in zip(self._marks, places, strict=True):
            if area is None:
                continue
            chip = QRectF(area.x, area.y, area.width, area.height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.halo))
            painter.drawRoundedRect(chip, theme.grid, theme.grid)
            painter.setPen(QColor(theme.ink_on(theme.halo)))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, mark.label)

    def _size(self, label: str) -> tuple[float, float]:
        if not label:
            return 0.0, 0.0
        theme = self._theme
        return (
            self._metrics.horizontalAdvance(label) + theme.space(3),
            self._metrics.height() + theme.space(1),
        )

    @staticmethod
    def _area(place: QRectF) -> Area:
        return Area(place.x(), place.y(), place.width(), place.height())


def _rectangle(mark: Mark) -> QRectF:
    box = mark.box
    return QRectF(box.x, box.y, box.width, box.height)
