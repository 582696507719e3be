"""Pages that fill up from top to bottom, each with its head and foot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

import inspector_gui
from inspector_gui.records.report.type import (
    LINE,
    MARGIN,
    QUIET,
    SANS,
    SMALL,
    register,
    says,
    shortened,
)

WIDTH, HEIGHT = A4
INNER = WIDTH - 2 * MARGIN
_TOP, _BOTTOM = HEIGHT - MARGIN - 4 * mm, MARGIN + 4 * mm
_NUMBER = 26 * mm  # of the foot, for "Page 123 of 456"

rl_config.useA85 = 0  # pictures as bytes, not as text a quarter longer


class Pages:
    """A PDF of A4 pages.

    The same content gives the same bytes: nothing in the file comes from this computer or, but for
    `made_at`, from the clock.
    """

    def __init__(self, path: Path, title: str, subtitle: str, foot: str, made_at: str) -> None:
        """Begin the first page.

        Args:
            title, subtitle: Of the document's properties; the title is on every page's head.
            foot: At the left of every page's foot.
            made_at: UTC, ISO 8601.
        """
        register()
        self._path = path
        self._canvas = Canvas("", pagesize=A4, invariant=1, pageCompression=1, lang="en")
        self._canvas.setTitle(title)
        self._canvas.setSubject(subtitle)
        self._canvas.setAuthor("")
        self._canvas.setCreator(f"line-inspector {inspector_gui.__version__}")
        digits = "".join(c for c in made_at[:19] if c.isdigit())
        self._canvas.setDateFormatter(lambda *_: f"D:{digits}Z")
        self._title, self._foot = title, foot
        self._number = 0
        self._begin()

    def add(self, *flowables: Flowable) -> None:
        """Put what follows below what is there, on a new page where it does not fit."""
        for flowable in flowables:
            self._put(flowable)

    def together(self, flowables: Sequence[Flowable], more: float = 0) -> None:
        """Put a heading and what follows it, of which `more` is to come, on one page if it can."""
        needed = more + sum(self._height(flowable) for flowable in flowables)
        if self._room < needed <= _TOP - _BOTTOM:
            self._turn()
        self.add(*flowables)

    def space(self, height: float) -> None:
        self._y -= height

    def save(self) -> int:
        """Write the file; how many pages it has."""
        self._canvas.showPage()
        for number in range(1, self._number + 1):  # only now is it known of how many
            self._canvas.beginForm(f"page{number}", -round(_NUMBER), -3, 1, 12)
            self._canvas.setFont(SANS, SMALL.fontSize)
            self._canvas.setFillColor(QUIET)
            self._canvas.drawRightString(0, 0, f"Page {number} of {self._number}")
            self._canvas.endForm()
        data: bytes = self._canvas.getpdfdata()  # type: ignore[no-untyped-call]
        self._path.write_bytes(data)
        return self._number

    @property
    def _room(self) -> float:
        return self._y - _BOTTOM

    def _height(self, flowable: Flowable) -> float:
        height = float(flowable.wrapOn(self._canvas, INNER, self._room)[1])
        return height + self._before(flowable) + flowable.getSpaceAfter()

    def _before(self, flowable: Flowable) -> float:
        return 0 if self._y == _TOP else flowable.getSpaceBefore()

    def _put(self, flowable: Flowable) -> None:
        if self._room < 1:
            self._turn()
        before = self._before(flowable)
        _, height = flowable.wrapOn(self._canvas, INNER, self._room)
        if height + before <= self._room:
            flowable.drawOn(self._canvas, MARGIN, self._y - before - height)
            self._y -= before + height + flowable.getSpaceAfter()
            return
        parts = flowable.splitOn(self._canvas, INNER, self._room - before)
        if parts:
            self._put(parts[0])
        elif self._y == _TOP:
            raise ValueError(f"{type(flowable).__name__} is higher than a page")
        self._turn()
        self.add(*(parts[1:] or [flowable]))

    def _turn(self) -> None:
        self._canvas.showPage()
        self._begin()

    def _begin(self) -> None:
        self._number += 1
        self._y = _TOP
        self._head_and_foot()

    def _head_and_foot(self) -> None:
        top, bottom = HEIGHT - MARGIN + 2 * mm, MARGIN - 3 * mm
        if self._number > 1:
            self._line(top, self._title, INNER)
            self._rule(top - 2 * mm)
        self._rule(bottom + 4 * mm)
        self._line(bottom, self._foot, INNER - _NUMBER)
        self._canvas.saveState()
        self._canvas.translate(WIDTH - MARGIN, bottom)
        self._canvas.doForm(f"page{self._number}")
        self._canvas.restoreState()

    def _line(self, y: float, text: str, width: float) -> None:
        paragraph = says(shortened(text, width - 2, SMALL.fontSize), SMALL)
        _, height = paragraph.wrapOn(self._canvas, width, MARGIN)
        paragraph.drawOn(self._canvas, MARGIN, y - height + SMALL.fontSize)

    def _rule(self, y: float) -> None:
        self._canvas.setStrokeColor(LINE)
        self._canvas.setLineWidth(0.4)
        self._canvas.line(MARGIN, y, WIDTH - MARGIN, y)
