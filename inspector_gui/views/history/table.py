"""The list of parts: page by page, as far as somebody scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent

from engines.verdict import Decision
from inspector_gui.records.search import Found
from inspector_gui.theme import Theme
from inspector_gui.views import moments, record_words, words
from inspector_gui.views.record_table import Cells, RecordModel, RecordTable
from inspector_gui.widgets.icon import SHAPE


class Column(IntEnum):
    DECISION = 0
    TIME = 1
    LOT = 2
    PART = 3
    SCORE = 4
    FOUND = 5
    RECIPE = 6
    REVIEW = 7


RIGHT = frozenset({Column.PART, Column.SCORE})


class FoundModel(RecordModel):
    """Parts that were found, newest first; its lines are `Found`."""

    def __init__(self) -> None:
        super().__init__(RIGHT)
        self.titles = {
            Column.DECISION: self.tr("Decision"),
            Column.TIME: self.tr("Time"),
            Column.LOT: self.tr("Lot"),
            Column.PART: self.tr("Part"),
            Column.SCORE: self.tr("Score"),
            Column.FOUND: self.tr("Findings"),
            Column.RECIPE: self.tr("Recipe"),
            Column.REVIEW: self.tr("Review"),
        }

    @property
    def found(self) -> Sequence[Found]:
        return self.lines

    def row_of(self, seq: int) -> int:
        """Where a part is; -1 if it is not here."""
        return next((row for row, found in enumerate(self.found) if found.seq == seq), -1)

    def text(self, line: Any, column: int) -> str:
        return _text(line, Column(column))

    def tip(self, line: Any, column: int) -> str:
        return line.source if column == Column.FOUND else self.text(line, column)


class FoundTable(RecordTable):
    """The list on the screen."""

    def __init__(self, theme: Theme, model: FoundModel) -> None:
        super().__init__(theme, model, _Cells(theme))
        self.setAccessibleName(self.tr("Parts found"))
        self._size_columns(theme)

    @property
    def current(self) -> Found | None:
        line = self.current_line
        return line if isinstance(line, Found) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is room, the lot is told whole."""
        super().resizeEvent(event)
        least, most = self._lot_widths
        others = set(Column) - {Column.LOT, Column.FOUND, Column.REVIEW}
        spare = self.viewport().width() - sum(self.columnWidth(column) for column in others)
        self.setColumnWidth(Column.LOT, min(most, max(least, spare // 4)))

    def _size_columns(self, theme: Theme) -> None:
        """As wide as what usually stands in them; findings and review take the rest."""
        widest = self.fontMetrics().horizontalAdvance
        strong = QFontMetrics(theme.font(theme.body_px, strong=True)).horizontalAdvance
        gap = theme.space(3) + 1
        decided = max(strong(words.decision(d)) for d in Decision)
        self._lot_widths = (widest("tile-…-081502") + gap, widest("tile-20250314-081502") + gap)
        usual = {
            Column.DECISION: decided + theme.space(9) + gap,
            Column.TIME: widest(moments.second("2025-12-28T20:28:28+00:00")) + gap,
            Column.LOT: self._lot_widths[0],
            Column.PART: widest(record_words.number(88888)) + gap,
            Column.SCORE: max(
                widest(words.score(0.88)),
                widest(self.model().headerData(Column.SCORE, Qt.Orientation.Horizontal)),
            )
            + gap,
            Column.RECIPE: widest("steel · 8") + gap,
        }
        self.size_columns(usual)


class _Cells(Cells):
    def __init__(self, theme: Theme) -> None:
        quiet = frozenset({Column.TIME, Column.LOT, Column.RECIPE})
        super().__init__(theme, Column.DECISION, quiet, frozenset({Column.LOT}))

    def sign(self, line: Found) -> tuple[str, str]:
        decision = Decision(line.decision)
        return SHAPE[decision], self.theme.colour_of(decision)

    def is_strong(self, line: Found) -> bool:
        return line.decision != Decision.PASS


def _text(found: Found, column: Column) -> str:
    match column:
        case Column.DECISION:
            return words.decision(Decision(found.decision))
        case Column.TIME:
            return moments.second(found.judged_at)
        case Column.LOT:
            return found.lot
        case Column.PART:
            return record_words.number(found.part)
        case Column.SCORE:
            return "–" if found.score is None else words.score(found.score)
        case Column.FOUND:
            return record_words.found_line(found)
        case Column.RECIPE:
            return f"{found.recipe} · {found.recipe_revision}"
        case Column.REVIEW:
            return record_words.disposition_line(found.disposition, found.reviewer)
