"""Copper of a board: tracks that avoid one another, and the vias at their ends.

Everything is in pixels of the frame.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.board_layout import SIZE
from engines.synthetic.board_pen import box
from engines.synthetic.board_plan import Plan
from engines.synthetic.draws import Draws
from engines.synthetic.shapes import Points

_EIGHTH = math.pi / 4
_STEP = 2.0
_SHORTER = (1.0, 0.85, 0.7, 0.55, 0.4)


@dataclass(frozen=True, slots=True)
class Pad:
    """A rectangle of bare metal; `quarters` is where a lead of the inspected chip goes."""

    x: float
    y: float
    width: float
    height: float
    chip: bool = False
    hole: bool = False
    quarters: int | None = None


@dataclass(slots=True)
class Copper:
    """What is etched into a board: tracks with their width, vias with their radius."""

    pads: list[Pad]
    tracks: list[tuple[Points, float]] = field(default_factory=list)
    vias: list[tuple[float, float, float]] = field(default_factory=list)
    used: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((SIZE, SIZE), np.uint8))


def pads_of(plan: Plan) -> Iterator[Pad]:
    """The chip's first, in the order of its pins."""
    for pin, place in zip(plan.package.pins(), plan.package.pads(), strict=True):
        x, y, width, height = _turned(place, plan.quarters, plan.unit)
        quarters = (pin[2] + plan.quarters) % 4
        yield Pad(plan.x + x, plan.y + y, width, height, chip=True, quarters=quarters)
    for placed in plan.parts:
        for place in placed.part.pads:
            x, y, width, height = _turned(place, placed.quarters, plan.unit)
            yield Pad(placed.x + x, placed.y + y, width, height, hole=placed.part.holes)


def _turned(
    place: tuple[float, float, float, float], quarters: int, unit: float
) -> tuple[float, float, float, float]:
    x, y, width, height = (unit * length for length in place)
    for _ in range(quarters):
        x, y, width, height = -y, x, height, width
    return x, y, width, height


def etch(draws: Draws, plan: Plan) -> Copper:
    copper = Copper(list(pads_of(plan)))
    clear = 0.2 * plan.unit
    for pad in copper.pads:
        outline = box(pad.x, pad.y, pad.width + 2 * clear, pad.height + 2 * clear)
        cv2.fillPoly(copper.used, [np.rint(outline).astype(np.int32)], 255)
    fine = min(0.22 * plan.unit, 0.5 * plan.unit * plan.package.pitch)
    _fan_out(draws, plan, copper, fine)
    for pad in copper.pads:
        if not pad.chip and draws.chance(0.75):
            width = plan.unit * draws.one_of((0.2, 0.25, 0.4))
            heading = draws.integer(0, 3) * 2 * _EIGHTH
            _walk(copper, _leaving(pad, heading), _turns(draws, heading, plan.unit), width)
    for _ in range(draws.integer(10, 90)):
        start = draws.uniform(0, SIZE), draws.uniform(0, SIZE), 0.0
        if not copper.used[int(start[1]), int(start[0])]:
            width = plan.unit * draws.one_of((0.2, 0.25, 0.25, 0.5))
            heading = draws.integer(0, 7) * _EIGHTH
            _walk(copper, start, _turns(draws, heading, 2.5 * plan.unit), width, via=True)
    return copper


def _leaving(pad: Pad, heading: float) -> tuple[float, float, float]:
    """Where a track begins, and how far it runs until it has left its own pad."""
    reach = 0.5 * abs(pad.width * math.cos(heading)) + 0.5 * abs(pad.height * math.sin(heading))
    return pad.x, pad.y, reach + 8


def _turns(draws: Draws, heading: float, unit: float) -> list[tuple[float, float]]:
    """Heading and length of each piece of a track, that turns by eighths."""
    pieces = []
    for _ in range(draws.integer(1, 4)):
        pieces.append((heading, unit * draws.uniform(1.5, 6)))
        heading += draws.sign() * _EIGHTH
    return pieces


