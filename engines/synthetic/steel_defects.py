"""The four defects of rolled strips. Each changes a strip in place and returns its mask."""

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
from engines.synthetic.steel_surface import Strip


def _somewhere(draws: Draws, strip: Strip, margin: float) -> tuple[float, float]:
    height, _ = strip.shape
    x = draws.uniform(strip.left + margin, strip.right - margin)
    return x, draws.uniform(0.12, 0.88) * height


def bumps(draws: Draws, strip: Strip) -> Mask:
    """A swarm of small raised spots, each with a lit and a shaded side."""
    x, y = _somewhere(draws, strip, 90)
    reach_x, reach_y = draws.uniform(18, 80), draws.uniform(30, 110)
    light = draws.uniform(0, 2 * math.pi)
    towards: Points = np.array([math.cos(light), math.sin(light)], np.float32)
    lit, shaded = draws.uniform(1.08, 1.4), draws.uniform(0.55, 0.86)
    inside = np.zeros(strip.shape, np.float32)
    for _ in range(draws.integer(10, 40)):
        away = draws.normal(2)
        centre = x + 0.5 * reach_x * float(away[0]), y + 0.5 * reach_y * float(away[1])
        radius = draws.uniform(2.0, 6.5)
        outline = blob(draws, centre, (radius, radius * draws.uniform(1, 1.8)), 0.0, 0.25)
        offset = 0.45 * radius * towards
        lay(strip.shade, outline - offset, draws.uniform(0.93, 1.07) * lit, softness=1.3)
        lay(strip.shade, outline + offset, draws.uniform(0.93, 1.07) * shaded, softness=1.3)
        inside = np.maximum(inside, filled(strip.shape, outline))
    return grown(inside * strip.cover, draws.integer(4, 6))


def stains(draws: Draws, strip: Strip) -> Mask:
    """Dried emulsion or burnt oil: a dull patch with a frayed edge and an uneven inside."""
    x, y = _somewhere(draws, strip, 110)
    patches = np.zeros(strip.shape, np.float32)
    for number in range(draws.integer(1, 4)):
        size = draws.uniform(26, 80) if number == 0 else draws.uniform(12, 40)
        away = draws.uniform(-110, 110), draws.uniform(-70, 70)
        centre = (x + away[0], y + away[1]) if number else (x, y)
        radii = size, size * draws.uniform(0.7, 2.4)
        outline = blob(draws, centre, radii, draws.uniform(-0.4, 0.4), draws.uniform(0.2, 0.4))
        patches = np.maximum(patches, filled(strip.shape, outline))
    level = soften(patches, draws.uniform(5, 13))
    level += draws.uniform(0.06, 0.16) * spread(draws, *strip.shape, 26, 15)
    level += draws.uniform(0.02, 0.1) * spread(draws, *strip.shape, 7, 4)
    near = soften(grown(patches, 9).astype(np.float32), 4)
    inside = np.clip(draws.uniform(2.5, 12) * (level - 0.5) + 0.5, 0, 1) * near * strip.cover
    factor = draws.uniform(0.55, 0.84) if draws.chance(0.8) else draws.uniform(1.16, 1.35)
    uneven = 1 + draws.uniform(0.04, 0.12) * spread(draws, *strip.shape, 30, 22)
    soft = soften(inside.astype(np.float32), 1.0)
    thin = np.clip(0.85 + draws.uniform(0.05, 0.35) * spread(draws, *strip.shape, 40, 25), 0.3, 1)
    strip.shade *= 1 + (factor * uneven - 1) * soft * thin
    strip.texture *= 1 - draws.uniform(0.0, 0.5) * soft
    return grown(soft, draws.integer(1, 3))


