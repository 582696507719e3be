"""Pictures with made defects, in memory, for a fit that has few real ones or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from engines.card import InputSpec
from engines.preprocessing import scaled
from training_cli.augmentation.injection import Way, inject
from training_cli.augmentation.made_set import DRAWS
from training_cli.augmentation.memseg import memseg
from training_cli.augmentation.methods import read_defect
from training_cli.classifier.run import LABEL, Augmentation
from training_cli.classifier.surfaces import Surfaces
from training_cli.datasets.pictures import Pixels, read_picture
from training_cli.datasets.sample import MASK_LEVEL, Sample
from training_cli.errors import UserError

Make = Callable[[Pixels, Sequence[Sample], np.random.Generator], tuple[Pixels, Pixels] | None]
"""From a good picture, pictures of defects and randomness to a picture and its mask."""


def _memseg(
    good: Pixels, _defects: Sequence[Sample], rng: np.random.Generator
) -> tuple[Pixels, Pixels] | None:
    return memseg(good, rng)


def _injection(way: Way) -> Make:
    def make(
        good: Pixels, defects: Sequence[Sample], rng: np.random.Generator
    ) -> tuple[Pixels, Pixels] | None:
        _, defect = read_defect(defects[int(rng.integers(len(defects)))], rng)
        return inject(good, defect, way, rng)

    return make


_MAKERS: Mapping[Augmentation, Make] = {
    "memseg": _memseg,
    "cut-paste": _injection(Way.CUT_PASTE),
    "poisson": _injection(Way.POISSON),
}
NEEDS_DEFECTS: tuple[Augmentation, ...] = ("cut-paste", "poisson")


def made_surfaces(
    method: Augmentation,
    count: int,
    good: Sequence[Sample],
    defects: Sequence[Sample],
    spec: InputSpec,
    seed: int,
) -> Surfaces:
    """Good pictures with a defect each, made at their own size and then brought to the network's.

    Picture n is the same whatever the count.

    Args:
        method: Other than `none`.
        count: How many; more than none.
        good: Pictures to put defects in; at least one.
        defects: Where `cut-paste` and `poisson` take them from; at least one for these.
        spec: The network's input.
        seed: Decides everything.

    Raises:
        UserError: A picture cannot be read, or no defect can be seen on any of some pictures.
    """
    pixels = np.empty((count, spec.height, spec.width), np.uint8)
    masks = np.empty_like(pixels)
    samples = []
    for number in range(count):
        source, picture, mask = _made(method, number, good, defects, seed)
        pixels[number] = scaled(picture, spec)[:, :, 0]
        masks[number] = scaled(mask * np.uint8(255), spec)[:, :, 0] > MASK_LEVEL
        samples.append(Sample(f"made/{number}", source.image, None, LABEL, source.tile))
    return Surfaces(tuple(samples), pixels, masks, np.ones(count, np.bool_))


def _made(
    method: Augmentation, number: int, good: Sequence[Sample], defects: Sequence[Sample], seed: int
) -> tuple[Sample, Pixels, Pixels]:
    for draw in range(DRAWS):
        rng = np.random.default_rng([seed, 3, number, draw])
        source = good[int(rng.integers(len(good)))]
        made = _MAKERS[method](read_picture(source.image), defects, rng)
        if made is not None:
            return source, *made
    raise UserError(
        f"None of {DRAWS} defects made by {method} can be seen: choose another --augmentation, or "
        "larger defects."
    )
