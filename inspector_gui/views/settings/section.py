"""What the sections of the settings' page are made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector_gui.theme import Theme


class Section(QFrame):
    """A panel with a title, into which settings are put."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.theme = theme
        space = theme.space
        self.setProperty("role", "panel")
        self.setAccessibleName(title)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(space(5), space(4), space(5), space(5))
        self.rows.setSpacing(space(3))
        self.rows.addWidget(words(title, "section"))
        self.rows.addSpacing(space(1))

    def add_setting(self, title: str, help_line: str, control: QWidget | None = None) -> None:
        """A setting's name over what it does, and its control at the right."""
        line = QHBoxLayout()
        line.setSpacing(self.theme.space(6))
        text = QVBoxLayout()
        text.setSpacing(self.theme.space(1))
        text.addStretch(1)
        text.addWidget(words(title, "strong"))
        text.addWidget(words(help_line))
        text.addStretch(1)
        line.addLayout(text, 1)
        if control is not None:
            control.setAccessibleDescription(help_line)
            line.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        self.rows.addLayout(line)


def ask(dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
    """Show a file dialog, which stops nothing, and hand on what is chosen."""
    parent = dialog.parentWidget()
    if parent is not None:
        dialog.setPalette(parent.window().palette())  # which windows do not inherit
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def words(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def at_the_left(widget: QWidget) -> QHBoxLayout:
    """As wide as it needs to be."""
    line = QHBoxLayout()
    line.addWidget(widget)
    line.addStretch(1)
    return line


def clear(place: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := place.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QHBoxLayout):
            clear(inner)
