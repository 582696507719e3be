"""Magnetic tiles: arc segments of ferrite, ground along y, photographed in grey at six exposures.

Sizes, grey levels, texture and the share of each defect's area follow measurements on the
photographs of Huang, Qiu and Yuan, "Surface defect saliency of magnetic tile" (2020).
"""

import numpy as np
from numpy.typing import NDArray

from engines.synthetic.draws import Draws
from engines.synthetic.renderer import SurfaceRenderer
from engines.synthetic.shapes import soften
from engines.synthetic.tile_defects import DEFECTS
from engines.synthetic.tile_marks import add_marks
from engines.synthetic.tile_surface import Surface, ground_face

# Mean grey level of a good tile at each of the six exposure times.
EXPOSURE_LEVELS = (68, 84, 102, 119, 138, 154)


def _photograph(draws: Draws, surface: Surface) -> NDArray[np.uint8]:
    """Light, lens and sensor: (H, W) uint8."""
    gain = draws.one_of(EXPOSURE_LEVELS) * draws.uniform(0.82, 1.18)
    background = gain * draws.uniform(0.08, 0.25)
    face = surface.shade * (1 + surface.streaks + surface.grain)
    scene = background + surface.cover * (gain * face - background)
    light = np.maximum(soften(scene.astype(np.float32), draws.uniform(0.35, 0.65)), 0)
    noisy = light + (0.5 + 0.09 * np.sqrt(light)) * draws.normal(*surface.shape)
    return np.asarray(np.clip(np.rint(noisy), 0, 255), np.uint8)


TILES = SurfaceRenderer(ground_face, add_marks, DEFECTS, _photograph)
