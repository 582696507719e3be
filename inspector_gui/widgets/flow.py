"""A layout that goes on in the next line where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Widgets in lines; those that can use more room share what is left of theirs."""

    def __init__(self, parent: QWidget, gap: int, line_gap: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._line_gap = line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(_height(line) for line in lines) + self._line_gap * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        widest = max((hint.width() for hint in hints), default=0)
        return QSize(widest, max((hint.height() for hint in hints), default=0))

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place)
        y = place.y()
        for line in self._lines(place.width()):
            height = _height(line)
            self._place(line, QRect(place.x(), y, place.width(), height))
            y += height + self._line_gap

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wanted = item.sizeHint().width()
            if not lines or used + self._gap + wanted > width:
                lines.append([])
                used = -self._gap
            lines[-1].append(item)
            used += self._gap + wanted
        return lines

    def _place(self, line: list[QLayoutItem], place: QRect) -> None:
        widths = [item.sizeHint().width() for item in line]
        growing = [
            index
            for index, item in enumerate(line)
            if item.expandingDirections() & Qt.Orientation.Horizontal
        ]
        left = place.width() - sum(widths) - self._gap * (len(line) - 1)
        for nth, index in enumerate(growing):
            widths[index] += max(0, left) * (nth + 1) // len(growing) - max(0, left) * nth // len(
                growing
            )
        x = place.x()
        for item, width in zip(line, widths, strict=True):
            item.setGeometry(QRect(x, place.y(), width, place.height()))
            x += width + self._gap


def _height(line: list[QLayoutItem]) -> int:
    return max(item.sizeHint().height() for item in line)
