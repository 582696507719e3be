"""The verdict with its reasons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from engines.verdict import Verdict
from inspector_gui.theme import Theme
from inspector_gui.views import words
from inspector_gui.views.overlay import against_threshold
from inspector_gui.widgets.banner import Banner
from inspector_gui.widgets.score_bar import ScoreBar


class VerdictPanel(QFrame):
    """Banner, score bar and the first finding in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "panel")
        self.banner = Banner(theme)
        self.score_bar = ScoreBar(theme)
        self.finding, self.detail = QLabel(), QLabel()
        self.finding.setProperty("role", "section")
        self.detail.setProperty("role", "quiet")
        for label in (self.finding, self.detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setWordWrap(True)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setFixedHeight(2 * theme.space(5))  # two lines, so that nothing jumps
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner, 1)
        below = QVBoxLayout()
        margin = theme.space(4)
        below.setContentsMargins(margin, theme.space(3), margin, theme.space(2))
        below.setSpacing(theme.space(1))
        below.addWidget(self.score_bar)
        below.addSpacing(theme.space(1))
        below.addWidget(self.finding)
        below.addWidget(self.detail)
        layout.addLayout(below)

    def show_verdict(self, verdict: Verdict) -> None:
        decision, score, threshold = verdict.decision, verdict.score, verdict.threshold
        value, figures = None, ""
        if score is not None and threshold is not None:
            value = against_threshold(score, threshold)
            figures = f"{words.score(score)} / {words.score(threshold)}"
        self.banner.show_verdict(decision, words.decision(decision), figures)
        self.score_bar.show_score(value, self._theme.colour_of(decision))
        self.finding.setText(words.findings_line(verdict))
        detail = words.detail_line(verdict)
        self.detail.setText(detail)
        self.detail.setToolTip(detail)

    def clear(self, why: str) -> None:
        """Show that no verdict counts now, and why."""
        self.banner.clear(why)
        self.score_bar.show_score(None, self._theme.quiet)
        self.finding.clear()
        self.detail.clear()
