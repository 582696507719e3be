"""What a renderer makes, and what a renderer is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Place:
    """Where on its product a defect lies, for products that are inspected piece by piece.

    Attributes:
        vial: 0 and up, from the left.
        region: by name, as the product's layout has it.
        label: the defect.
    """

    vial: int
    region: str
    label: str


Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """The pictures of one part and the truth about it.

    Attributes:
        frames: (H, W) uint8 grey levels or (H, W, 3) uint8 RGB of each frame, in the order asked
            for; sizes differ from part to part. Most products have one.
        frame_masks: for each frame, (H, W) bool by label for each defect on the part, as an
            annotator would draw it; none where the defect is a matter of place.
        labels: of the defects; empty for a good part.
        seed: renders this very part again, with the same label.
        presentation: how often the part had been shown to the camera before.
        places: the pieces of the product that the defects lie in, if it has pieces.
        corners: x and y of the inspected chip's corners, upper left, upper right, lower left,
            lower right; none where it is missing or the product has none. In pixels of the
            frame, 0 at the middle of the first one.
        nominal: where those corners belong.
        board: the number of the board's design.
    """

    frames: tuple[NDArray[np.uint8], ...]
    frame_masks: tuple[Mapping[str, NDArray[np.bool_]], ...]
    labels: tuple[str, ...]
    seed: int
    presentation: int = 0
    places: tuple[Place, ...] = ()
    corners: Corners = ()
    nominal: Corners = ()
    board: int | None = None

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """The first frame."""
        return self.frames[0]

    @property
    def masks(self) -> Mapping[str, NDArray[np.bool_]]:
        """Those of the first frame."""
        return self.frame_masks[0]


class Renderer(Protocol):
    """Draws parts of one product, each from a seed."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The defects it can draw."""

    @property
    def frame_count(self) -> int:
        """Frames that the camera takes of a part."""

    def render(
        self,
        seed: int,
        label: str | None,
        presentation: int = 0,
        frames: Sequence[int] | None = None,
    ) -> RenderedPart:
        """Draw the part of `seed` with the defect `label`, or the same part without one.

        Args:
            seed: 0 or more.
            label: one of `labels`, or None.
            presentation: 0 or more; another one shows the same part to the camera again.
            frames: the numbers of those to draw, at least one; None for all.

        Raises:
            ValueError: no such label or frame, or a negative number.
        """


def check_request(
    renderer: Renderer, seed: int, label: str | None, presentation: int, frames: Sequence[int]
) -> None:
    """Raise the errors of `Renderer.render`."""
    if seed < 0 or presentation < 0:
        name, value = ("seed", seed) if seed < 0 else ("presentation", presentation)
        raise ValueError(f"A {name} must be 0 or more, not {value}.")
    if label is not None and label not in renderer.labels:
        raise ValueError(
            f"There is no defect {label!r} here; choose from {', '.join(renderer.labels)}."
        )
    if not frames or not all(0 <= frame < renderer.frame_count for frame in frames):
        raise ValueError(
            f"A part has the frames 0 to {renderer.frame_count - 1}: choose at least one of them, "
            f"not {list(frames)}."
        )
