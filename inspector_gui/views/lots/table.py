"""The lots as a list."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtGui import QFontMetrics

from inspector_gui.inspection.status import Level
from inspector_gui.records.lots import LotRecord
from inspector_gui.theme import Theme
from inspector_gui.views import moments, record_words
from inspector_gui.views.lots import lot_words
from inspector_gui.views.record_table import Cells, RecordModel, RecordTable
from inspector_gui.widgets.icon import SIGN


class Column(IntEnum):
    STATE = 0
    LOT = 1
    RECIPE = 2
    CLOSED = 3
    PARTS = 4
    YIELD = 5


_LEVEL = {lot_words.TO_SIGN: Level.ATTENTION, lot_words.SIGNED: Level.OK}


class LotsModel(RecordModel):
    """Lots that were opened, newest first."""

    def __init__(self) -> None:
        super().__init__(frozenset({Column.PARTS, Column.YIELD}))
        self.titles = {
            Column.STATE: self.tr("State"),
            Column.LOT: self.tr("Lot"),
            Column.RECIPE: self.tr("Recipe"),
            Column.CLOSED: self.tr("Closed"),
            Column.PARTS: self.tr("Parts"),
            Column.YIELD: self.tr("Yield"),
        }

    def row_of(self, name: str) -> int:
        """Where a lot is; -1 if it is not here."""
        return next((row for row, lot in enumerate(self.lines) if lot.name == name), -1)

    def text(self, line: LotRecord, column: int) -> str:
        match column:
            case Column.STATE:
                return lot_words.state_word(lot_words.state(line))
            case Column.LOT:
                return line.name
            case Column.RECIPE:
                return f"{line.recipe} · {line.recipe_revision}"
            case Column.CLOSED:
                return moments.second(line.closed_at) if line.closed_at else "–"
            case Column.PARTS:
                return record_words.number(line.count.parts) if line.count else "–"
            case _:
                return lot_words.lot_yield(line.count) if line.count else "–"


class LotsTable(RecordTable):
    """The lots on the screen."""

    def __init__(self, theme: Theme, model: LotsModel) -> None:
        super().__init__(theme, model, _Cells(theme))
        self.setAccessibleName(self.tr("Lots"))
        widest = self.fontMetrics().horizontalAdvance
        strong = QFontMetrics(theme.font(theme.body_px, strong=True)).horizontalAdvance
        gap = theme.space(3) + 1
        states = (lot_words.OPEN, lot_words.TO_SIGN, lot_words.SIGNED)
        self.size_columns(
            {
                Column.STATE: max(strong(lot_words.state_word(s)) for s in states)
                + theme.space(9)
                + gap,
                Column.RECIPE: widest("steel · 88") + gap,
                Column.CLOSED: widest(moments.second("2025-12-28T20:28:28+00:00")) + gap,
                Column.PARTS: max(widest("88,888"), widest(model.titles[Column.PARTS])) + gap,
                Column.YIELD: max(widest("100.0 %"), widest(model.titles[Column.YIELD])) + gap,
            }
        )


class _Cells(Cells):
    def __init__(self, theme: Theme) -> None:
        quiet = frozenset({Column.RECIPE, Column.CLOSED})
        super().__init__(theme, Column.STATE, quiet)

    def sign(self, line: LotRecord) -> tuple[str, str]:
        level = _LEVEL.get(lot_words.state(line))
        if level is None:
            return "stale", self.theme.quiet
        return SIGN[level], self.theme.colour_at(level)

    def is_strong(self, line: LotRecord) -> bool:
        return lot_words.state(line) == lot_words.TO_SIGN
