"""The defects of the plastic. Each changes it in place and returns its mask, as in the mould."""

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
    path,
    soften,
    spread,
    window,
)
from engines.synthetic.vial_mould import (
    BODY_BOTTOM,
    FLAG_BOTTOM,
    FLAG_HALF,
    FLAG_TOP,
    GROOVE,
    HEIGHT,
    PATCH,
    REGIONS,
    VIALS,
    WEB_BOTTOM,
    WEB_TOP,
    WIDTH,
    half_widths,
    mould,
)
from engines.synthetic.vial_plastic import Plastic

_SHAPE = (HEIGHT, WIDTH)
_MARGIN = 22  # from a region's borders to the middle of a defect


def _middle(draws: Draws) -> float:
    return PATCH * (draws.integer(0, VIALS - 1) + 0.5)


def _spot(draws: Draws, regions: tuple[str, ...] = REGIONS, reach: float = 0.76) -> Points:
    """A point of the plastic: x, y."""
    region = draws.one_of(regions)
    middle = _middle(draws)
    top = REGIONS.index(region) * PATCH + _MARGIN
    y = draws.uniform(top, top + PATCH - 2 * _MARGIN)
    if region == "flag":
        y = draws.uniform(FLAG_TOP + 14, FLAG_BOTTOM - 10)
        half = float(FLAG_HALF)
    else:
        y = min(y, BODY_BOTTOM - 46.0)
        half = float(half_widths()[int(y)])
    return np.array([middle + draws.uniform(-reach, reach) * half, y], np.float32)


def _at(point: Points) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _annotated(cover: Picture, pixels: int) -> Mask:
    """A little more than is covered, as far as there is plastic."""
    return grown(cover, pixels) & mould().plastic


def black_spot(draws: Draws, plastic: Plastic) -> Mask:
    """Carbonised plastic from the extruder, enclosed in the wall: small, dark, sharp."""
    place = _at(_spot(draws))
    radius = 1.9 + 4.2 * draws.uniform() ** 1.6
    radii = radius, radius * draws.uniform(0.7, 1.3)
    outline = blob(draws, place, radii, draws.uniform(0, math.pi), 0.28)
    plastic.darken(outline, draws.uniform(0.7, 2.2), draws.uniform(0.5, 1.0))
    if draws.chance(0.4):  # it has smeared along the flow
        smear = path(draws, place, 0.5 * math.pi, draws.uniform(8, 22), 0.05)
        plastic.darken(smear, draws.uniform(0.08, 0.25), 1.4, 3)
    return _annotated(filled(_SHAPE, outline), 2)


def scratch(draws: Draws, plastic: Plastic) -> Mask:
    """A line that handling left in the wall: a dark furrow with a lit edge, of changing depth."""
    region = draws.one_of(("flag", "upper_body", "upper_body", "liquid", "bottom"))
    middle = _spot(draws, (region,), 0.6)
    heading, length = draws.uniform(0, math.pi), 28 + 110 * draws.uniform() ** 1.3
    start = middle - 0.5 * length * np.array([math.cos(heading), math.sin(heading)])
    stroke = path(draws, _at(start), heading, length, 0.05, draws.uniform(-0.02, 0.02))
    softness, width = draws.uniform(0.5, 0.9), draws.integer(1, 2)
    lit: Points = stroke + np.array([draws.sign() * 1.6, draws.sign() * 1.2], np.float32)
    area = window(_SHAPE, stroke, 8)
    corner = np.array([area[1].start, area[0].start], np.float32)
    depth = np.zeros_like(plastic.dry[area])
    deepest = draws.uniform(0.28, 0.75)
    for first in range(0, len(stroke) - 1, 5):
        part, force = slice(first, first + 6), deepest * draws.uniform(0.6, 1.25)
        furrow = force * drawn(depth.shape, stroke[part] - corner, width)
        edge = 0.45 * force * drawn(depth.shape, lit[part] - corner, 1)
        depth = np.where(furrow > 0, np.maximum(depth, furrow), np.where(edge > 0, -edge, depth))
    plastic.add(area, soften(depth, softness))
    return _annotated(drawn(_SHAPE, stroke, width), 3)


