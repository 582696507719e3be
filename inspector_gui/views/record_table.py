"""A list of the record's lines: page by page, as far as somebody scrolls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from inspector_gui.theme import Theme
from inspector_gui.widgets.icon import paint_icon

ROW_STEPS = 10
Index = QModelIndex | QPersistentModelIndex


class RecordModel(QAbstractTableModel):
    """Lines that were found, newest first; a line is anything, told in words by a subclass.

    Attributes:
        titles: Of the columns.

    Signals:
        more_wanted: The end of what is here is on the screen; `add` what comes after it.
    """

    more_wanted = Signal()

    def __init__(self, right: frozenset[int] = frozenset()) -> None:
        """Begin with no line.

        Args:
            right: Columns that stand at their right edge.
        """
        super().__init__()
        self.titles: Mapping[int, str] = {}
        self._lines: list[Any] = []
        self._has_more = False
        self._is_waiting = False
        self._right = right

    def text(self, line: Any, column: int) -> str:
        """What stands in a cell."""
        raise NotImplementedError

    def tip(self, line: Any, column: int) -> str:
        return self.text(line, column)

    @property
    def lines(self) -> Sequence[Any]:
        return self._lines

    def show(self, lines: Sequence[Any], has_more: bool) -> None:
        """Show a new list from its beginning."""
        self.beginResetModel()
        self._lines = list(lines)
        self._has_more, self._is_waiting = has_more, False
        self.endResetModel()

    def add(self, lines: Sequence[Any], has_more: bool) -> None:
        """Go on with the list."""
        self._has_more, self._is_waiting = has_more, False
        if lines:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.titles)

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
            return self.titles[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self._lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(line, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self.tip(line, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
            case Qt.ItemDataRole.UserRole:
                return line
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.titles[column]}: {self.text(line, column)}"
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        is_right = column in self._right
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class RecordTable(QTableView):
    """The list on the screen.

    Signals:
        current_changed: Another line is selected; the line, or None.
        opened: The selected line is wanted large.
    """

    current_changed = Signal(object)
    opened = Signal()

    def __init__(self, theme: Theme, model: RecordModel, cells: Cells) -> None:
        super().__init__()
        self.setModel(model)
        cells.setParent(self)
        self.setItemDelegate(cells)
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
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.space(ROW_STEPS))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(theme.space(10))
        self.doubleClicked.connect(lambda _: self.opened.emit())

    @property
    def current_line(self) -> Any:
        """What is selected; None for nothing."""
        return self.currentIndex().data(Qt.ItemDataRole.UserRole)

    def select(self, row: int) -> None:
        self.setCurrentIndex(self.model().index(row, 0))

    def move_by(self, rows: int) -> None:
        """Select a neighbour, if there is one."""
        row = self.currentIndex().row() + rows
        if 0 <= row < self.model().rowCount():
            self.select(row)

    def size_columns(self, widths: Mapping[Any, int]) -> None:
        """Give columns a width in pixels; the others share the rest."""
        header = self.horizontalHeader()
        for column in range(self.model().columnCount()):
            if column in widths:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, widths[column])
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not previous.isValid():
            self.current_changed.emit(self.current_line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self.current_line is not None:
                    self.opened.emit()
            case Qt.Key.Key_Home:
                self.select(0)
            case Qt.Key.Key_End:
                self.select(self.model().rowCount() - 1)
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Escape:
                event.ignore()
            case _:
                super().keyPressEvent(event)


class Cells(QStyledItemDelegate):
    """A row is one band: a line below it, a bar at its left where it is selected."""

    def __init__(
        self,
        theme: Theme,
        signed: int,
        quiet: frozenset[int],
        in_the_middle: frozenset[int] = frozenset(),
    ) -> None:
        """Say what all rows have in common.

        Args:
            signed: The column that a line's sign stands in.
            quiet: Columns in quiet ink.
            in_the_middle: Columns that are shortened there and not at their end.
        """
        super().__init__()
        self.theme = theme
        self._signed = signed
        self._quiet = quiet
        self._in_the_middle = in_the_middle
        self._strong = theme.font(theme.body_px, strong=True)
        self._font = theme.font(theme.body_px)

    def sign(self, line: Any) -> tuple[str, str] | None:
        """Icon and colour of a line; None for none."""
        raise NotImplementedError

    def is_strong(self, line: Any) -> bool:
        """Whether the word beside the sign stands out."""
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self.theme
        place = QRectF(option.rect)
        table = self.parent()
        is_selected = isinstance(table, QTableView) and index.row() == table.currentIndex().row()
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
        if index.column() == self._signed:
            beside_bar = theme.space(2) if index.column() == 0 else 0
            text = self._paint_sign(painter, text.adjusted(beside_bar, 0, 0, 0), index)
        self._paint_text(painter, text, index)
        painter.restore()

    def _paint_sign(self, painter: QPainter, place: QRectF, index: Index) -> QRectF:
        theme, size = self.theme, self.theme.space(5)
        sign = self.sign(index.data(Qt.ItemDataRole.UserRole))
        if sign is not None:
            at = QRectF(place.left(), place.center().y() - size / 2, size, size)
            paint_icon(painter, at, sign[0], sign[1], theme.ink_on(sign[1]))
        return place.adjusted(size + theme.space(2), 0, 0, 0)

    def _paint_text(self, painter: QPainter, place: QRectF, index: Index) -> None:
        theme, column = self.theme, index.column()
        is_signed = column == self._signed
        strong = is_signed and self.is_strong(index.data(Qt.ItemDataRole.UserRole))
        painter.setFont(self._strong if strong else self._font)
        painter.setPen(QColor(theme.quiet if column in self._quiet else theme.text))
        elide = (
            Qt.TextElideMode.ElideMiddle
            if column in self._in_the_middle
            else Qt.TextElideMode.ElideRight
        )
        text = painter.fontMetrics().elidedText(str(index.data()), elide, int(place.width()))
        painter.drawText(place, index.data(Qt.ItemDataRole.TextAlignmentRole), text)
