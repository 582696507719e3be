"""What the report draws: yield over time, bars, and pictures of parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from reportlab.lib.colors import Color, white
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from inspector_gui.records.report.type import BLUE, BOLD, LINE, QUIET, SANS, VERMILLION, WASH
from inspector_gui.records.search import Tally

LONGEST_PX = 480  # 226 to the inch
QUALITY = 80
_TICKS = 5


class YieldPlot(Flowable):
    """Share of parts that passed, a step a span of time; a gap where there were none."""

    def __init__(self, spans: Sequence[Tally], width: float, height: float = 44 * mm) -> None:
        super().__init__()
        self.width, self.height = width, height
        self._spans = spans
        self._minutes = [_minute(span.minute) for span in spans]
        gaps = [b - a for a, b in zip(self._minutes, self._minutes[1:], strict=False)]
        self._step = min(gaps, default=1)
        shares = [span.passed / span.parts for span in spans]
        self._floor = next(f for f in (0.9, 0.75, 0.5, 0.0) if min(shares) >= f)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self._left, self._bottom = 11 * mm, 6 * mm
        self._axes()
        self._times()
        self._steps()

    def _axes(self) -> None:
        canvas: Canvas = self.canv
        canvas.setFont(SANS, 7)
        canvas.setLineWidth(0.4)
        for tick in range(_TICKS):
            share = self._floor + (1 - self._floor) * tick / (_TICKS - 1)
            y = self._y(share)
            canvas.setStrokeColor(LINE)
            canvas.line(self._left, y, self.width, y)
            canvas.setFillColor(QUIET)
            canvas.drawRightString(self._left - 2 * mm, y - 2.4, f"{100 * share:.4g} %")

    def _times(self) -> None:
        canvas: Canvas = self.canv
        first, last = self._minutes[0], self._minutes[-1] + self._step
        has_days = self._spans[0].minute[:10] != self._spans[-1].minute[:10]
        steps = min(_TICKS - 1, last - first)
        for tick in range(steps + 1):
            minute = first + (last - first) * tick / steps
            at = datetime.fromtimestamp(60 * minute, UTC)
            said = f"{at:%m-%d %H:%M}" if has_days else f"{at:%H:%M}"
            left = canvas.stringWidth(said, SANS, 7) * tick / steps  # none sticks out at an end
            canvas.drawString(self._x(minute) - left, 0.5 * mm, said)

    def _steps(self) -> None:
        canvas: Canvas = self.canv
        canvas.setStrokeColor(BLUE)
        canvas.setLineWidth(1.2)
        canvas.setLineCap(1)
        path = canvas.beginPath()
        before = None
        for minute, span in zip(self._minutes, self._spans, strict=True):
            y = self._y(span.passed / span.parts)
            move = path.lineTo if before == minute else path.moveTo
            move(self._x(minute), y)
            path.lineTo(self._x(minute + self._step), y)
            before = minute + self._step
        canvas.drawPath(path, stroke=1, fill=0)

    def _x(self, minute: float) -> float:
        first, last = self._minutes[0], self._minutes[-1] + self._step
        return self._left + (self.width - self._left) * (minute - first) / (last - first)

    def _y(self, share: float) -> float:
        top = self.height - 2 * mm
        return self._bottom + (top - self._bottom) * (share - self._floor) / (1 - self._floor)


class Bar(Flowable):
    """A share of a width."""

    def __init__(self, share: float, width: float, colour: Color, height: float = 2.6 * mm) -> None:
        super().__init__()
        self.width, self.height = width, height
        self._share, self._colour = share, colour

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setFillColor(WASH)
        self.canv.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        self.canv.setFillColor(self._colour)
        self.canv.rect(0, 0, self.width * self._share, self.height, stroke=0, fill=1)


class Picture(Flowable):
    """A part's picture, scaled down, with its numbered findings on it; without one a grey field."""

    def __init__(
        self,
        pixels: NDArray[np.uint8] | None,
        findings: Sequence[Mapping[str, Any]],
        width: float,
        height: float,
    ) -> None:
        super().__init__()
        self.width, self.height = width, height if pixels is not None else height / 2
        self._pixels, self._findings = pixels, findings

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        if self._pixels is None:
            self._draw_none()
            return
        rows, columns = self._pixels.shape[:2]
        scale = min(self.width / columns, self.height / rows)
        width, height = columns * scale, rows * scale
        self.canv.translate(0, self.height - height)
        self.canv.drawImage(ImageReader(BytesIO(_jpeg(self._pixels))), 0, 0, width, height)
        for number, finding in enumerate(self._findings, 1):
            if len(box := finding.get("box") or ()) == 4:
                x, y, w, h = (side * scale for side in box)
                self._mark(number, x, height - y - h, w, h)

    def _draw_none(self) -> None:
        self.canv.setFillColor(WASH)
        self.canv.setStrokeColor(LINE)
        self.canv.setLineWidth(0.4)
        self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=1)
        self.canv.setFillColor(QUIET)
        self.canv.setFont(SANS, 7.5)
        self.canv.drawCentredString(self.width / 2, self.height / 2 - 2.5, "No picture")

    def _mark(self, number: int, x: float, y: float, width: float, height: float) -> None:
        canvas: Canvas = self.canv
        for colour, line in ((white, 2.0), (VERMILLION, 0.9)):
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(line)
            canvas.rect(x, y, width, height, stroke=1, fill=0)
        side = 3.2 * mm
        above = y + height + side <= self.height
        left = min(x, self.width - side)
        bottom = y + height if above else y + height - side
        canvas.setFillColor(VERMILLION)
        canvas.rect(left, bottom, side, side, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont(BOLD, 6.5)
        canvas.drawCentredString(left + side / 2, bottom + 2.3, str(number))


def _jpeg(pixels: NDArray[np.uint8]) -> bytes:
    longest = max(pixels.shape[:2])
    if longest > LONGEST_PX:
        size = [max(1, round(side * LONGEST_PX / longest)) for side in pixels.shape[1::-1]]
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    stored = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    _, buffer = cv2.imencode(".jpg", stored, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return buffer.tobytes()


def _minute(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+00:00").timestamp()) // 60
