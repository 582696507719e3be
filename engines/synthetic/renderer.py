"""Draws parts in the order in which they come about: surface, marks, a defect, the photograph."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from engines.synthetic.draws import Draws
from engines.synthetic.part import RenderedPart
from engines.synthetic.shapes import Mask

Surface = TypeVar("Surface")
_SURFACE, _MARKS, _CAMERA, _DEFECT = range(4)


@dataclass(frozen=True, slots=True)
class SurfaceRenderer(Generic[Surface]):
    """Draws one product; a defect leaves the rest of the part of that seed as it is.

    Attributes:
        surface: A new one, without marks.
        add_marks: Puts onto it, in place, what is no defect.
        defects: By label; each changes the surface in place and returns its mask.
        photograph: (H, W) uint8 grey levels.
    """

    surface: Callable[[Draws], Surface]
    add_marks: Callable[[Draws, Surface], None]
    defects: Mapping[str, Callable[[Draws, Surface], Mask]]
    photograph: Callable[[Draws, Surface], NDArray[np.uint8]]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.defects)

    def render(self, seed: int, label: str | None) -> RenderedPart:
        """See `Renderer.render`."""
        if seed < 0:
            raise ValueError(f"A seed must be 0 or more, not {seed}.")
        if label is not None and label not in self.defects:
            raise ValueError(
                f"There is no defect {label!r} here; choose from {', '.join(self.defects)}."
            )
        surface = self.surface(Draws(seed, _SURFACE))
        self.add_marks(Draws(seed, _MARKS), surface)
        masks = {}
        if label is not None:
            number = self.labels.index(label)
            masks[label] = self.defects[label](Draws(seed, _DEFECT, number), surface)
        pixels = self.photograph(Draws(seed, _CAMERA), surface)
        return RenderedPart(pixels, masks, tuple(masks), seed)
