"""The three defects of commutator faces. Each changes a face in place and returns its mask."""

import math
from collections.abc import Callable

import numpy as np

from engines.synthetic.draws import Draws
from engines.synthetic.shapes import (
    Mask,
    Picture,
    Points,
    blob,
    drawn,
    filled,
    grown,
    lay,
    path,
    soften,
    spread,
)
from engines.synthetic.surface_face import HEIGHT, WIDTH, Face


def crack(draws: Draws, face: Face) -> Mask:
    """A dark, jagged line, mostly from one edge across; it closes towards its tip."""
    depth = draws.uniform(0.25, 0.72) * (1 - float(face.texture.std()))
    softness = draws.uniform(0.5, 0.8)
    widest = draws.integer(1, 4)
    y = draws.uniform(0.1, 0.9) * HEIGHT
    heading = draws.uniform(-0.35, 0.35)
    x = draws.uniform(-2, 4)
    if draws.chance(0.6):
        x, heading = WIDTH - x, math.pi - heading
    if draws.chance(0.2):  # within the face, any way
        x, heading = draws.uniform(0.25, 0.75) * WIDTH, draws.uniform(0, 2 * math.pi)
    bend = draws.uniform(-0.008, 0.008)
    trunk = path(draws, (x, y), heading, draws.uniform(55, 190), 0.1, bend)
    seen = _split(draws, face, trunk, depth, softness, widest)
    if draws.chance(0.3):
        at = trunk[draws.integer(len(trunk) // 4, len(trunk) - 2)]
        turn = heading + draws.sign() * draws.uniform(0.3, 0.9)
        branch = path(draws, (float(at[0]), float(at[1])), turn, draws.uniform(15, 50), 0.2)
        seen = np.maximum(seen, _split(draws, face, branch, depth**0.7, softness, 1))
    return grown(seen, draws.integer(1, 2))


def _split(
    draws: Draws, face: Face, stroke: Points, depth: float, softness: float, widest: int
) -> Picture:
    """Widest where it begins, faint where it ends; the plastic's edges catch light."""
    jagged: Points = stroke + 0.7 * draws.normal(*stroke.shape)
    for thickness in range(1, widest + 1):
        share = 1 - (thickness - 1) / widest * draws.uniform(0.8, 1.1)
        length = max(2, round(share * len(jagged)))
        lay(face.shade, jagged[:length], depth ** (1 / widest), softness, thickness)
    beginning = jagged[: max(2, round(draws.uniform(0.4, 0.8) * len(jagged)))]
    lay(face.shade, beginning, depth**0.5, softness, 1)
    lit: Points = beginning + np.array([0.0, draws.sign() * (1.0 + 0.6 * widest)], np.float32)
    lay(face.shade, lit, draws.uniform(1.0, 1.15), 0.8, 1)
    return drawn(face.shape, jagged, max(1, widest - 1))


def scratch(draws: Draws, face: Face) -> Mask:
    """Bright or dark furrows across the grain, nearly straight, broken here and there."""
    heading = draws.uniform(-0.9, 0.9) + (math.pi if draws.chance(0.5) else 0.0)
    if draws.chance(0.3):  # close to the way of the tool
        heading = math.pi / 2 + draws.sign() * draws.uniform(0.08, 0.4)
    x, y = draws.uniform(0.2, 0.8) * WIDTH, draws.uniform(0.15, 0.85) * HEIGHT
    bright = draws.chance(0.7)
    # What is lost in the grain would be no defect to anybody.
    strength = draws.uniform(0.2, 0.45) + 1.5 * float(face.texture.std())
    strength = strength if bright else -0.9 * strength
    seen = np.zeros(face.shape, np.float32)
    for number in range(draws.integer(1, 3)):
        length = draws.uniform(35, 170) * (1 if number == 0 else 0.6)
        start = (
            x + draws.uniform(-9, 9) * min(number, 1) - 0.5 * length * math.cos(heading),
            y + draws.uniform(-9, 9) * min(number, 1) - 0.5 * length * math.sin(heading),
        )
        turn = heading + draws.uniform(-0.04, 0.04)
        stroke = path(draws, start, turn, length, 0.06, draws.uniform(-0.01, 0.01))
        seen = np.maximum(seen, _furrow(draws, face, stroke, strength))
    return grown(seen, draws.integer(1, 3))


def _furrow(draws: Draws, face: Face, stroke: Points, strength: float) -> Picture:
    thickness = draws.integer(1, 3)
    rough: Points = stroke + 0.25 * draws.normal(*stroke.shape)
    line = soften(drawn(face.shape, rough, thickness), draws.uniform(0.5, 0.9))
    broken = draws.uniform(0.8, 1.7) + 0.8 * spread(draws, *face.shape, 14, 14)
    # Where the plastic stands out, more of it is taken away.
    pressed = line * np.clip(broken + 2 * face.texture, 0, 1)
    fibres = np.clip(1 + 0.4 * spread(draws, *face.shape, 3, 3), 0.3, 1.7)
    face.shade *= np.asarray(np.maximum(1 + strength * pressed * fibres, 0.1), np.float32)
    # A furrow cuts through the grain.
    face.texture *= 1 - 0.5 * pressed
    return np.asarray((pressed > 0.25).astype(np.float32))


def spot(draws: Draws, face: Face) -> Mask:
    """A cavity, dark with a pale rim, or a pale smear of foreign matter; some have company."""
    x, y = draws.uniform(0.08, 0.92) * WIDTH, draws.uniform(0.05, 0.95) * HEIGHT
    pale = draws.chance(0.45)
    seen = np.zeros(face.shape, np.float32)
    largest = draws.uniform(4, 17) + 30 * float(face.texture.std())
    for number in range(draws.integer(1, 3)):
        radius = largest if number == 0 else largest * draws.uniform(0.25, 0.5)
        away = draws.uniform(1.3, 2.4) * largest * min(number, 1)
        way = draws.uniform(0, 2 * math.pi)
        centre = x + away * math.cos(way), y + away * math.sin(way)
        radii = radius * draws.uniform(0.8, 1.5), radius * draws.uniform(0.55, 1.0)
        outline = blob(draws, centre, radii, draws.uniform(0, math.pi), draws.uniform(0.15, 0.4))
        inside = (_smear if pale else _cavity)(draws, face, outline)
        seen = np.maximum(seen, inside)
    return grown(seen, draws.integer(1, 2))


def _smear(draws: Draws, face: Face, outline: Points) -> Picture:
    """Thin in places, so that the grain shows through."""
    inside = soften(filled(face.shape, outline), draws.uniform(1.0, 2.5))
    ragged = soften(draws.normal(*face.shape), 1.4) * draws.uniform(0.6, 1.4)
    frayed = inside + (ragged + face.texture) * (inside > 0.05)
    cover = soften(np.clip(3 * (frayed - 0.5) + 0.5, 0, 1).astype(np.float32), 0.6)
    thin = np.clip(0.75 + 0.3 * spread(draws, *face.shape, 6, 6), 0.2, 1.2)
    face.shade *= np.asarray(
        1 + (draws.uniform(0.2, 0.5) + 2 * float(face.texture.std())) * cover * thin, np.float32
    )
    face.texture *= np.asarray(1 - draws.uniform(0.0, 0.5) * cover, np.float32)
    return np.asarray(cover, np.float32)


def _cavity(draws: Draws, face: Face, outline: Points) -> Picture:
    inside = filled(face.shape, outline)
    softness = draws.uniform(0.9, 2.5)
    depth = draws.uniform(0.3, 0.68)
    floor = depth * (1 + 0.15 * spread(draws, *face.shape, 4, 4))
    cover = soften(inside, softness)
    face.shade *= np.asarray(1 - (1 - floor) * cover, np.float32)
    if draws.chance(0.5):
        side: Points = outline + np.array([draws.uniform(-2, 2), draws.uniform(-2, 2)], np.float32)
        closed = np.concatenate([side, side[:1]])
        lay(face.shade, closed, draws.uniform(1.05, 1.25), 0.9, 1)
    return inside


DEFECTS: dict[str, Callable[[Draws, Face], Mask]] = {
    "crack": crack,
    "scratch": scratch,
    "spot": spot,
}