def burn(draws: Draws, plastic: Plastic) -> Mask:
    """Plastic that stayed in the heat too long: a mottled brown cloud with a darker core."""
    place = _at(_spot(draws, reach=0.7))
    size = draws.uniform(9, 27)
    radii = size, size * draws.uniform(0.55, 1.3)
    outline = blob(draws, place, radii, draws.uniform(0, math.pi), 0.25)
    area = window(_SHAPE, outline, 30)
    corner = np.array([area[1].start, area[0].start], np.float32)
    height, width = plastic.dry[area].shape
    cover = soften(filled((height, width), outline - corner), 0.22 * size)
    core = blob(draws, place, (0.45 * radii[0], 0.45 * radii[1]), 0.0, 0.4)
    inner = soften(filled((height, width), core - corner), 0.14 * size)
    mottle = 1 + 0.16 * spread(draws, height, width, 5, 5)
    mottle += 0.16 * spread(draws, height, width, 2, 2)
    strength = draws.uniform(0.22, 0.6)
    burnt = strength * mottle * (cover + draws.uniform(0.3, 1.3) * inner)
    plastic.add(area, burnt.astype(np.float32))
    return _annotated(filled(_SHAPE, outline), 3)


def bump(draws: Draws, plastic: Plastic) -> Mask:
    """A raised dome in the wall: bends the light to one side, and what lies behind with it."""
    x, y = _at(_spot(draws, ("flag", "upper_body", "upper_body", "liquid", "bottom"), 0.7))
    radius = draws.uniform(8, 20)
    high = radius * draws.uniform(0.8, 1.3)
    outline = blob(draws, (x, y), (radius, high), draws.uniform(-0.5, 0.5), 0.08)
    area = window(_SHAPE, outline, 14)
    corner = np.array([area[1].start, area[0].start], np.float32)
    dome = soften(filled(plastic.dry[area].shape, outline - corner), 0.28 * radius)
    down, right = np.gradient(dome)
    steep = np.hypot(down, right)
    toward = draws.uniform(-2.4, -0.8)
    sided = math.cos(toward) * right + math.sin(toward) * down
    strength = draws.uniform(0.15, 0.5) * radius
    bent = strength * (sided + 0.55 * steep) - draws.uniform(0.02, 0.1) * dome
    plastic.add(area, bent.astype(np.float32))
    pull = draws.uniform(1.0, 2.2) * radius
    plastic.bend[area] += pull * np.stack([right, down], axis=2)
    return grown(filled(_SHAPE, outline), 3)


def deformation(draws: Draws, plastic: Plastic) -> Mask:
    """The vial did not take its shape: its outline is pressed in or blown out, with a crease."""
    y = draws.one_of((285.0, 315.0, 350.0, 375.0, 400.0, 480.0, 640.0, 800.0, 940.0, 962.0))
    y += draws.uniform(-10, 10)
    side, halves = draws.sign(), half_widths()
    x = _middle(draws) + side * (float(halves[int(y)]) - 3)
    slope = 0.1 * float(halves[int(y) + 5] - halves[int(y) - 5])
    outwards = np.array([side, -slope]) / math.hypot(1, slope)
    web = WEB_TOP - 20 < y < WEB_BOTTOM + 20
    deep, long = draws.uniform(15, 25), draws.uniform(14, 24) if y < 420 else draws.uniform(24, 50)
    reach = (draws.uniform(5.5, 9) if web else draws.uniform(0.45, 0.64) * deep) * _dent(draws)
    area = window(_SHAPE, np.array([[x, y]], np.float32), 3 * long)
    rows = np.arange(area[0].start, area[0].stop, dtype=np.float32)[:, None] + 0.5 - y
    columns = np.arange(area[1].start, area[1].stop, dtype=np.float32)[None, :] + 0.5 - x
    out = outwards[0] * columns + outwards[1] * rows
    along = (outwards[1] * columns - outwards[0] * rows) / long
    beside = 12.0 if web else deep  # the cut in the web stays straight
    hill = np.exp(-((out / np.where(out > 0, beside, deep)) ** 2) - along**2)
    plastic.bend[area] += (reach * hill[:, :, None] * outwards).astype(np.float32)
    crease = np.exp(-(((out / deep + 1.15 + 0.25 * along**2) / 0.2) ** 2) - (0.9 * along) ** 2)
    shade = draws.uniform(0.14, 0.4) * crease - draws.uniform(0.0, 0.1) * hill
    plastic.add(area, shade.astype(np.float32))
    mask = np.zeros(_SHAPE, np.bool_)
    mask[area] = (hill > 0.3) | (crease > 0.45)
    return mask


def _dent(draws: Draws) -> int:
    """1 where the wall is pressed in, -1 where it is blown out."""
    return 1 if draws.chance(0.7) else -1


