"""Goes over every widget of a window and tells what somebody could not use, read or reach."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from inspector_gui.widgets.elided_label import ElidedLabel

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QTextEdit,
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def named(widget: QWidget) -> str:
    """A widget, for a person who has to find it."""
    text = getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} {text or widget.accessibleName() or widget.objectName()}"


def visible(window: QWidget) -> Iterator[QWidget]:
    return (w for w in window.findChildren(QWidget) if w.isVisibleTo(window) and w.isVisible())


def controls(window: QWidget) -> list[QWidget]:
    """What can be operated now."""
    return [w for w in visible(window) if _is_control(w)]


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, QScrollBar | QHeaderView) or not widget.isEnabled():
        return False
    if isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox | QAbstractScrollArea):
        return False  # a part of its control
    has_keys = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    plain = isinstance(widget, CONTROLS)
    return plain or (has_keys and not isinstance(widget, QAbstractScrollArea))


def without_name(window: QWidget) -> list[str]:
    """Controls that a screen reader can only call by their kind."""
    found = []
    for widget in controls(window):
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface or not interface.text(QAccessible.Text.Name).strip():
            found.append(named(widget))
    return found


def too_small(window: QWidget, target: int) -> list[str]:
    """Controls that a finger would miss."""
    return [
        f"{named(w)}: {w.width()}x{w.height()}"
        for w in controls(window)
        if min(w.width(), w.height()) < target
    ]


def not_reached(window: QWidget) -> list[str]:
    """Controls that Tab never comes to."""
    wanted = {w for w in controls(window) if not _follows_arrows(w)}
    reached: set[QWidget] = set()
    for _ in range(4 * len(wanted) + 8):
        at = QApplication.focusWidget()
        if at is not None:
            reached.add(at)
            reached.update(w for w in wanted if w.isAncestorOf(at))
        QTest.keyClick(at or window, Qt.Key.Key_Tab)
    return [named(widget) for widget in wanted - reached]


def _follows_arrows(widget: QWidget) -> bool:
    """Of buttons that exclude each other Tab comes to one, the arrows to the rest."""
    if not isinstance(widget, QAbstractButton) or not widget.isCheckable():
        return False
    group = widget.group()
    alone = group.exclusive() if group else widget.autoExclusive()
    return bool(alone) and not widget.isChecked()


def clipped(window: QWidget) -> list[str]:
    """Texts that have less room than they need."""
    found = []
    for widget in visible(window):
        short = _room_missing(widget) or _out_of_sight(widget)
        if short > 1:
            found.append(f"{named(widget)}: {short} px are missing")
    return found


def _out_of_sight(widget: QWidget) -> int:
    """What of a scroll area's content lies at its right, where nobody can scroll to."""
    if not isinstance(widget, QScrollArea) or widget.widget() is None:
        return 0
    if widget.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        return 0
    return max(widget.widget().minimumSizeHint().width() - widget.viewport().width(), 0)


def _room_missing(widget: QWidget) -> int:
    if isinstance(widget, ElidedLabel):
        return 0
    if isinstance(widget, QLabel) and widget.text():
        widget.ensurePolished()
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            return max(needed - widget.height(), 0)
        wide = widget.sizeHint().width() - widget.width()
        return max(wide, widget.sizeHint().height() - widget.height(), 0)
    if isinstance(widget, QPushButton) and widget.text():
        return max(widget.sizeHint().width() - widget.width(), 0)
    if isinstance(widget, QToolButton) and widget.text():
        text = widget.fontMetrics().horizontalAdvance(widget.text())
        return max(text - widget.width(), 0)
    return 0


def texts(window: QWidget) -> Iterator[str]:
    """Every text of a label, a button, a list or a control's name and hint."""
    for widget in visible(window):
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        elif isinstance(widget, QLabel | QAbstractButton):
            yield QTextDocumentFragment.fromHtml(widget.text()).toPlainText()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        yield widget.accessibleName()
        yield widget.toolTip()


def not_translated(window: QWidget, data: set[str]) -> list[str]:
    """Texts with words in them that no translator has seen, and that are no data."""
    return sorted(
        {
            text
            for text in texts(window)
            if _LETTERS.search(text) and "[" not in text and not _is_data(text, data)
        }
    )


def _is_data(text: str, data: set[str]) -> bool:
    return any(value in text for value in data)


def settle() -> None:
    """Have layouts and paints done."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QApplication.processEvents()
