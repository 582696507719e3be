"""One line of the trail, whole."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from inspector_gui.records.entries import REFUSED
from inspector_gui.records.trail import TrailLine
from inspector_gui.theme import Theme
from inspector_gui.views import record_words, trail_words, words
from inspector_gui.views.audit.table import told_time

LONG, LONGER = 12, 24
"""Characters of a word that fit beside another value, and alone."""


class TrailPreview(QFrame):
    """Who, when and why, and what it was beside what it became."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "panel")
        self.title, self.hint = _label("section"), _label("quiet")
        self._facts = QGridLayout()
        self._changes = QGridLayout()
        self._said: list[QLabel] = []
        self._holder = QWidget()
        space = theme.space
        for grid in (self._facts, self._changes):
            grid.setHorizontalSpacing(space(3))
            grid.setVerticalSpacing(space(2))
        self._facts.setColumnStretch(1, 1)
        for column in (1, 2):
            self._changes.setColumnStretch(column, 1)
        inner = self._inner = QVBoxLayout(self._holder)
        inner.setContentsMargins(0, 0, space(3), 0)  # where the scroll bar comes
        inner.setSpacing(space(4))
        inner.addLayout(self._facts)
        inner.addLayout(self._changes)
        inner.addStretch(1)
        self._scrolled = self._scroll_area()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(4), space(1), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(self.title)
        layout.addWidget(self.hint)
        layout.addWidget(self._scrolled, 1)
        layout.addStretch(0)
        self.show_line(None)

    @property
    def text(self) -> str:
        """Everything said, a line each."""
        return "\n".join(label.text() for label in (self.title, *self._said))

    def show_line(self, line: TrailLine | None) -> None:
        """Show a line; None for none."""
        for label in self._said:
            label.hide()
            label.deleteLater()
        self._said.clear()
        self._scrolled.setVisible(line is not None)
        self.hint.setVisible(line is None)
        if line is None:
            self.title.setText(self.tr("No entry is selected"))
            self.hint.setText(self.tr("Select one to see what it was and what it became."))
            return
        refused = f" · {trail_words.outcome(REFUSED)}" if line.outcome == REFUSED else ""
        self.title.setText(f"{trail_words.act(line.action)}{refused}")
        for row, (name, text) in enumerate((n, t) for n, t in self._lines(line) if t):
            self._put(self._facts, name, row, 0, "quiet")
            self._put(self._facts, text, row, 1)
        self._show_changes(line)
        self._holder.setAccessibleName(self.text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lines(self, line: TrailLine) -> list[tuple[str, str]]:
        why = words.sentence(line.why) if line.why else ""
        return [
            (self.tr("Time"), told_time(line)),
            (self.tr("Who"), trail_words.who(line)),
            (self.tr("Outcome"), trail_words.outcome(line.outcome)),
            (self.tr("Subject"), words.sentence(line.subject)),
            (self.tr("Reason") if line.outcome else self.tr("What happened"), why),
            (self.tr("Entry"), record_words.number(line.seq)),
        ]

    def _show_changes(self, line: TrailLine) -> None:
        """What it was beside what it became; of what was nothing before, its values."""
        changes = line.changes
        if not changes:
            return
        has_old = any(old is not None for _, old, _ in changes)
        heads = (self.tr("Was"), self.tr("Became")) if has_old else (self.tr("Value"),)
        for column, head in enumerate(heads, 1):
            self._put(self._changes, head, 0, column, "strong")
        for row, (name, old, new) in enumerate(changes, 1):
            self._put(self._changes, name, row, 0, "quiet")
            for column, given in enumerate((old, new) if has_old else (new,), 1):
                self._put(self._changes, trail_words.value(given), row, column)
        self._changes.setColumnStretch(2, int(has_old))

    def _put(self, grid: QGridLayout, text: str, row: int, column: int, role: str = "") -> None:
        label = _label(role)
        label.setText(_breakable(text, LONG if grid is self._changes else LONGER))
        if role == "quiet":
            label.setContentsMargins(0, self._theme.focus_ring, 0, 0)  # on the line of the text
            label.setWordWrap(grid is self._changes)
        if not role:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.append(label)
        grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)

    def _fit(self) -> None:
        """Be as high as the wrapped words need; a scroll area does not ask for it by itself."""
        wide = self._scrolled.viewport().width()
        self._holder.setMinimumHeight(max(0, self._inner.totalHeightForWidth(wide)))

    def _scroll_area(self) -> QScrollArea:
        area = QScrollArea()
        area.setProperty("role", "facts")
        area.setAccessibleName(self.tr("What the trail says about it"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._holder)
        area.viewport().setAutoFillBackground(False)
        self._holder.setAutoFillBackground(False)
        return area


def _breakable(text: str, longest: int) -> str:
    """Long words, such as hashes, may go on in the next line; codes at their underscores."""
    return re.sub(r"\S+", lambda word: _cut(word[0], longest), text)


def _cut(word: str, longest: int) -> str:
    if len(word) <= longest:
        return word
    parts = re.findall(rf"[^_]{{1,{longest}}}_?|_", word)
    return "\u200b".join(parts)


def _label(role: str = "") -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
