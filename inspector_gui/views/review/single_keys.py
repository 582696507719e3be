"""Keys that need neither Ctrl nor a place for the focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

_PLAIN = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
_ENTER = Qt.Key.Key_Return, Qt.Key.Key_Enter

Action = Callable[[], None]


class SingleKeys(QObject):
    """Hears keys wherever the focus is within a view, but for one field, in which they are text.

    A key that is held acts once.

    Signals:
        text_done: Enter or Escape was pressed in the field.
        text_left: The focus has gone from the field.
    """

    text_done = Signal()
    text_left = Signal()

    def __init__(
        self,
        view: QWidget,
        text: QLineEdit,
        pressed: Mapping[Qt.Key, Action],
        released: Mapping[Qt.Key, Action],
    ) -> None:
        """Listen from now on, to the view and to the widgets that it has by now.

        Args:
            view: Whose keys these are.
            text: The field.
            pressed, released: What each key does when it goes down, and when it comes up.
        """
        super().__init__(view)
        self._text = text
        self._pressed = pressed
        self._released = released
        for widget in (view, *view.findChildren(QWidget)):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._text:
            return self._in_text(event)
        if isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            if event.type() == QEvent.Type.KeyPress:
                return self._press(event, watched)
            if event.type() == QEvent.Type.KeyRelease:
                return self._act(event, self._released)
        return False

    def _in_text(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (*_ENTER, Qt.Key.Key_Escape):
                self.text_done.emit()
                return True
        elif event.type() == QEvent.Type.FocusOut:
            self.text_left.emit()
        return False

    def _press(self, event: QKeyEvent, at: QWidget) -> bool:
        if event.modifiers() not in _PLAIN:
            return False
        if event.key() in _ENTER:
            return not event.isAutoRepeat() and _activate(at)
        return self._act(event, self._pressed)

    @staticmethod
    def _act(event: QKeyEvent, actions: Mapping[Qt.Key, Action]) -> bool:
        action = actions.get(Qt.Key(event.key()))
        if action is not None and not event.isAutoRepeat():
            action()
        return action is not None


def _activate(widget: QWidget) -> bool:
    """Enter does what the space bar does elsewhere."""
    if isinstance(widget, QAbstractButton) and widget.isEnabled():
        widget.click()
        return True
    if isinstance(widget, QComboBox):
        widget.showPopup()
        return True
    return False
