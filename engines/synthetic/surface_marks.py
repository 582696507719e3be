"""What is on good faces and is no defect: tool marks, stains at the edge, pale filler, dust."""

import math

import numpy as np

from engines.synthetic.draws import Draws
from engines.synthetic.shapes import Points, blob, lay, path
from engines.synthetic.surface_face import HEIGHT, WIDTH, Face


def add_marks(draws: Draws, face: Face) -> None:
    """Lay a chance choice of harmless marks over the face, in place."""
    for mark, probability, most in (
        (_tool_line, 0.75, 6),
        (_band, 0.4, 2),
        (_edge_stain, 0.45, 3),
        (_pale_filler, 0.5, 5),
        (_print_of_holder, 0.2, 2),
        (_short_hair, 0.6, 5),
        (_rubbed_patch, 0.4, 3),
    ):
        if draws.chance(probability):
            for _ in range(draws.integer(1, most)):
                mark(draws, face)


def _somewhere(draws: Draws) -> tuple[float, float]:
    return draws.uniform(0, WIDTH), draws.uniform(0, HEIGHT)


def _tool_line(draws: Draws, face: Face) -> None:
    """Along y, where the tool was nicked: straight, even and in no way sharp."""
    x, _ = _somewhere(draws)
    heading = math.pi / 2 + draws.uniform(-0.015, 0.015)
    stroke = path(draws, (x, draws.uniform(-200, 300)), heading, draws.uniform(150, 700), 0.004)
    factor = draws.uniform(0.84, 0.95) if draws.chance(0.6) else draws.uniform(1.05, 1.14)
    lay(face.shade, stroke, factor, draws.uniform(0.6, 1.4), draws.integer(1, 2))


def _band(draws: Draws, face: Face) -> None:
    x, _ = _somewhere(draws)
    stroke = path(draws, (x, -40.0), math.pi / 2, 720, 0.003)
    factor = draws.uniform(0.86, 0.96) if draws.chance(0.6) else draws.uniform(1.03, 1.08)
    lay(face.shade, stroke, factor, draws.uniform(4, 10), draws.integer(8, 30))


def _edge_stain(draws: Draws, face: Face) -> None:
    """Where the holder or the copper was wiped: soft, and cut by the edge of the picture."""
    _, y = _somewhere(draws)
    x = 0.0 if draws.chance(0.5) else float(WIDTH)
    outline = blob(draws, (x, y), (draws.uniform(5, 22), draws.uniform(8, 50)), 0.0, 0.3)
    lay(face.shade, outline, draws.uniform(0.68, 0.92), draws.uniform(2.5, 6))


def _pale_filler(draws: Draws, face: Face) -> None:
    """Grains of filler near the face: a few close together, hardly brighter than specks are."""
    x, y = _somewhere(draws)
    for _ in range(draws.integer(1, 5)):
        centre = x + draws.uniform(-7, 7), y + draws.uniform(-7, 7)
        size = draws.uniform(0.8, 2.2)
        outline = blob(draws, centre, (1.7 * size, size), face.grain_angle, 0.3)
        lay(face.shade, outline, draws.uniform(1.08, 1.3), 0.9)


def _print_of_holder(draws: Draws, face: Face) -> None:
    """An upright rectangle, a little darker or duller, with straight but soft sides."""
    x, y = _somewhere(draws)
    right, down = 0.5 * draws.uniform(15, 40), 0.5 * draws.uniform(50, 200)
    outline: Points = np.array(
        [
            [x - right, y - down],
            [x + right, y - down],
            [x + right, y + down],
            [x - right, y + down],
        ],
        np.float32,
    )
    lay(face.shade, outline, draws.uniform(0.86, 0.96), draws.uniform(1.5, 4))


def _short_hair(draws: Draws, face: Face) -> None:
    """A fibre of the filler: short, thin and faint, any way."""
    heading = draws.uniform(0, math.pi)
    stroke = path(draws, _somewhere(draws), heading, draws.uniform(6, 22), 0.15)
    factor = draws.uniform(0.78, 0.92) if draws.chance(0.6) else draws.uniform(1.08, 1.2)
    lay(face.shade, stroke, factor, draws.uniform(0.5, 0.9), 1)


def _rubbed_patch(draws: Draws, face: Face) -> None:
    """A wide patch of another brightness, without an edge."""
    radii = draws.uniform(14, 60), draws.uniform(20, 110)
    outline = blob(draws, _somewhere(draws), radii, draws.uniform(-0.4, 0.4))
    factor = draws.uniform(0.88, 0.96) if draws.chance(0.6) else draws.uniform(1.03, 1.09)
    lay(face.shade, outline, factor, draws.uniform(9, 22))
