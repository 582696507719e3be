"""The mould of a blow-fill-seal strip: what every strip of the product has in common.

Five vials stand side by side, each in a column of 256 pixels; from top to bottom its flag, its
upper body with neck and shoulder, its liquid and its bottom, each in 256 rows.
"""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.shapes import Mask, Picture, Points, soften

VIALS = 5
REGIONS = ("flag", "upper_body", "liquid", "bottom")
PATCH = 256
FRAMES = 16
HEIGHT, WIDTH = PATCH * len(REGIONS), PATCH * VIALS

FLAG_TOP, FLAG_BOTTOM, FLAG_HALF = 30, 226, 104
GROOVE = 258
BODY_TOP, BODY_BOTTOM = 405, 994
WEB_TOP, WEB_BOTTOM = 424, 936
SIDE_CUT = 8  # from the picture's sides to where the outermost webs are cut
_STEM_TOP, _TAB_BOTTOM = 128, 1010
_FINE = 4  # outlines and letters are drawn so many times larger

# Half the width of the hollow part at rows from top to bottom: stem, groove, neck, ring, body.
_TUBE = (
    (_STEM_TOP, 0), (131, 12), (137, 19), (148, 25), (165, 28), (240, 27), (251, 25), (258, 20),
    (264, 26), (272, 31), (300, 36), (306, 44), (316, 45), (322, 39), (330, 41), (338, 48),
    (350, 63), (364, 81), (380, 97), (394, 106), (408, 111), (430, 113), (640, 110), (850, 112),
    (900, 113), (918, 112.7), (934, 111.3), (950, 107.5), (966, 98), (977, 84), (984, 69),
    (989, 53), (992, 36), (993, 20), (994, 0),
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
    half = half_widths()
    wall = _distance(_both_sides(half[half > 0], np.nonzero(half > 0)[0] + 0.5))
    tube = np.clip(0.5 - wall, 0, 1)
    dry, wet = _walls(across, half[:, None], wall)
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None] + 0.5
    inside = np.clip(-wall - 2.5, 0, 1)
    inside *= np.clip(rows - GROOVE - 8, 0, 1) * np.clip(BODY_BOTTOM - 9 - rows, 0, 1)
    wet = dry + inside * (wet - dry)
    flag = _distance(_flag_outline())
    tab = np.maximum(np.maximum(across - 50, rows - _TAB_BOTTOM), BODY_BOTTOM - 8 - rows)
    web, web_light = _web(across)
    flat = np.maximum(_flag(flag, across, rows), web_light * web)
    flat = np.maximum(flat, _sheet(tab, 0.36))
    stem = np.clip((FLAG_BOTTOM + 8 - rows) / 30, 0, 1)
    dry = dry + stem * (0.14 - 0.25 * dry)
    dry, wet = (flat + tube * (walls - flat) for walls in (dry, wet))
    raised = np.maximum(tube, np.clip(0.5 - flag, 0, 1))
    relief = _relief(_embossing() * raised) + _seam(across)
    plastic = np.maximum(raised, np.maximum(web, tab < 0))
    dry, wet, inside, plastic = (
        np.asarray(layer, np.float32) for layer in (dry + relief, wet + relief, inside, plastic)
    )
    return dry, wet, inside, plastic


def _both_sides(halves: Picture, rows: Picture) -> Points:
    """The outline of what reaches equally far to both sides of the middle."""
    middle = PATCH / 2
    right = np.stack([middle + halves, rows], axis=1)
    left = np.stack([middle - halves, rows], axis=1)
    return np.concatenate([right, left[::-1]]).astype(np.float32)


def _distance(outline: Points) -> Picture:
    """Pixels from each pixel of a vial's picture to an outline, negative inside."""
    canvas = np.zeros((HEIGHT * _FINE, PATCH * _FINE), np.uint8)
    cv2.fillPoly(canvas, [np.rint(outline * _FINE).astype(np.int32)], 255)
    outside, inside = (
        np.asarray(cv2.distanceTransform(where, cv2.DIST_L2, 5), np.float32) / np.float32(_FINE)
        for where in (255 - canvas, canvas)
    )
    small = cv2.resize(outside - inside, (PATCH, HEIGHT), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)


def _walls(across: Picture, half: Picture, wall: Picture) -> tuple[Picture, Picture]:
    """Absorbance of the hollow part: the steeper the wall, the longer the light is in it."""
    depth = np.sqrt(np.clip(half**2 - across**2, 0, None))
    down, _ = np.gradient(cv2.GaussianBlur(depth, (0, 0), 1.8))
    lean = np.clip(across / np.maximum(half, 1), 0, 1)  # the sine of the wall's angle
    steep = np.sqrt(np.clip(1 - lean**2, 0.012, 1))
    along = np.clip(np.abs(down), 0, 2.5)
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
    thick = 0.1 * np.exp(-(((rows - 350) / 45) ** 2)) + 0.12 * np.exp(-(((rows - 985) / 40) ** 2))
    thick = thick - 0.05 * np.exp(-(((rows - 480) / 70) ** 2))
    dry = 0.25 + thick + 0.12 * lean**2 - 0.04 * np.exp(-(((lean - 0.6) / 0.1) ** 2))
    dry = dry + 0.15 * np.clip(1 / steep - 1 + 0.6 * along, 0, 6)
    dry -= 0.4 * np.exp(-(((wall + 3.4) / 1.7) ** 2))  # light led along the wall
    lens = np.clip((lean - 0.7) / 0.24, 0, 1)
    wet = 0.13 + thick + 0.06 * lean**2 + 1.05 * lens * lens * (3 - 2 * lens) + 0.25 * along
    wet -= 0.55 * np.exp(-(((wall + 4.5) / 2.2) ** 2))
    return dry.astype(np.float32), wet.astype(np.float32)


