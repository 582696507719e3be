"""The ground face of a magnetic tile, before anything is on it and before it is photographed."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from engines.synthetic.draws import Draws
from engines.synthetic.shapes import Picture, Points, lay, spread


@dataclass(slots=True)
class Surface:
    """What the camera will see, in parts that marks and defects change in place.

    All pictures are (H, W) float32.

    Attributes:
        shade: light that comes back from the face, about 1 in its middle.
        streaks: grinding marks along y, relative to the shade.
        grain: the texture of the ceramic, relative to the shade.
        cover: how far a pixel belongs to the tile, 0 to 1; the rest is the dark background.
        left, right, top, bottom: the face without its borders, in pixels.
    """

    shade: Picture
    streaks: Picture
    grain: Picture
    cover: Picture
    left: int
    right: int
    top: int
    bottom: int

    @property
    def shape(self) -> tuple[int, int]:
        height, width = self.shade.shape
        return height, width


def ground_face(draws: Draws) -> Surface:
    """A tile as it comes from the grinding wheel."""
    height, width = _size(draws)
    cover, (left, right, top, bottom) = _outline(draws, height, width)
    surface = Surface(
        shade=_light(draws, height, width),
        streaks=_streaks(draws, height, width),
        grain=_grain(draws, height, width),
        cover=cover,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
    )
    if draws.chance(0.55):
        _add_flanks(draws, surface)
    _round_corners(draws, surface)
    return surface


def _size(draws: Draws) -> tuple[int, int]:
    kind = draws.uniform()
    if kind < 0.2:  # the narrow tiles
        return draws.integer(345, 395), draws.integer(108, 132)
    if kind < 0.7:
        return draws.integer(245, 375), draws.integer(185, 300)
    return draws.integer(235, 375), draws.integer(350, 600)


def _outline(draws: Draws, height: int, width: int) -> tuple[Picture, tuple[int, int, int, int]]:
    """How far each pixel is tile: bowed ends, straight and slightly tilted sides."""
    across = np.linspace(-1, 1, width, dtype=np.float32)
    along = np.linspace(-1, 1, height, dtype=np.float32)
    margins = [draws.uniform(0, reach) if draws.chance(0.5) else -3.0 for reach in (8, 8, 6, 6)]
    left, right, top, bottom = margins
    bow = draws.uniform(0, 5) * draws.sign() if draws.chance(0.6) else 0.0
    upper = top + bow * across**2 + _waviness(draws, width)
    lower = height - bottom + bow * across**2 - _waviness(draws, width)
    if draws.chance(0.15):  # the end is seen at an angle
        lower -= draws.uniform(4, 14) * np.abs(across)
    tilt = draws.uniform(-2, 2)
    rows = np.arange(height, dtype=np.float32)[:, None] + 0.5
    columns = np.arange(width, dtype=np.float32)[None, :] + 0.5
    sides = np.clip(columns - (left + tilt * along)[:, None], 0, 1)
    sides *= np.clip((width - right + tilt * along)[:, None] - columns, 0, 1)
    ends = np.clip(rows - upper[None, :], 0, 1) * np.clip(lower[None, :] - rows, 0, 1)
    box = (
        max(0, math.ceil(left + 2)),
        min(width, math.floor(width - right - 2)),
        max(0, math.ceil(float(upper.max()) + 1)),
        min(height, math.floor(float(lower.min()) - 1)),
    )
    return (sides * ends).astype(np.float32), box


def _waviness(draws: Draws, width: int) -> Picture:
    knots = 0.7 * draws.normal(1, max(3, width // 40))
    return np.asarray(cv2.resize(knots, (width, 1), interpolation=cv2.INTER_CUBIC)[0], np.float32)


def _light(draws: Draws, height: int, width: int) -> Picture:
    """A lamp along y over a bowed face, with blurred patches and bright or dark ends."""
    x = np.linspace(-1, 1, width, dtype=np.float32)
    y = np.linspace(-1, 1, height, dtype=np.float32)
    lamp = draws.uniform(-0.35, 0.35)
    across = 1.12 - draws.uniform(0.1, 0.45) * (x - lamp) ** 2
    across += draws.uniform(0, 0.25) * np.exp(-(((x - lamp) / draws.uniform(0.12, 0.4)) ** 2))
    if draws.chance(0.3):  # one side looks into the lamp
        side = draws.sign()
        across += draws.uniform(0.2, 0.9) * np.exp(-(1 - side * x) / draws.uniform(0.06, 0.25))
    along = 1 + draws.uniform(-0.12, 0.12) * y
    for end in (-1, 1):
        if draws.chance(0.5):
            reach = draws.uniform(0.08, 0.4)
            along += draws.uniform(-0.18, 0.35) * np.exp(-(((1 - end * y) / reach) ** 2))
    knots = 1 + draws.uniform(0.03, 0.1) * draws.normal(max(4, height // 70), max(4, width // 70))
    patches = cv2.resize(knots, (width, height), interpolation=cv2.INTER_CUBIC)
    falloff = _falloff(draws, x)
    return np.asarray(along[:, None] * (across * falloff)[None, :] * patches, np.float32)


def _falloff(draws: Draws, x: Picture) -> Picture:
    """The face turns away from the lamp towards its sides."""
    left, right = (draws.uniform(0.0, 0.65) for _ in range(2))
    reach_left, reach_right = (draws.uniform(0.03, 0.2) for _ in range(2))
    return np.asarray(
        1 - left * np.exp(-(1 + x) / reach_left) - right * np.exp(-(1 - x) / reach_right),
        np.float32,
    )


def _streaks(draws: Draws, height: int, width: int) -> Picture:
    """Lines along the whole face that gather in bands, bright more than dark, and sparkle."""
    lines = 0.028 * draws.normal(1, width) + 0.035 * spread(draws, 1, width, 1, 9)
    for _ in range(draws.integer(width // 40, width // 10)):
        lines[0, draws.integer(0, width - 1)] += draws.uniform(-0.05, 0.16)
    envelope = np.clip(1 + 0.45 * spread(draws, height, width, 70, 18), 0.15, 2.5)
    runs = 0.042 * spread(draws, height, width, draws.integer(25, 90), 1)
    texture = (lines + runs) * envelope
    texture = np.where(texture < 0, 0.75 * texture, texture + 4.5 * texture**2)
    sparkle = 1 + 0.5 * spread(draws, height, width, 2, 1)
    texture *= draws.uniform(0.65, 1.35) * sparkle
    return np.asarray(np.clip(texture, -0.5, 1.2), np.float32)


def _grain(draws: Draws, height: int, width: int) -> Picture:
    """Fine grain, and faint clouds."""
    fine = draws.uniform(0.034, 0.054) * draws.normal(height, width)
    return np.asarray(fine + 0.02 * spread(draws, height, width, 9, 9), np.float32)


def _add_flanks(draws: Draws, surface: Surface) -> None:
    """Bevels along the sides: a bright edge, and a darker strip outside it."""
    height, width = surface.shape
    widest = min(24.0, 0.09 * width)
    for side in (-1, 1):
        if draws.chance(0.25):
            continue
        bevel = draws.uniform(0.3, 1.0) * widest
        edge = surface.left + bevel if side < 0 else surface.right - bevel
        outwards = side * (np.arange(width, dtype=np.float32) - edge)
        strip = np.clip(outwards, 0, 1)
        profile = 1 - draws.uniform(0.1, 0.55) * strip
        surface.shade *= profile
        near = slice(max(0, round(edge) - 6), min(width, round(edge) + 7))
        glow = draws.uniform(0.1, 0.55) * np.exp(-((outwards[near] / draws.uniform(1, 3.5)) ** 2))
        sparkle = np.clip(1 + 0.7 * spread(draws, height, len(glow), 3, 2), 0.1, 3)
        surface.shade[:, near] *= 1 + glow * sparkle
        surface.streaks *= 1 + 0.4 * strip


def _round_corners(draws: Draws, surface: Surface) -> None:
    """Corners are cut or slightly chipped on most tiles, which is no defect."""
    height, width = surface.shape
    for x, toward_x in ((0, 1), (width, -1)):
        for y, toward_y in ((0, 1), (height, -1)):
            if draws.chance(0.5):
                reach_x, reach_y = draws.uniform(2, 9), draws.uniform(2, 9)
                corner: Points = np.array(
                    [
                        [x - 30 * toward_x, y - 30 * toward_y],
                        [x + reach_x * toward_x, y - 30 * toward_y],
                        [x + reach_x * toward_x, y],
                        [x, y + reach_y * toward_y],
                        [x - 30 * toward_x, y + reach_y * toward_y],
                    ],
                    np.float32,
                )
                lay(surface.cover, corner, draws.uniform(0.0, 0.25), softness=0.8)
