"""Draws blocks, lines and letters in millimetres, at any place and turn of a canvas."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.shapes import Points, filled, fixed_point, soften, window

Colour = tuple[float, float, float]
Vector = tuple[float, float]
_SUBPIXEL_BITS = 4
# OpenCV fills so many pixels beyond an outline's edge.
_SPILL = 0.75
_QUARTER = math.pi / 2

# Strokes on a grid of 4 by 6, as pairs of x and y; y goes down. OpenCV's own letters changed with
# its version 5, and cannot be turned.
_STROKES = {
    "A": "0602204246 0444",
    "B": "00063645443303 3342413000",
    "C": "4130100105163645",
    "D": "00062645412000",
    "E": "40000646 0333",
    "F": "400006 0333",
    "G": "41301001051636454323",
    "H": "0006 4046 0343",
    "I": "1030 2026 1636",
    "J": "4045361605",
    "K": "0006 4003 1246",
    "L": "000646",
    "M": "0600234046",
    "N": "06004640",
    "O": "100105163645413010",
    "P": "06003041423303",
    "Q": "100105163645413010 2446",
    "R": "06003041423303 2346",
    "S": "413010010213334445361605",
    "T": "0040 2026",
    "U": "000516364540",
    "V": "002640",
    "W": "0016233640",
    "X": "0046 4006",
    "Y": "002340 2326",
    "Z": "00400646",
    "0": "100105163645413010 3115",
    "1": "112026 1636",
    "2": "01103041420646",
    "3": "01103041423313 334445361605",
    "4": "36300444",
    "5": "400002324345361605",
    "6": "413010010516364544331304",
    "7": "004016",
    "8": "100102133342413010 1304051636454433",
    "9": "423313020110304145361605",
    "-": "1333",
    ".": "2526",
    "+": "2125 0343",
    " ": "",
}
_ADVANCE = 5.6


def lettering(text: str, height: float) -> list[Points]:
    """The strokes of a line of capitals, digits and "-.+ ", centred on (0, 0)."""
    unit = height / 6
    shift = np.array([(_ADVANCE * len(text) - _ADVANCE + 4) / 2, 3.0])
    strokes = []
    for place, letter in enumerate(text):
        for stroke in _STROKES[letter].split():
            digits = np.array([int(digit) for digit in stroke]).reshape(-1, 2)
            points = (digits + np.array([_ADVANCE * place, 0.0]) - shift) * unit
            strokes.append(points.astype(np.float32))
    return strokes


def lettering_width(text: str, height: float) -> float:
    return (_ADVANCE * len(text) - _ADVANCE + 4) * height / 6


def box(x: float, y: float, width: float, height: float) -> Points:
    """Corners of an upright rectangle around (x, y), clockwise from the upper left."""
    right, down = width / 2, height / 2
    return np.array(
        [
            [x - right, y - down],
            [x + right, y - down],
            [x + right, y + down],
            [x - right, y + down],
        ],
        np.float32,
    )


def scaled(colour: Colour, factor: float) -> Colour:
    red, green, blue = (min(255.0, max(0.0, factor * level)) for level in colour)
    return red, green, blue


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on a canvas in coordinates of its own.

    Attributes:
        canvas: (H, W, 3) uint8 RGB, or (H, W) uint8, whose level is a colour's first number.
        x, y: the pen's origin on the canvas, in pixels.
        angle: of the pen's x axis on the canvas, in radians, clockwise as seen.
        unit: canvas pixels for one of the pen's units.
        light: towards the lamp, on the canvas; length up to 1.
    """

    canvas: NDArray[np.uint8]
    x: float
    y: float
    angle: float = 0.0
    unit: float = 1.0
    light: Vector = (0.0, 0.0)

    def at(self, x: float, y: float, quarters: int = 0, turn: float = 0.0) -> "Pen":
        """A pen whose origin is this one's (x, y), turned by quarters and by `turn` radians."""
        origin = self.points(np.array([[x, y]], np.float32))[0]
        angle = self.angle + quarters * _QUARTER + turn
        return replace(self, x=float(origin[0]), y=float(origin[1]), angle=angle)

    def points(self, local: Points) -> Points:
        """Where on the canvas the pen's points lie."""
        cos, sin = self.unit * math.cos(self.angle), self.unit * math.sin(self.angle)
        turned = local @ np.array([[cos, sin], [-sin, cos]])
        return np.asarray(turned + np.array([self.x, self.y]), np.float32)

    def polygon(self, local: Points, colour: Sequence[float]) -> None:
        """Fill a convex outline."""
        from_middle = local - local.mean(axis=0)
        within = np.minimum(np.abs(from_middle), _SPILL / self.unit)
        corners = [fixed_point(self.points(local - np.sign(from_middle) * within))]
        cv2.fillPoly(self.canvas, corners, colour, cv2.LINE_AA, _SUBPIXEL_BITS)

    def box(self, x: float, y: float, width: float, height: float, colour: Sequence[float]) -> None:
        self.polygon(box(x, y, width, height), colour)

    def disc(self, x: float, y: float, radius: float, colour: Sequence[float]) -> None:
        turn = np.linspace(0, 2 * math.pi, 32, endpoint=False)
        rim = np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], axis=1)
        self.polygon(rim.astype(np.float32), colour)

    def line(
        self, local: Points, colour: Sequence[float], width: float, closed: bool = False
    ) -> None:
        thickness = max(1, round(width * self.unit))
        stroke = [fixed_point(self.points(local))]
        cv2.polylines(self.canvas, stroke, closed, colour, thickness, cv2.LINE_AA, _SUBPIXEL_BITS)

    def letters(
        self, text: str, x: float, y: float, height: float, colour: Sequence[float], width: float
    ) -> None:
        """A line of text centred on (x, y)."""
        for stroke in lettering(text, height):
            self.line(stroke + np.array([x, y], np.float32), colour, width)

    def shade(self, local: Points, factor: float, softness: float, lift: float = 0.0) -> None:
        """Darken or lighten inside an outline; `lift` moves it away from the lamp, as a shadow.

        `softness` and `lift` are in the pen's units.
        """
        away = -lift * self.unit * np.array(self.light, np.float32)
        outline = self.points(local) + away
        sigma = softness * self.unit
        area = window(self.canvas.shape, outline, 3 * sigma + 2)
        patch = self.canvas[area]
        if patch.size == 0:
            return
        inside = outline - np.array([area[1].start, area[0].start], np.float32)
        cover = soften(filled(patch.shape[:2], inside), sigma)
        changed = patch * (1 + (factor - 1) * cover)[..., None]
        patch[:] = np.clip(np.rint(changed), 0, 255).astype(np.uint8)

    def block(
        self,
        place: tuple[float, float, float, float],
        edge: float,
        colour: Colour,
        gloss: float = 0.35,
    ) -> None:
        """A raised block: x, y, width and height of its foot, and bevelled sides `edge` wide."""
        x, y, width, height = place
        self.box(*place, colour)
        foot, top = box(*place), box(x, y, width - 2 * edge, height - 2 * edge)
        for side, normal in enumerate(((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0))):
            following = (side + 1) % 4
            face = np.array([foot[side], foot[following], top[following], top[side]])
            self.polygon(face, scaled(colour, 1 + gloss * self._lit(normal)))
        self.polygon(top, colour)

    def dimple(
        self, x: float, y: float, radius: float, dark: Colour, pale: Colour, floor: Colour
    ) -> None:
        """A shallow round hollow: dark towards the lamp, pale away from it."""
        across, down = self._towards_lamp()
        reach = 0.16 * radius
        self.disc(x - reach * across, y - reach * down, radius, pale)
        self.disc(x + reach * across, y + reach * down, radius, dark)
        self.disc(x, y, 0.86 * radius, floor)

    def facing(self) -> float:
        """How far the pen's x axis points to the lamp, -1 to 1."""
        return self._lit((1.0, 0.0))

    def _towards_lamp(self) -> Vector:
        """In the pen's own directions."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        return cos * self.light[0] + sin * self.light[1], cos * self.light[1] - sin * self.light[0]

    def _lit(self, normal: Vector) -> float:
        """How far a side with that normal looks towards the lamp, -1 to 1."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        across = normal[0] * cos - normal[1] * sin
        down = normal[0] * sin + normal[1] * cos
        return across * self.light[0] + down * self.light[1]
