"""The mould of a blow-fill-seal strip: what every strip of the product has in common.

Five vials stand side by side, each in a column of 256 pixels; from top to bottom its flag, its
upper body with neck and shoulder, its liquid and its bottom, each in 256 rows.
"""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.shapes import Mask, Picture, soften

VIALS = 5
REGIONS = ("flag", "upper_body", "liquid", "bottom")
PATCH = 256
FRAMES = 16
HEIGHT, WIDTH = PATCH * len(REGIONS), PATCH * VIALS

FLAG_TOP, FLAG_BOTTOM, FLAG_HALF = 30, 222, 104
GROOVE = 258
BODY_TOP, BODY_BOTTOM = 405, 988
WEB_TOP, WEB_BOTTOM = 424, 936
SIDE_CUT = 8  # from the picture's sides to where the outermost webs are cut
_STEM_TOP, _TAB_BOTTOM = 128, 1008

# Half the width of the hollow part at rows from top to bottom: stem, groove, neck, ring, body.
_TUBE = (
    (_STEM_TOP, 0), (131, 12), (137, 19), (148, 25), (165, 28), (240, 27), (251, 25), (258, 20),
    (264, 26), (272, 31), (300, 36), (306, 44), (316, 45), (322, 39), (330, 41), (338, 48),
    (350, 63), (364, 81), (380, 97), (394, 106), (408, 111), (430, 113), (640, 110), (860, 113),
    (925, 113), (950, 108), (966, 98), (977, 84), (984, 70), (988, 58),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mould:
    """The product as drawn, in pictures (H, W) of the whole strip; nobody may change them.

    Attributes:
        dry: how strongly the strip weakens the light behind it (absorbance), without liquid.
        wet: the same where liquid stands behind the wall.
        cavity: how far a pixel shows the inside of a vial, 0 to 1.
        plastic: where there is any plastic, walls and webs.
    """

    dry: Picture
    wet: Picture
    cavity: Picture
    plastic: Mask


def half_widths() -> Picture:
    """Of the hollow part, by row; 0 above the stem and below the vial."""
    rows, halves = np.array(_TUBE, np.float32).T
    half = np.interp(np.arange(HEIGHT) + 0.5, rows, halves, left=0, right=0)
    smooth = soften(half.astype(np.float32)[:, None], 2.5)[:, 0]
    return np.where(half > 0, smooth, 0).astype(np.float32)


@cache
def mould() -> Mould:
    """Drawn once per process."""
    dry, wet, cavity, plastic = ([layer] * VIALS for layer in _vial())
    layers = [np.ascontiguousarray(np.hstack(layer)) for layer in (dry, wet, cavity)]
    covered = np.hstack(plastic) > 0.5
    _add_cavity_numbers(layers)
    covered &= _cut_sides(layers)
    for layer in (*layers, covered):
        layer.setflags(write=False)
    return Mould(layers[0], layers[1], layers[2], covered)


def _vial() -> tuple[Picture, Picture, Picture, Picture]:
    """Dry, wet, cavity and plastic of one vial with half the webs beside it."""
    across = np.abs(np.arange(PATCH, dtype=np.float32) + 0.5 - PATCH / 2)[None, :]
    half = half_widths()[:, None]
    tube = np.clip(half - across + 0.5, 0, 1)
    flag, flag_light = _flag(across)
    web, web_light = _web(across)
    dry, wet = _walls(across, half)
    inside = np.clip(half - 3 - across + 0.5, 0, 1)
    inside[: GROOVE + 8] = 0
    inside[BODY_BOTTOM - 8 :] = 0
    wet = dry + inside * (wet - dry)
    flat = np.maximum(flag_light * flag, web_light * web)
    stem = (np.arange(HEIGHT) < GROOVE - 14)[:, None]
    dry = np.where(stem, 0.75 * dry + 0.16, dry)
    flat = np.maximum(flat, _tab(across))
    dry, wet = (flat + tube * (walls - flat) for walls in (dry, wet))
    relief = _relief(_embossing() * np.maximum(tube, flag))
    seam = _seam(across)
    dry, wet = dry + relief + seam, wet + 0.8 * relief + seam
    plastic = np.maximum(np.maximum(tube, flag), np.maximum(web, _tab(across) > 0))
    return (
        dry.astype(np.float32),
        wet.astype(np.float32),
        inside.astype(np.float32),
        plastic.astype(np.float32),
    )


def _walls(across: Picture, half: Picture) -> tuple[Picture, Picture]:
    """Absorbance of the hollow part: the steeper the wall, the longer the light is in it."""
    depth = np.sqrt(np.clip(half**2 - across**2, 0, None))
    down, _ = np.gradient(cv2.GaussianBlur(depth, (0, 0), 1.5))
    lean = np.clip(across / np.maximum(half, 1), 0, 1)  # the sine of the wall's angle
    steep = np.sqrt(np.clip(1 - lean**2, 0.012, 1))
    along = np.clip(np.abs(down), 0, 2.5)
    path = 1 / steep - 1 + 0.55 * along
    dry = 0.27 + 0.16 * np.clip(path, 0, 6)
    dry -= 0.42 * np.exp(-(((half - across - 3.2) / 1.6) ** 2))  # light led along the wall
    lens = np.clip((lean - 0.74) / 0.2, 0, 1)
    wet = 0.15 + 0.07 * lean**2 + 1.05 * lens * lens * (3 - 2 * lens) + 0.1 * along
    wet -= 0.6 * np.exp(-(((half - across - 4.5) / 2.2) ** 2))
    return dry.astype(np.float32), wet.astype(np.float32)


def _flag(across: Picture) -> tuple[Picture, Picture]:
    """Cover and absorbance of the flat flag with rounded corners and grip ribs."""
    rows = (np.arange(HEIGHT, dtype=np.float32) + 0.5)[:, None]
    radius = 18.0
    top, side = FLAG_TOP + radius - rows, across - (FLAG_HALF - radius)
    corner = np.hypot(np.clip(top, 0, None), np.clip(side, 0, None)) - radius
    fillet = np.clip((rows - (FLAG_BOTTOM - 8)) / 32, 0, 1)
    narrow = FLAG_HALF - (FLAG_HALF - 26) * (1 - np.sqrt(np.clip(1 - fillet**2, 0, 1))) ** 0.8
    below = np.maximum(across - narrow, rows - (FLAG_BOTTOM + 24))
    outside = np.maximum(corner, below)
    cover = np.clip(0.5 - outside, 0, 1)
    light = 0.34 + 0.75 * np.exp(-(((outside + 1.5) / 1.8) ** 2))
    light -= 0.1 * np.exp(-(((outside + 6.5) / 2.5) ** 2))
    ribs = (rows > 40) & (rows < 64) & (across < 74)
    light = light + np.where(ribs, 0.07 * np.sin((rows - 40) * 2 * np.pi / 8), 0)
    return cover.astype(np.float32), light.astype(np.float32)


def _web(across: Picture) -> tuple[Picture, Picture]:
    """Cover and absorbance of the film between vials, with the perforation in its middle."""
    rows = (np.arange(HEIGHT, dtype=np.float32) + 0.5)[:, None]
    ends = np.clip(rows - WEB_TOP, 0, 1) * np.clip(WEB_BOTTOM - rows, 0, 1)
    cover = ends * np.ones_like(across)
    from_cut = PATCH / 2 - across
    slit = np.clip(1.6 * np.sin(rows * 2 * np.pi / 24) + 0.9, 0, 1)
    light = 0.2 + 0.6 * np.exp(-(((from_cut - 2.6) / 1.4) ** 2)) * (0.35 + 0.65 * slit)
    light = light * (1 - slit * np.clip(2.0 - from_cut, 0, 1))
    light += 0.5 * np.exp(-(((rows - WEB_TOP) / 1.8) ** 2))
    light += 0.5 * np.exp(-(((rows - WEB_BOTTOM) / 1.8) ** 2))
    return cover.astype(np.float32), light.astype(np.float32)


def _tab(across: Picture) -> Picture:
    """Absorbance of the small flat tab under the vial."""
    rows = (np.arange(HEIGHT, dtype=np.float32) + 0.5)[:, None]
    outside = np.maximum(across - 50, rows - _TAB_BOTTOM)
    outside = np.maximum(outside, BODY_BOTTOM - 6 - rows)
    light = 0.36 + 0.6 * np.exp(-(((outside + 1.4) / 1.6) ** 2))
    return np.asarray(np.clip(0.5 - outside, 0, 1) * light, np.float32)


def _seam(across: Picture) -> Picture:
    """The weld where the mould pinched the tube, at the bottom, and the groove to twist at."""
    rows = (np.arange(HEIGHT, dtype=np.float32) + 0.5)[:, None]
    weld = rows - (968 - 0.0016 * across**2)
    reach = np.clip((66 - across) / 8, 0, 1)
    light = reach * (0.75 * np.exp(-((weld / 1.9) ** 2)) - 0.2 * np.exp(-(((weld - 5) / 2.4) ** 2)))
    groove = np.exp(-(((rows - GROOVE) / 2.0) ** 2)) - 0.35 * np.exp(
        -(((rows - GROOVE - 5.5) / 2.2) ** 2)
    )
    return np.asarray(light + 0.7 * groove * np.clip(24 - across, 0, 1), np.float32)


def _letters(canvas: NDArray[np.uint8], text: str, x: int, y: int, size: float) -> None:
    """Text with its middle at x and its base line at y."""
    font, thickness = cv2.FONT_HERSHEY_DUPLEX, 2
    (width, _), _ = cv2.getTextSize(text, font, size, thickness)
    cv2.putText(canvas, text, (x - width // 2, y), font, size, 255, thickness, cv2.LINE_AA)


def _embossing() -> Picture:
    """Height of what is raised on every vial, 0 to 1: letters, figures and the scale."""
    canvas = np.zeros((HEIGHT, PATCH), np.uint8)
    middle = PATCH // 2
    _letters(canvas, "NaCl 0.9%", middle, 92, 0.95)
    _letters(canvas, "10 ml", middle, 121, 0.72)
    for x, upper, lower in ((62, "LOT", "24-17"), (194, "EXP", "05-28")):
        _letters(canvas, upper, x, 158, 0.6)
        _letters(canvas, lower, x, 184, 0.6)
    for number, y in enumerate(range(590, 900, 62)):
        length = 26 if number % 2 == 0 else 15
        cv2.line(canvas, (182, y), (182 + length, y), 255, 2, cv2.LINE_AA)
    for figure, y in (("8", 590), ("5", 714), ("2", 838)):
        _letters(canvas, figure, 166, y + 8, 0.6)
    return canvas.astype(np.float32) / np.float32(255)


def _relief(height: Picture) -> Picture:
    """Absorbance of raised lines: edges break the light, more on the side away from the lamp."""
    raised = soften(height, 1.1)
    down, right = np.gradient(raised)
    edges = 0.55 * np.hypot(down, right) + 0.35 * (0.7 * down + 0.5 * right)
    return np.asarray(edges + 0.05 * raised, np.float32)


def _add_cavity_numbers(layers: list[Picture]) -> None:
    """Each vial bears the number of its cavity in a ring, below the stem's right."""
    canvas = np.zeros((HEIGHT, WIDTH), np.uint8)
    for vial in range(VIALS):
        x = vial * PATCH + PATCH // 2 + 68
        _letters(canvas, str(vial + 1), x, 210, 0.42)
        cv2.circle(canvas, (x, 205), 10, 255, 1, cv2.LINE_AA)
    relief = _relief(canvas.astype(np.float32) / np.float32(255))
    for layer in layers[:2]:
        layer += relief


def _cut_sides(layers: list[Picture]) -> Mask:
    """The outermost webs end in a straight cut; returns where there still is something."""
    from_side = np.arange(WIDTH, dtype=np.float32) + 0.5
    from_side = np.minimum(from_side, WIDTH - from_side) - SIDE_CUT
    kept = np.clip(from_side + 0.5, 0, 1)
    edge = 0.5 * np.exp(-(((from_side - 1.5) / 1.5) ** 2))
    web = np.zeros((HEIGHT, 1), np.float32)
    web[WEB_TOP:WEB_BOTTOM] = 1
    for layer in layers[:2]:
        layer *= kept
        layer += web * edge
    return np.broadcast_to(kept > 0.5, (HEIGHT, WIDTH))
