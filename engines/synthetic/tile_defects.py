"""The five defects of magnetic tiles. Each changes a surface in place and returns its mask."""

import math
from collections.abc import Callable

import cv2
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
    ragged,
    soften,
)
from engines.synthetic.tile_surface import Surface


def _shade_around(surface: Surface, inside: Picture) -> float:
    covered = surface.shade[inside > 0.5]
    return float(np.median(covered)) if covered.size else 1.0


def blowhole(draws: Draws, surface: Surface) -> Mask:
    """A pore that the grinding opened: small, dark, sharp, often long, with a lit far rim."""
    margin = 8
    centre = (
        draws.uniform(surface.left + margin, surface.right - margin),
        draws.uniform(surface.top + margin, surface.bottom - margin),
    )
    short = draws.uniform(2.2, 5.5)
    radii = short, short * draws.uniform(1.0, 2.6)
    angle = draws.uniform(-0.5, 0.5) if draws.chance(0.6) else draws.uniform(0, math.pi)
    outline = blob(draws, centre, radii, angle, roughness=0.22)
    rim: Points = outline + np.array([draws.uniform(-1, 1), draws.uniform(0.4, 1.2)], np.float32)
    lay(surface.shade, rim, draws.uniform(1.0, 1.35), softness=0.6)
    lay(surface.shade, outline, draws.uniform(0.22, 0.52), softness=0.6)
    floor = blob(draws, centre, (0.55 * radii[0], 0.55 * radii[1]), angle, roughness=0.4)
    lay(surface.shade, floor, draws.uniform(0.6, 1.35), softness=0.9)
    surface.streaks *= 1 - filled(surface.shape, outline)
    return grown(filled(surface.shape, outline), draws.integer(1, 2))


def crack(draws: Draws, surface: Surface) -> Mask:
    """A thin dark line, mostly from an end and along the grinding, jagged, of changing depth."""
    stroke = _crack_path(draws, surface)
    stroke += 0.45 * draws.normal(*stroke.shape)
    depth = draws.uniform(0.12, 0.42)
    width = 1 if draws.chance(0.7) else 2
    softness = draws.uniform(0.35, 0.6)
    for first in range(0, len(stroke) - 1, 8):
        part = stroke[first : first + 9]
        at_tip = first + 9 >= len(stroke)
        thick = 1 if at_tip else width + (1 if draws.chance(0.15) else 0)
        lay(surface.shade, part, min(0.75, depth * draws.uniform(0.7, 1.4)), softness, thick)
    seen = drawn(surface.shape, stroke, width)
    if draws.chance(0.3):
        x, y = stroke[draws.integer(0, len(stroke) - 1)].tolist()
        branch = path(draws, (x, y), draws.uniform(0, 2 * math.pi), draws.uniform(8, 25), 0.3)
        lay(surface.shade, branch, min(0.85, depth * 1.2), softness, 1)
        seen = np.maximum(seen, drawn(surface.shape, branch, 1))
    return grown(seen * surface.cover, 1)


def _crack_path(draws: Draws, surface: Surface) -> Points:
    face_height = surface.bottom - surface.top
    length = face_height * (
        draws.uniform(0.12, 0.45) if draws.chance(0.75) else draws.uniform(0.45, 0.95)
    )
    x = draws.uniform(surface.left + 10, surface.right - 10)
    where = draws.uniform()
    if where < 0.6:  # from an end
        down = draws.chance(0.5)
        y = surface.top - 1.0 if down else surface.bottom + 1.0
        heading = (0.5 if down else -0.5) * math.pi + draws.uniform(-0.3, 0.3)
        return path(draws, (x, y), heading, length, 0.2)
    if where < 0.75:  # across a corner
        side = draws.sign()
        inwards = draws.uniform(15, 45)
        x = surface.left + inwards if side < 0 else surface.right - inwards
        heading = -0.5 * math.pi + side * draws.uniform(0.2, 0.7)
        bend = side * draws.uniform(0.01, 0.06)
        return path(draws, (x, surface.bottom + 1), heading, draws.uniform(30, 70), 0.1, bend)
    y = draws.uniform(surface.top + 15, max(surface.top + 16, surface.bottom - 40))
    heading = 0.5 * math.pi + draws.uniform(-0.7, 0.7)
    return path(draws, (x, y), heading, min(length, 80), 0.25, draws.uniform(-0.05, 0.05))


