"""What moves in a strip after it was turned and stopped: the liquid, its bubbles, and drops.

Everything is a function of the frame's number, so that any frame can be drawn by itself.
Coordinates are those of the picture.
"""

import math
from dataclasses import dataclass

import numpy as np

from engines.synthetic.draws import Draws
from engines.synthetic.shapes import Picture
from engines.synthetic.vial_mould import BODY_TOP, GROOVE, half_widths

HALF = 107  # of the inside of a body


@dataclass(frozen=True, slots=True)
class Surface:
    """How the liquid of one vial swings: decays from the stop at frame 0."""

    level: float
    tilt: float
    turns: float  # radians a frame
    phase: float
    decay: float  # frames
    opening: float  # half the height of the ellipse in which the surface is seen
    climb: float  # how far it creeps up the wall
    strength: float

    def swing(self, frame: int) -> float:
        return math.exp(-frame / self.decay) * math.cos(self.turns * frame + self.phase)

    def rows(self, frame: int, across: Picture) -> Picture:
        """Height of the surface's middle line, in rows, at -1 to 1 across the vial."""
        second = math.exp(-frame / (0.6 * self.decay)) * math.cos(1.9 * self.turns * frame)
        wave = self.tilt * self.swing(frame) * across
        wave = wave + 0.25 * self.tilt * second * np.cos(2 * math.pi * across)
        edge = (1 - np.abs(across)).clip(0) * HALF
        return np.asarray(self.level + wave - self.climb * np.exp(-edge / 7), np.float32)

    def half_height(self, frame: int) -> float:
        return self.opening * (1 + 0.35 * self.swing(frame + 2))


@dataclass(frozen=True, slots=True)
class Drop:
    """A bubble in the liquid or a drop above it; speed in pixels a frame, down if positive."""

    x: float
    y: float
    radius: float
    speed: float
    phase: float
    depth: float  # how dark its rim is
    starts: float = 0.0  # the frame from which it moves
    tail: float = 0.0  # how far a drop is drawn out upwards

    def fall(self, frame: int) -> float:
        return self.speed * max(0.0, frame - self.starts)


@dataclass(frozen=True, slots=True)
class Contents:
    """What one vial holds in one presentation."""

    middle: float
    surface: Surface
    bubbles: tuple[Drop, ...]
    clinging: tuple[Drop, ...]
    drops: tuple[Drop, ...]
    mist: tuple[Drop, ...]
    plug: tuple[float, float] | None  # rows of liquid caught in the neck


def filling(draws: Draws, middle: float, shift: float, movement: float) -> Contents:
    """Contents of the vial whose middle is at x = `middle`, in a movement of about 1."""
    surface = Surface(
        level=548 + shift + draws.uniform(-7, 7),
        tilt=movement * draws.uniform(5, 13),
        turns=draws.uniform(0.55, 0.8),
        phase=draws.uniform(-0.5, 0.5),
        decay=draws.uniform(4, 11),
        opening=draws.uniform(2.5, 6),
        climb=draws.uniform(2, 8),
        strength=draws.uniform(0.75, 1.15),
    )
    plug = None
    if draws.chance(0.35):
        top = draws.uniform(GROOVE + 14, 300) + shift
        plug = top, top + draws.uniform(10, 34)
    drops = _drops(draws, middle, shift)
    if plug is not None:
        apart = [not plug[0] - d.radius < d.y < plug[1] + d.radius for d in drops]
        drops = tuple(drop for drop, kept in zip(drops, apart, strict=True) if kept)
    return Contents(
        middle,
        surface,
        _bubbles(draws, middle, surface.level),
        _clinging(draws, middle, surface.level),
        drops,
        _mist(draws, middle, shift),
        plug,
    )


def _radius(draws: Draws, low: float, high: float) -> float:
    """Small ones are more common."""
    return low + (high - low) * math.pow(draws.uniform(), 2.5)


