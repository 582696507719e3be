"""Parts that stand around the inspected chip: their pads in millimetres, and how they look."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engines.synthetic.board_package import (
    PACKAGES,
    Package,
    Rectangle,
    chip_look,
    code,
    draw_package,
)
from engines.synthetic.board_pen import Colour, Pen, box, scaled
from engines.synthetic.draws import Draws

_TIN: Colour = (176.0, 177.0, 180.0)
# Length, width: 0402, 0603, 0805, 1206.
_SIZES = ((1.0, 0.5), (1.6, 0.8), (2.0, 1.25), (3.2, 1.6))


@dataclass(frozen=True, slots=True)
class Part:
    """Lengths in millimetres, around the middle of the part.

    Attributes:
        prefix: of its reference designator.
        size: width and height of what it covers, pads included.
        pads: x, y, width and height of each.
        outlined: whether the silkscreen shows its outline.
        draw: what stands on the pads.
        holes: whether the pads are drilled.
    """

    prefix: str
    size: tuple[float, float]
    pads: tuple[Rectangle, ...]
    outlined: bool
    draw: Callable[[Pen, Draws], None]
    holes: bool = False


def _ends(length: float, width: float, pad: float) -> tuple[Rectangle, ...]:
    reach = 0.5 * length + 0.1 * pad
    return ((-reach, 0.0, pad, width), (reach, 0.0, pad, width))


def _two_ended(
    prefix: str, length: float, width: float, draw: Callable[[Pen, Draws], None]
) -> Part:
    pad = 0.32 * length + 0.35
    pads = _ends(length - 0.4 * pad, 1.12 * width, pad)
    return Part(prefix, (length + pad, 1.12 * width), pads, length > 2.4, draw)


def _solder(pen: Pen, length: float, width: float) -> None:
    """Fillets that climb the ends of a part."""
    for end in (-1, 1):
        x = end * (0.5 * length + 0.1)
        pen.block((x, 0.0, 0.3, 0.92 * width), 0.1, (150.0, 151.0, 153.0), gloss=0.7)


def resistor(draws: Draws) -> Part:
    length, width = draws.one_of(_SIZES[:3])
    text = code(draws, draws.one_of(("000", "0000", "00A")))
    level = draws.uniform(22, 42)

    def draw(pen: Pen, look: Draws) -> None:
        pen.shade(box(0.0, 0.0, length, width), 0.55, 0.12, lift=0.2)
        _solder(pen, length, width)
        pen.block((0.0, 0.0, length, width), 0.05, scaled(_TIN, look.uniform(0.9, 1.1)), 0.3)
        pen.box(0.0, 0.0, 0.66 * length, 0.98 * width, (198.0, 196.0, 188.0))
        pen.box(0.0, 0.0, 0.62 * length, 0.86 * width, (level, level, 1.1 * level))
        if length > 1.2:
            size = min(0.46 * width, 0.66 * length / len(text))
            pen.letters(text, 0.0, 0.0, size, (205.0, 205.0, 200.0), 0.13 * size)

    return _two_ended("R", length, width, draw)


def capacitor(draws: Draws) -> Part:
    length, width = draws.one_of(_SIZES)
    warmth, level = draws.uniform(0.2, 0.6), draws.uniform(110, 176)
    body = (level, level * (1 - 0.38 * warmth), level * (1 - 1.0 * warmth))

    def draw(pen: Pen, look: Draws) -> None:
        pen.shade(box(0.0, 0.0, length, width), 0.5, 0.14, lift=0.3)
        _solder(pen, length, width)
        pen.block((0.0, 0.0, length, width), 0.09, scaled(_TIN, look.uniform(0.9, 1.1)), 0.4)
        shade = scaled(body, look.uniform(0.94, 1.06))
        pen.block((0.0, 0.0, 0.6 * length, 1.01 * width), 0.1 * width, shade, 0.3)

    return _two_ended("C", length, width, draw)


def tantalum(draws: Draws) -> Part:
    length, width = draws.one_of(((3.2, 1.6), (3.5, 2.8), (6.0, 3.2)))
    body: Colour = draws.one_of(((206.0, 158.0, 52.0), (44.0, 42.0, 44.0), (196.0, 138.0, 40.0)))
    text = code(draws, draws.one_of(("000A", "00-00", "A000")))

    def draw(pen: Pen, look: Draws) -> None:
        pen.shade(box(0.0, 0.0, length, width), 0.45, 0.2, lift=0.5)
        _solder(pen, length, 0.7 * width)
        pen.block((0.0, 0.0, length, width), 0.08 * width, scaled(body, look.uniform(0.95, 1.05)))
        mark = (95.0, 52.0, 24.0) if body[0] > 100 else (150.0, 148.0, 140.0)
        pen.box(-0.38 * length, 0.0, 0.14 * length, 0.84 * width, mark)
        size = min(0.3 * width, 0.6 * length / len(text))
        pen.letters(text, 0.08 * length, 0.0, size, mark, 0.12 * size)

    return _two_ended("C", length, width, draw)


def can(draws: Draws) -> Part:
    """An electrolytic capacitor on its square foot."""
    wide = draws.one_of((4.3, 5.3, 6.6))
    lines = code(draws, draws.one_of(("00", "000"))), code(draws, "00A")

    def draw(pen: Pen, look: Draws) -> None:
        pen.shade(box(0.0, 0.0, wide, wide), 0.4, 0.4, lift=0.9)
        foot = box(0.0, 0.0, wide, wide)
        cut = 0.2 * wide
        slanted = np.array([foot[0] + (cut, 0), *foot[1:3], foot[3] + (cut, 0)])
        pen.polygon(np.vstack([slanted, foot[0] + (0, cut)]).astype(np.float32), (26.0, 26.0, 28.0))
        radius = 0.47 * wide
        level = look.uniform(168, 205)
        pen.dimple(0.0, 0.0, radius, (238.0,) * 3, (110.0,) * 3, (level, level, level + 2))
        turn = np.linspace(-0.95, 0.95, 16) + np.pi
        wedge = 0.86 * radius * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        pen.polygon(wedge.astype(np.float32), (38.0, 38.0, 44.0))
        for number, line in enumerate(lines):
            y = (number - 0.5) * 0.24 * wide
            pen.letters(line, 0.12 * wide, y, 0.14 * wide, (50.0, 50.0, 54.0), 0.02 * wide)

    pads = _ends(0.86 * wide, 0.28 * wide, 0.42 * wide)
    return Part("C", (1.35 * wide, wide), pads, True, draw)


def crystal(draws: Draws) -> Part:
    length, width = draws.one_of(((5.0, 3.2), (3.2, 2.5), (7.0, 5.0)))
    text = draws.one_of(("8.000", "16.000", "24.000", "25.000", "12.288"))

    def draw(pen: Pen, look: Draws) -> None:
        pen.shade(box(0.0, 0.0, length, width), 0.5, 0.15, lift=0.35)
        pen.block((0.0, 0.0, length, width), 0.06 * width, (168.0, 150.0, 108.0), 0.3)
        level = look.uniform(165, 200)
        lid = (0.0, 0.0, 0.88 * length, 0.84 * width)
        pen.block(lid, 0.05 * width, (level, level, level), 0.3)
        size = min(0.24 * width, 0.7 * length / len(text))
        pen.letters(text, 0.0, 0.0, size, (92.0, 92.0, 94.0), 0.12 * size)

    pads = tuple(
        (x * 0.36 * length, y * 0.36 * width, 0.36 * length, 0.4 * width)
        for x in (-1, 1)
        for y in (-1, 1)
    )
    return Part("Y", (1.15 * length, 1.15 * width), pads, True, draw)


def inductor(draws: Draws) -> Part:
    wide = draws.one_of((4.0, 5.0, 6.8))
    text = code(draws, draws.one_of(("000", "0A0")))
    level = draws.uniform(46, 84)
    round_core = draws.chance(0.5)

    def draw(pen: Pen, look: Draws) -> None:
        pen.shade(box(0.0, 0.0, wide, wide), 0.42, 0.25, lift=0.6)
        grey = look.uniform(0.95, 1.05) * level
        pen.block((0.0, 0.0, wide, wide), 0.08 * wide, (grey, grey, grey), 0.3)
        if round_core:
            copper = (150.0, 84.0, 46.0)
            pen.disc(0.0, 0.0, 0.42 * wide, scaled(copper, 0.5))
            pen.disc(0.0, 0.0, 0.39 * wide, copper)
            pen.disc(0.0, 0.0, 0.3 * wide, (1.3 * grey, 1.3 * grey, 1.3 * grey))
        pen.letters(text, 0.0, 0.0, 0.22 * wide, (190.0, 190.0, 186.0), 0.03 * wide)

    pads = _ends(0.75 * wide, 0.5 * wide, 0.4 * wide)
    return Part("L", (1.3 * wide, wide), pads, True, draw)


def diode(draws: Draws) -> Part:
    length, width = draws.one_of(((2.7, 1.6), (4.3, 2.6)))
    text = code(draws, draws.one_of(("A0", "AA", "A00")))

    def draw(pen: Pen, look: Draws) -> None:
        pen.shade(box(0.0, 0.0, length, width), 0.45, 0.15, lift=0.35)
        _solder(pen, length + 0.3, 0.45 * width)
        level = look.uniform(30, 48)
        pen.block((0.0, 0.0, length, width), 0.1 * width, (level, level, level))
        pen.box(-0.33 * length, 0.0, 0.1 * length, 0.82 * width, (168.0, 168.0, 164.0))
        pen.letters(text, 0.1 * length, 0.0, 0.3 * width, (150.0, 150.0, 148.0), 0.05 * width)

    return _two_ended("D", length, 0.7 * width, draw)


def lamp(draws: Draws) -> Part:
    """A light-emitting diode."""
    length, width = _SIZES[draws.integer(1, 2)]

    def draw(pen: Pen, look: Draws) -> None:
        pen.shade(box(0.0, 0.0, length, width), 0.55, 0.1, lift=0.2)
        _solder(pen, length, width)
        pen.block((0.0, 0.0, length, width), 0.05, (205.0, 205.0, 198.0), 0.2)
        warm = look.uniform(150, 215)
        pen.block((0.0, 0.0, 0.6 * length, 0.94 * width), 0.08, (226.0, 220.0, warm), 0.2)
        pen.disc(0.0, 0.0, 0.2 * width, (196.0, 178.0, 96.0))

    return _two_ended("D", length, width, draw)


_SOT23 = Package("SOT-23", 1.3, 2.9, 2, 0, 1.9, 0.55, 0.4)


def transistor(draws: Draws) -> Part:
    """A SOT-23: two legs on one side, one on the other."""
    text = code(draws, draws.one_of(("A0A", "0AA", "AA0")))
    pins = [*list(_SOT23.pins())[:2], (0.65, 0.0, 0)]

    def draw(pen: Pen, look: Draws) -> None:
        pen.shade(box(0.0, 0.0, 1.3, 2.9), 0.5, 0.12, lift=0.3)
        for x, y, quarters in pins:
            leg = pen.at(x, y, quarters)
            leg.block((0.27, 0.0, 0.55, 0.42), 0.08, _TIN, 0.5)
        level = look.uniform(28, 46)
        pen.block((0.0, 0.0, 1.3, 2.9), 0.1, (level, level, level))
        turned = pen.at(0.0, 0.0, 3)
        turned.letters(text, 0.0, 0.0, 0.6, (160.0, 160.0, 158.0), 0.09)

    pads = tuple((x + (0.4 if x > 0 else -0.4), y, 0.9, 0.62) for x, y, _ in pins)
    return Part("Q", (3.3, 2.9), pads, True, draw)


def circuit(draws: Draws) -> Part:
    """Another integrated circuit, of the smaller packages."""
    package = draws.one_of([package for package in PACKAGES if package.height < 11])
    look = chip_look(draws)

    def draw(pen: Pen, chance: Draws) -> None:
        draw_package(pen, package, look, chance)

    return Part("U", package.extent, tuple(package.pads()), True, draw)


def header(draws: Draws) -> Part:
    """A row of pins, or of holes that wait for one."""
    count, rows = draws.integer(3, 10), draws.integer(1, 2)
    fitted = draws.chance(0.5)
    pads = tuple(
        (2.54 * (column - (count - 1) / 2), 2.54 * (row - (rows - 1) / 2), 1.7, 1.7)
        for column in range(count)
        for row in range(rows)
    )

    def draw(pen: Pen, look: Draws) -> None:
        if not fitted:
            return
        level = look.uniform(20, 34)
        pen.shade(box(0.0, 0.0, 2.54 * count, 2.54 * rows), 0.45, 0.3, lift=0.7)
        for x, y, _, _ in pads:
            pen.block((x, y, 2.5, 2.5), 0.3, (level, level, level + 2), 0.5)
            pen.block((x, y, 0.66, 0.66), 0.16, (205.0, 176.0, 100.0), 0.6)

    return Part("J", (2.54 * count, 2.54 * rows), pads, True, draw, holes=True)


LARGE = (circuit, circuit, circuit, tantalum, can, crystal, inductor, header, header)
SMALL = (resistor, resistor, resistor, capacitor, capacitor, capacitor, transistor, diode, lamp)
PASSIVE = (resistor, capacitor)
