"""Draws parts in the order in which they come about: surface, marks, a defect, the photograph."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from engines.synthetic.draws import Draws
from engines.synthetic.part import RenderedPart, check_request
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

    @property
    def frame_count(self) -> int:
        return 1

    def render(
        self,
        seed: int,
        label: str | None,
        presentation: int = 0,
        frames: Sequence[int] | None = None,
    ) -> RenderedPart:
        """See `Renderer.render`."""
        chosen = (0,) if frames is None else tuple(frames)
        check_request(self, seed, label, presentation, chosen)
        surface = self.surface(Draws(seed, _SURFACE))
        self.add_marks(Draws(seed, _MARKS), surface)
        masks = {}
        if label is not None:
            number = self.labels.index(label)
            masks[label] = self.defects[label](Draws(seed, _DEFECT, number), surface)
        again = (presentation,) if presentation else ()
        pixels = self.photograph(Draws(seed, _CAMERA, *again), surface)
        shown = len(chosen)
        return RenderedPart((pixels,) * shown, (masks,) * shown, tuple(masks), seed, presentation)
