"""Packages of integrated circuits, their pads, and how they look from above."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engines.synthetic.board_pen import Colour, Pen, box, lettering_width, scaled
from engines.synthetic.draws import Draws

Rectangle = tuple[float, float, float, float]
_PIN_1_RADIUS = 0.055


@dataclass(frozen=True, slots=True)
class Package:
    """Lengths in millimetres; pin 1 is at the upper left.

    Attributes:
        name: as the trade has it.
        width, height: of the plastic body.
        beside, above: pins on the left and right each, and on top and bottom each.
        pitch: from pin to pin.
        lead: how far the leads reach out of the body.
        lead_width: of one lead.
    """

    name: str
    width: float
    height: float
    beside: int
    above: int
    pitch: float
    lead: float
    lead_width: float

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height with its pads."""
        reach = 2 * self.lead + 0.8
        return self.width + reach, self.height + (reach if self.above else 0.0)

    def pins(self) -> Iterator[tuple[float, float, int]]:
        """Where each lead leaves the body, counter-clockwise from pin 1, and its quarter turn.

        Turned by so many quarters, a lead that points to the right points outwards.
        """
        yield from self._row(self.beside, 2, self.width)
        yield from self._row(self.above, 1, self.height)
        yield from self._row(self.beside, 0, self.width)
        yield from self._row(self.above, 3, self.height)

    def _row(self, count: int, quarters: int, across: float) -> Iterator[tuple[float, float, int]]:
        cos, sin = (1, 0, -1, 0)[quarters], (0, 1, 0, -1)[quarters]
        for number in range(count):
            step = (number - (count - 1) / 2) * self.pitch
            # Seen from above, the row runs counter-clockwise: against the turn.
            x, y = across / 2, -step
            yield cos * x - sin * y, sin * x + cos * y, quarters

    def pads(self) -> list[Rectangle]:
        """x, y, width and height of each pin's pad."""
        length, width = 0.75 * self.lead + 0.4, 1.25 * self.lead_width
        places = []
        for x, y, quarters in self.pins():
            out = 0.25 * self.lead + 0.5 * length
            cos, sin = (1, 0, -1, 0)[quarters], (0, 1, 0, -1)[quarters]
            size = (length, width) if quarters % 2 == 0 else (width, length)
            places.append((x + cos * out, y + sin * out, *size))
        return places


def _flat(name: str, width: float, height: float, beside: int, above: int, pitch: float) -> Package:
    return Package(name, width, height, beside, above, pitch, 1.0, 0.44 * pitch)


