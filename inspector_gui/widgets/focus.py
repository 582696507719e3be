"""Where the keys go when what has them is about to vanish."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget


def leave(widget: QWidget) -> bool:
    """Take the focus out of what is to be hidden or disabled, to the window; whether it was there.

    Qt would hand it to whatever comes next, which a key could then set off unawares.
    """
    at = QApplication.focusWidget()
    if at is None or not (at is widget or widget.isAncestorOf(at)):
        return False
    widget.window().setFocus()
    return True