def _fan_out(draws: Draws, plan: Plan, copper: Copper, width: float) -> None:
    """Neighbouring pins go out together, turn once and go on, or go inwards."""
    left, pieces, step = 0, [(0.0, 0.0)], 0
    for pad in (pad for pad in copper.pads if pad.chip):
        assert pad.quarters is not None
        outwards = pad.quarters * 2 * _EIGHTH
        if left == 0 or outwards != pieces[0][0]:
            left, step = draws.integer(2, 9), draws.integer(-1, 1)
            pieces = [
                (outwards, plan.unit * draws.uniform(1.5, 3.0)),
                (outwards + step * _EIGHTH, plan.unit * draws.uniform(1, 7)),
                (outwards, plan.unit * draws.uniform(1, 12)),
            ]
        left -= 1
        if draws.chance(0.8):
            _walk(copper, _leaving(pad, outwards), pieces, width)
        elif draws.chance(0.4):
            inwards = outwards + 4 * _EIGHTH
            reach = plan.unit * draws.uniform(1.3, 2.5)
            _walk(copper, _leaving(pad, inwards), [(inwards, reach)], width)


def _walk(
    copper: Copper,
    start: tuple[float, float, float],
    pieces: list[tuple[float, float]],
    width: float,
    via: bool = False,
) -> None:
    """Lay a track as far as nothing is in its way, to a via; with `via` it begins in one too.

    Args:
        copper: changed.
        start: x, y and the length within which nothing is in the way.
        pieces: heading and length of each.
        width: of the track.
        via: whether the track begins in a via.
    """
    corners = [np.array(start[:2])]
    for heading, length in pieces:
        corners.append(corners[-1] + length * np.array([math.cos(heading), math.sin(heading)]))
    free, left_frame = _free_length(copper, corners, start[2], width)
    radius = max(1.2 * width, 0.9 * width + 2.0)
    for share in (1.0,) if left_frame else _SHORTER:
        stroke = _cut(corners, share * free)
        ends = [stroke[0]] * via + [stroke[-1]] * (not left_frame)
        if all(_room_for_via(copper, end, radius) for end in ends):
            break
    else:
        return
    if share * free < start[2] + 3 * radius:
        return
    copper.tracks.append((stroke, width))
    cv2.polylines(
        copper.used, [np.rint(stroke).astype(np.int32)], False, 255, round(2.6 * width + 1)
    )
    for x, y in ends:
        copper.vias.append((float(x), float(y), radius))
        cv2.circle(copper.used, (round(float(x)), round(float(y))), round(2.2 * radius), 255, -1)


def _room_for_via(copper: Copper, end: NDArray[np.float32], radius: float) -> bool:
    left, top = (max(0, math.floor(at - radius)) for at in end.tolist())
    right, bottom = (max(0, math.ceil(at + radius) + 1) for at in end.tolist())
    return not copper.used[top:bottom, left:right].any()


def _free_length(
    copper: Copper, corners: list[NDArray[np.float64]], own: float, width: float
) -> tuple[float, bool]:
    """How far a track can go, and whether it leaves the frame there."""
    done = 0.0
    for begin, end in pairwise(corners):
        length = float(np.hypot(*(end - begin)))
        count = max(2, round(length / _STEP))
        ways = np.linspace(0, length, count)
        places = np.rint(begin + ways[:, None] * (end - begin) / length).astype(int)
        outside = np.any((places < 0) | (places >= SIZE), axis=1)
        inside = np.clip(places, 0, SIZE - 1)
        met = np.asarray(copper.used[inside[:, 1], inside[:, 0]] > 0)
        blocked = met & (done + ways > own) & ~outside
        stop = np.flatnonzero(blocked | outside)
        if stop.size:
            if outside[stop[0]]:
                return done + ways[stop[0]] + 4 * width, True
            return max(0.0, done + ways[stop[0]] - 1.5 * width - 3), False
        done += length
    return done, False


def _cut(corners: list[NDArray[np.float64]], length: float) -> Points:
    """The first `length` pixels of a way."""
    points = [corners[0]]
    for begin, end in pairwise(corners):
        piece = float(np.hypot(*(end - begin)))
        if length <= piece:
            points.append(begin + length / piece * (end - begin))
            break
        points.append(end)
        length -= piece
    return np.asarray(points, np.float32)
