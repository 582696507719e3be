"""Magnetic tiles: arc segments of ferrite, ground along y, photographed in grey at six exposures.

Sizes, grey levels, texture and the share of each defect's area follow measurements on the
photographs of Huang, Qiu and Yuan, "Surface defect saliency of magnetic tile" (2020).
"""

import numpy as np
from numpy.typing import NDArray

from engines.synthetic.draws import Draws
from engines.synthetic.part import RenderedPart
from engines.synthetic.shapes import soften
from engines.synthetic.tile_defects import DEFECTS
from engines.synthetic.tile_marks import add_marks
from engines.synthetic.tile_surface import Surface, ground_face

# Mean grey level of a good tile at each of the six exposure times.
EXPOSURE_LEVELS = (68, 84, 102, 119, 138, 154)
_FACE, _MARKS, _CAMERA, _DEFECT = range(4)


class TileRenderer:
    """Draws magnetic tiles; a defect leaves the rest of the tile of that seed as it is."""

    labels = tuple(DEFECTS)

    def render(self, seed: int, label: str | None) -> RenderedPart:
        """See `Renderer.render`."""
        if seed < 0:
            raise ValueError(f"A seed must be 0 or more, not {seed}.")
        if label is not None and label not in DEFECTS:
            raise ValueError(f"Tiles have no defect {label!r}; choose from {', '.join(DEFECTS)}.")
        surface = ground_face(Draws(seed, _FACE))
        add_marks(Draws(seed, _MARKS), surface)
        masks = {}
        if label is not None:
            number = self.labels.index(label)
            masks[label] = DEFECTS[label](Draws(seed, _DEFECT, number), surface)
        pixels = _photograph(Draws(seed, _CAMERA), surface)
        return RenderedPart(pixels, masks, tuple(masks), seed)


def _photograph(draws: Draws, surface: Surface) -> NDArray[np.uint8]:
    """Light, lens and sensor: (H, W) uint8."""
    gain = draws.one_of(EXPOSURE_LEVELS) * draws.uniform(0.82, 1.18)
    background = gain * draws.uniform(0.08, 0.25)
    face = surface.shade * (1 + surface.streaks + surface.grain)
    scene = background + surface.cover * (gain * face - background)
    light = np.maximum(soften(scene.astype(np.float32), draws.uniform(0.35, 0.65)), 0)
    noisy = light + (0.5 + 0.09 * np.sqrt(light)) * draws.normal(*surface.shape)
    return np.asarray(np.clip(np.rint(noisy), 0, 255), np.uint8)
