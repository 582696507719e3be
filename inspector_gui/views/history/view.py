"""History: any part that was ever judged."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inspector_gui.background import Job
from inspector_gui.inspection.recall import RecordedPart
from inspector_gui.records.errors import RecordsDamaged, RecordsError
from inspector_gui.records.office import Actor
from inspector_gui.records.permissions import Action
from inspector_gui.records.search import PAGE, Filter, Found, Tally
from inspector_gui.theme import Theme
from inspector_gui.views import moments, record_words, words
from inspector_gui.views.controller import Controller
from inspector_gui.views.filter_fields import OWN, TimeRange
from inspector_gui.views.history import questions
from inspector_gui.views.history.export import PartsExportStrip, ask_for_file
from inspector_gui.views.history.filters import FilterLine
from inspector_gui.views.history.part import PartPage, PartPreview
from inspector_gui.views.history.table import FoundModel, FoundTable
from inspector_gui.views.key_help import KeyHelp
from inspector_gui.views.open_record import NoRecordYet, OpenRecord
from inspector_gui.views.rights import reason_against
from inspector_gui.widgets.message import Message
from inspector_gui.widgets.time_chart import Span, TimeChart

log = logging.getLogger(__name__)

PREVIEW_STEPS = (86, 140)  # width, in steps of the grid
PREVIEW_SHARE = 0.25
HEAD_MS = 2000
PATIENCE_MS = 250  # before a search is said to take its time
RESIZED_MS = 300


class HistoryView(QWidget):
    """Search, look at and export what the record holds; nothing is read in the event loop.

    Signals:
        listed: The first page of a search is on the screen, or why there is none.
        counted: So is how many there are.
        charted: So is the chart.
    """

    listed = Signal()
    counted = Signal()
    charted = Signal()

    def __init__(self, theme: Theme, controller: Controller) -> None:
        super().__init__()
        self._theme = theme
        self._controller = controller
        self._folder = Path()
        self._wanted = Filter()
        self._lists = OpenRecord("history-list", self)
        self._figures = OpenRecord("history-figures", self)
        self._jobs: dict[str, Job[Any]] = {}
        self._has_failed = False
        self._head = 0  # the last place that the list has seen
        self._charted: tuple[str, ...] = ()  # what the chart shows
        self._chosen = ("", "")  # in the chart
        self._before_chart: TimeRange | None = None
        self._keep: int | None = None
        self.filters = FilterLine(theme)
        self.chart = TimeChart(theme, _told, _tick)
        self.model = FoundModel()
        self.table = FoundTable(theme, self.model)
        self.message = Message(theme)
        self.preview = PartPreview(theme)
        self.page = PartPage(theme)
        self.exports = PartsExportStrip(theme, controller)
        self.summary = QLabel()
        self.news = QPushButton()
        self.whole_range = QPushButton(self.tr("Whole range"))
        self.export = QPushButton(self.tr("Export…"))
        self.why_no_export = QLabel()
        self._lay_out()
        self._connect()
        self._patience = self._timer(PATIENCE_MS, self._say_patience)
        self._resized = self._timer(RESIZED_MS, self._ask_chart)
        self._heads = QTimer(self, interval=HEAD_MS)
        self._heads.timeout.connect(self._ask_head)

    def shown(self) -> None:
        """The place is opened: look at the record as it is now."""
        self._folder = self._controller.records()
        for record in (self._lists, self._figures):
            record.reopen()
        self._charted = ()
        self.search()
        self._ask_choices()
        self._heads.start()
        self.table.setFocus()

    def hidden(self) -> None:
        """The place is left: nothing is looked at any more, but an export goes on."""
        self._heads.stop()
        self._patience.stop()
        for name in list(self._jobs):
            self._cancel(name)

    def close_view(self) -> None:
        """The window closes: an export that runs is cancelled."""
        self.hidden()
        self.exports.close_strip()
        self._lists.close()
        self._figures.close()

    def show_rights(self, actor: Actor) -> None:
        """Say beforehand that whoever is there may not export; the record's office refuses it."""
        self.why_no_export.setText(reason_against(Action.EXPORT, actor))
        self._show_export()

    def set_filter(self, wanted: Filter) -> None:
        """Show what this finds."""
        self.filters.set_filter(wanted)

    def keys(self) -> tuple[KeyHelp, ...]:
        return (
            KeyHelp("Ctrl+F /", self.tr("search in the text")),
            KeyHelp("↑ ↓", self.tr("next part")),
            KeyHelp("Enter", self.tr("show the part large")),
            KeyHelp("Escape", self.tr("back to the list; whole range in the chart")),
            KeyHelp("← →", self.tr("move in the chart")),
            KeyHelp("Shift+← Shift+→", self.tr("select a time in the chart, Enter shows it")),
            KeyHelp("Ctrl+E", self.tr("export what was found")),
            KeyHelp("Ctrl+R", self.tr("reset the filter")),
        )

    def search(self) -> None:
        """Begin anew with the first page, the count and the chart."""
        wanted = self._wanted = self.filters.filter
        if (wanted.since, wanted.until) != self._chosen:
            self._before_chart = None
            self.whole_range.hide()
        for name in ("page", "more", "count", "part", "head"):
            self._cancel(name)
        current = self.table.current
        self._keep = current.seq if current else None
        self.news.hide()
        self._patience.start()
        self._show_summary(None)

        self._ask(self._lists, "page", questions.first_page(wanted), self._show_page)
        if (wanted.since, wanted.until, wanted.lot, wanted.recipe) != self._charted:
            self._ask_chart()

    def _ask(self, record: OpenRecord, name: str, question: Any, done: Any) -> None:
        """Ask; only the last question of a name is answered."""
        self._cancel(name)
        self._jobs[name] = record.ask(self._folder, question, done, self._fail)

    def _cancel(self, name: str) -> None:
        job = self._jobs.pop(name, None)
        if job is not None:
            job.cancel()

    def _ask_choices(self) -> None:
        self._ask(self._figures, "choices", questions.choices, self.filters.show_choices)

    def _ask_chart(self) -> None:
        wanted = self._wanted
        self._charted = wanted.since, wanted.until, wanted.lot, wanted.recipe
        question = questions.chart(wanted, self.chart.steps)
        self._ask(self._figures, "chart", question, self._show_chart)

    def _ask_count(self, found: Sequence[Found]) -> None:
        question = questions.counts(self._wanted, found)
        self._ask(self._figures, "count", question, lambda tallies: self._show_summary(*tallies))

    def _ask_more(self) -> None:
        question = questions.next_page(self._wanted, self.model.found[-1].seq)
        self._ask(
            self._lists, "more", question, lambda found: self.model.add(found, len(found) == PAGE)
        )

    def _ask_head(self) -> None:
        if "page" in self._jobs or not self.isVisible():
            return
        question = questions.newer(self._wanted, self._head)
        self._jobs["head"] = self._lists.ask(
            self._folder, question, self._show_news, self._fail_if_it_did_not
        )

    def _ask_part(self, found: Found | None) -> None:
        self._cancel("part")
        if found is not None:
            self._ask(self._lists, "part", questions.part(found.seq), self._show_part)

    def _show_page(self, answer: tuple[int, list[Found]]) -> None:
        self._jobs.pop("page", None)
        self._cancel("more")  # of the list that goes now
        self._patience.stop()
        self._has_failed = False
        self._head, found = answer
        self._ask_count(found)
        self.model.show(found, len(found) == PAGE)
        self._show_export()
        if found:
            self.lists.setCurrentWidget(self.table)
            row = self.model.row_of(self._keep) if self._keep is not None else 0
            self.table.select(max(0, row))
        elif self._wanted == Filter():
            self._say_empty(self.tr("No parts yet"), self.tr("Start the line, and they come here."))
        else:
            self._say_empty(
                self.tr("No parts match"),
                self.tr("Widen the time range, or reset the filter."),
                self.tr("Reset"),
            )
        self.listed.emit()

    def _show_summary(self, found: Tally | None, whole: Tally | None = None) -> None:
        if found is None:
            self.summary.setText(self.tr("Searching…"))
        else:
            every = None if self._wanted == Filter() else whole
            self.summary.setText(record_words.tally(found, every))
            self.counted.emit()

    def _show_chart(self, tallies: list[Tally]) -> None:
        spans = [Span(moments.local(t.minute), t.passed, t.rejected, t.undecided) for t in tallies]
        self.chart.show_spans(spans)
        self.charted.emit()

    def _show_news(self, count: int) -> None:
        if self._has_failed:  # there is a record by now, or it has been mended
            self.shown()
            return
        text = self.tr("{n} new parts: show")
        n = record_words.number(count) + ("+" if count == questions.MOST_NEW else "")
        self.news.setText(text.format(n=n))
        self.news.setVisible(count > 0)

    def _show_part(self, part: RecordedPart) -> None:
        self.preview.show_part(part)
        self.page.show_part(part)

    def _show_newest(self) -> None:
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self._charted = ()
        self.search()
        self._ask_choices()

    def _say_patience(self) -> None:
        self.message.tell(self.tr("Searching…"), self.tr("Another filter can be chosen meanwhile."))
        self.lists.setCurrentWidget(self.message)

    def _say_empty(self, title: str, hint: str, press: str = "") -> None:
        self.message.tell(title, hint, press)
        self._clear(self.message)

    def _clear(self, shown: QWidget) -> None:
        self.lists.setCurrentWidget(shown)
        self.preview.clear(self.tr("No part is selected"))
        self._close_part()

    def _fail_if_it_did_not(self, error: Exception) -> None:
        if not self._has_failed:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        """Say why there is nothing to see, and what to do."""
        for name in list(self._jobs):
            self._cancel(name)
        self._has_failed = True
        if not isinstance(error, RecordsError):
            log.error("the record could not be asked", exc_info=error)
        self._charted = ()
        self._patience.stop()
        self.model.show([], False)
        self.chart.clear()
        self.summary.setText("")
        self._show_export()
        again = self.tr("Try again")
        if isinstance(error, NoRecordYet):
            title = self.tr("No record yet")
            self.message.tell(title, self.tr("Start the line: every part it judges comes here."))
        else:
            title = self.tr("The record cannot be read")
            hint = words.sentence(str(error))
            if isinstance(error, RecordsDamaged):
                title = self.tr("The record is damaged")
            self.message.tell(title, hint, again, is_alarm=True)
        self._clear(self.message)
        self.listed.emit()

    def _press_message(self) -> None:
        """Reset the filter where nothing matches; else try again."""
        if self._has_failed:
            self.shown()
        else:
            self.filters.set_filter(Filter())

    def _choose_time(self, chosen: tuple[datetime, datetime]) -> None:
        before = self._before_chart or self.filters.time_range
        begin, end = map(moments.minute, chosen)
        self._chosen = begin, end
        self.filters.set_range(TimeRange(OWN, begin, end))
        self._before_chart = before
        self.whole_range.show()

    def _undo_time(self) -> None:
        if self._before_chart is not None:
            self.filters.set_range(self._before_chart)

    def _open_part(self) -> None:
        self.stack.setCurrentWidget(self.page)
        self.page.setFocus()

    def _close_part(self) -> None:
        if self.stack.currentWidget() is self.page:
            self.stack.setCurrentIndex(0)
            self.table.setFocus()

    def _ask_for_file(self) -> None:
        dialog = ask_for_file(self)
        wanted, folder = self._wanted, self._folder
        dialog.fileSelected.connect(lambda name: self.exports.start(folder, Path(name), wanted))
        dialog.open()

    def _show_export(self) -> None:
        why, can_be = self.why_no_export.text(), bool(self.model.found)
        self.why_no_export.setVisible(bool(why) and can_be)
        self.export.setToolTip(why)
        self.export.setEnabled(can_be and not why and not self.exports.is_running)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._undo_time()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        least, most = map(self._theme.space, PREVIEW_STEPS)
        self.preview.setFixedWidth(min(max(least, round(self.width() * PREVIEW_SHARE)), most))
        super().resizeEvent(event)
        if self._heads.isActive():
            self._resized.start()

    def _connect(self) -> None:
        self.filters.changed.connect(self.search)
        self.chart.chosen.connect(self._choose_time)
        self.chart.undone.connect(self._undo_time)
        self.model.more_wanted.connect(self._ask_more)
        self.table.current_changed.connect(self._ask_part)
        self.table.opened.connect(self._open_part)
        self.preview.opened.connect(self._open_part)
        self.page.closed.connect(self._close_part)
        self.page.moved.connect(self.table.move_by)
        self.message.pressed.connect(self._press_message)
        self.news.clicked.connect(self._show_newest)
        self.whole_range.clicked.connect(self._undo_time)
        self.export.clicked.connect(self._ask_for_file)
        self.exports.running_changed.connect(self._show_export)
        for keys, act in (
            ("Ctrl+F", self._go_to_text),
            ("/", self._go_to_text),
            ("Ctrl+E", self.export.click),
            ("Ctrl+R", self.filters.reset.click),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _go_to_text(self) -> None:
        self._close_part()
        self.filters.text.setFocus()
        self.filters.text.selectAll()

    def _lay_out(self) -> None:
        space = self._theme.space
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.message)
        left = QVBoxLayout()
        left.setSpacing(space(2))
        left.addWidget(self.chart)
        left.addWidget(self.lists, 1)
        below = QHBoxLayout()
        below.setSpacing(space(3))
        below.addLayout(left, 1)
        below.addWidget(self.preview)
        main = QWidget()
        down = QVBoxLayout(main)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(space(2))
        down.addWidget(self.filters)
        down.addLayout(self._summary_line())
        down.addLayout(below, 1)
        down.addWidget(self.exports)
        self.stack = QStackedWidget()
        self.stack.addWidget(main)
        self.stack.addWidget(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(3), space(2), space(3), space(3))
        layout.addWidget(self.stack)

    def _summary_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._theme.space(2))
        self.summary.setProperty("role", "section")
        self.why_no_export.setProperty("role", "quiet")
        self.why_no_export.setWordWrap(True)
        self.why_no_export.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.why_no_export.hide()
        line.addWidget(self.summary)
        line.addWidget(self.why_no_export, 1)
        line.addStretch(0)
        for button in (self.news, self.whole_range, self.export):
            line.addWidget(button)
        self.news.hide()
        self.whole_range.hide()
        self.whole_range.setToolTip(self.tr("Undo what was chosen in the chart"))
        self.export.setEnabled(False)
        return line

    def _timer(self, interval_ms: int, act: Any) -> QTimer:
        timer = QTimer(self, interval=interval_ms, singleShot=True)
        timer.timeout.connect(act)
        return timer


def _told(span: Span, end: datetime) -> str:
    return record_words.span(moments.span(span.begin, end), span.parts, span.passed)


def _tick(moment: datetime, has_days: bool) -> str:
    if has_days or (moment.hour, moment.minute) == (0, 0):
        return moments.date(moment)
    return f"{moment:%H:%M}"