def _bubbles(draws: Draws, middle: float, level: float) -> tuple[Drop, ...]:
    bubbles = []
    swarm = draws.integer(4, 16) if draws.chance(0.35) else draws.integer(0, 5)
    for _ in range(swarm):
        radius = _radius(draws, 1.6, 8)
        x = middle + draws.uniform(-0.85, 0.85) * HALF
        y = level + draws.uniform(15, 400) * draws.uniform() ** 0.5
        speed = -(3 + 2.2 * radius) * draws.uniform(0.7, 1.2)
        bubbles.append(Drop(x, y, radius, speed, draws.uniform(0, 6), draws.uniform(0.45, 0.85)))
    for _ in range(draws.integer(0, 7)):  # at the surface already
        side = draws.sign() * (1 - 0.75 * draws.uniform() ** 2)
        x = middle + side * (HALF - 5)
        radius = _radius(draws, 1.8, 9)
        bubbles.append(Drop(x, level, radius, -9, draws.uniform(0, 6), draws.uniform(0.45, 0.85)))
    return tuple(bubbles)


def _clinging(draws: Draws, middle: float, level: float) -> tuple[Drop, ...]:
    """Bubbles that hold to the wall and do not rise."""
    return tuple(
        Drop(
            middle + draws.uniform(-0.93, 0.93) * HALF,
            level + draws.uniform(25, 405),
            _radius(draws, 1.5, 6.5),
            0.0,
            draws.uniform(0, 6),
            draws.uniform(0.4, 0.85),
        )
        for _ in range(draws.integer(0, 6))
    )


def _drops(draws: Draws, middle: float, shift: float) -> tuple[Drop, ...]:
    halves = half_widths()
    drops = []
    for _ in range(draws.integer(2, 11)):
        y = draws.uniform(285, 525)
        x = middle + draws.uniform(-0.86, 0.86) * (float(halves[int(y)]) - 6)
        radius = min(_radius(draws, 2, 13), 0.3 * float(halves[int(y)]))
        slides = y > BODY_TOP and radius > 4 and draws.chance(0.5)
        speed = draws.uniform(1, 9) if slides else 0.0
        drops.append(
            Drop(
                x,
                y + shift,
                radius,
                speed,
                draws.uniform(0, 6),
                draws.uniform(0.35, 0.8),
                draws.uniform(0, 8),
                draws.uniform(0.1, 0.9) if slides else draws.uniform(0, 0.35),
            )
        )
    return tuple(drops)


def _mist(draws: Draws, middle: float, shift: float) -> tuple[Drop, ...]:
    """Fine drops that stay where they are, in some vials many."""
    many = draws.integer(25, 70) if draws.chance(0.25) else draws.integer(0, 9)
    place, spread = draws.uniform(-0.5, 0.5), draws.uniform(0.25, 0.9)
    mist = []
    for _ in range(many):
        side = place + spread * draws.uniform(-1, 1)
        x = middle + max(-0.9, min(0.9, side)) * HALF
        y = draws.uniform(BODY_TOP, 520) + shift
        radius, depth = draws.uniform(0.9, 2.4), draws.uniform(0.2, 0.6)
        mist.append(Drop(x, y, radius, 0.0, draws.uniform(0, 6), depth))
    return tuple(mist)


def bubble_place(vial: Contents, bubble: Drop, frame: int) -> tuple[float, float]:
    """The middle of a bubble: it rises, and stays under the surface when it has come up."""
    x = bubble.x + (1.5 * math.sin(0.9 * frame + bubble.phase) if bubble.radius > 3 else 0.0)
    y = bubble.y + bubble.fall(frame)
    across = np.array([(x - vial.middle) / HALF], np.float32)
    top = float(vial.surface.rows(frame, across)[0]) + vial.surface.half_height(frame)
    if y >= top + 0.6 * bubble.radius:
        return x, y
    drift = 0.5 * vial.surface.swing(frame) * vial.surface.tilt
    return x + drift, top + 0.5 * bubble.radius
