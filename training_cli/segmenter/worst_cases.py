"""What a network got wrong, on a sheet: missed defects, false rejects, then poor outlines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training_cli.datasets.sample import Images, layers
from training_cli.segmenter.evaluation import Judged
from training_cli.sheet import Case, Panel, aspect_of, draw_sheet

MOST = 40
MISSED, FALSE = 20, 10
"""At most so many of each; the rest of the sheet is for the lowest overlaps."""


def draw_worst_cases(
    images: Images, judged: Sequence[Judged], classes: Sequence[str], heading: str
) -> NDArray[np.uint8]:
    """A sheet of photograph, outline by its label, and outline by the network.

    Returns:
        uint8 (height, width, 3), RGB, of 40 images at most.
    """
    missed = [i for i, j in enumerate(judged) if j.is_failure and j.is_defective]
    false = [i for i, j in enumerate(judged) if j.is_failure and not j.is_defective]
    found = [i for i, j in enumerate(judged) if j.is_rejected and j.is_defective]
    missed.sort(key=lambda i: judged[i].weight)
    false.sort(key=lambda i: -judged[i].weight)
    found.sort(key=lambda i: judged[i].iou)
    shown = missed[:MISSED] + false[:FALSE]
    shown += found[: MOST - len(shown)]
    free = sum(not j.is_defective for j in judged)
    lines = [
        f"{len(missed)} of {len(missed) + len(found)} defective images missed "
        f"({min(len(missed), MISSED)} shown, weakest first), {len(false)} of {free} free images "
        f"falsely rejected ({min(len(false), FALSE)} shown), then the lowest overlaps of outlines "
        "among those found.",
        "Each time: the image, its outline by label, and by the network. The score is that of the "
        "image over its threshold: 1 and more is a reject.",
    ]
    cases = [_case(images, i, judged[i], len(classes)) for i in shown]
    return draw_sheet(cases, heading, lines, classes)


def _case(images: Images, i: int, judged: Judged, classes: int) -> Case:
    pixels = images.pixels[i]
    truth = layers(images.masks[i], int(images.labels[i]), classes) > 0
    what = "found" if judged.is_defective else "passed"
    if judged.is_failure:
        what = "missed" if judged.is_defective else "false reject"
    score = f"score {judged.weight:.2f}"
    return Case(
        (Panel(pixels), Panel(pixels, truth), Panel(pixels, judged.predicted(classes))),
        f"{judged.sample.label}: {what}",
        f"{score}, IoU {judged.iou:.2f}" if judged.is_defective else score,
        judged.is_failure,
        aspect_of(judged.sample, pixels),
    )
