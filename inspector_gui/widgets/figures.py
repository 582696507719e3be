"""Counters, yield, rate and latency."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engines.verdict import Decision
from inspector_gui.inspection.status import StationStatus
from inspector_gui.theme import Theme
from inspector_gui.widgets.icon import SHAPE, pixmap

NONE = "–"


class Figures(QWidget):
    """What a station has done so far, in figures."""

    def __init__(self, theme: Theme, words: dict[Decision, str]) -> None:
        """Lay out the figures.

        Args:
            words: The decisions' names.
        """
        super().__init__()
        self._theme = theme
        self._figures: dict[str, QLabel] = {}
        self._names: dict[str, str] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        large = QGridLayout()
        large.setVerticalSpacing(0)
        large.setHorizontalSpacing(theme.space(2))
        captions = {
            "parts": self.tr("parts"),
            "yield": self.tr("yield"),
            "rate": self.tr("parts/s"),
        }
        for column, (key, caption) in enumerate(captions.items()):
            large.addWidget(self._figure(key, "figure", caption), 0, column)
            large.addWidget(_label(caption, "quiet"), 1, column)
            large.setColumnStretch(column, 1)
        layout.addLayout(large)
        layout.addLayout(self._counts(words))
        layout.addLayout(self._times())

    def show_status(self, status: StationStatus) -> None:
        counters = status.counters
        self._set("parts", _count(counters.parts))
        self._set("yield", self._percent(counters.passed, counters.parts))
        self._set("rate", QLocale().toString(status.rate_per_s, "f", 1))
        self._set(Decision.PASS, _count(counters.passed))
        self._set(Decision.REJECT, _count(counters.rejected))
        self._set(Decision.UNDECIDED, _count(counters.undecided))
        self._set("p50", self._time(status.latency_p50_ms))
        self._set("p99", self._time(status.latency_p99_ms))

    def text(self, key: str) -> str:
        return self._figures[key].text()

    def _counts(self, words: dict[Decision, str]) -> QHBoxLayout:
        row = QHBoxLayout()
        theme = self._theme
        row.setSpacing(theme.space(2))
        for decision, word in words.items():
            colour = theme.colour_of(decision)
            sign = QLabel()
            scale = self.devicePixelRatioF()
            size = theme.space(5)
            sign.setPixmap(pixmap(SHAPE[decision], size, colour, theme.ink_on(colour), scale))
            sign.setToolTip(word)
            figure = self._figure(decision, "strong", word)
            figure.setToolTip(word)
            row.addWidget(sign)
            row.addWidget(figure, 1)
        return row

    def _times(self) -> QGridLayout:
        """In the columns of the large figures."""
        row = QGridLayout()
        row.setHorizontalSpacing(self._theme.space(2))
        row.addWidget(_label(self.tr("latency"), "quiet"), 0, 0)
        captions = {
            "p50": (self.tr("median"), self.tr("Half of the parts are judged faster")),
            "p99": (self.tr("99%"), self.tr("99 of 100 parts are judged faster")),
        }
        for column, (key, (caption, meaning)) in enumerate(captions.items(), 1):
            figure, name = self._figure(key, "strong", meaning), _label(caption, "quiet")
            figure.setToolTip(meaning)
            name.setToolTip(meaning)
            cell = QHBoxLayout()
            cell.setSpacing(self._theme.space(2))
            cell.addWidget(figure)
            cell.addWidget(name, 1)
            row.addLayout(cell, 0, column)
        for column in range(1 + len(captions)):
            row.setColumnStretch(column, 1)
        return row

    def _figure(self, key: str, role: str, name: str) -> QLabel:
        label = self._figures[key] = _label(NONE, role)
        self._names[key] = name
        return label

    def _set(self, key: str, text: str) -> None:
        label = self._figures[key]
        if label.text() != text:
            label.setText(text)
            label.setAccessibleName(f"{self._names[key]}: {text}")

    def _percent(self, share: int, whole: int) -> str:
        if not whole:
            return NONE
        figure = QLocale().toString(100.0 * share / whole, "f", 1)
        return self.tr("{figure}%").format(figure=figure)

    def _time(self, value_ms: float | None) -> str:
        if value_ms is None:
            return NONE
        figure = QLocale().toString(value_ms, "f", 1 if value_ms < 10 else 0)
        return self.tr("{figure} ms").format(figure=figure)


def _count(value: int) -> str:
    return QLocale().toString(value)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
