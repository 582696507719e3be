"""What a filter is put together from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateTimeEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engines.verdict import Decision
from inspector_gui.records.entries import CONFIRMED, OVERRULED
from inspector_gui.records.search import NOT_PASSED, OPEN, Filter
from inspector_gui.theme import Theme
from inspector_gui.views import moments, words
from inspector_gui.widgets.wrapped_row import WrappedRow

TYPING_MS = 300
ALL, HOUR, TODAY, WEEK, OWN = "all", "hour", "today", "week", "own"


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is in the record to choose from; the newest lots first."""

    lots: Sequence[str] = ()
    recipes: Sequence[str] = ()
    labels: Sequence[str] = ()
    reviewers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A choice of time; `since` and `until`, as a filter has them, count for `OWN` alone."""

    choice: str
    since: str = ""
    until: str = ""


class FilterLine(WrappedRow):
    """Fields that narrow the list down; it takes as many lines as it needs.

    Signals:
        changed: Another filter is wanted; has no argument, see `filter`.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme.space(2))
        self._theme = theme
        self._own = ("", "")
        self._holders: dict[QWidget, QWidget] = {}
        self.time = self._choice(self.tr("Time"))
        self.since = self._moment(self.tr("From"), 0)
        self.until = self._moment(self.tr("To"), 1)
        self._lot_text = QLineEdit()
        self.lot = self._choice(self.tr("Lot"), self._lot_text)
        self.recipe = self._choice(self.tr("Recipe"))
        self.decision = self._choice(self.tr("Decision"))
        self.label = self._choice(self.tr("Finding"))
        self.disposition = self._choice(self.tr("Review"))
        self.reviewer = self._choice(self.tr("Reviewer"))
        self.text = QLineEdit()
        self.text.setProperty("role", "field")
        self.text.setPlaceholderText(self.tr("Source, reason or note"))
        self.text.setMinimumWidth(theme.space(40))
        self._field(self.tr("Text"), self.text, is_growing=True)
        self.reset = QPushButton(self.tr("Reset"))
        self.reset.setToolTip(self.tr("Show all parts again"))
        self.reset.clicked.connect(lambda: self.set_filter(Filter()))
        self._field("", self.reset)
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._say)
        self.text.textChanged.connect(lambda _: self._typing.start())
        self.text.returnPressed.connect(self._say)
        self._fill()
        self.show_choices(Choices())
        self._told = self.filter
        self._show_own_fields()

    @property
    def filter(self) -> Filter:
        """As the fields are now; a span like the last hour ends now."""
        since, until = self._bounds()
        return Filter(
            since=since,
            until=until,
            lot=self.lot.currentText().strip(),
            recipe=self.recipe.currentData(),
            decision=self.decision.currentData(),
            disposition=self.disposition.currentData(),
            label=self.label.currentData(),
            reviewer=self.reviewer.currentData(),
            text=self.text.text().strip(),
        )

    def set_filter(self, wanted: Filter) -> None:
        """Show a filter in the fields, and want it."""
        for box, value in (
            (self.recipe, wanted.recipe),
            (self.decision, wanted.decision),
            (self.disposition, wanted.disposition),
            (self.label, wanted.label),
            (self.reviewer, wanted.reviewer),
        ):
            _choose(box, value)
        self.lot.setEditText(wanted.lot)
        self.text.setText(wanted.text)
        self._own = wanted.since, wanted.until
        _choose(self.time, OWN if wanted.since or wanted.until else ALL)
        self._show_own()
        self._say()

    @property
    def time_range(self) -> TimeRange:
        """What is chosen as the time; the last hour stays the last hour, whenever it is asked."""
        return TimeRange(self.time.currentData(), *self._own)

    def set_range(self, wanted: TimeRange) -> None:
        """Want another time, and the rest as it is."""
        self._own = wanted.since, wanted.until
        _choose(self.time, wanted.choice)
        self._show_own()
        self._say()

    def show_choices(self, choices: Choices) -> None:
        """Offer what there is; what is chosen stays chosen."""
        typed = self.lot.currentText()
        self.lot.blockSignals(True)
        self.lot.clear()
        self.lot.addItems(list(choices.lots))
        self.lot.setCurrentIndex(-1)
        self.lot.setEditText(typed)
        self.lot.blockSignals(False)
        for box, nothing, names in (
            (self.recipe, self.tr("All recipes"), choices.recipes),
            (self.label, self.tr("All findings"), choices.labels),
            (self.reviewer, self.tr("Everybody"), choices.reviewers),
        ):
            chosen = box.currentData() or ""
            shown = words.label if box is self.label else str
            _offer(box, [(nothing, ""), *((shown(name), name) for name in names)])
            _choose(box, chosen)

    def _fill(self) -> None:
        _offer(
            self.time,
            [
                (self.tr("All time"), ALL),
                (self.tr("Last hour"), HOUR),
                (self.tr("Today"), TODAY),
                (self.tr("Last 7 days"), WEEK),
                (self.tr("From … to …"), OWN),
            ],
        )
        decided = [(words.decision(d), d.value) for d in Decision]
        every = (self.tr("All decisions"), "")
        _offer(self.decision, [every, (self.tr("Not passed"), NOT_PASSED), *decided])
        _offer(
            self.disposition,
            [
                (self.tr("All"), ""),
                (self.tr("Open"), OPEN),
                (self.tr("Confirmed"), CONFIRMED),
                (self.tr("Overruled"), OVERRULED),
            ],
        )
        self.time.currentIndexChanged.connect(self._choose_time)
        for box in (self.recipe, self.decision, self.disposition, self.label, self.reviewer):
            box.currentIndexChanged.connect(self._say)
        self.lot.currentIndexChanged.connect(self._say)
        editor = self._lot_text
        editor.setPlaceholderText(self.tr("All lots"))
        editor.textChanged.connect(self._lot_typed)
        editor.editingFinished.connect(self._say)
        self.lot.setMinimumContentsLength(len("tile-20250314-08"))
        completer = QCompleter(self.lot.model(), self.lot)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        editor.setCompleter(completer)

    def _lot_typed(self, name: str) -> None:
        """Half a lot's name is not worth a search."""
        if not name or self.lot.findText(name, Qt.MatchFlag.MatchExactly) >= 0:
            self._typing.start()

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


def _offer(box: QComboBox, items: Sequence[tuple[str, str]]) -> None:
    if [(box.itemText(i), box.itemData(i)) for i in range(box.count())] == list(items):
        return
    box.blockSignals(True)
    box.clear()
    for text, value in items:
        box.addItem(text, value)
    box.blockSignals(False)


def _choose(box: QComboBox, value: str) -> None:
    """Choose without a signal; what is not offered is added."""
    box.blockSignals(True)
    if box.findData(value) < 0:
        box.addItem(value, value)
    box.setCurrentIndex(box.findData(value))
    box.blockSignals(False)
