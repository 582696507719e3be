"""Export of what is filtered, at the foot of the list."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from inspector_gui.background import Background, Job
from inspector_gui.records.accounts import Session
from inspector_gui.records.export import Progress, export, permit_file
from inspector_gui.records.forms import Form
from inspector_gui.records.office import Office
from inspector_gui.records.outfile import refuse_inside
from inspector_gui.records.permissions import Action
from inspector_gui.records.search import Filter
from inspector_gui.theme import Theme
from inspector_gui.views import record_words, words
from inspector_gui.views.controller import Controller
from inspector_gui.widgets.elided_label import ElidedLabel

translate = QCoreApplication.translate
Write = Callable[[Path, Path, Form, Any, Progress, Callable[[], bool]], int]
LEAST_S = 1.0  # before the time left can be told
REPORT_S = 0.1


class ExportStrip(QFrame):
    """Progress, time left and Cancel; then what came of it, until it is closed.

    Signals:
        running_changed: An export has begun or ended; see `is_running`.
    """

    running_changed = Signal()
    _progressed = Signal(object)

    def __init__(self, theme: Theme, write: Write = export) -> None:
        """Lay it out, hidden.

        Args:
            write: Writes what is asked for; `export`, or what takes the same.
        """
        super().__init__()
        self.setProperty("role", "panel")
        self._write = write
        self._progress_text = self.tr("{done} of {all} parts written to {file}")
        self._done_text = self.tr("{n} parts written to {file}")
        self._background = Background("history-export", self)
        self._job: Job[int] | None = None
        self._begun = 0.0
        self._path = Path()
        self.text = ElidedLabel()
        self.left = QLabel()
        self.left.setProperty("role", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(self.tr("Progress of the export"))
        self.button = QPushButton()
        self.button.clicked.connect(self._press)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(4), theme.space(1), theme.space(1), theme.space(1))
        layout.setSpacing(theme.space(4))
        layout.addWidget(self.text, 3)
        layout.addWidget(self.bar, 2)
        layout.addWidget(self.left)
        layout.addWidget(self.button)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self.hide()

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def start(self, folder: Path, path: Path, wanted: Any) -> None:
        """Write what a filter finds in a record to a file in the form that its name asks for."""

        def work(job: Job[int]) -> int:
            told_at = 0.0

            def tell(done: int, total: int) -> None:
                nonlocal told_at
                if time.monotonic() - told_at >= REPORT_S:
                    told_at = time.monotonic()
                    self._progressed.emit((job, done, total))

            return self._write(folder, path, Form.of(path), wanted, tell, lambda: job.is_cancelled)

        self._path, self._begun = path, time.monotonic()
        self.text.setText(self.tr("Exporting to {file}").format(file=path.name))
        self.left.setText("")
        self.bar.setValue(0)
        self._show_running(True)
        self._job = self._background.run(work, self._finish, self._fail)
        self.show()
        self.running_changed.emit()

    def close_strip(self) -> None:
        self._background.close()

    def _show_running(self, is_running: bool) -> None:
        self.bar.setVisible(is_running)
        self.left.setVisible(is_running)
        self.button.setText(self.tr("Cancel") if is_running else self.tr("Close"))

    def _show_progress(self, progress: tuple[Job[int], int, int]) -> None:
        job, done, total = progress
        if job is not self._job:
            return
        self.bar.setValue(round(1000 * done / total) if total else 0)
        self.text.setText(
            self._progress_text.format(
                done=record_words.number(done),
                all=record_words.number(total),
                file=self._path.name,
            )
        )
        spent = time.monotonic() - self._begun
        if done and spent >= LEAST_S:
            self.left.setText(_time_left(spent * (total - done) / done))

    def _finish(self, count: int) -> None:
        self._end(self._done_text.format(n=record_words.number(count), file=self._path))

    def _fail(self, error: Exception) -> None:
        self._end(words.sentence(str(error)))

    def _end(self, text: str) -> None:
        self._job = None
        self.text.setText(text)
        self._show_running(False)
        self.running_changed.emit()

    def _press(self) -> None:
        """Cancel what runs; close what is only a message."""
        if self._job is None:
            self.hide()
            return
        self._job.cancel()
        self._end(self.tr("The export was cancelled; no file was written."))


class PartsExportStrip(ExportStrip):
    """Of parts; the office is asked first, for who was signed in when it began."""

    def __init__(self, theme: Theme, controller: Controller) -> None:
        super().__init__(theme)
        self._controller = controller

    def start(self, folder: Path, path: Path, wanted: Filter) -> None:
        """Write what a filter finds in a record to a file in the form that its name asks for."""
        self._write = _permitted(self._controller.office(folder), self._controller.session)
        super().start(folder, path, wanted)


def _permitted(office: Office, session: Session | None) -> Write:
    def write(
        folder: Path,
        path: Path,
        form: Form,
        wanted: Filter,
        progress: Progress,
        is_cancelled: Callable[[], bool],
    ) -> int:
        refuse_inside(folder, path)
        permit_file(office, Action.EXPORT, session, path, wanted)
        return export(folder, path, form, wanted, progress, is_cancelled)

    return write


def ask_for_file(parent: QWidget, title: str = "", name: str = "parts.csv") -> QFileDialog:
    """A dialog for an export's file, which blocks nothing; open it with `open`."""
    title = title or translate("Export", "Export the parts found")
    forms = {
        translate("Export", "Table (*.csv)"): Form.CSV,
        translate("Export", "Excel workbook (*.xlsx)"): Form.XLSX,
        translate("Export", "JSON Lines (*.jsonl)"): Form.JSON_LINES,
    }
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(forms))
    dialog.setDefaultSuffix(Form.CSV.removeprefix("."))
    dialog.filterSelected.connect(
        lambda form: dialog.setDefaultSuffix(forms[form].removeprefix("."))
    )
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    dialog.setDirectory(QStandardPaths.writableLocation(documents))
    dialog.selectFile(name)
    return dialog


def _time_left(seconds: float) -> str:
    if seconds < 60:
        text, count = translate("Export", "{n} s left"), max(1, round(seconds))
    else:
        text, count = translate("Export", "{n} min left"), round(seconds / 60)
    return text.format(n=record_words.number(count))
