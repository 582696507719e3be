"""Pictures with made defects, in memory, for a fit that has few real ones or none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engines.card import InputSpec
from engines.preprocessing import scaled
from training_cli.augmentation.injection import WAYS
from training_cli.augmentation.made_set import DRAWS
from training_cli.augmentation.methods import Injection, Made, MemSeg, Method, Task
from training_cli.classifier.run import LABEL, Augmentation
from training_cli.classifier.surfaces import Surfaces
from training_cli.datasets.pictures import read_picture
from training_cli.datasets.sample import MASK_LEVEL, Sample
from training_cli.errors import UserError

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
    make = _method(method, defects)
    pixels = np.empty((count, spec.height, spec.width), np.uint8)
    masks = np.empty_like(pixels)
    samples = []
    for number in range(count):
        source, made = _made(make, number, good, seed)
        pixels[number] = scaled(made.pixels, spec)[:, :, 0]
        masks[number] = scaled(made.mask * np.uint8(255), spec)[:, :, 0] > MASK_LEVEL
        samples.append(Sample(f"made/{number}", source.image, None, LABEL, source.tile))
    return Surfaces(tuple(samples), pixels, masks, np.ones(count, np.bool_))


def _method(name: Augmentation, defects: Sequence[Sample]) -> Method:
    if name == "memseg":
        return MemSeg(LABEL)
    return Injection(WAYS[name], defects)


def _made(make: Method, number: int, good: Sequence[Sample], seed: int) -> tuple[Sample, Made]:
    for draw in range(DRAWS):
        rng = np.random.default_rng([seed, 3, number, draw])
        source = good[int(rng.integers(len(good)))]
        made = make(Task(number, source, read_picture(source.image), None, rng))
        if made is not None:
            return source, made
    raise UserError(
        f"None of {DRAWS} made defects can be seen: choose another --augmentation, or larger "
        "defects."
    )