def chip(draws: Draws, surface: Surface) -> Mask:
    """`break`: a piece has come off an edge or a corner; the fracture is smooth with ridges."""
    outline = _chip_outline(draws, surface)
    inside = ragged(draws, filled(surface.shape, outline))
    soft = soften(inside, 0.7)
    surface.streaks *= 1 - soft
    surface.grain *= 1 - 0.4 * soft
    fracture = _fracture(draws, surface, outline, _shade_around(surface, inside))
    surface.shade += soft * (fracture - surface.shade)
    edge = np.concatenate([outline, outline[:1]])
    lay(surface.shade, edge, draws.uniform(0.6, 0.85), softness=0.6, thickness=1)
    lit: Points = edge + np.array([draws.sign(), draws.sign()], np.float32)
    lay(surface.shade, lit, draws.uniform(1.0, 1.25), softness=0.6, thickness=1)
    if draws.chance(0.5):  # the background shows where the piece is missing altogether
        centre = outline.mean(axis=0)
        missing = (outline - centre) * draws.uniform(0.2, 0.45) + _outermost(surface, centre)
        lay(surface.cover, missing.astype(np.float32), draws.uniform(0.0, 0.4), softness=0.8)
    return grown(inside, draws.integer(0, 2))


def _chip_outline(draws: Draws, surface: Surface) -> Points:
    size = draws.uniform(35.0, 90.0) if draws.chance(0.25) else draws.uniform(11.0, 30.0)
    along = size * draws.uniform(1.0, 2.2)
    place = draws.uniform()
    height, width = surface.shape
    inwards = 0.25 * size
    x = surface.left + inwards if draws.chance(0.5) else surface.right - inwards
    y = surface.top + inwards if draws.chance(0.5) else surface.bottom - inwards
    roughness = draws.uniform(0.12, 0.3)
    if place < 0.45:  # a corner
        return blob(draws, (x, y), (size, along), draws.uniform(-0.4, 0.4), roughness)
    if place < 0.75:  # a side
        middle = draws.uniform(0.15, 0.85) * height
        return blob(draws, (x, middle), (0.6 * size, along), draws.uniform(-0.15, 0.15), roughness)
    middle = draws.uniform(0.15, 0.85) * width  # an end
    return blob(draws, (middle, y), (along, 0.6 * size), draws.uniform(-0.15, 0.15), roughness)


def _outermost(surface: Surface, centre: Points) -> Points:
    """The point of the picture's border that is nearest to a chip's centre."""
    height, width = surface.shape
    x, y = float(centre[0]), float(centre[1])
    gaps = {(0.0, y): x, (float(width), y): width - x, (x, 0.0): y, (x, float(height)): height - y}
    return np.array(min(gaps, key=lambda point: gaps[point]), np.float32)


