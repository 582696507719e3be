"""Hot-rolled steel: pieces of a strip that runs along y, photographed in grey by a line camera.

Size and the four kinds of defect are those of the Severstal set (2019).
"""

import numpy as np
from numpy.typing import NDArray

from engines.synthetic.draws import Draws
from engines.synthetic.renderer import SurfaceRenderer
from engines.synthetic.shapes import soften
from engines.synthetic.steel_defects import DEFECTS
from engines.synthetic.steel_marks import add_marks
from engines.synthetic.steel_surface import Strip, rolled_strip


def _photograph(draws: Draws, strip: Strip) -> NDArray[np.uint8]:
    """Light, lens and sensor: (H, W) uint8."""
    gain = draws.uniform(60, 150)
    background = gain * draws.uniform(0.02, 0.1)
    face = strip.shade * (1 + strip.texture)
    scene = background + strip.cover * (gain * face - background)
    light = np.maximum(soften(scene.astype(np.float32), draws.uniform(0.5, 0.9)), 0)
    noisy = light + (0.6 + 0.1 * np.sqrt(light)) * draws.normal(*strip.shape)
    return np.asarray(np.clip(np.rint(noisy), 0, 255), np.uint8)


STEEL = SurfaceRenderer(rolled_strip, add_marks, DEFECTS, _photograph)
