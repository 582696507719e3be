"""Draws what a vial holds into the light that comes through it, in place.

All pictures are (H, W) float32: the light, 0 to 1; the same as it is where liquid stands behind
the wall; and how far a pixel shows the inside of a vial, 0 to 1.
"""

import cv2
import numpy as np

from engines.synthetic.shapes import Picture
from engines.synthetic.vial_liquid import HALF, Contents, Drop, Surface, bubble_place
from engines.synthetic.vial_mould import PATCH, WIDTH

_REACH = 30  # rows above and below the surface that it may change


def fill(light: Picture, wet: Picture, cavity: Picture, vial: Contents, frame: int) -> None:
    """Put liquid, menisci, bubbles and drops of one vial into `light`, in place."""
    columns = slice(*_columns(vial.middle))
    across = _across(columns, vial.middle)
    for drop in vial.drops:
        _lay_drop(light, cavity, drop, frame, vial.surface)
    _lay_surface(light, wet, cavity, columns, across, vial.surface, frame)
    for bubble in vial.bubbles:
        x, y = bubble_place(vial, bubble, frame)
        lay_ring(light, cavity, x, y, bubble)
    for bubble in vial.clinging:
        lay_ring(light, cavity, bubble.x, bubble.y, bubble)


def settle(light: Picture, wet: Picture, cavity: Picture, vial: Contents) -> None:
    """Put in what is the same in all frames of a presentation: mist, and liquid in the neck."""
    for drop in vial.mist:
        lay_lens(light, cavity, drop.x, drop.y, drop)
    if vial.plug is None:
        return
    columns = slice(*_columns(vial.middle))
    top, bottom = vial.plug
    band = slice(int(top) - 12, int(bottom) + 13)
    rows = np.arange(band.start, band.stop, dtype=np.float32)[:, None] + 0.5
    sag = 5 * ((np.arange(columns.start, columns.stop) + 0.5 - vial.middle) / 30) ** 2
    above, below = rows - (top - sag)[None, :], (bottom + 0.6 * sag)[None, :] - rows
    inside = np.clip(above + 0.5, 0, 1) * np.clip(below + 0.5, 0, 1) * cavity[band, columns]
    patch = light[band, columns]
    patch += inside * (wet[band, columns] - patch)
    rims = 0.6 * np.exp(-((above / 1.8) ** 2)) + 0.5 * np.exp(-((below / 1.6) ** 2))
    patch *= 1 - rims * cavity[band, columns]


def _columns(middle: float) -> tuple[int, int]:
    left = max(0, int(middle) - PATCH // 2)
    return left, min(WIDTH, left + PATCH)


def _across(columns: slice, middle: float) -> Picture:
    """-1 to 1 between the walls of a body, and no further than 1.2 beside it."""
    places = np.arange(columns.start, columns.stop, dtype=np.float32) + np.float32(0.5 - middle)
    return np.asarray(np.clip(places / np.float32(HALF), -1.2, 1.2), np.float32)


def _lay_surface(
    light: Picture,
    wet: Picture,
    cavity: Picture,
    columns: slice,
    across: Picture,
    surface: Surface,
    frame: int,
) -> None:
    """The surface is seen a little from above or below: a front and a back line."""
    level = surface.rows(frame, across)
    opening = surface.half_height(frame) * np.sqrt(np.clip(1 - across**2, 0, 1))
    first = int(level.min()) - _REACH
    last = int(level.max()) + _REACH
    band = slice(first, last)
    rows = np.arange(first, last, dtype=np.float32)[:, None] + 0.5
    inside = cavity[band, columns]
    front = rows - (level + opening)[None, :]
    back = rows - (level - opening)[None, :]
    patch = light[band, columns]
    patch += inside * np.clip(front + 0.5, 0, 1) * (wet[band, columns] - patch)
    between = np.clip(back + 0.5, 0, 1) * np.clip(0.5 - front, 0, 1)
    dark = 0.62 * np.exp(-(((front + 0.5) / 2.1) ** 2)) + 0.3 * np.exp(-((back / 1.3) ** 2))
    dark += 0.12 * between - 0.09 * np.exp(-(((front - 5.5) / 3.0) ** 2))
    dark += 0.1 * np.exp(-(((front - 13) / 6.0) ** 2))
    patch *= 1 - np.clip(surface.strength * dark, -0.3, 0.9) * inside
    below = slice(last, None)
    light[below, columns] = wet[below, columns]


def _lay_drop(light: Picture, cavity: Picture, drop: Drop, frame: int, surface: Surface) -> None:
    y = drop.y + drop.fall(frame)
    if y + drop.radius > surface.level + 10:
        return
    lay_lens(light, cavity, drop.x, y, drop)


def _around(
    x: float, y: float, reach: float, shape: tuple[int, ...]
) -> tuple[tuple[slice, slice], Picture, Picture]:
    """A window and the distances from (x, y) in it."""
    top, bottom = max(0, int(y - reach)), min(shape[0], int(y + reach) + 2)
    left, right = max(0, int(x - reach)), min(shape[1], int(x + reach) + 2)
    rows = np.arange(top, bottom, dtype=np.float32)[:, None] + np.float32(0.5 - y)
    columns = np.arange(left, right, dtype=np.float32)[None, :] + np.float32(0.5 - x)
    return (slice(top, bottom), slice(left, right)), columns, rows


def _ramp(picture: Picture, start: float, end: float) -> Picture:
    return np.asarray(np.clip((picture - start) / (end - start), 0, 1), np.float32)


def lay_ring(light: Picture, cavity: Picture, x: float, y: float, bubble: Drop) -> None:
    """Air in liquid: a dark ring around a bright middle."""
    area, right, down = _around(x, y, bubble.radius + 3, light.shape)
    distance = np.sqrt(right * right + down * down)
    rho = np.asarray(distance / bubble.radius, np.float32)
    edge = np.clip(bubble.radius + 0.5 - distance, 0, 1)
    dark = bubble.depth * _ramp(rho, 0.4, 0.85) * edge
    dark -= 0.14 * np.exp(-((rho / 0.35) ** 2))
    dark -= 0.08 * np.exp(-(((distance - bubble.radius - 1.4) / 1.0) ** 2))
    light[area] *= 1 - dark * cavity[area]


def lay_lens(light: Picture, cavity: Picture, x: float, y: float, drop: Drop) -> None:
    """Liquid on a wall: its steep rim is dark, mostly below, and its middle clear."""
    radius = drop.radius
    area, right, down = _around(x, y, radius * (1.3 + drop.tail) + 3, light.shape)
    down = np.where(down < 0, down / np.float32(1 + drop.tail), down)
    distance = np.sqrt(right * right + down * down)
    turn = cv2.phase(right * np.ones_like(down), down * np.ones_like(right))
    uneven = 1 + 0.09 * np.cos(2 * turn + drop.phase) + 0.06 * np.cos(3 * turn + 2 * drop.phase)
    rho = np.asarray(distance / radius * uneven, np.float32)
    edge = np.clip(radius * (1 - rho) + 0.5, 0, 1)
    heavy = 0.75 + 0.35 * down / np.maximum(distance, 1)
    dark = drop.depth * _ramp(rho, 0.62, 0.93) * edge * heavy
    dark -= 0.13 * edge * (1 - _ramp(rho, 0.3, 0.8))
    light[area] *= 1 - dark * cavity[area]
