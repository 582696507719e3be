"""Outlines and strokes, and laying them over a picture.

Points are (N, 2) float32 arrays of x and y in pixels.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.draws import Draws

Points = NDArray[np.float32]
Picture = NDArray[np.float32]
Mask = NDArray[np.bool_]
_SUBPIXEL_BITS = 4


def blob(
    draws: Draws,
    centre: tuple[float, float],
    radii: tuple[float, float],
    angle: float = 0.0,
    roughness: float = 0.15,
) -> Points:
    """A closed outline: an ellipse, its radius varied by `roughness` around the turn."""
    turn = np.linspace(0, 2 * math.pi, 64, endpoint=False)
    radius = np.ones_like(turn)
    for waves in (2, 3, 4, 6, 9):
        phase = draws.uniform(0, 2 * math.pi)
        radius += roughness * draws.uniform(-1, 1) / math.sqrt(waves) * np.cos(waves * turn + phase)
    x, y = radii[0] * radius * np.cos(turn), radii[1] * radius * np.sin(turn)
    cos, sin = math.cos(angle), math.sin(angle)
    points = np.stack([centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos], axis=1)
    return points.astype(np.float32)


def path(
    draws: Draws,
    start: tuple[float, float],
    heading: float,
    length: float,
    wander: float = 0.15,
    bend: float = 0.0,
) -> Points:
    """A stroke of `length` pixels from `start`; `heading` in radians, 0 to the right, y down.

    Each step of about 3 pixels turns by `bend` and by chance, with standard deviation `wander`;
    chance turns die away, so that the stroke keeps to its heading.
    """
    steps = max(2, round(length / 3))
    drift = np.zeros(steps)
    for step, kick in enumerate(draws.normal(steps)):
        drift[step] = 0.85 * drift[step - 1] + wander * kick
    directions = heading + bend * np.arange(steps) + drift
    moves = np.stack([np.cos(directions), np.sin(directions)], axis=1) * (length / steps)
    return np.asarray(np.vstack([np.zeros(2), np.cumsum(moves, axis=0)]) + start, np.float32)


def fixed_point(points: Points) -> NDArray[np.int32]:
    return np.asarray(np.rint(points * (1 << _SUBPIXEL_BITS)), np.int32)


def filled(shape: tuple[int, ...], outline: Points) -> Picture:
    """How far each pixel of an (H, W) picture lies inside a closed outline, 0 to 1."""
    canvas = np.zeros(shape, np.uint8)
    cv2.fillPoly(canvas, [fixed_point(outline)], 255, cv2.LINE_AA, _SUBPIXEL_BITS)
    return canvas.astype(np.float32) / np.float32(255)


def drawn(shape: tuple[int, ...], stroke: Points, thickness: int) -> Picture:
    """How far a stroke covers each pixel of an (H, W) picture, 0 to 1."""
    canvas = np.zeros(shape, np.uint8)
    cv2.polylines(canvas, [fixed_point(stroke)], False, 255, thickness, cv2.LINE_AA, _SUBPIXEL_BITS)
    return canvas.astype(np.float32) / np.float32(255)


def window(shape: tuple[int, ...], points: Points, margin: float) -> tuple[slice, slice]:
    """The rows and columns that hold the points and a margin, as far as they are in (H, W)."""
    low = np.floor(points.min(axis=0) - margin).astype(int)
    high = np.ceil(points.max(axis=0) + margin).astype(int) + 1
    (left, top), (right, bottom) = np.clip([low, high], 0, (shape[1], shape[0])).tolist()
    return slice(top, bottom), slice(left, right)


def soften(cover: Picture, sigma: float) -> Picture:
    """Blur by `sigma` pixels; none below a fifth of a pixel or of an empty picture."""
    if sigma < 0.2 or cover.size == 0:
        return cover
    return np.asarray(cv2.GaussianBlur(cover, (0, 0), sigma), np.float32)


def lay(
    picture: Picture, points: Points, factor: float, softness: float = 0.7, thickness: int = 0
) -> None:
    """Multiply `picture` in place by `factor` inside an outline, or along a stroke.

    `thickness` in pixels makes the points a stroke; 0, a closed outline.
    """
    area = window(picture.shape, points, 3 * softness + thickness + 1)
    patch = picture[area]
    if patch.size == 0:
        return
    inside = points - np.array([area[1].start, area[0].start], np.float32)
    cover = drawn(patch.shape, inside, thickness) if thickness else filled(patch.shape, inside)
    patch *= 1 + (factor - 1) * soften(cover, softness)


def grown(mask: Picture, pixels: int) -> Mask:
    """Annotators draw a little outside of what they see."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * pixels + 1, 2 * pixels + 1))
    return np.asarray(cv2.dilate(mask, kernel) > 0.5)


def ragged(draws: Draws, inside: Picture) -> Picture:
    """The same area with a finely broken edge."""
    height, width = inside.shape
    crumbs = cv2.resize(draws.normal(height // 3 + 1, width // 3 + 1), (width, height))
    level = soften(inside, 1.6) + 0.13 * crumbs
    return np.asarray(np.clip(3 * (level - 0.5) + 0.5, 0, 1), np.float32)


def spread(draws: Draws, height: int, width: int, along: int, across: int) -> Picture:
    """Noise of (height, width) with knots every `along` pixels down and `across` to the right."""
    knots = draws.normal(max(1, round(height / along)), max(1, round(width / across)))
    return np.asarray(cv2.resize(knots, (width, height), interpolation=cv2.INTER_LINEAR))
