"""Commutator surfaces: moulded plastic around copper, turned along y, photographed in grey.

The picture's shape is that of KolektorSDD2 (Božič, Tabernik and Skočaj, 2021); the plastic's grain
and the sizes of cracks follow the look of its predecessor.
"""

import numpy as np
from numpy.typing import NDArray

from engines.synthetic.draws import Draws
from engines.synthetic.renderer import SurfaceRenderer
from engines.synthetic.shapes import soften
from engines.synthetic.surface_defects import DEFECTS
from engines.synthetic.surface_face import Face, moulded_face
from engines.synthetic.surface_marks import add_marks


def _photograph(draws: Draws, face: Face) -> NDArray[np.uint8]:
    """Light, lens and sensor: (632, 224) uint8."""
    gain = draws.uniform(95, 190)
    plastic = gain * face.shade * np.maximum(1 + face.texture, 0.1)
    bright = draws.uniform(1.5, 2.6) * gain * face.shade * (1 + 0.3 * face.texture)
    scene = plastic + face.copper * (bright - plastic)
    light = np.maximum(soften(scene.astype(np.float32), draws.uniform(0.45, 0.75)), 0)
    noisy = light + (0.5 + 0.08 * np.sqrt(light)) * draws.normal(*face.shape)
    return np.asarray(np.clip(np.rint(noisy), 0, 255), np.uint8)


SURFACE = SurfaceRenderer(moulded_face, add_marks, DEFECTS, _photograph)
