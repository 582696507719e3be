"""The verdict, to be read from across the hall."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from engines.verdict import Decision
from inspector_gui.theme import Theme
from inspector_gui.widgets.icon import SHAPE, paint_icon

_DASH = "–"
_SHAPE = 0.62  # of the word's size
_LEAST_SHAPE = 0.375  # where there is no more room
_CAPITALS = 0.84  # of the word's size, with some air
_WIDTH = 4.1  # widths of the word's size


class Banner(QWidget):
    """Shape, word and score of the latest verdict; a grey dash when there is none that counts.

    `PASS` is ink on a quiet ground; `REJECT` and `UNDECIDED` fill the whole banner, so that the
    two are told from it by more than colour, shape and word.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._decision: Decision | None = None
        self._word = _DASH
        self._score = ""
        self._why = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.clear("")

    @property
    def decision(self) -> Decision | None:
        """What is shown; None for the dash."""
        return self._decision

    @property
    def word(self) -> str:
        return self._word

    def show_verdict(self, decision: Decision, word: str, score: str) -> None:
        """Show a verdict.

        Args:
            score: Score and threshold; "" if there are none.
        """
        if (decision, word, score) != (self._decision, self._word, self._score):
            self._decision, self._word, self._score = decision, word, score
            self.setAccessibleName(
                self.tr("Verdict: {word}").format(word=f"{word} {score}".strip())
            )
            self.update()

    def clear(self, why: str) -> None:
        """Show the dash: no verdict counts now, and why."""
        self._why = why
        self._decision, self._word, self._score = None, _DASH, ""
        self.setAccessibleName(self.tr("Verdict: none"))
        self.update()

    def minimumSizeHint(self) -> QSize:
        word_px = self._theme.verdict_px
        tall = 2 * self._theme.space(3) + round(word_px * (_LEAST_SHAPE + _CAPITALS))
        return QSize(word_px * 4, tall)

    def sizeHint(self) -> QSize:
        theme = self._theme
        word_px = theme.verdict_px
        tall = theme.space(3) + round(word_px * _SHAPE) + word_px + theme.space(3)
        return QSize(word_px * 4, tall)

    @property
    def word_px(self) -> int:
        """Size of the word: the theme's, or more in a wide banner."""
        return max(self._theme.verdict_px, round(self.width() / _WIDTH))

    @property
    def _fill(self) -> str:
        if self._decision in (Decision.REJECT, Decision.UNDECIDED):
            return self._theme.colour_of(self._decision)
        return self._theme.raised

    @property
    def _ink(self) -> str:
        if self._decision is None:
            return self._theme.quiet
        if self._decision is Decision.PASS:
            return self._theme.passed
        return self._theme.ink_on(self._fill)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QColor(theme.line if self._fill == theme.raised else self._fill))
        painter.setBrush(QColor(self._fill))
        painter.drawRoundedRect(frame.adjusted(0, 0, 0, theme.space(3)), theme.radius, theme.radius)
        painter.drawLine(frame.bottomLeft(), frame.bottomRight())  # square at the foot
        margin = theme.space(4)
        inner = frame.adjusted(margin, theme.space(3), -margin, -theme.space(3))
        if self._decision is None:
            self._paint_word(painter, inner)
            self._paint_why(painter, inner)
        else:
            room = inner.height() - self.word_px * _CAPITALS
            size = max(min(self.word_px * _SHAPE, room), self.word_px * _LEAST_SHAPE)
            self._paint_head(painter, QRectF(inner.x(), inner.y(), inner.width(), size))
            self._paint_word(painter, inner.adjusted(0, size, 0, 0))
        painter.end()

    def _paint_why(self, painter: QPainter, place: QRectF) -> None:
        painter.setFont(self._theme.font(self._theme.body_px))
        painter.setPen(QColor(self._theme.quiet))
        below = place.adjusted(0, place.height() / 2 + self.word_px / 3, 0, 0)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self._why)

    def _paint_head(self, painter: QPainter, head: QRectF) -> None:
        assert self._decision is not None
        place = QRectF(head.x(), head.y(), head.height(), head.height())
        paint_icon(painter, place, SHAPE[self._decision], self._ink, self._fill)
        painter.setFont(self._theme.font(self._theme.figure_px, strong=True))
        painter.setPen(QColor(self._ink if self._fill != self._theme.raised else self._theme.text))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(head, right, self._score)

    def _paint_word(self, painter: QPainter, place: QRectF) -> None:
        """At its full height always; a word too long for the banner is narrowed."""
        font = self._theme.font(self.word_px, strong=True)
        path = QPainterPath()
        path.addText(QPointF(0, 0), font, self._word)
        ink = path.boundingRect()
        narrowing = min(1.0, place.width() / ink.width())
        centred = place.x() + (place.width() - ink.width() * narrowing) / 2
        left = place.x() if self._decision else centred
        capitals = QFontMetricsF(font).capHeight()
        baseline = place.center().y() + capitals / 2
        shift = QTransform.fromTranslate(left, baseline).scale(narrowing, 1.0)
        painter.fillPath(shift.translate(-ink.x(), 0).map(path), QColor(self._ink))
