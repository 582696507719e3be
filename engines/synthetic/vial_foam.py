"""Foam on the liquid, as contamination makes it: the one defect that moves with the liquid."""

from dataclasses import dataclass

import cv2
import numpy as np

from engines.synthetic.draws import Draws
from engines.synthetic.shapes import Mask, Picture, soften, spread
from engines.synthetic.vial_liquid import HALF, Contents
from engines.synthetic.vial_mould import HEIGHT, PATCH, VIALS, WIDTH

FOAM = "foam"
_HEIGHT = 72  # rows of the foam's picture
_SURFACE = 40  # the row in it that lies at the liquid's surface
_BITS = 4


@dataclass(frozen=True, slots=True)
class Foam:
    """Pictures (72, 256): how strongly it weakens the light, and how far it covers, 0 to 1."""

    vial: int
    absorbance: Picture
    cover: Picture


def foam(strip: Draws, shown: Draws) -> Foam:
    """Where and how much is the strip's; the single bubbles are new at each presentation."""
    vial = strip.integer(0, VIALS - 1)
    middle, half = strip.uniform(-0.5, 0.5), strip.uniform(0.28, 1.0)
    above, below = strip.uniform(6, 24), strip.uniform(4, 20)
    strength = strip.uniform(0.55, 1.0)
    across = np.linspace(-1.2, 1.2, PATCH, dtype=np.float32)[None, :]
    rows = np.arange(_HEIGHT, dtype=np.float32)[:, None] - _SURFACE
    ragged = 0.22 * spread(shown, _HEIGHT, PATCH, 30, 9)
    end = np.sqrt(np.clip(1.1 - ((across - middle) / half) ** 2, 0, 1))
    upright = np.where(rows < 0, -rows / above, rows / below)
    cover = np.clip(6 * (end - upright + ragged - 0.1 - (end < 0.05)), 0, 1)
    cells = _cells(shown)
    light = strength * (0.2 + 1.0 * cells)
    return Foam(vial, light.astype(np.float32), soften(cover.astype(np.float32), 1.0))


def _cells(draws: Draws) -> Picture:
    """Walls of bubbles, packed."""
    canvas = np.zeros((_HEIGHT, PATCH), np.uint8)
    for _ in range(420):
        x, y = draws.uniform(0, PATCH), draws.uniform(0, _HEIGHT)
        radius = 1.8 + 5.5 * draws.uniform() ** 3
        centre = round(x * (1 << _BITS)), round(y * (1 << _BITS))
        inner = max(1, round((radius - 0.7) * (1 << _BITS)))
        cv2.circle(canvas, centre, inner, 25, -1, cv2.LINE_AA, _BITS)
        outer = round(radius * (1 << _BITS))
        cv2.circle(canvas, centre, outer, 200, 1, cv2.LINE_AA, _BITS)
    return soften(canvas.astype(np.float32) / np.float32(255), 0.5)


def lay_foam(light: Picture, cavity: Picture, foam: Foam, vial: Contents, frame: int) -> Mask:
    """Put it onto the surface of its vial, in place; returns its mask (H, W)."""
    left = int(vial.middle) - PATCH // 2
    columns = slice(max(0, left), min(WIDTH, left + PATCH))
    across = (np.arange(columns.start, columns.stop) + 0.5 - vial.middle) / HALF
    level = vial.surface.rows(frame, np.clip(across, -1.1, 1.1).astype(np.float32))
    first, last = int(level.min()) - _SURFACE, int(level.max()) + _HEIGHT - _SURFACE
    band = slice(first, last)
    rows = np.arange(first, last, dtype=np.float32)[:, None] + 0.5 - level[None, :] + _SURFACE
    from_x = np.arange(columns.start, columns.stop, dtype=np.float32) - left
    maps = np.broadcast_to(from_x, rows.shape).astype(np.float32), rows.astype(np.float32)
    absorbance = cv2.remap(foam.absorbance, *maps, cv2.INTER_LINEAR)
    cover = cv2.remap(foam.cover, *maps, cv2.INTER_LINEAR) * cavity[band, columns]
    light[band, columns] *= cv2.exp(-absorbance * cover)
    mask = np.zeros((HEIGHT, WIDTH), np.bool_)
    mask[band, columns] = cover > 0.4
    return mask
