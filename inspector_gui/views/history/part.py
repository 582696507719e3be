"""One part out of the record: beside the list, and large."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engines.verdict import Decision, Finding, Verdict
from inspector_gui.inspection.recall import RecordedPart
from inspector_gui.theme import Theme
from inspector_gui.views import moments, record_words, words
from inspector_gui.views.overlay import against_threshold
from inspector_gui.views.picture_tools import PictureTools
from inspector_gui.views.recorded_picture import RecordedPicture
from inspector_gui.widgets.icon import SHAPE, pixmap
from inspector_gui.widgets.score_bar import ScoreBar

translate = QCoreApplication.translate
SHORT_HASH = 12
SIDE_STEPS = 84
MOST_FINDINGS = 12


class PartFacts(QFrame):
    """What the record says about a part, in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sign = QLabel()
        self.decision = _label("section")
        self.heading = _label("quiet")
        self.score_bar = ScoreBar(theme)
        self.score = _label("strong")
        self._facts = QGridLayout()
        self._said: list[QLabel] = []
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.space(3), 0)  # where the scroll bar comes
        layout.setSpacing(theme.space(2))
        head = QHBoxLayout()
        head.setSpacing(theme.space(3))
        head.addWidget(self._sign)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.decision)
        below = QHBoxLayout()
        below.addWidget(self.heading)
        below.addStretch(1)
        below.addWidget(self.score)
        titles.addLayout(below)
        head.addLayout(titles, 1)
        layout.addLayout(head)
        layout.addWidget(self.score_bar)
        self._facts.setHorizontalSpacing(theme.space(3))
        self._facts.setVerticalSpacing(theme.space(1))
        self._facts.setColumnStretch(1, 1)
        layout.addLayout(self._facts)
        layout.addStretch(1)

    @property
    def text(self) -> str:
        """Everything said, a line each; for tests and for those who listen to the screen."""
        said = (self.decision, self.heading, self.score, *self._said)
        return "\n".join(label.text() for label in said)

    def show_part(self, part: RecordedPart) -> None:
        verdict, entry = part.verdict, part.entry
        self._show_verdict(verdict)
        self.heading.setText(self.tr("Part {n}").format(n=record_words.number(entry.part)))
        for label in self._said:
            label.hide()
            label.deleteLater()
        self._said.clear()
        for name, text in self._lines(part):
            if text:
                self._add(name, text)
        self.setAccessibleName(self.text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the wrapped words need; a scroll area does not ask for it by itself."""
        needed = max(0, self._layout.totalHeightForWidth(self.width()))
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)
            self._layout.update()

    def _show_verdict(self, verdict: Verdict) -> None:
        theme = self._theme
        colour = theme.colour_of(verdict.decision)
        scale = self.devicePixelRatioF()
        size = theme.space(9)
        shape = SHAPE[verdict.decision]
        self._sign.setPixmap(pixmap(shape, size, colour, theme.ink_on(colour), scale))
        self.decision.setText(words.decision(verdict.decision))
        has_score = verdict.score is not None and verdict.threshold is not None
        self.score_bar.setVisible(has_score)
        if verdict.score is None or verdict.threshold is None:
            self.score.setText("")
            return
        self.score.setText(f"{words.score(verdict.score)} / {words.score(verdict.threshold)}")
        self.score_bar.show_score(against_threshold(verdict.score, verdict.threshold), colour)

    def _lines(self, part: RecordedPart) -> list[tuple[str, str]]:
        """Name and text of what there is to say, in the order of how much it matters."""
        verdict, entry = part.verdict, part.entry
        decided = [record_words.decision_of_a_person(entry) for entry in part.dispositions]
        if verdict.decision is Decision.UNDECIDED:
            found = f"{words.reason(verdict.reason)}\n{words.sentence(verdict.detail)}".strip()
        else:
            found = self._findings(verdict.findings)
        nobody = "" if verdict.decision is Decision.PASS else self.tr("Open: nobody has decided")
        return [
            (
                self.tr("Reason")
                if verdict.decision is Decision.UNDECIDED
                else self.tr("Findings"),
                found,
            ),
            (self.tr("Review"), "\n".join(decided) or nobody),
            (self.tr("Lot"), entry.lot),
            (self.tr("Judged"), moments.second(entry.judged_at)),
            (self.tr("Recipe"), f"{entry.recipe} · {entry.recipe_revision}"),
            (self.tr("Camera"), entry.camera),
            (self.tr("Source"), entry.source),
            (self.tr("Model"), f"{entry.model} · {entry.model_sha256[:SHORT_HASH]}"),
            (self.tr("Computed on"), words.provider(entry.provider)),
            (self.tr("Took"), record_words.elapsed(entry.elapsed_ms)),
        ]

    def _findings(self, findings: tuple[Finding, ...]) -> str:
        if not findings:
            return self.tr("Nothing found")
        lines = [
            self.tr("{what}: {score}, {area} pixels").format(
                what=words.finding(finding),
                score=words.score(finding.score),
                area=record_words.number(finding.area_px),
            )
            for finding in findings[:MOST_FINDINGS]
        ]
        if len(findings) > MOST_FINDINGS:
            more = record_words.number(len(findings) - MOST_FINDINGS)
            lines.append(self.tr("and {more} more").format(more=more))
        return "\n".join(lines)

    def _add(self, name: str, text: str) -> None:
        row = len(self._said)
        title, value = _label("quiet"), _label()
        title.setText(name)
        title.setContentsMargins(0, self._theme.focus_ring, 0, 0)  # on the line of the text
        value.setText(text)
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said += title, value
        self._facts.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        self._facts.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)


class PartPreview(QFrame):
    """The selected part beside the list.

    Signals:
        opened: It is wanted large.
    """

    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        space = theme.space
        self.picture = RecordedPicture(theme)
        self.picture.setMinimumHeight(space(40))
        self.facts = PartFacts(theme)
        self.open = QPushButton(self.tr("Show large"))
        self.open.setToolTip(self.tr("Enter"))
        self.open.clicked.connect(self.opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(3), space(3), space(3), space(3))
        layout.setSpacing(space(3))
        layout.addWidget(self.picture, 5)
        self._scrolled = _scrolled(self.facts)
        layout.addWidget(self._scrolled, 6)
        layout.addWidget(self.open)
        self.clear()

    def show_part(self, part: RecordedPart) -> None:
        self.picture.show_part(part)
        self.facts.show_part(part)
        self._scrolled.show()
        self.open.setEnabled(True)

    def clear(self, title: str = "", hint: str = "") -> None:
        """Show no part, and say why."""
        self.picture.show_nothing(title, hint)
        self._scrolled.hide()
        self.open.setEnabled(False)


class PartPage(QWidget):
    """One part over the whole view; Escape goes back, Up and Down to its neighbours.

    Signals:
        closed: The list is wanted again.
        moved: Another part is wanted: rows to go down the list.
    """

    closed = Signal()
    moved = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        space = theme.space
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("One part"))
        self.picture = RecordedPicture(theme)
        self.tools = PictureTools(theme, self.picture.view)
        self.facts = PartFacts(theme)
        self.back = QPushButton(self.tr("Back to the list"))
        self.back.setToolTip(self.tr("Escape"))
        self.back.clicked.connect(self.closed)
        self.newer = self._mover(self.tr("Newer part"), self.tr("Up"), -1)
        self.older = self._mover(self.tr("Older part"), self.tr("Down"), 1)
        self._shortcut(Qt.Key.Key_PageUp, -1)
        self._shortcut(Qt.Key.Key_PageDown, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        left = QVBoxLayout()
        left.setSpacing(space(2))
        left.addWidget(self.picture, 1)
        left.addWidget(self.tools)
        layout.addLayout(left, 1)
        side = QFrame()
        side.setProperty("role", "panel")
        side.setFixedWidth(space(SIDE_STEPS))
        right = QVBoxLayout(side)
        right.setContentsMargins(space(4), space(4), space(4), space(4))
        right.setSpacing(space(2))
        right.addWidget(_scrolled(self.facts), 1)
        for button in (self.newer, self.older, self.back):
            right.addWidget(button)
        layout.addWidget(side)

    def show_part(self, part: RecordedPart) -> None:
        self.picture.show_part(part)
        self.facts.show_part(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape | Qt.Key.Key_Backspace:
                self.closed.emit()
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case _:
                super().keyPressEvent(event)

    def _shortcut(self, key: Qt.Key, rows: int) -> None:
        """Wherever the focus is on the page."""
        shortcut = QShortcut(key, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self.moved.emit(rows))

    def _mover(self, text: str, key: str, rows: int) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(key)
        button.clicked.connect(lambda: self.moved.emit(rows))
        return button


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setProperty("role", "facts")
    area.setAccessibleName(translate("History", "What the record says about the part"))
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    area.viewport().setAutoFillBackground(False)
    widget.setAutoFillBackground(False)
    return area


def _label(role: str = "") -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
