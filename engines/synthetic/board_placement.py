"""Where a chip comes to lie, rightly or wrongly."""

import math
from dataclasses import dataclass

from engines.synthetic.draws import Draws
from engines.synthetic.part import Corners

# Good chips keep this share of the tolerance, wrong ones exceed it by this factor: on the limit
# itself nobody can tell.
_WELL_WITHIN, _BEYOND = 0.9, 1.1


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a chip may lie from its place, and how far it ever does.

    Raises:
        ValueError: a limit is not positive, or nothing lies beyond a tolerance.
    """

    tolerance_px: float = 5.0
    tolerance_degrees: float = 2.0
    largest_shift_px: float = 24.0
    largest_rotation_degrees: float = 12.0

    def __post_init__(self) -> None:
        for tolerance, largest, what in (
            (self.tolerance_px, self.largest_shift_px, "shift in pixels"),
            (self.tolerance_degrees, self.largest_rotation_degrees, "rotation in degrees"),
        ):
            if not 0 < _BEYOND * tolerance < largest < math.inf:
                raise ValueError(
                    f"The largest {what} must be more than {_BEYOND * tolerance:g}, "
                    f"{_BEYOND:g} times the tolerance, not {largest:g}."
                )


@dataclass(frozen=True, slots=True)
class Placement:
    """How far a chip lies from its place: pixels of the frame, and radians clockwise."""

    right: float
    down: float
    turn: float


def place(draws: Draws, label: str | None, limits: Limits) -> Placement:
    """A placement, of the same direction with every label.

    `displaced` chips are shifted beyond the tolerance and half of them turned as well, `rotated`
    ones are turned beyond it; all others lie well within both.
    """
    direction = draws.uniform(0, 2 * math.pi)
    even_over_the_area = math.sqrt(draws.uniform())
    shift = _WELL_WITHIN * limits.tolerance_px * even_over_the_area
    degrees = _WELL_WITHIN * limits.tolerance_degrees * draws.uniform(-1, 1)
    if label == "displaced":
        shift = draws.uniform(_BEYOND * limits.tolerance_px, limits.largest_shift_px)
        if draws.chance(0.5):
            degrees = limits.largest_rotation_degrees * draws.uniform(-1, 1)
    if label == "rotated":
        least = _BEYOND * limits.tolerance_degrees
        degrees = draws.sign() * draws.uniform(least, limits.largest_rotation_degrees)
    return Placement(
        shift * math.cos(direction), shift * math.sin(direction), math.radians(degrees)
    )


def corners_of(x: float, y: float, width: float, height: float, turn: float) -> Corners:
    """Upper left, upper right, lower left, lower right of a rectangle around (x, y).

    With them as c1 to c4 the sides are e1 = c3 - c1 (left), e2 = c4 - c3 (lower),
    e3 = c2 - c4 (right) and e4 = c2 - c1 (upper).
    """
    cos, sin = math.cos(turn), math.sin(turn)
    return tuple(
        (
            x + 0.5 * (across * width * cos - down * height * sin),
            y + 0.5 * (across * width * sin + down * height * cos),
        )
        for across, down in ((-1, -1), (1, -1), (-1, 1), (1, 1))
    )
