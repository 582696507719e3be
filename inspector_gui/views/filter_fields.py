"""Fields that narrow a list down, and the time range that all of them have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from inspector_gui.theme import Theme
from inspector_gui.views import moments
from inspector_gui.widgets.wrapped_row import WrappedRow

TYPING_MS = 300
ALL, HOUR, TODAY, WEEK, OWN = "all", "hour", "today", "week", "own"


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A choice of time; `since` and `until`, as a filter has them, count for `OWN` alone."""

    choice: str
    since: str = ""
    until: str = ""


class FilterFields(WrappedRow):
    """Time, a text, and what a subclass adds between them; as many lines as it needs.

    Signals:
        changed: Another filter is wanted; has no argument, see `filter`.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme.space(2))
        self._theme = theme
        self._told: object = None
        self._own = ("", "")
        self._holders: dict[QWidget, QWidget] = {}
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._say)
        self.time = self._choice(self.tr("Time"))
        self.since = self._moment(self.tr("From"), 0)
        self.until = self._moment(self.tr("To"), 1)
        offer(
            self.time,
            [
                (self.tr("All time"), ALL),
                (self.tr("Last hour"), HOUR),
                (self.tr("Today"), TODAY),
                (self.tr("Last 7 days"), WEEK),
                (self.tr("From … to …"), OWN),
            ],
        )
        self.time.currentIndexChanged.connect(self._choose_time)
        self.text = QLineEdit()
        self.reset = QPushButton(self.tr("Reset"))

    @property
    def filter(self) -> object:
        """As the fields are now; a span like the last hour ends now."""
        raise NotImplementedError

    @property
    def time_range(self) -> TimeRange:
        """What is chosen as the time; the last hour stays the last hour, whenever it is asked."""
        return TimeRange(self.time.currentData(), *self._own)

    def set_range(self, wanted: TimeRange) -> None:
        """Want another time, and the rest as it is."""
        self._own = wanted.since, wanted.until
        choose(self.time, wanted.choice)
        self._show_own()
        self._say()

    def _set_bounds(self, since: str, until: str) -> None:
        self._own = since, until
        choose(self.time, OWN if since or until else ALL)
        self._show_own()

    def _add_text(self, hint: str) -> None:
        """The text and Reset, which stand at the end."""
        self.text.setProperty("role", "field")
        self.text.setPlaceholderText(hint)
        self.text.setMinimumWidth(self._theme.space(40))
        self._field(self.tr("Text"), self.text, is_growing=True)
        self._field("", self.reset)
        self.text.textChanged.connect(lambda _: self._typing.start())
        self.text.returnPressed.connect(self._say)

    def _begin(self) -> None:
        """All fields are there: from now on it says what is wanted."""
        self._told = self.filter
        self._show_own_fields()

    def _bounds(self) -> tuple[str, str]:
        now = datetime.now().astimezone()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        match self.time.currentData():
            case "hour":
                return moments.minute(now - timedelta(hours=1)), ""
            case "today":
                return moments.minute(midnight), ""
            case "week":
                return moments.minute(now - timedelta(days=7)), ""
            case "own":
                return self._own
        return "", ""

    def _choose_time(self) -> None:
        if self.time.currentData() == OWN:
            now = datetime.now().astimezone()
            midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
            self._own = moments.minute(midnight), moments.minute(midnight + timedelta(days=1))
        self._show_own()
        self._say()

    def _show_own(self) -> None:
        for edit, bound in zip((self.since, self.until), self._own, strict=True):
            edit.blockSignals(True)
            moment = moments.local(bound) if bound else datetime.now().astimezone()
            edit.setDateTime(moments.to_qt(moment))
            edit.blockSignals(False)
        self._show_own_fields()

    def _show_own_fields(self) -> None:
        is_own = self.time.currentData() == OWN
        for edit in (self.since, self.until):
            self._holders[edit].setVisible(is_own)

    def _set_own(self, which: int, moment: QDateTime) -> None:
        bounds = list(self._own)
        bounds[which] = moments.minute(moments.from_qt(moment))
        self._own = bounds[0], bounds[1]
        self._typing.start()

    def _say(self) -> None:
        """Say so, if another filter is wanted than before."""
        self._typing.stop()
        wanted = self.filter
        if wanted != self._told:
            self._told = wanted
            self.changed.emit()

    def _choice(self, title: str, editor: QLineEdit | None = None) -> QComboBox:
        box = QComboBox()
        box.setMaxVisibleItems(12)
        if editor is None:
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        else:
            box.setEditable(True)
            box.setLineEdit(editor)
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._field(title, box, is_growing=editor is not None)
        return box

    def _moment(self, title: str, which: int) -> QDateTimeEdit:
        edit = QDateTimeEdit()
        edit.setDisplayFormat(f"{moments.date_format()} HH:mm")
        margin = self._theme.space(2)
        edit.lineEdit().setTextMargins(margin, 0, margin, 0)  # a style sheet's padding is lost
        edit.setToolTip(self.tr("Arrow keys or the wheel change what the cursor stands in"))
        edit.dateTimeChanged.connect(lambda moment: self._set_own(which, moment))
        self._field(title, edit)
        return edit

    def _field(self, title: str, widget: QWidget, is_growing: bool = False) -> None:
        """A widget with its name above it."""
        holder = self._holders[widget] = QWidget()
        across = QSizePolicy.Policy.Expanding if is_growing else QSizePolicy.Policy.Preferred
        holder.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        widget.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.space(1) // 2)
        name = QLabel(title)
        name.setProperty("role", "quiet")
        name.setBuddy(widget)
        if title:
            widget.setAccessibleName(title)
        layout.addWidget(name)
        layout.addWidget(widget)
        self.add(holder)


def offer(box: QComboBox, items: Sequence[tuple[str, str]]) -> None:
    if [(box.itemText(i), box.itemData(i)) for i in range(box.count())] == list(items):
        return
    box.blockSignals(True)
    box.clear()
    for text, value in items:
        box.addItem(text, value)
    box.blockSignals(False)


def choose(box: QComboBox, value: str) -> None:
    """Choose without a signal; what is not offered is added."""
    box.blockSignals(True)
    if box.findData(value) < 0:
        box.addItem(value, value)
    box.setCurrentIndex(box.findData(value))
    box.blockSignals(False)
