"""The audit trail as a list."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtGui import QFontMetrics, QResizeEvent

from inspector_gui.inspection.status import Level
from inspector_gui.records.entries import ALLOWED, REFUSED
from inspector_gui.records.permissions import Action
from inspector_gui.records.trail import TrailLine
from inspector_gui.theme import Theme
from inspector_gui.views import moments, trail_words, words
from inspector_gui.views.record_table import Cells, RecordModel, RecordTable
from inspector_gui.widgets.icon import SIGN


class Column(IntEnum):
    TIME = 0
    WHO = 1
    ACT = 2
    OUTCOME = 3
    SUBJECT = 4
    CHANGE = 5


class TrailModel(RecordModel):
    """Lines of the trail, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.titles = {
            Column.TIME: self.tr("Time"),
            Column.WHO: self.tr("Who"),
            Column.ACT: self.tr("Act"),
            Column.OUTCOME: self.tr("Outcome"),
            Column.SUBJECT: self.tr("Subject"),
            Column.CHANGE: self.tr("Change"),
        }

    def text(self, line: TrailLine, column: int) -> str:
        match column:
            case Column.TIME:
                return moments.second(line.happened_at)
            case Column.WHO:
                return trail_words.who(line)
            case Column.ACT:
                return trail_words.act(line.action)
            case Column.OUTCOME:
                return trail_words.outcome(line.outcome)
            case Column.SUBJECT:
                return words.sentence(line.subject)
            case _:
                return trail_words.change(line)

    def tip(self, line: TrailLine, column: int) -> str:
        return told_time(line) if column == Column.TIME else self.text(line, column)


class TrailTable(RecordTable):
    """The trail on the screen."""

    def __init__(self, theme: Theme, model: TrailModel) -> None:
        super().__init__(theme, model, _Cells(theme))
        self.setAccessibleName(self.tr("Audit trail"))
        widest = self.fontMetrics().horizontalAdvance
        strong = QFontMetrics(theme.font(theme.body_px, strong=True)).horizontalAdvance
        gap = theme.space(3) + 1
        self._least_subject = widest(model.titles[Column.SUBJECT]) + gap
        acts = max(widest(trail_words.act(action)) for action in Action)
        self.size_columns(
            {
                Column.TIME: widest(moments.second("2025-12-28T20:28:28+00:00")) + gap,
                Column.WHO: theme.space(10),
                Column.SUBJECT: theme.space(10),
                Column.ACT: min(acts, theme.space(44)) + gap,
                Column.OUTCOME: max(strong(trail_words.outcome(o)) for o in (ALLOWED, REFUSED))
                + theme.space(7)
                + gap,
            }
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Who and what share what the words leave, and the change has the most of it."""
        super().resizeEvent(event)
        others = (Column.TIME, Column.ACT, Column.OUTCOME)
        spare = self.viewport().width() - sum(self.columnWidth(column) for column in others)
        self.setColumnWidth(Column.WHO, round(0.32 * spare))
        self.setColumnWidth(Column.SUBJECT, max(self._least_subject, round(0.26 * spare)))


def told_time(line: TrailLine) -> str:
    """Here and now, and as the clock on the wall stood where it was written."""
    here = moments.second(line.happened_at)
    there = moments.there(line.happened_at, line.utc_offset_min)
    return there if there.startswith(here) else f"{here}\n{there}"


class _Cells(Cells):
    def __init__(self, theme: Theme) -> None:
        quiet = frozenset({Column.TIME, Column.CHANGE})
        super().__init__(theme, Column.OUTCOME, quiet)

    def sign(self, line: TrailLine) -> tuple[str, str] | None:
        level = {REFUSED: Level.ATTENTION, ALLOWED: Level.OK}.get(line.outcome)
        return None if level is None else (SIGN[level], self.theme.colour_at(level))

    def is_strong(self, line: Any) -> bool:
        return bool(line.outcome == REFUSED)
