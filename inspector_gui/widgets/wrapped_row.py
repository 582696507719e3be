"""A row of widgets that goes on below where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class WrappedRow(QWidget):
    """Places its widgets itself: as wide as they want to be, the last one to the end of its line.

    Its height follows at once, which a layout's height for a width does not.
    """

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._gap = gap
        self._widgets: list[QWidget] = []

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        widget.setParent(self)
        self._widgets.append(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        is_done: bool = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._place()
        return is_done

    def _place(self) -> None:
        x = y = 0
        tall = max((widget.sizeHint().height() for widget in self._widgets), default=0)
        for widget in self._widgets:
            wide = widget.sizeHint().width()
            if x and x + wide > self.width():
                x, y = 0, y + tall + self._gap
            if widget is self._widgets[-1]:
                wide = max(wide, self.width() - x)
            widget.setGeometry(QRect(x, y, wide, tall))
            x += wide + self._gap
        self.setFixedHeight(y + tall)
