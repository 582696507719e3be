"""What is on good magnetic tiles and is no defect: stains, ink, dust, hairlines, glints."""

import math

from engines.synthetic.draws import Draws
from engines.synthetic.shapes import blob, lay, path
from engines.synthetic.tile_surface import Surface


def add_marks(draws: Draws, surface: Surface) -> None:
    """Lay a chance choice of harmless marks over the face, in place."""
    for mark, probability, most in (
        (_shadow, 0.5, 2),
        (_stain, 0.45, 2),
        (_ink, 0.4, 2),
        (_scuff, 0.35, 3),
        (_hairline, 0.85, 12),
        (_dust, 0.85, 9),
        (_glint, 0.4, 4),
        (_pale_scratch, 0.15, 2),
        (_grime, 0.35, 2),
    ):
        if draws.chance(probability):
            for _ in range(draws.integer(1, most)):
                mark(draws, surface)


def _somewhere(draws: Draws, surface: Surface) -> tuple[float, float]:
    height, width = surface.shape
    return draws.uniform(0, width), draws.uniform(0, height)


def _turn(draws: Draws) -> float:
    return draws.uniform(0, 2 * math.pi)


def _shadow(draws: Draws, surface: Surface) -> None:
    """A wide blurred dark or bright area, as the holder and the lamp throw it."""
    radii = draws.uniform(20, 70), draws.uniform(20, 60)
    outline = blob(draws, _somewhere(draws, surface), radii, _turn(draws))
    factor = draws.uniform(0.55, 0.9) if draws.chance(0.7) else draws.uniform(1.05, 1.3)
    lay(surface.shade, outline, factor, softness=draws.uniform(10, 24))


def _stain(draws: Draws, surface: Surface) -> None:
    radii = draws.uniform(3, 13), draws.uniform(4, 20)
    outline = blob(draws, _somewhere(draws, surface), radii, draws.uniform(-0.4, 0.4), 0.3)
    lay(surface.shade, outline, draws.uniform(0.7, 0.93), softness=draws.uniform(0.8, 3))


def _ink(draws: Draws, surface: Surface) -> None:
    """A stroke of a marker or a finger, half wiped off."""
    length = draws.uniform(20, 130)
    bend = draws.sign() * draws.uniform(0.02, 0.25)
    stroke = path(draws, _somewhere(draws, surface), _turn(draws), length, 0.05, bend)
    factor = draws.uniform(0.82, 0.94) if draws.chance(0.7) else draws.uniform(1.06, 1.2)
    lay(surface.shade, stroke, factor, draws.uniform(0.8, 2.2), draws.integer(3, 7))


def _scuff(draws: Draws, surface: Surface) -> None:
    """A few rough strokes side by side."""
    x, y = _somewhere(draws, surface)
    heading, factor = _turn(draws), draws.uniform(0.72, 0.92)
    for _ in range(draws.integer(2, 5)):
        start = x + draws.uniform(-7, 7), y + draws.uniform(-7, 7)
        stroke = path(draws, start, heading, draws.uniform(6, 24), 0.3)
        lay(surface.shade, stroke, factor, draws.uniform(0.6, 1.2), draws.integer(1, 2))


def _hairline(draws: Draws, surface: Surface) -> None:
    """A shallow dark scratch, mostly across the grinding marks."""
    heading = draws.uniform(-0.9, 0.9) + math.pi * draws.integer(0, 1)
    stroke = path(draws, _somewhere(draws, surface), heading, draws.uniform(6, 45), 0.12)
    lay(surface.shade, stroke, draws.uniform(0.72, 0.93), draws.uniform(0.4, 0.8), 1)


def _dust(draws: Draws, surface: Surface) -> None:
    radius = draws.uniform(0.4, 1.5)
    outline = blob(draws, _somewhere(draws, surface), (radius, radius), roughness=0.3)
    lay(surface.shade, outline, draws.uniform(0.35, 0.8), softness=0.5)


def _glint(draws: Draws, surface: Surface) -> None:
    radii = draws.uniform(0.3, 0.6), draws.uniform(0.3, 1.4)
    outline = blob(draws, _somewhere(draws, surface), radii)
    lay(surface.shade, outline, draws.uniform(1.3, 2.6), softness=0.5)


def _pale_scratch(draws: Draws, surface: Surface) -> None:
    stroke = path(draws, _somewhere(draws, surface), _turn(draws), draws.uniform(20, 70), 0.08)
    lay(surface.shade, stroke, draws.uniform(1.15, 1.6), 0.5, 1)


def _grime(draws: Draws, surface: Surface) -> None:
    """Dirt along an end of the tile."""
    _, width = surface.shape
    edge = surface.top if draws.chance(0.5) else surface.bottom
    x = draws.uniform(0, width)
    for _ in range(draws.integer(3, 9)):
        centre = x + draws.uniform(-25, 25), edge + draws.uniform(-6, 6)
        outline = blob(draws, centre, (draws.uniform(1, 9), draws.uniform(1, 4)), roughness=0.4)
        lay(surface.shade, outline, draws.uniform(0.55, 0.9), softness=draws.uniform(0.5, 1.5))