def _flag_outline() -> Points:
    """A sheet with round corners that runs out into the stem."""
    radius, fillet, stem = 18.0, 13.0, 26.0
    turn = np.linspace(0, np.pi / 2, 16)
    sin, cos = radius * np.sin(turn), radius * np.cos(turn)
    straight = FLAG_HALF - radius
    halves = [straight + sin, straight + cos, stem + fillet - fillet * np.sin(turn)]
    rows = [FLAG_TOP + radius - cos, FLAG_BOTTOM - radius + sin]
    rows.append(FLAG_BOTTOM + fillet - fillet * np.cos(turn))
    return _both_sides(np.concatenate(halves), np.concatenate(rows))


def _sheet(outside: Picture, absorbance: float) -> Picture:
    """Absorbance of a flat sheet, its edge dark where it is round, with a paler bevel inside."""
    light = absorbance + 0.7 * np.exp(-(((outside + 1.6) / 1.8) ** 2))
    light -= 0.1 * np.exp(-(((outside + 6.5) / 2.5) ** 2))
    return np.asarray(np.clip(0.5 - outside, 0, 1) * light, np.float32)


def _flag(outside: Picture, across: Picture, rows: Picture) -> Picture:
    """Absorbance of the flag, with ribs for the fingers."""
    ribs = np.sin((rows - 41) * 2 * np.pi / 8) * np.clip(rows - 41, 0, 1) * np.clip(65 - rows, 0, 1)
    ends = np.clip((76 - across) / 4, 0, 1)
    return _sheet(outside, 0.33) + np.asarray(0.09 * ribs * ends, np.float32)


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


def _letters(canvas: NDArray[np.uint8], text: str, x: float, y: float, size: float) -> None:
    """Text with its middle at x and its base line at y, on a canvas drawn larger."""
    font, size, thickness = cv2.FONT_HERSHEY_SIMPLEX, size * _FINE, round(1.9 * _FINE)
    (width, _), _ = cv2.getTextSize(text, font, size, thickness)
    corner = round(x * _FINE - width / 2), round(y * _FINE)
    cv2.putText(canvas, text, corner, font, size, 255, thickness)


def _shrunk(canvas: NDArray[np.uint8]) -> Picture:
    height, width = canvas.shape
    size = width // _FINE, height // _FINE
    small = cv2.resize(canvas, size, interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / np.float32(255)


def _embossing() -> Picture:
    """Height of what is raised on every vial, 0 to 1: letters, figures and the scale."""
    canvas = np.zeros((HEIGHT * _FINE, PATCH * _FINE), np.uint8)
    middle = PATCH / 2
    _letters(canvas, "NaCl 0.9%", middle, 95, 0.98)
    _letters(canvas, "10 ml", middle, 121, 0.66)
    for x, upper, lower in ((62, "LOT", "24-17"), (194, "EXP", "05-28")):
        _letters(canvas, upper, x, 157, 0.58)
        _letters(canvas, lower, x, 181, 0.58)
    for number, y in enumerate(range(590, 900, 62)):
        left, right = 182 * _FINE, (208 if number % 2 == 0 else 197) * _FINE
        cv2.line(canvas, (left, y * _FINE), (right, y * _FINE), 255, 2 * _FINE)
    for figure, y in (("8", 590), ("5", 714), ("2", 838)):
        _letters(canvas, figure, 167, y + 7, 0.62)
    return _shrunk(canvas)


def _relief(height: Picture) -> Picture:
    """Absorbance of raised lines: edges break the light, more on the side away from the lamp."""
    raised = soften(height, 0.9)
    down, right = np.gradient(raised)
    edges = 0.5 * np.hypot(down, right) + 0.5 * (0.7 * down + 0.5 * right)
    return np.asarray(edges + 0.03 * raised, np.float32)


def _add_cavity_numbers(layers: list[Picture]) -> None:
    """Each vial bears the number of its cavity in a ring, below the stem's right."""
    canvas = np.zeros((PATCH * _FINE, WIDTH * _FINE), np.uint8)
    for vial in range(VIALS):
        x, y = vial * PATCH + PATCH // 2 + 68, 204
        _letters(canvas, str(vial + 1), x, y + 5, 0.45)
        cv2.circle(canvas, (x * _FINE, y * _FINE), 11 * _FINE, 255, _FINE)
    relief = _relief(_shrunk(canvas))
    for layer in layers[:2]:
        layer[:PATCH] += relief


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
