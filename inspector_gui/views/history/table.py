"""The list of parts: page by page, as far as somebody scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from engines.verdict import Decision
from inspector_gui.records.search import Found
from inspector_gui.theme import Theme
from inspector_gui.views import moments, record_words, words
from inspector_gui.widgets.icon import SHAPE, paint_icon

ROW_STEPS = 10
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    DECISION = 0
    TIME = 1
    LOT = 2
    PART = 3
    SCORE = 4
    FOUND = 5
    RECIPE = 6
    REVIEW = 7


RIGHT = {Column.PART, Column.SCORE}


class FoundModel(QAbstractTableModel):
    """Parts that were found, newest first.

    Signals:
        more_wanted: The end of what is here is on the screen; `add` what comes after it.
    """

    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Found] = []
        self._has_more = False
        self._is_waiting = False
        self._titles = {
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
        return self._found

    def show(self, found: Sequence[Found], has_more: bool) -> None:
        """Show a new list from its beginning."""
        self.beginResetModel()
        self._found = list(found)
        self._has_more, self._is_waiting = has_more, False
        self.endResetModel()

    def add(self, found: Sequence[Found], has_more: bool) -> None:
        """Go on with the list."""
        self._has_more, self._is_waiting = has_more, False
        if found:
            first = len(self._found)
            self.beginInsertRows(QModelIndex(), first, first + len(found) - 1)
            self._found += found
            self.endInsertRows()

    def row_of(self, seq: int) -> int:
        """Where a part is; -1 if it is not here."""
        return next((row for row, found in enumerate(self._found) if found.seq == seq), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._found)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._has_more and not self._is_waiting

    def fetchMore(self, _parent: Index) -> None:
        self._is_waiting = True
        self.more_wanted.emit()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[Column(section)]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found, column = self._found[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(found, column)
            case Qt.ItemDataRole.ToolTipRole:
                return found.source if column is Column.FOUND else _text(found, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.UserRole:
                return found
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._titles[column]}: {_text(found, column)}"
        return None


class FoundTable(QTableView):
    """The list on the screen.

    Signals:
        current_changed: Another part is selected; its `Found`, or None.
        opened: The selected part is wanted large.
    """

    current_changed = Signal(object)
    opened = Signal()

    def __init__(self, theme: Theme, model: FoundModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Cells(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFont(theme.font(theme.body_px))
        self.setAccessibleName(self.tr("Parts found"))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.space(ROW_STEPS))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(theme.space(10))
        self._size_columns(theme, header)
        self.doubleClicked.connect(lambda _: self.opened.emit())

    @property
    def current(self) -> Found | None:
        found = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return found if isinstance(found, Found) else None

    def select(self, row: int) -> None:
        self.setCurrentIndex(self.model().index(row, 0))

    def move_by(self, rows: int) -> None:
        """Select a neighbour, if there is one."""
        row = self.currentIndex().row() + rows
        if 0 <= row < self.model().rowCount():
            self.select(row)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not previous.isValid():
            self.current_changed.emit(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self.current is not None:
                    self.opened.emit()
            case Qt.Key.Key_Home:
                self.select(0)
            case Qt.Key.Key_End:
                self.select(self.model().rowCount() - 1)
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Escape:
                event.ignore()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is room, the lot is told whole."""
        super().resizeEvent(event)
        least, most = self._lot_widths
        others = set(Column) - {Column.LOT, Column.FOUND, Column.REVIEW}
        spare = self.viewport().width() - sum(self.columnWidth(column) for column in others)
        self.setColumnWidth(Column.LOT, min(most, max(least, spare // 4)))

    def _size_columns(self, theme: Theme, header: QHeaderView) -> None:
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
                widest(header.model().headerData(Column.SCORE, Qt.Orientation.Horizontal)),
            )
            + gap,
            Column.RECIPE: widest("steel · 8") + gap,
        }
        for column in Column:
            if column in usual:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, usual[column])
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


class _Cells(QStyledItemDelegate):
    """A row is one band: a line below it, a bar at its left where it is selected."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme = theme
        self._table = table
        self._strong = theme.font(theme.body_px, strong=True)
        self._font = theme.font(theme.body_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        place = QRectF(option.rect)
        is_selected = index.row() == self._table.currentIndex().row()
        painter.save()
        if is_selected:
            shade = QColor(theme.information)
            shade.setAlphaF(0.18)
            painter.fillRect(place, shade)
        painter.fillRect(
            QRectF(place.left(), place.bottom() - 1, place.width(), 1), QColor(theme.line)
        )
        if is_selected and index.column() == 0:
            bar = QRectF(place.left(), place.top(), theme.grid, place.height())
            painter.fillRect(bar, QColor(theme.information))
        text = place.adjusted(theme.space(3) / 2, 0, -theme.space(3) / 2, 0)
        if index.column() == Column.DECISION:
            text = self._paint_sign(painter, text.adjusted(theme.space(2), 0, 0, 0), index)
        self._paint_text(painter, text, index)
        painter.restore()

    def _paint_sign(self, painter: QPainter, place: QRectF, index: Index) -> QRectF:
        theme = self._theme
        decision = Decision(index.data(Qt.ItemDataRole.UserRole).decision)
        colour, size = theme.colour_of(decision), theme.space(5)
        at = QRectF(place.left(), place.center().y() - size / 2, size, size)
        paint_icon(painter, at, SHAPE[decision], colour, theme.ink_on(colour))
        return place.adjusted(size + theme.space(2), 0, 0, 0)

    def _paint_text(self, painter: QPainter, place: QRectF, index: Index) -> None:
        theme = self._theme
        column = Column(index.column())
        is_passed = index.data(Qt.ItemDataRole.UserRole).decision == Decision.PASS
        strong = column is Column.DECISION and not is_passed
        painter.setFont(self._strong if strong else self._font)
        quiet = column in (Column.TIME, Column.LOT, Column.RECIPE)
        painter.setPen(QColor(theme.quiet if quiet else theme.text))
        side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
        elide = (
            Qt.TextElideMode.ElideMiddle if column is Column.LOT else Qt.TextElideMode.ElideRight
        )
        text = painter.fontMetrics().elidedText(str(index.data()), elide, int(place.width()))
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, text)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


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