def scratches(draws: Draws, strip: Strip) -> Mask:
    """Bright furrows, mostly along the strip, side by side, broken here and there."""
    x, y = _somewhere(draws, strip, 60)
    along = draws.chance(0.8)
    heading = math.pi / 2 + draws.uniform(-0.12, 0.12) if along else draws.uniform(0, math.pi)
    seen = np.zeros(strip.shape, np.float32)
    for _ in range(draws.integer(1, 5)):
        length = draws.uniform(110, 330)
        start = (
            x + draws.uniform(-22, 22) - 0.5 * length * math.cos(heading),
            y + draws.uniform(-40, 40) - 0.5 * length * math.sin(heading),
        )
        stroke = path(draws, start, heading + draws.uniform(-0.02, 0.02), length, 0.015)
        seen = np.maximum(seen, _furrow(draws, strip, stroke))
    return grown(seen * strip.cover, draws.integer(3, 5))


def _furrow(draws: Draws, strip: Strip, stroke: Points) -> Picture:
    """One scratch: fibres of changing brightness, that fade out in places."""
    thickness = draws.integer(1, 6)
    seen = soften(drawn(strip.shape, stroke, thickness), draws.uniform(0.4, 0.9))
    fibres = np.clip(0.85 + 0.4 * spread(draws, *strip.shape, draws.integer(8, 40), 1), 0.2, 2)
    gaps = draws.uniform(0.9, 2.2) + spread(draws, *strip.shape, 34, 200)
    pressed = seen * np.clip(gaps, 0, 1)
    beside: Points = stroke + np.array([draws.sign() * (1 + 0.5 * thickness), 0.0], np.float32)
    shadow = soften(drawn(strip.shape, beside, 1), 0.8) * np.clip(gaps, 0, 1)
    strip.shade *= 1 + draws.uniform(0.14, 0.6) * pressed * fibres
    strip.shade *= 1 - draws.uniform(0.02, 0.18) * shadow
    return np.asarray((pressed > 0.2).astype(np.float32))


def cracks(draws: Draws, strip: Strip) -> Mask:
    """Dark jagged lines that branch; some begin at the edge of the strip."""
    x, y = _somewhere(draws, strip, 90)
    heading = draws.uniform(0, 2 * math.pi)
    if strip.left > 0 and draws.chance(0.6):
        x, heading = strip.left - 4.0, draws.uniform(-0.6, 0.6)
    elif strip.right < strip.shape[1] and draws.chance(0.6):
        x, heading = strip.right + 4.0, math.pi + draws.uniform(-0.6, 0.6)
    depth, softness = draws.uniform(0.3, 0.75), draws.uniform(0.5, 0.9)
    trunk = path(draws, (x, y), heading, draws.uniform(110, 320), 0.33)
    seen = _crack(draws, strip, trunk, depth, softness)
    for _ in range(draws.integer(1, 5)):
        at = trunk[draws.integer(0, len(trunk) - 1)]
        turn = heading + draws.sign() * draws.uniform(0.4, 1.4)
        branch = path(draws, (float(at[0]), float(at[1])), turn, draws.uniform(25, 130), 0.35)
        seen = np.maximum(seen, _crack(draws, strip, branch, min(0.8, 1.2 * depth), softness))
    return grown(seen * strip.cover, draws.integer(3, 5))


def _crack(draws: Draws, strip: Strip, stroke: Points, depth: float, softness: float) -> Picture:
    """Widest where it begins."""
    jagged: Points = stroke + 0.9 * draws.normal(*stroke.shape)
    widest = draws.integer(1, 4)
    for thickness in range(1, widest + 1):
        share = 1 - (thickness - 1) / widest * draws.uniform(0.7, 1.1)
        part = jagged[: max(2, round(share * len(jagged)))]
        lay(strip.shade, part, depth ** (1.2 / widest), softness, thickness)
    lit: Points = jagged + np.array([1.5, 1.0], np.float32)
    lay(strip.shade, lit, draws.uniform(1.0, 1.12), softness, 1)
    return drawn(strip.shape, jagged, 2)


DEFECTS: dict[str, Callable[[Draws, Strip], Mask]] = {
    "bumps": bumps,
    "stains": stains,
    "scratches": scratches,
    "cracks": cracks,
}
