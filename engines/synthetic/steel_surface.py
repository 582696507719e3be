"""The surface of a hot-rolled strip, before anything is on it and before it is photographed.

The strip runs along y; its width lies along x, wider than the picture.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from engines.synthetic.draws import Draws
from engines.synthetic.shapes import Picture, spread

HEIGHT, WIDTH = 256, 1600


@dataclass(slots=True)
class Strip:
    """What the camera will see, in parts that marks and defects change in place.

    All pictures are (H, W) float32.

    Attributes:
        shade: light that comes back from the strip, about 1.
        texture: streaks, scale and grain, relative to the shade.
        cover: how far a pixel belongs to the strip, 0 to 1; the rest is dark.
        left, right: where the strip begins and ends, in pixels.
    """

    shade: Picture
    texture: Picture
    cover: Picture
    left: int
    right: int

    @property
    def shape(self) -> tuple[int, int]:
        return HEIGHT, WIDTH


def rolled_strip(draws: Draws) -> Strip:
    """A strip as it leaves the last stand."""
    shade = _light(draws)
    texture = _streaks(draws) + _scale(draws)
    texture += draws.uniform(0.02, 0.045) * draws.normal(HEIGHT, WIDTH)
    cover, left, right = _edges(draws)
    return Strip(shade, np.asarray(texture, np.float32), cover, left, right)


def _light(draws: Draws) -> Picture:
    """Lamps in a row across the strip, that wears on its rolls, and a little shade along it."""
    x = np.linspace(-1, 1, WIDTH, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, HEIGHT, dtype=np.float32)[:, None]
    across = 1 + draws.uniform(-0.18, 0.18) * x - draws.uniform(0, 0.25) * x**2
    knots = draws.uniform(0.01, 0.07) * draws.normal(1, draws.integer(5, 14))
    lamps = cv2.resize(knots, (WIDTH, 1), interpolation=cv2.INTER_CUBIC)
    along = 1 + draws.uniform(-0.05, 0.05) * y
    clouds = draws.uniform(0.0, 0.035) * draws.normal(4, 16)
    patches = 1 + cv2.resize(clouds, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.asarray(along * (across + lamps) * patches, np.float32)


def _streaks(draws: Draws) -> Picture:
    """Fine lines along the strip, that gather in bands and fade in and out."""
    fine = 0.016 * draws.normal(1, WIDTH) + 0.02 * spread(draws, 1, WIDTH, 1, 5)
    bands = 0.022 * spread(draws, 1, WIDTH, 1, draws.integer(18, 70))
    for _ in range(draws.integer(4, 40)):
        fine[0, draws.integer(0, WIDTH - 1)] += draws.uniform(-0.06, 0.05)
    fading = np.clip(1 + 0.5 * spread(draws, HEIGHT, WIDTH, 110, 9), 0.1, 2.5)
    broken = 0.018 * spread(draws, HEIGHT, WIDTH, draws.integer(20, 60), 2)
    return np.asarray(draws.uniform(0.5, 1.5) * ((fine + bands) * fading + broken), np.float32)


def _scale(draws: Draws) -> Picture:
    """The oxide skin: clouds drawn out along the strip, and on some strips a coarse grain."""
    clouds = 0.5 * spread(draws, HEIGHT, WIDTH, 60, 26) + 0.4 * spread(draws, HEIGHT, WIDTH, 22, 9)
    picture = draws.uniform(0.005, 0.045) * clouds
    if draws.chance(0.35):
        flakes = spread(draws, HEIGHT, WIDTH, 7, 4)
        picture += draws.uniform(0.02, 0.06) * np.clip(flakes, -2.0, 0.6)
    return np.asarray(picture, np.float32)


def _edges(draws: Draws) -> tuple[Picture, int, int]:
    """On some pictures one edge of the strip is seen, nearly straight, with the dark beside it."""
    cover = np.ones((HEIGHT, WIDTH), np.float32)
    left, right = 0, WIDTH
    if draws.chance(0.25):
        inwards = draws.integer(60, 620)
        knots = draws.uniform(0.5, 3.0) * draws.normal(draws.integer(3, 9), 1)
        wave = cv2.resize(knots, (1, HEIGHT), interpolation=cv2.INTER_CUBIC)[:, 0]
        tilt = draws.uniform(-8, 8) * np.linspace(-1, 1, HEIGHT, dtype=np.float32)
        border = (inwards + wave + tilt)[:, None]
        columns = np.arange(WIDTH, dtype=np.float32)[None, :] + 0.5
        cover = np.clip((columns - border) / 1.5 + 0.5, 0, 1).astype(np.float32)
        left = int(border.max()) + 4
        if draws.chance(0.5):
            cover = np.ascontiguousarray(cover[:, ::-1])
            left, right = 0, WIDTH - left
    return cover, left, right