def _fracture(draws: Draws, surface: Surface, outline: Points, around: float) -> Picture:
    """Shell-shaped ridges around a point, on a plane that is tilted to the light."""
    height, width = surface.shape
    centre = outline.mean(axis=0)
    reach = float(np.ptp(outline, axis=0).max()) + 1
    x = np.arange(width, dtype=np.float32)[None, :] - (centre[0] + draws.uniform(-30, 30))
    y = np.arange(height, dtype=np.float32)[:, None] - (centre[1] + draws.uniform(-30, 30))
    distance = np.sqrt(x * x + y * y)
    spacing = draws.uniform(2, 4) + 0.03 * reach
    ridges = np.sin(distance / spacing + 1.5 * np.sin(distance / (2.7 * spacing)))
    tilt = (draws.uniform(-0.5, 0.5) * x + draws.uniform(-0.5, 0.5) * y) / reach
    factor = draws.uniform(0.38, 0.78) if draws.chance(0.85) else draws.uniform(1.12, 1.35)
    level = min(1.05, factor * around)
    cloud = 0.1 * draws.normal(max(3, height // 3), max(3, width // 3))
    rough = np.asarray(cv2.resize(cloud, (width, height)))
    relief = 1 + draws.uniform(0.04, 0.25) * ridges + 0.5 * tilt + rough
    return np.asarray(np.clip(level * relief, 0.1, 2), np.float32)


def fray(draws: Draws, surface: Surface) -> Mask:
    """A low spot that the wheel did not reach: dull, without grinding marks, clearly bounded."""
    outline = _fray_outline(draws, surface)
    inside = ragged(draws, filled(surface.shape, outline))
    soft = soften(inside, draws.uniform(0.6, 1.2))
    level = _shade_around(surface, inside) * draws.uniform(0.52, 0.92)
    surface.streaks *= 1 - 0.95 * soft
    surface.grain *= 1 + draws.uniform(0.0, 0.35) * soft
    dull = 0.35 * surface.shade + 0.65 * level
    surface.shade += soft * (dull - surface.shade)
    _add_scratches(draws, surface, outline, inside)
    for _ in range(draws.integer(0, 6)):
        x, y = outline[draws.integer(0, len(outline) - 1)]
        crumb = blob(draws, (float(x), float(y)), (draws.uniform(1, 4), draws.uniform(1, 3)))
        lay(surface.shade, crumb, draws.uniform(0.6, 1.5), softness=0.7)
    return grown(inside, draws.integer(0, 2))


def _add_scratches(draws: Draws, surface: Surface, outline: Points, inside: Picture) -> None:
    """What the dull spot has kept from the press: fine pale and dark lines, and clouds."""
    scratched = np.ones_like(surface.shade)
    centre, reach = outline.mean(axis=0), np.ptp(outline, axis=0)
    for _ in range(draws.integer(2, 12)):
        x, y = centre + reach * [draws.uniform(-0.45, 0.45), draws.uniform(-0.45, 0.45)]
        heading = draws.uniform(0, 2 * math.pi)
        stroke = path(draws, (float(x), float(y)), heading, draws.uniform(8, 50), 0.1)
        lay(scratched, stroke, draws.uniform(0.88, 1.14), draws.uniform(0.5, 1.2), 1)
    knots = draws.uniform(0.01, 0.05) * draws.normal(6, 6)
    clouds = 1 + cv2.resize(knots, surface.shape[::-1], interpolation=cv2.INTER_CUBIC)
    surface.shade *= 1 + inside * (scratched * clouds - 1)


def _fray_outline(draws: Draws, surface: Surface) -> Points:
    height, width = surface.shape
    if draws.chance(0.4):  # at an end or in a corner
        y = surface.top if draws.chance(0.5) else surface.bottom
        centre = draws.uniform(0.1, 0.9) * width, float(y)
        radii = draws.uniform(0.06, 0.2) * width, draws.uniform(0.03, 0.1) * height
        return blob(draws, centre, radii, draws.uniform(-0.1, 0.1), 0.3)
    centre = draws.uniform(0.35, 0.65) * width, draws.uniform(0.35, 0.65) * height
    radii = draws.uniform(0.13, 0.27) * width, draws.uniform(0.25, 0.55) * height
    return blob(draws, centre, radii, draws.uniform(-0.08, 0.08), 0.12)


def uneven(draws: Draws, surface: Surface) -> Mask:
    """A band that was ground differently, with an edge across the grinding marks."""
    height, width = surface.shape
    across = np.linspace(-1, 1, width, dtype=np.float32)
    share = draws.uniform(0.06, 0.45)
    slope = draws.uniform(-0.06, 0.06) if draws.chance(0.75) else draws.sign() * min(share, 0.2)
    knots = 2.0 * draws.normal(1, max(3, width // 50))
    wave = cv2.resize(knots, (width, 1), interpolation=cv2.INTER_CUBIC)[0]
    edge = share * height + slope * height * across + draws.uniform(-8, 8) * across**2 + wave
    rows = np.arange(height, dtype=np.float32)[:, None] + 0.5
    if draws.chance(0.5):
        rows = height - rows
    blur = draws.uniform(0.7, 2.5)
    inside = np.clip((edge[None, :] - rows) / blur + 0.5, 0, 1)
    streaky = draws.chance(0.65)
    streaks = draws.uniform(1.4, 2.2) if streaky else draws.uniform(0.3, 0.6)
    level = draws.uniform(1.07, 1.32) if streaky else draws.uniform(0.72, 0.94)
    surface.streaks *= 1 + (streaks - 1) * inside
    surface.shade *= 1 + (level - 1) * inside
    return np.asarray(inside > 0.5)


DEFECTS: dict[str, Callable[[Draws, Surface], Mask]] = {
    "blowhole": blowhole,
    "break": chip,
    "crack": crack,
    "fray": fray,
    "uneven": uneven,
}
