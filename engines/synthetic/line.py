"""A line that brings parts: any of them at any time, from one seed."""

from collections.abc import Sequence

import numpy as np

from engines.synthetic.board import CHIP
from engines.synthetic.draws import Draws
from engines.synthetic.part import RenderedPart, Renderer
from engines.synthetic.steel import STEEL
from engines.synthetic.surface import SURFACE
from engines.synthetic.tile import TILES
from engines.synthetic.vial import VIAL

RENDERERS: dict[str, Renderer] = {
    "tile": TILES,
    "steel": STEEL,
    "vial": VIAL,
    "chip": CHIP,
    "surface": SURFACE,
}


def renderer_of(product: str) -> Renderer:
    """The renderer of a product.

    Raises:
        ValueError: no such product.
    """
    if product not in RENDERERS:
        raise ValueError(f"There is no product {product!r}; choose from {', '.join(RENDERERS)}.")
    return RENDERERS[product]


def part_of(
    seed: int,
    index: int,
    defect_rate: float,
    product: str = "tile",
    frames: Sequence[int] | None = None,
) -> RenderedPart:
    """Part number `index` of the lot `seed`, however many were drawn before it.

    Args:
        seed: 0 or more.
        index: 0 or more.
        defect_rate: share of parts with one defect, 0 to 1; the labels are equally likely. A
            part that is defective at one rate is the same part at every higher rate.
        product: a key of `RENDERERS`.
        frames: the numbers of those to draw; None for all.

    Raises:
        ValueError: no such product or frame, or a value out of its range.
    """
    renderer = renderer_of(product)
    if seed < 0 or index < 0:
        raise ValueError(f"Seed and index must be 0 or more, not {seed} and {index}.")
    if not 0 <= defect_rate <= 1:
        raise ValueError(f"The defect rate must lie between 0 and 1, not at {defect_rate}.")
    draws = Draws(seed, index)
    defective = draws.chance(defect_rate)
    label = draws.one_of(renderer.labels)
    return renderer.render(part_seed(seed, index), label if defective else None, frames=frames)


def part_seed(seed: int, index: int) -> int:
    """The seed of one part of a lot: 53 bits, so that JSON keeps it whole."""
    return int(np.random.SeedSequence((seed, index)).generate_state(1, np.uint64)[0] >> 11)
