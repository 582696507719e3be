"""What came of a lot, and its end."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from inspector_gui.inspection.status import Level
from inspector_gui.records.lots import LotCount, LotRecord
from inspector_gui.theme import Theme
from inspector_gui.views import words
from inspector_gui.views.lots import lot_words
from inspector_gui.views.lots.said import Said
from inspector_gui.widgets.focus import leave


class CloseForm(QWidget):
    """First the line is stopped, then the count is looked at, then the lot is closed.

    Signals:
        stop_asked: The line is to be stopped.
        close_asked: The lot is to be closed; why, though it does not agree, or "".
        cancelled: Nothing of it.
    """

    stop_asked = Signal()
    close_asked = Signal(str)
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._count: LotCount | None = None
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        self.agrees, self.problem = Said(theme), Said(theme)
        self.why = QLineEdit()
        self.why.setProperty("role", "field")
        self.why.setPlaceholderText(self.tr("Why do they not agree?"))
        self.why.setAccessibleName(self.tr("Reason for the difference"))
        self.why.textChanged.connect(lambda _: self._show_button())
        self.why.returnPressed.connect(self._press)
        self.button, self.cancel = QPushButton(), QPushButton(self.tr("Cancel"))
        self.button.clicked.connect(self._press)
        self.cancel.clicked.connect(self.cancelled)
        self._is_running = self._is_busy = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        for widget in (self.counts, self.agrees, self.why, self.problem):
            layout.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(theme.space(3))
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.button)
        layout.addLayout(row)

    @property
    def needs_count(self) -> bool:
        """Whether nobody has counted since the line came to rest."""
        return self._count is None

    def begin(self) -> None:
        """Begin with another lot."""
        self._count = None
        self._is_running = self._is_busy = False
        self.why.clear()
        self.problem.say("")

    def show_running(self, is_stopping: bool) -> None:
        """The line is running on the lot."""
        self._wait(
            self.tr("The line is stopping. The parts in flight still belong to this lot.")
            if is_stopping
            else self.tr("The line is running on this lot: stop it first."),
            can_stop=not is_stopping,
        )

    def show_running_elsewhere(self) -> None:
        """It is, and not from here; or it is about to end."""
        text = self.tr("A line still holds this lot. If it runs in another program, stop it there.")
        self._wait(text, can_stop=False)

    def _wait(self, text: str, *, can_stop: bool) -> None:
        self._is_running, self._is_busy, self._count = True, not can_stop, None
        self.counts.setText(text)
        self.agrees.say("")
        self.why.hide()
        self._show_button()

    def show_counting(self) -> None:
        """The line is at rest, and the record is being asked."""
        self._is_running = self._is_busy = False
        self._count = None
        self.counts.setText(self.tr("Counting…"))
        self.agrees.say("")
        self.why.hide()
        self._show_button()

    def show_count(self, lot: LotRecord, count: LotCount) -> None:
        """What closing it would write."""
        self._count = count
        self.counts.setText(lot_words.counted(count, lot.expected))
        if count.difference:
            difference = words.sentence(count.difference)
            self.agrees.say(
                self.tr("{difference} Say why, then the lot can be closed.").format(
                    difference=difference
                )
            )
        else:
            self.agrees.say(lot_words.frames(count), Level.OK)
        self.why.setVisible(bool(count.difference))
        self._show_button()
        (self.why if count.difference else self.button).setFocus()

    def show_busy(self) -> None:
        self._is_busy = True
        self.problem.say("")
        leave(self)
        self._show_button()

    def show_problem(self, sentence: str) -> None:
        self._is_busy = False
        self.problem.say(sentence, Level.ALARM)
        self._show_button()

    def _show_button(self) -> None:
        self.button.setText(self.tr("Stop the line") if self._is_running else self.tr("Close lot"))
        self.button.setEnabled(not self._is_busy and (self._is_running or self._can_close))
        self.cancel.setEnabled(not self._is_busy or self._is_running)

    @property
    def _can_close(self) -> bool:
        if self._count is None:
            return False
        return not self._count.difference or bool(self.why.text().strip())

    def _press(self) -> None:
        if not self.button.isEnabled():
            return
        if self._is_running:
            self.stop_asked.emit()
        else:
            self.close_asked.emit(" ".join(self.why.text().split()))