def stuck_particle(draws: Draws, plastic: Plastic) -> Mask:
    """Something foreign that holds to the inner wall: a splinter, a flake or a fibre."""
    spot = _spot(draws, ("upper_body", "liquid", "liquid", "bottom"), 0.72)
    spot[1] = max(spot[1], GROOVE + 42)  # below the twist-off part, which is solid
    place = _at(spot)
    strength = draws.uniform(0.55, 1.6)
    if draws.chance(0.4):
        fibre = path(draws, place, draws.uniform(0, 6.3), draws.uniform(22, 56), 0.28, 0.05)
        fibre += place - fibre.mean(axis=0)
        plastic.darken(fibre, strength, 0.7, draws.integer(1, 2))
        return _annotated(drawn(_SHAPE, fibre, 2), 3)
    size = draws.uniform(3.2, 8)
    corners = blob(draws, place, (size, size * draws.uniform(0.4, 1)), draws.uniform(0, 3), 0.4)
    outline: Points = corners[:: draws.integer(7, 11)]
    around = blob(draws, place, (1.7 * size, 1.5 * size))
    plastic.darken(around, -0.08, 2.0)  # liquid drawn up around it
    plastic.darken(outline, strength, 0.6)
    facet = blob(draws, place, (0.4 * size, 0.25 * size), draws.uniform(0, 3))
    plastic.darken(facet, -draws.uniform(0.2, 0.7) * strength, 0.7)
    return grown(filled(_SHAPE, outline), 3)


def laser_cut(draws: Draws, plastic: Plastic) -> Mask:
    """The cut missed: a notch or a molten burr at the flag's edge or in the web."""
    if draws.chance(0.2):
        return _whisker(draws, plastic)
    if draws.chance(0.6):
        outline, inwards = _at_the_flag(draws)
    else:
        outline, inwards = _in_the_web(draws)
    area = window(_SHAPE, outline, 14)
    corner = np.array([area[1].start, area[0].start], np.float32)
    cover = filled(plastic.dry[area].shape, outline - corner)
    molten = cv2.dilate(cover, np.ones((5, 5), np.uint8)) - cover
    beads = np.clip(1 + 0.35 * spread(draws, len(cover), cover.shape[1], 5, 5), 0, 2)
    kept = draws.uniform(0.0, 0.35) if inwards else 1.0
    for layer in (plastic.dry, plastic.wet):
        layer[area] *= 1 - (1 - kept) * soften(cover, 0.6)
    plastic.add(area, draws.uniform(0.25, 0.7) * soften(molten * beads, 0.8))
    if not inwards:  # a burr stands where there should be nothing
        burr = draws.uniform(0.3, 0.7) * soften(cover * beads, 0.8)
        plastic.dry[area] += burr
        plastic.wet[area] += burr
    return grown(filled(_SHAPE, outline), 3)


def _whisker(draws: Draws, plastic: Plastic) -> Mask:
    """A thread of plastic that the cut drew out of the flag's edge."""
    side = draws.sign()
    start = _middle(draws) + side * (FLAG_HALF - 4), draws.uniform(FLAG_TOP + 26, FLAG_BOTTOM - 24)
    heading = draws.uniform(-1.1, 1.1) + (0 if side > 0 else math.pi)
    thread = path(draws, start, heading, draws.uniform(18, 44), 0.12, draws.uniform(-0.09, 0.09))
    width = draws.integer(2, 3)
    cover = soften(drawn(_SHAPE, thread, width), 0.6)
    strength = draws.uniform(0.45, 0.9)
    for layer in (plastic.dry, plastic.wet):
        layer += strength * cover
    return grown(drawn(_SHAPE, thread, width), 3)


def _at_the_flag(draws: Draws) -> tuple[Points, bool]:
    middle, inwards = _middle(draws), draws.chance(0.6)
    long, deep = draws.uniform(9, 34), draws.uniform(4.5, 12)
    if draws.chance(0.3):  # the upper edge
        centre = middle + draws.uniform(-0.7, 0.7) * FLAG_HALF, float(FLAG_TOP)
        return blob(draws, centre, (long, deep), 0.0, 0.3), inwards
    centre = middle + draws.sign() * FLAG_HALF, draws.uniform(FLAG_TOP + 26, FLAG_BOTTOM - 24)
    return blob(draws, centre, (deep, long), 0.0, 0.3), inwards


def _in_the_web(draws: Draws) -> tuple[Points, bool]:
    """Beside the line in which two vials are to part."""
    x = PATCH * draws.integer(1, VIALS - 1) + draws.sign() * draws.uniform(2, 7)
    centre = x, draws.uniform(WEB_TOP + 20, WEB_BOTTOM - 20)
    return blob(draws, centre, (draws.uniform(3.5, 7), draws.uniform(10, 42)), 0.0, 0.3), True


DEFECTS: dict[str, Callable[[Draws, Plastic], Mask]] = {
    "black_spot": black_spot,
    "scratch": scratch,
    "burn": burn,
    "bump": bump,
    "deformation": deformation,
    "stuck_particle": stuck_particle,
    "laser_cut": laser_cut,
}
