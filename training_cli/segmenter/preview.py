"""Shows what label injection makes of defect-free images, with the code that trains."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engines.card import InputSpec
from training_cli.augmentation.injection import inject_labels
from training_cli.datasets.mvtec import read_mvtec
from training_cli.datasets.sample import FREE, Images, Sample, layers, load_images
from training_cli.errors import UserError
from training_cli.segmenter.products import PRODUCTS
from training_cli.segmenter.run import ProductName
from training_cli.sheet import Case, Panel, Pixels, aspect_of, draw_sheet

DONORS = 40
"""Images of each class that defects are taken from."""


def preview_injection(
    product: ProductName, layout: str, data: Path, extra: Path | None, count: int, seed: int
) -> Pixels:
    """A sheet of `count` defect-free images, before and after.

    Args:
        product, layout: Of the data.
        data: The folder.
        extra: More of it, in MVTec AD layout.
        count: How many images; classes in turn.
        seed: Chooses images and defects.

    Returns:
        uint8 (height, width, 3), RGB.

    Raises:
        UserError: The data cannot be read, or has no image with, or none without a defect.
    """
    own = PRODUCTS[product].layouts[layout]
    samples = own.read(data) + ([] if extra is None else read_mvtec(extra))
    rng = np.random.default_rng(seed)
    spec = InputSpec(height=own.size[0], width=own.size[1])
    free = _drawn([s for s in samples if s.label == FREE], count, rng)
    donors = [s for c in own.classes for s in _drawn(_of(samples, c), DONORS, rng)]
    if not free or not donors:
        raise UserError(
            f"{data} has no image {'with' if free else 'without'} a defect, and injection puts the "
            "defects of some into others: name data that has both."
        )
    before, source = (load_images(part, own.classes, spec) for part in (free, donors))
    cases = _cases(before, source, own.classes, rng)
    lines = (
        "Each time: a defect-free image, the same with a defect of another image, and that defect "
        "outlined.",
        "Defects are flipped, turned, scaled and shifted, then pasted, or blended in by their "
        "gradients (Poisson), as likely as not.",
    )
    heading = f"Label injection: {PRODUCTS[product].title}, {layout}, seed {seed}"
    return draw_sheet(cases, heading, lines, own.classes)


def _of(samples: Sequence[Sample], name: str) -> list[Sample]:
    return [s for s in samples if s.label == name]


def _drawn(samples: Sequence[Sample], most: int, rng: np.random.Generator) -> list[Sample]:
    return [samples[i] for i in rng.permutation(len(samples))[:most]]


def _cases(
    free: Images, source: Images, classes: Sequence[str], rng: np.random.Generator
) -> list[Case]:
    """In batches of as many images as there are classes, so that each class gets one of them."""
    shown = len(np.unique(source.labels))
    cases = []
    for first in range(0, len(free), shown):
        batch = free.subset(np.arange(first, min(first + shown, len(free))))
        pixels, masks, labels = batch.pixels.copy(), batch.masks.copy(), batch.labels.copy()
        ways = inject_labels(pixels, masks, labels, source, len(classes), rng)
        for i, way in ways.items():
            outline = layers(masks[i], int(labels[i]), len(classes)) > 0
            panels = Panel(batch.pixels[i]), Panel(pixels[i]), Panel(pixels[i], outline)
            aspect = aspect_of(batch.samples[i], pixels[i])
            cases.append(Case(panels, classes[labels[i]], way.value, aspect=aspect))
    return cases
