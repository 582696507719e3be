"""What the engine said about a part, and what people decided, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from engines.verdict import Decision, Finding, Verdict
from inspector_gui.inspection.recall import RecordedPart
from inspector_gui.theme import Theme, restyle
from inspector_gui.views import record_words, words
from inspector_gui.views.overlay import against_threshold
from inspector_gui.widgets.icon import SHAPE, pixmap
from inspector_gui.widgets.score_bar import ScoreBar

MOST_FINDINGS = 20


class PartWords(QFrame):
    """Decision, score, findings and the decisions of people."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "panel")
        self._sign, self.decision, self.score = QLabel(), _label("section"), _label("strong")
        self.score_bar = ScoreBar(theme)
        self.why = _label("")
        self.rows: tuple[FindingRow, ...] = ()
        self._more, self._title = _label("quiet"), _label("strong")
        self._title.setText(self.tr("Decided by people"))
        self.decisions = _label("")
        self._kept = _label("quiet")
        self._kept.setText(self.tr("A decision can be added to, never erased."))
        self._findings = QVBoxLayout()
        self._scroll = QScrollArea()
        self._lay_out()

    def show_part(self, part: RecordedPart) -> None:
        self._show_verdict(part.verdict)
        self._show_findings(part.verdict.findings)
        given = [record_words.decision_of_a_person(entry) for entry in part.dispositions]
        self._title.setVisible(bool(given))
        self.decisions.setVisible(bool(given))
        self.decisions.setText("\n\n".join(given))
        self._scroll.verticalScrollBar().setValue(0)

    def highlight(self, finding: int | None) -> None:
        """Stress the words of one finding; of none with None."""
        for number, row in enumerate(self.rows):
            row.set_current(number == finding)
            if number == finding:
                self._scroll.ensureWidgetVisible(row)

    def _show_verdict(self, verdict: Verdict) -> None:
        theme, decision = self._theme, verdict.decision
        colour = theme.colour_of(decision)
        mark, scale = theme.ink_on(colour), self.devicePixelRatioF()
        self._sign.setPixmap(pixmap(SHAPE[decision], theme.space(8), colour, mark, scale))
        self.decision.setText(words.decision(decision))
        score, threshold = verdict.score, verdict.threshold
        is_known = score is not None and threshold is not None
        self.score_bar.setVisible(is_known)
        self.score.setText("")
        if score is not None and threshold is not None:
            self.score.setText(f"{words.score(score)} / {words.score(threshold)}")
            self.score_bar.show_score(against_threshold(score, threshold), colour)
        is_undecided = decision is Decision.UNDECIDED
        self.why.setVisible(is_undecided)
        said = (words.findings_line(verdict), words.detail_line(verdict))
        self.why.setText("\n".join(filter(None, said)) if is_undecided else "")

    def _show_findings(self, findings: Sequence[Finding]) -> None:
        for row in self.rows:
            self._findings.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = tuple(FindingRow(self._theme, finding) for finding in findings[:MOST_FINDINGS])
        for row in self.rows:
            self._findings.addWidget(row)
        more = len(findings) - len(self.rows)
        self._more.setVisible(more > 0)
        self._more.setText(self.tr("and {n} more").format(n=QLocale().toString(more)))

    def _lay_out(self) -> None:
        space = self._theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(2), space(3))
        layout.setSpacing(space(2))
        head = QHBoxLayout()
        head.setSpacing(space(2))
        head.addWidget(self._sign)
        head.addWidget(self.decision, 1)
        head.addWidget(self.score)
        head.addSpacing(space(2))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, space(2), 0)
        column.setSpacing(space(2))
        self._findings.setSpacing(space(1))
        column.addWidget(self.score_bar)
        column.addWidget(self.why)
        column.addLayout(self._findings)
        for label in (self._more, self._title, self.decisions):
            column.addWidget(label)
        column.addStretch(1)
        self._scroll.setProperty("role", "words")
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        for surface in (inner, self._scroll.viewport()):
            surface.setAutoFillBackground(False)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.tr("What was found and decided"))
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._kept)


class FindingRow(QFrame):
    """One finding: what and where; score and threshold, and how large."""

    def __init__(self, theme: Theme, finding: Finding) -> None:
        super().__init__()
        self.setProperty("role", "finding")
        self.setProperty("current", False)
        area = QLocale().toString(finding.area_px)
        figures = self.tr("{score} / {threshold}  ·  {area} pixels").format(
            score=words.score(finding.score), threshold=words.score(finding.threshold), area=area
        )
        self._name, self._figures = _label("strong"), _label("quiet")
        self._name.setText(words.finding(finding))
        self._figures.setText(figures)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(2), theme.space(1), theme.space(2), theme.space(1))
        layout.setSpacing(0)
        layout.addWidget(self._name)
        layout.addWidget(self._figures)

    @property
    def text(self) -> str:
        return f"{self._name.text()}: {self._figures.text()}"

    @property
    def is_current(self) -> bool:
        return bool(self.property("current"))

    def set_current(self, is_current: bool) -> None:
        if is_current != self.is_current:
            self.setProperty("current", is_current)
            restyle(self)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role != "section")
    return label
