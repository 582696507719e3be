"""Hot-rolled steel: pieces of a strip that runs along y, photographed in grey by a line camera.

Size and the four kinds of defect are those of the Severstal set (2019).
"""

import numpy as np
from numpy.typing import NDArray

from engines.synthetic.draws import Draws
from engines.synthetic.part import RenderedPart
from engines.synthetic.shapes import soften
from engines.synthetic.steel_defects import DEFECTS
from engines.synthetic.steel_marks import add_marks
from engines.synthetic.steel_surface import Strip, rolled_strip

_STRIP, _MARKS, _CAMERA, _DEFECT = range(4)


class SteelRenderer:
    """Draws pieces of strip; a defect leaves the rest of the piece of that seed as it is."""

    labels = tuple(DEFECTS)

    def render(self, seed: int, label: str | None) -> RenderedPart:
        """See `Renderer.render`."""
        if seed < 0:
            raise ValueError(f"A seed must be 0 or more, not {seed}.")
        if label is not None and label not in DEFECTS:
            raise ValueError(f"Steel has no defect {label!r}; choose from {', '.join(DEFECTS)}.")
        strip = rolled_strip(Draws(seed, _STRIP))
        add_marks(Draws(seed, _MARKS), strip)
        masks = {}
        if label is not None:
            number = self.labels.index(label)
            masks[label] = DEFECTS[label](Draws(seed, _DEFECT, number), strip)
        pixels = _photograph(Draws(seed, _CAMERA), strip)
        return RenderedPart(pixels, masks, tuple(masks), seed)


def _photograph(draws: Draws, strip: Strip) -> NDArray[np.uint8]:
    """Light, lens and sensor: (H, W) uint8."""
    gain = draws.uniform(60, 150)
    background = gain * draws.uniform(0.02, 0.1)
    face = strip.shade * (1 + strip.texture)
    scene = background + strip.cover * (gain * face - background)
    light = np.maximum(soften(scene.astype(np.float32), draws.uniform(0.5, 0.9)), 0)
    noisy = light + (0.6 + 0.1 * np.sqrt(light)) * draws.normal(*strip.shape)
    return np.asarray(np.clip(np.rint(noisy), 0, 255), np.uint8)
