"""What one design of board looks like, from its number."""

import math
from dataclasses import dataclass

from engines.synthetic.board_layout import SIZE, Layout, Placed, Title, place_all
from engines.synthetic.board_package import PACKAGES, Look, Package, chip_look
from engines.synthetic.board_pen import Colour, Vector, lettering_width, scaled
from engines.synthetic.draws import Draws

_CHIP_SIDE = (125.0, 225.0)
_DENSEST = 30.0
_WRONG_PACKAGES = 5


# Solder mask over bare laminate, and over copper.
_MASKS: dict[str, tuple[Colour, Colour]] = {
    "green": ((20.0, 74.0, 46.0), (34.0, 112.0, 66.0)),
    "blue": ((16.0, 42.0, 98.0), (28.0, 66.0, 146.0)),
    "black": ((24.0, 25.0, 28.0), (42.0, 43.0, 47.0)),
    "red": ((112.0, 20.0, 24.0), (156.0, 36.0, 36.0)),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One design of board.

    Attributes:
        bare, covered: the solder mask's colours over laminate and over copper.
        metal: colour of pads without solder.
        pour: whether copper fills what tracks leave free.
        unit: pixels of the frame for a millimetre.
        light: towards the lamp.
        package, look: of the inspected chip.
        x, y, quarters: where the chip belongs.
        wrong: packages that do not belong there and could be taken for it.
        parts: what stands around it.
        titles: texts of the silkscreen.
        boxed: whether the silkscreen shows the outlines of small parts too.
    """

    bare: Colour
    covered: Colour
    metal: Colour
    pour: bool
    unit: float
    light: Vector
    package: Package
    look: Look
    x: float
    y: float
    quarters: int
    wrong: tuple[Package, ...]
    parts: tuple[Placed, ...]
    titles: tuple[Title, ...]
    boxed: bool


def footprint(package: Package, quarters: int) -> tuple[float, float]:
    """Width and height of the body as it lies on the board, in millimetres."""
    if quarters % 2:
        return package.height, package.width
    return package.width, package.height


def plan_board(draws: Draws) -> Plan:
    bare, covered = _mask(draws)
    package = draws.one_of(PACKAGES)
    side = draws.uniform(*_CHIP_SIDE)
    unit = min(side / max(package.width, package.height), _DENSEST)
    light = draws.uniform(0, 2 * math.pi)
    x, y = (SIZE / 2 + draws.uniform(-24, 24) for _ in range(2))
    quarters = draws.integer(0, 3)
    layout = Layout(draws, unit)
    width, height = (unit * length for length in _extent(package, quarters))
    layout.take_chip(x, y, width, height)
    layout.put_title(_chip_tag(draws, package, quarters, (x, y), unit))
    place_all(layout, (x, y, width, height))
    return Plan(
        bare,
        covered,
        (206.0, 168.0, 92.0) if draws.chance(0.5) else (178.0, 179.0, 182.0),
        draws.chance(0.55),
        unit,
        (0.8 * math.cos(light), 0.8 * math.sin(light)),
        package,
        chip_look(draws),
        x,
        y,
        quarters,
        _others(package),
        tuple(layout.parts),
        tuple(layout.titles),
        draws.chance(0.35),
    )


def _mask(draws: Draws) -> tuple[Colour, Colour]:
    bare, covered = _MASKS[draws.one_of(("green", "green", "green", "blue", "black", "red"))]
    factor, tint = draws.uniform(0.75, 1.25), [draws.uniform(0.9, 1.1) for _ in range(3)]
    red, green, blue = (factor * part for part in tint)
    bare = red * bare[0], green * bare[1], blue * bare[2]
    covered = red * covered[0], green * covered[1], blue * covered[2]
    return bare, scaled(covered, draws.uniform(0.9, 1.2))


def _chip_tag(
    draws: Draws, package: Package, quarters: int, at: tuple[float, float], unit: float
) -> Title:
    width, height = (unit * length for length in _extent(package, quarters))
    size = min(18.0, unit * draws.uniform(0.9, 1.3))
    text = f"U{draws.integer(1, 30)}"
    x = at[0] + draws.sign() * 0.5 * (width - lettering_width(text, size))
    return Title(text, x, at[1] + draws.sign() * (0.5 * height + size + 10), size)


def _extent(package: Package, quarters: int) -> tuple[float, float]:
    width, height = package.extent
    return (height, width) if quarters % 2 else (width, height)


def _others(package: Package) -> tuple[Package, ...]:
    """The few that differ by a sixth or more in one side and reach least over its place."""

    def over(other: Package) -> float:
        return max(0.0, *(a - b for a, b in zip(other.extent, package.extent, strict=True)))

    def differs(other: Package) -> bool:
        across, down = other.width / package.width, other.height / package.height
        return max(abs(across - 1), abs(down - 1)) > 1 / 6 and min(across, down) > 0.4

    return tuple(sorted(filter(differs, PACKAGES), key=over)[:_WRONG_PACKAGES])
