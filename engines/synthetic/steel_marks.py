"""What is on good strips and is no defect: faint lines, smears, specks, water, roll marks."""

import math

import numpy as np

from engines.synthetic.draws import Draws
from engines.synthetic.shapes import blob, lay, path
from engines.synthetic.steel_surface import Strip


def add_marks(draws: Draws, strip: Strip) -> None:
    """Lay a chance choice of harmless marks over the strip, in place."""
    for mark, probability, most in (
        (_faint_line, 0.8, 8),
        (_smear, 0.6, 4),
        (_speck, 0.85, 25),
        (_water, 0.2, 3),
        (_roll_mark, 0.4, 3),
        (_hairline, 0.6, 6),
        (_dark_band, 0.35, 2),
    ):
        if draws.chance(probability):
            for _ in range(draws.integer(1, most)):
                mark(draws, strip)


def _somewhere(draws: Draws, strip: Strip) -> tuple[float, float]:
    height, width = strip.shape
    return draws.uniform(0, width), draws.uniform(0, height)


def _faint_line(draws: Draws, strip: Strip) -> None:
    """A guide has touched the strip, too lightly to count."""
    x, _ = _somewhere(draws, strip)
    heading = math.pi / 2 + draws.uniform(-0.03, 0.03)
    stroke = path(draws, (x, draws.uniform(-150, 100)), heading, draws.uniform(90, 420), 0.01)
    factor = draws.uniform(1.03, 1.1) if draws.chance(0.6) else draws.uniform(0.91, 0.97)
    lay(strip.shade, stroke, factor, draws.uniform(0.6, 2.0), draws.integer(1, 4))


def _smear(draws: Draws, strip: Strip) -> None:
    """A wide blurred patch of other brightness, without an edge."""
    radii = draws.uniform(25, 130), draws.uniform(20, 90)
    outline = blob(draws, _somewhere(draws, strip), radii, draws.uniform(0, math.pi))
    factor = draws.uniform(0.8, 0.95) if draws.chance(0.65) else draws.uniform(1.04, 1.15)
    lay(strip.shade, outline, factor, softness=draws.uniform(16, 40))


def _speck(draws: Draws, strip: Strip) -> None:
    radius = draws.uniform(0.5, 2.0)
    outline = blob(draws, _somewhere(draws, strip), (radius, radius * draws.uniform(1, 2.5)))
    factor = draws.uniform(0.5, 0.88) if draws.chance(0.75) else draws.uniform(1.15, 1.7)
    lay(strip.shade, outline, factor, softness=0.7)


def _water(draws: Draws, strip: Strip) -> None:
    """A drop: a pale rim around a slightly darker inside."""
    radius = draws.uniform(5, 16)
    outline = blob(draws, _somewhere(draws, strip), (radius, radius * draws.uniform(0.9, 1.4)))
    lay(strip.shade, outline, draws.uniform(0.88, 0.97), softness=1.5)
    closed = np.concatenate([outline, outline[:1]])
    lay(strip.shade, closed, draws.uniform(1.05, 1.16), softness=1.2, thickness=2)


def _roll_mark(draws: Draws, strip: Strip) -> None:
    """A pale or dull band straight across the strip."""
    x, y = _somewhere(draws, strip)
    stroke = path(draws, (x - 300, y), 0.0, draws.uniform(300, 1500), 0.004)
    factor = draws.uniform(0.93, 0.98) if draws.chance(0.5) else draws.uniform(1.02, 1.06)
    lay(strip.shade, stroke, factor, draws.uniform(2, 6), draws.integer(6, 26))


def _hairline(draws: Draws, strip: Strip) -> None:
    heading = draws.uniform(0, math.pi)
    stroke = path(draws, _somewhere(draws, strip), heading, draws.uniform(10, 60), 0.1)
    lay(strip.shade, stroke, draws.uniform(0.86, 0.95), draws.uniform(0.5, 1.0), 1)


def _dark_band(draws: Draws, strip: Strip) -> None:
    """Uneven cooling along the strip."""
    x, _ = _somewhere(draws, strip)
    stroke = path(draws, (x, -60.0), math.pi / 2, 400, 0.005)
    lay(strip.shade, stroke, draws.uniform(0.8, 0.95), draws.uniform(8, 22), draws.integer(15, 70))
