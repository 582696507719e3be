"""The face of a commutator, before anything is on it and before it is photographed."""

from dataclasses import dataclass

import cv2
import numpy as np

from engines.synthetic.draws import Draws
from engines.synthetic.shapes import Picture, blob, filled, lay, ragged, soften, spread

HEIGHT, WIDTH = 632, 224
_COARSE = 8


@dataclass(slots=True)
class Face:
    """What the camera will see, in parts that marks and defects change in place.

    All pictures are (H, W) float32.

    Attributes:
        shade: light that comes back from the plastic, about 1.
        texture: grain, pits and lines, relative to the shade.
        copper: how far a pixel belongs to a copper segment, 0 to 1.
        grain_angle: which way the grain is drawn out, in radians, 0 to the right.
    """

    shade: Picture
    texture: Picture
    copper: Picture
    grain_angle: float

    @property
    def shape(self) -> tuple[int, int]:
        return HEIGHT, WIDTH


def moulded_face(draws: Draws) -> Face:
    angle = draws.uniform(-0.5, 0.5)
    texture = _grain(draws) + _lines(draws)
    face = Face(_light(draws), np.asarray(texture, np.float32), _copper(draws), angle)
    _add_pits(draws, face)
    return face


def _light(draws: Draws) -> Picture:
    """A lamp along y over a slightly round face, with wide clouds."""
    x = np.linspace(-1, 1, WIDTH, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, HEIGHT, dtype=np.float32)[:, None]
    across = 1 + draws.uniform(-0.08, 0.08) * x - draws.uniform(0, 0.12) * x**2
    along = 1 + draws.uniform(-0.08, 0.08) * y - draws.uniform(0, 0.06) * y**2
    clouds = 1 + draws.uniform(0.01, 0.04) * draws.normal(7, 4)
    patches = cv2.resize(clouds, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.asarray(across * along * patches, np.float32)


def _grain(draws: Draws) -> Picture:
    """Filler in the plastic, mottled: pale specks, dark hollows, a little longer than high."""
    rough = draws.uniform(0.45, 1.15)
    coarse = _even(draws, draws.uniform(1.0, 1.8), draws.uniform(0.7, 1.3))
    mottles = _even(draws, draws.uniform(2.5, 5.0), draws.uniform(2.0, 3.5))
    clouds = _clouds(draws, 12.0, 12.0)
    specks = np.maximum(coarse - 1.0, 0) * draws.uniform(0.03, 0.14)
    hollows = np.minimum(coarse + 0.9, 0) * draws.uniform(0.03, 0.14)
    # Coarser in some places than in others.
    uneven = np.clip(1 + draws.uniform(0.1, 0.35) * _clouds(draws, 30.0, 45.0), 0.35, 2)
    spots = uneven * (draws.uniform(0.05, 0.09) * coarse + specks + hollows)
    wide = draws.uniform(0.015, 0.045) * mottles + draws.uniform(0.005, 0.025) * clouds
    return np.asarray(rough * (spots + wide) + 0.02 * draws.normal(HEIGHT, WIDTH), np.float32)


def _even(draws: Draws, across: float, along: float) -> Picture:
    """Noise of standard deviation 1 without structure, its grains so long and so high."""
    noise = cv2.GaussianBlur(draws.normal(HEIGHT, WIDTH), (0, 0), sigmaX=across, sigmaY=along)
    return np.asarray(noise / max(1e-6, float(noise.std())), np.float32)


def _clouds(draws: Draws, across: float, along: float) -> Picture:
    """The same for wide ones, faster."""
    noise = draws.normal(HEIGHT // _COARSE, WIDTH // _COARSE)
    sigma_x, sigma_y = across / _COARSE, along / _COARSE
    smooth = cv2.GaussianBlur(noise, (0, 0), sigmaX=sigma_x, sigmaY=sigma_y)
    wide = cv2.resize(smooth, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.asarray(wide / max(1e-6, float(wide.std())), np.float32)


def _lines(draws: Draws) -> Picture:
    """Lines that the tool has left along y: fine ones, and wide bands."""
    strength = draws.uniform(0.0, 1.0) ** 2
    fine = 0.04 * soften(draws.normal(1, WIDTH), 0.7) + 0.03 * spread(draws, 1, WIDTH, 1, 4)
    bands = 0.02 * spread(draws, 1, WIDTH, 1, draws.integer(14, 40))
    fading = np.clip(1 + 0.6 * spread(draws, HEIGHT, WIDTH, 150, 8), 0.1, 2.5)
    runs = 0.02 * spread(draws, HEIGHT, WIDTH, draws.integer(40, 120), 2)
    return np.asarray((0.25 + strength) * ((fine + bands) * fading + runs), np.float32)


def _copper(draws: Draws) -> Picture:
    """On some faces the edge of a copper segment is seen at one side, bright and ragged."""
    cover = np.zeros((HEIGHT, WIDTH), np.float32)
    if not draws.chance(0.45):
        return cover
    top = draws.uniform(-0.2, 0.5) * HEIGHT
    bottom = top + draws.uniform(0.15, 0.55) * HEIGHT
    reach = draws.uniform(2, 16)
    rows = np.arange(HEIGHT, dtype=np.float32)
    knots = draws.uniform(0.5, 2.5) * draws.normal(24, 1)
    wave = cv2.resize(knots, (1, HEIGHT), interpolation=cv2.INTER_CUBIC)[:, 0]
    ends = np.clip(np.minimum(rows - top, bottom - rows) / 3, 0, 1)
    if draws.chance(0.3):  # a gap in the middle
        gap = np.abs(rows - draws.uniform(top, bottom)) - draws.uniform(5, 30)
        ends *= np.clip(gap / 3, 0, 1)
    border = ends * (reach + wave)
    columns = np.arange(WIDTH, dtype=np.float32)[None, :] + 0.5
    cover = np.clip(border[:, None] - columns, 0, 1).astype(np.float32)
    if draws.chance(0.35):
        cover = np.ascontiguousarray(cover[:, ::-1])
    return ragged(draws, cover)


def _add_pits(draws: Draws, face: Face) -> None:
    """Small dark hollows, drawn out with the grain, scattered or in swarms."""
    for _ in range(draws.integer(5, 70)):
        radius = draws.uniform(0.7, 2.4)
        centre = draws.uniform(0, WIDTH), draws.uniform(0, HEIGHT)
        radii = radius * draws.uniform(1, 2.2), radius
        turn = face.grain_angle + draws.uniform(-0.4, 0.4)
        lay(face.shade, blob(draws, centre, radii, turn, 0.25), draws.uniform(0.65, 0.92), 0.8)
    if draws.chance(0.4):
        x, y = draws.uniform(0, WIDTH), draws.uniform(0, HEIGHT)
        for _ in range(draws.integer(5, 25)):
            away = draws.normal(2)
            centre = x + 22 * float(away[0]), y + 30 * float(away[1])
            size = draws.uniform(0.8, 2.6)
            outline = blob(draws, centre, (1.6 * size, size), face.grain_angle, 0.3)
            lay(face.shade, outline, draws.uniform(0.7, 0.92), 0.9)
    if draws.chance(0.3):  # seen from the side, copper throws a shadow
        near = soften(filled(face.shape, _frame_side(draws)), 8.0)
        face.shade *= 1 - draws.uniform(0.03, 0.12) * near


def _frame_side(draws: Draws) -> Picture:
    width = draws.uniform(6, 30)
    left = 0.0 if draws.chance(0.5) else WIDTH - width
    right = left + width
    return np.array([[left, 0], [right, 0], [right, HEIGHT], [left, HEIGHT]], np.float32)
