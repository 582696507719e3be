"""Audit: who did what, and what befell the line."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inspector_gui.background import Job
from inspector_gui.records.errors import RecordsDamaged, RecordsError
from inspector_gui.records.office import Actor
from inspector_gui.records.permissions import Action
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.trail import PAGE, TrailChoices, TrailFilter, TrailLine, trail_choices
from inspector_gui.theme import Theme
from inspector_gui.views import record_words, words
from inspector_gui.views.audit import questions
from inspector_gui.views.audit.export import TrailExportStrip
from inspector_gui.views.audit.filters import TrailFilterLine
from inspector_gui.views.audit.preview import TrailPreview
from inspector_gui.views.audit.table import TrailModel, TrailTable
from inspector_gui.views.controller import Controller
from inspector_gui.views.history.export import ask_for_file
from inspector_gui.views.key_help import KeyHelp
from inspector_gui.views.open_record import NoRecordYet, OpenRecord
from inspector_gui.views.rights import reason_against
from inspector_gui.widgets.message import Message

log = logging.getLogger(__name__)

PREVIEW_STEPS = (86, 160)  # width, in steps of the grid
PREVIEW_SHARE = 0.3
HEAD_MS = 2000
PATIENCE_MS = 250  # before a search is said to take its time


class AuditView(QWidget):
    """Search, look at and export the audit trail; nothing is read in the event loop.

    Signals:
        listed: The first page of a search is on the screen, or why there is none.
        counted: So is how many there are.
    """

    listed = Signal()
    counted = Signal()

    def __init__(self, theme: Theme, controller: Controller) -> None:
        super().__init__()
        self._theme = theme
        self._controller = controller
        self._folder = Path()
        self._wanted = TrailFilter()
        self._record = OpenRecord("audit", self)
        self._jobs: dict[str, Job[Any]] = {}
        self._has_failed = False
        self._head = 0  # the last place that the list has seen
        self._keep: int | None = None
        self._why_no_export = ""
        self.filters = TrailFilterLine(theme)
        self.model = TrailModel()
        self.table = TrailTable(theme, self.model)
        self.message = Message(theme, "audit")
        self.preview = TrailPreview(theme)
        self.exports = TrailExportStrip(theme, controller)
        self.summary = QLabel()
        self.news = QPushButton()
        self.export = QPushButton(self.tr("Export…"))
        self._lay_out()
        self._connect()
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._say_patience)
        self._heads = QTimer(self, interval=HEAD_MS)
        self._heads.timeout.connect(self._ask_head)

    def shown(self) -> None:
        """The place is opened: look at the trail as it is now."""
        self._folder = self._controller.records()
        self._record.reopen()
        self.search()
        self._ask("choices", trail_choices, self._show_choices)
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
        self._record.close()

    def keys(self) -> tuple[KeyHelp, ...]:
        return (
            KeyHelp("Ctrl+F /", self.tr("search in the text")),
            KeyHelp("↑ ↓", self.tr("next entry")),
            KeyHelp("Home End", self.tr("newest, oldest entry on the list")),
            KeyHelp("Ctrl+E", self.tr("export what was found")),
            KeyHelp("Ctrl+R", self.tr("reset the filter")),
        )

    def set_filter(self, wanted: TrailFilter) -> None:
        """Show what this finds."""
        self.filters.set_filter(wanted)

    def search(self) -> None:
        """Begin anew with the first page and the count."""
        self._wanted = self.filters.filter
        for name in ("page", "more", "count", "head"):
            self._cancel(name)
        current: TrailLine | None = self.table.current_line
        self._keep = current.seq if current else None
        self.news.hide()
        self._patience.start()
        self.summary.setText(self.tr("Searching…"))
        self._ask("page", questions.first_page(self._wanted), self._show_page)
        self._ask("count", questions.counts(self._wanted), self._show_counts)
        self._ask_rights()

    def _ask(self, name: str, question: Any, done: Any) -> None:
        """Ask; only the last question of a name is answered."""
        self._cancel(name)
        self._jobs[name] = self._record.ask(self._folder, question, done, self._fail)

    def _cancel(self, name: str) -> None:
        job = self._jobs.pop(name, None)
        if job is not None:
            job.cancel()

    def _ask_rights(self) -> None:
        office, session = self._controller.office(self._folder), self._controller.session

        def question(_reader: RecordReader) -> Actor:
            return office.actor(session)

        self._ask("rights", question, self._show_rights)

    def _ask_more(self) -> None:
        question = questions.next_page(self._wanted, self.model.lines[-1].seq)
        self._ask("more", question, lambda lines: self.model.add(lines, len(lines) == PAGE))

    def _ask_head(self) -> None:
        if "page" in self._jobs or not self.isVisible():
            return
        if self._has_failed:
            self._ask("head", lambda _reader: 0, lambda _: self.shown())
            return
        self._ask("head", questions.newer(self._wanted, self._head), self._show_news)
        self._ask_rights()

    def _show_page(self, answer: tuple[int, list[TrailLine]]) -> None:
        self._jobs.pop("page", None)
        self._cancel("more")  # of the list that goes now
        self._patience.stop()
        self._has_failed = False
        self._head, lines = answer
        self.model.show(lines, len(lines) == PAGE)
        if lines:
            self.lists.setCurrentWidget(self.table)
            kept = (row for row, line in enumerate(lines) if line.seq == self._keep)
            self.table.select(next(kept, 0))
        elif self._wanted == TrailFilter():
            self._say_empty(
                self.tr("Nothing is on the trail yet"),
                self.tr("Start the line, or sign in, and it comes here."),
            )
        else:
            self._say_empty(
                self.tr("No entries match"),
                self.tr("Widen the time range, or reset the filter."),
                self.tr("Reset"),
            )
        self._show_export()
        self.listed.emit()

    def _show_counts(self, counts: tuple[int, int]) -> None:
        found, whole = counts
        text = self.tr("{found} of {all} entries") if found != whole else self.tr("{all} entries")
        if whole == 1 == found:
            text = self.tr("1 entry")
        self.summary.setText(
            text.format(found=record_words.number(found), all=record_words.number(whole))
        )
        self.counted.emit()

    def _show_choices(self, choices: TrailChoices) -> None:
        self.filters.show_choices(choices)

    def _show_rights(self, actor: Actor) -> None:
        why = reason_against(Action.EXPORT, actor)
        if why != self._why_no_export:
            self._why_no_export = why
            self._show_export()

    def _show_export(self) -> None:
        can_be = bool(self.model.lines) and not self.exports.is_running
        self.export.setEnabled(can_be and not self._why_no_export)
        self.export.setToolTip(self._why_no_export)
        self.why_no_export.setText(self._why_no_export if can_be else "")

    def _show_news(self, count: int) -> None:
        text = self.tr("{n} new entries: show")
        self.news.setText(text.format(n=record_words.number(count)))
        self.news.setVisible(count > 0)

    def _show_newest(self) -> None:
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self.search()
        self._ask("choices", trail_choices, self._show_choices)

    def _say_patience(self) -> None:
        self.message.tell(self.tr("Searching…"), self.tr("Another filter can be chosen meanwhile."))
        self.lists.setCurrentWidget(self.message)

    def _say_empty(self, title: str, hint: str, press: str = "") -> None:
        self.message.tell(title, hint, press)
        self.lists.setCurrentWidget(self.message)
        self.preview.show_line(None)

    def _fail(self, error: Exception) -> None:
        """Say why there is nothing to see, and what to do."""
        for name in list(self._jobs):
            self._cancel(name)
        self._has_failed = True
        if not isinstance(error, RecordsError):
            log.error("the trail could not be read", exc_info=error)
        self._patience.stop()
        self.model.show([], False)
        self.summary.setText("")
        if isinstance(error, NoRecordYet):
            self._say_empty(
                self.tr("No record yet"),
                self.tr("Start the line, or sign in, and it comes here."),
            )
        else:
            title = self.tr("The record cannot be read")
            if isinstance(error, RecordsDamaged):
                title = self.tr("The record is damaged")
            hint = words.sentence(str(error))
            self._say_empty(title, hint)
            self.message.tell(title, hint, self.tr("Try again"), is_alarm=True)
        self._show_export()
        self.listed.emit()

    def _press_message(self) -> None:
        """Reset the filter where nothing matches; else try again."""
        if self._has_failed:
            self.shown()
        else:
            self.filters.set_filter(TrailFilter())

    def _ask_for_file(self) -> None:
        dialog = ask_for_file(self, self.tr("Export the audit trail"), "audit-trail.csv")
        ask = partial(self._export_to, self._folder, self._wanted)
        dialog.fileSelected.connect(lambda name: ask(Path(name)))
        dialog.open()

    def _export_to(self, folder: Path, wanted: TrailFilter, path: Path) -> None:
        self.exports.start(folder, path, wanted)

    def _go_to_text(self) -> None:
        self.filters.text.setFocus()
        self.filters.text.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        least, most = map(self._theme.space, PREVIEW_STEPS)
        self.preview.setFixedWidth(min(max(least, round(self.width() * PREVIEW_SHARE)), most))
        super().resizeEvent(event)

    def _connect(self) -> None:
        self.filters.changed.connect(self.search)
        self.model.more_wanted.connect(self._ask_more)
        self.table.current_changed.connect(self.preview.show_line)
        self.message.pressed.connect(self._press_message)
        self.news.clicked.connect(self._show_newest)
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

    def _lay_out(self) -> None:
        space = self._theme.space
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.message)
        below = QHBoxLayout()
        below.setSpacing(space(3))
        below.addWidget(self.lists, 1)
        below.addWidget(self.preview)
        down = QVBoxLayout(self)
        down.setContentsMargins(space(3), space(2), space(3), space(3))
        down.setSpacing(space(2))
        down.addWidget(self.filters)
        down.addLayout(self._summary_line())
        down.addLayout(below, 1)
        down.addWidget(self.exports)

    def _summary_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._theme.space(3))
        self.summary.setProperty("role", "section")
        self.why_no_export = QLabel()
        self.why_no_export.setProperty("role", "quiet")
        self.why_no_export.setWordWrap(True)
        self.why_no_export.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.summary)
        line.addWidget(self.why_no_export, 1)
        for button in (self.news, self.export):
            line.addWidget(button)
        self.news.hide()
        self.export.setEnabled(False)
        return line
