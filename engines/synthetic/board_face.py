"""The picture of a board without the inspected chip, at twice the frame's resolution."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.board_layout import SIZE
from engines.synthetic.board_pen import Pen, Vector, box, scaled
from engines.synthetic.board_plan import Plan
from engines.synthetic.board_tracks import Copper, Pad, etch
from engines.synthetic.draws import Draws
from engines.synthetic.shapes import Points, soften, spread

SCALE = 2
_CANVAS = SCALE * SIZE
_HOLE = (16.0, 15.0, 14.0)
_LAMINATE = (104.0, 94.0, 66.0)
_SILK = (222.0, 224.0, 218.0)
_FULL = (255.0,)


def pen_on(canvas: NDArray[np.uint8], light: Vector) -> Pen:
    """Draws in pixels of the frame, 0 at the middle of the first."""
    middle = (SCALE - 1) / 2
    return Pen(canvas, middle, middle, unit=float(SCALE), light=light)


def in_millimetres(pen: Pen, plan: Plan) -> Pen:
    return Pen(pen.canvas, pen.x, pen.y, pen.angle, pen.unit * plan.unit, pen.light)


def bare_place(draws: Draws, plan: Plan) -> NDArray[np.uint8]:
    """(2 H, 2 W, 3) uint8 RGB: everything but the chip, its pads soldered."""
    copper = etch(draws, plan)
    canvas = _mask(draws, plan, copper)
    pen = pen_on(canvas, plan.light)
    for x, y, radius in copper.vias:
        _draw_via(pen, plan, x, y, radius, tented=draws.chance(0.5))
    _print_silk(draws, pen, plan)
    for pad in copper.pads:
        _draw_pad(pen, plan, pad)
    for placed in plan.parts:
        turn = draws.uniform(-0.02, 0.02)
        mine = pen.at(placed.x, placed.y, placed.quarters, turn)
        placed.part.draw(in_millimetres(mine, plan), draws)
    return canvas


def _mask(draws: Draws, plan: Plan, copper: Copper) -> NDArray[np.uint8]:
    """Solder mask over laminate and copper, whose edges stand out a little."""
    relief = soften(_copper(plan, copper).astype(np.float32) / np.float32(255), 1.3)
    slope = cv2.Sobel(relief, cv2.CV_32F, 1, 0) * -plan.light[0]
    slope += cv2.Sobel(relief, cv2.CV_32F, 0, 1) * -plan.light[1]
    x = np.arange(_CANVAS, dtype=np.float32)
    thread = 0.07 * plan.unit
    weave = np.sin(x / thread)[None, :] * np.sin(x / thread)[:, None]
    shade = 1 + 0.08 * slope + 0.02 * weave * (1 - relief)
    shade += 0.03 * spread(draws, _CANVAS, _CANVAS, 160, 160)
    shade += 0.015 * spread(draws, _CANVAS, _CANVAS, 5, 5)
    colours = np.array([plan.bare, plan.covered], np.float32)
    picture = colours[0] + relief[..., None] * (colours[1] - colours[0])
    picture *= np.asarray(shade, np.float32)[..., None]
    return np.asarray(np.clip(np.rint(picture), 0, 255), np.uint8)


def _copper(plan: Plan, copper: Copper) -> NDArray[np.uint8]:
    """(2 H, 2 W) uint8: 255 where there is copper."""
    picture = np.full((_CANVAS, _CANVAS), 255 if plan.pour else 0, np.uint8)
    pen = pen_on(picture, plan.light)
    for gap, level in ((0.22 * plan.unit, (0.0,)), (0.0, _FULL)):
        for stroke, width in copper.tracks:
            pen.line(stroke, level, width + 2 * gap)
        for x, y, radius in copper.vias:
            pen.disc(x, y, radius + gap, level)
        for pad in copper.pads:
            pen.box(pad.x, pad.y, pad.width + 2 * gap, pad.height + 2 * gap, level)
    return picture


def _draw_via(pen: Pen, plan: Plan, x: float, y: float, radius: float, tented: bool) -> None:
    if tented:
        pen.disc(x, y, radius, scaled(plan.covered, 1.1))
        pen.disc(x, y, 0.5 * radius, scaled(plan.bare, 0.6))
    else:
        pen.disc(x, y, radius, plan.metal)
        pen.disc(x, y, 0.52 * radius, _HOLE)


def _draw_pad(pen: Pen, plan: Plan, pad: Pad) -> None:
    """Laminate shows where the mask keeps off; solder stands on the pad, highest in its middle."""
    gap = 0.07 * plan.unit
    pen.box(pad.x, pad.y, pad.width + 2 * gap, pad.height + 2 * gap, scaled(_LAMINATE, 0.7))
    if pad.hole:
        radius = 0.5 * pad.width
        pen.disc(pad.x, pad.y, radius, plan.metal)
        pen.disc(pad.x, pad.y, 0.55 * radius, _HOLE)
        return
    small = min(pad.width, pad.height)
    pen.box(pad.x, pad.y, pad.width, pad.height, scaled(plan.metal, 0.9))
    body = (pad.x, pad.y, pad.width - 0.1 * small, pad.height - 0.1 * small)
    pen.block(body, 0.3 * small, (166.0, 168.0, 171.0), gloss=0.6)
    glint = 0.12 * small
    pen.disc(
        pad.x + glint * pen.light[0],
        pad.y + glint * pen.light[1],
        0.16 * small,
        (226.0, 227.0, 228.0),
    )


def _print_silk(draws: Draws, pen: Pen, plan: Plan) -> None:
    line = min(3.0, 0.14 * plan.unit)
    ink = scaled(_SILK, draws.uniform(0.82, 1.04))
    for title in plan.titles:
        mine = pen.at(title.x, title.y, 0 if title.level else 3)
        mine.letters(title.text, 0.0, 0.0, title.height, ink, 0.14 * title.height)
    for placed in plan.parts:
        width, depth = (plan.unit * length for length in placed.part.size)
        mine = pen.at(placed.x, placed.y, placed.quarters)
        if placed.part.outlined or (plan.boxed and width > 1.4 * plan.unit):
            outline = box(0.0, 0.0, width + 3 * line, depth + 3 * line)
            mine.line(outline, ink, line, closed=True)
    _print_chip(pen, plan, ink, line)


def _print_chip(pen: Pen, plan: Plan, ink: tuple[float, float, float], line: float) -> None:
    """Where the chip belongs: its ends or its corners, and pin 1."""
    mine = pen.at(plan.x, plan.y, plan.quarters)
    unit, package = plan.unit, plan.package
    width, height = unit * package.width, unit * package.height
    if not package.above:
        for end in (-1, 1):
            y = end * (0.5 * height + 2.5 * line)
            stroke: Points = np.array([[-0.5 * width, y], [0.5 * width, y]], np.float32)
            mine.line(stroke, ink, line)
    else:
        arm = 0.5 * unit
        for across, down in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
            x, y = across * (0.5 * width + 2 * line), down * (0.5 * height + 2 * line)
            corner = [[x - across * arm, y], [x, y], [x, y - down * arm]]
            mine.line(np.array(corner, np.float32), ink, line)
    first = package.pads()[0]
    mine.disc(unit * (first[0] - 0.5 * first[2]) - 3 * line, unit * first[1], 1.6 * line, ink)
