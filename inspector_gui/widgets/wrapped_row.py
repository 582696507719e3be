"""A row of widgets that goes on below where there is no room."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class WrappedRow(QWidget):
    """Places its widgets itself: as wide as they want to be; those that can grow share the rest.

    Its height follows at once, which a layout's height for a width does not.
    """

    def __init__(self, gap: int, line_gap: int | None = None) -> None:
        super().__init__()
        self._gap = gap
        self._line_gap = gap if line_gap is None else line_gap
        self._widgets: list[QWidget] = []

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        widget.setParent(self)
        self._widgets.append(widget)

    def minimumSizeHint(self) -> QSize:
        widest = max((_wanted(widget).width() for widget in self._shown()), default=0)
        return QSize(widest, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        is_done: bool = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._place()
        return is_done

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _place(self) -> None:
        y = 0
        for line in self._lines():
            tall = max(_wanted(widget).height() for widget in line)
            self._place_line(line, y, tall)
            y += tall + self._line_gap
        self.setFixedHeight(max(y - self._line_gap, 0))

    def _lines(self) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = []
        used = 0
        for widget in self._shown():
            wide = _wanted(widget).width()
            if not lines or used + self._gap + wide > self.width():
                lines.append([])
                used = -self._gap
            lines[-1].append(widget)
            used += self._gap + wide
        return lines

    def _place_line(self, line: list[QWidget], y: int, tall: int) -> None:
        wide = [_wanted(widget).width() for widget in line]
        growing = [n for n, widget in enumerate(line) if _can_grow(widget)]
        rest = max(self.width() - sum(wide) - self._gap * (len(line) - 1), 0)
        ends = [rest * n // len(growing) for n in range(len(growing) + 1)] if growing else []
        for index, (start, end) in zip(growing, pairwise(ends), strict=True):
            wide[index] += end - start
        x = 0
        for widget, width in zip(line, wide, strict=True):
            widget.setGeometry(QRect(x, y, width, tall))
            x += width + self._gap


def _wanted(widget: QWidget) -> QSize:
    hint = widget.sizeHint().expandedTo(widget.minimumSizeHint()).expandedTo(widget.minimumSize())
    return hint.boundedTo(widget.maximumSize())


def _can_grow(widget: QWidget) -> bool:
    layout = widget.layout()
    directions = widget.sizePolicy().expandingDirections()
    if layout is not None:
        directions |= layout.expandingDirections()
    return bool(directions & Qt.Orientation.Horizontal)