def _small(name: str, width: float, height: float, pins: int, pitch: float) -> Package:
    return Package(name, width, height, pins // 2, 0, pitch, 1.05, min(0.42, 0.4 * pitch))


PACKAGES = (
    _flat("TQFP-32", 7.0, 7.0, 8, 8, 0.8),
    _flat("TQFP-48", 7.0, 7.0, 12, 12, 0.5),
    _flat("TQFP-44", 10.0, 10.0, 11, 11, 0.8),
    _flat("LQFP-64", 10.0, 10.0, 16, 16, 0.5),
    _flat("LQFP-80", 12.0, 12.0, 20, 20, 0.5),
    _flat("LQFP-100", 14.0, 14.0, 25, 25, 0.5),
    _flat("PQFP-100", 14.0, 20.0, 30, 20, 0.65),
    _small("MSOP-8", 3.0, 3.0, 8, 0.65),
    _small("TSSOP-8", 4.4, 3.0, 8, 0.65),
    _small("SOIC-8", 3.9, 4.9, 8, 1.27),
    _small("SOIC-14", 3.9, 8.65, 14, 1.27),
    _small("SOIC-16", 3.9, 9.9, 16, 1.27),
    _small("SOIC-16W", 7.5, 10.3, 16, 1.27),
    _small("SOIC-20W", 7.5, 12.8, 20, 1.27),
    _small("SOIC-28W", 7.5, 17.9, 28, 1.27),
    _small("TSSOP-16", 4.4, 5.0, 16, 0.65),
    _small("TSSOP-20", 4.4, 6.5, 20, 0.65),
    _small("TSSOP-28", 4.4, 9.7, 28, 0.65),
    _small("SSOP-28", 5.3, 10.2, 28, 0.65),
)


@dataclass(frozen=True, slots=True)
class Look:
    """How one maker's chips of one type look.

    Attributes:
        plastic, ink: colours of the body and of its marking.
        lines: of the marking, from above.
        letter: height of the largest of them as a share of the body's smaller side.
        dot: kind of the mark at pin 1: 0 a dimple, 1 printed, 2 a dimple, and a notch at that end
            of packages with pins on two sides.
        ejector: whether the mould left a round mark in the middle.
        tin: colour of the leads.
    """

    plastic: Colour
    ink: Colour
    lines: tuple[str, ...]
    letter: float
    dot: int
    ejector: bool
    tin: Colour


def chip_look(draws: Draws) -> Look:
    level = draws.uniform(28, 68)
    tint = draws.uniform(-3, 4)
    plastic = level + tint, level, level - 0.5 * tint
    ink = 0.9 * level + draws.uniform(45, 130)
    tin = draws.uniform(150, 200)
    return Look(
        plastic,
        (ink, ink, 0.97 * ink),
        _marking(draws),
        draws.uniform(0.085, 0.13),
        draws.integer(0, 2),
        draws.chance(0.3),
        (tin, tin, 1.02 * tin),
    )


_CAPITALS = "ABCDEFGHJKLMNPRSTUVWXZ"
_DIGITS = "0123456789"


def code(draws: Draws, pattern: str) -> str:
    """Chance letters for each A and digits for each 0 of a pattern."""
    kinds = {"A": _CAPITALS, "0": _DIGITS}
    return "".join(draws.one_of(kinds[sign]) if sign in kinds else sign for sign in pattern)


def _marking(draws: Draws) -> tuple[str, ...]:
    part = code(draws, draws.one_of(("AA000A", "AAA0000", "AA00A000", "000AA00", "A000-00")))
    lines = [part, code(draws, draws.one_of(("0000", "00A00", "AA 0000"))), code(draws, "A00AA0")]
    if draws.chance(0.6):
        lines.insert(0, code(draws, draws.one_of(("AAA", "AAAAA", "AA"))))
    return tuple(lines[: draws.integer(2, len(lines))])


def draw_package(pen: Pen, package: Package, look: Look, draws: Draws) -> None:
    """Shadow, leads, body and marking, around the pen's origin in millimetres."""
    body = box(0.0, 0.0, package.width, package.height)
    pen.shade(1.04 * body, 0.45, 0.22, lift=0.45)
    for x, y, quarters in package.pins():
        _draw_lead(pen.at(x, y, quarters), package, look.tin)
    place = (0.0, 0.0, package.width, package.height)
    edge = 0.035 * min(package.width, package.height)
    pen.block(place, edge, look.plastic, gloss=0.45)
    _draw_face(pen, package, look)
    _draw_marking(pen, package, look, draws)


def _draw_lead(pen: Pen, package: Package, tin: Colour) -> None:
    """A gull wing to the right: shoulder, slope, foot."""
    length, width = package.lead, package.lead_width
    facing = pen.facing()
    pen.shade(box(0.5 * length, 0.0, length, width), 0.6, 0.06, lift=0.12)
    pen.box(0.5 * length, 0.0, length, width, scaled(tin, 0.8))
    pen.box(0.12 * length, 0.0, 0.24 * length, width, scaled(tin, 1.05 + 0.15 * facing))
    pen.box(0.38 * length, 0.0, 0.26 * length, width, scaled(tin, 0.62 + 0.35 * facing))
    pen.box(0.74 * length, 0.0, 0.42 * length, width, scaled(tin, 0.97))
    pen.box(0.74 * length, 0.0, 0.34 * length, 0.4 * width, scaled(tin, 1.22))
    pen.box(0.97 * length, 0.0, 0.06 * length, width, scaled(tin, 0.85 + 0.3 * facing))


def _draw_face(pen: Pen, package: Package, look: Look) -> None:
    """Pin 1, and what the mould left."""
    width, height = package.width, package.height
    small = min(width, height)
    radius = max(0.22, _PIN_1_RADIUS * small)
    away = 0.06 * small + 1.5 * radius
    x, y = away - width / 2, away - height / 2
    dark, pale = scaled(look.plastic, 0.7), scaled(look.plastic, 1.35)
    if look.ejector:
        pen.dimple(0.0, 0.0, 0.13 * small, dark, pale, scaled(look.plastic, 0.96))
    if look.dot == 1:
        pen.disc(x, y, 0.8 * radius, look.ink)
    else:
        pen.dimple(x, y, radius, dark, pale, scaled(look.plastic, 0.85))
    if look.dot == 2 and not package.above:
        turn = np.linspace(0, math.pi, 16)
        reach = 0.1 * small
        notch = np.stack([reach * np.cos(turn), reach * np.sin(turn) - height / 2], axis=1)
        pen.polygon(notch.astype(np.float32), dark)


def _draw_marking(pen: Pen, package: Package, look: Look, draws: Draws) -> None:
    """Along the longer side; letters in part burnt less deep."""
    small, long = sorted((package.width, package.height))
    pen = pen.at(0.0, 0.0, 3 if package.height > 1.05 * package.width else 0)
    size = look.letter * (small if package.above else 1.4 * small)
    longest = max(lettering_width(line, size) for line in look.lines)
    size *= min(1.0, 0.72 * long / longest, 0.66 * small / (1.6 * size * len(look.lines)))
    for number, line in enumerate(look.lines):
        y = 1.6 * size * (number - (len(look.lines) - 1) / 2)
        ink = scaled(look.ink, draws.uniform(0.9, 1.05))
        pen.letters(line, 0.0, y, size, ink, 0.13 * size)
