"""A picture of what a network got right and wrong."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from training_cli.datasets.sample import Images, layers
from training_cli.evaluation import Judged

SIDE = 128
COLUMNS = 5
MOST = 200
WIDE = 2.5
"""Images this much wider than high stand one below the other."""
_COLOURS = ((255, 160, 0), (0, 200, 255), (60, 60, 255), (255, 0, 255), (80, 220, 60))
"""BGR, one a class."""
_WRONG, _RIGHT = (60, 60, 255), (120, 200, 120)


def draw_sheet(images: Images, judged: list[Judged]) -> NDArray[np.uint8]:
    """Image, truth and prediction of each image, failures first, then by falling overlap.

    Returns:
        uint8 (height, width, 3), BGR; the first 200 images at most.
    """
    order = sorted(range(len(judged)), key=lambda i: (not judged[i].is_failure, judged[i].iou))
    cells = [_cell(images, i, judged[i]) for i in order[:MOST]]
    blank = np.full_like(cells[0], 255)
    cells += [blank] * (-len(cells) % COLUMNS)
    rows = [np.hstack(cells[i : i + COLUMNS]) for i in range(0, len(cells), COLUMNS)]
    return np.vstack(rows)


def _cell(images: Images, i: int, judged: Judged) -> NDArray[np.uint8]:
    grey = cv2.cvtColor(images.pixels[i], cv2.COLOR_GRAY2BGR)
    truth = layers(images.masks[i], int(images.labels[i]), len(_COLOURS)) > 0
    panels = [grey, _coloured(grey, truth), _coloured(grey, judged.predicted(len(_COLOURS)))]
    height, width = grey.shape[:2]
    if width < WIDE * height:
        side = (SIDE, SIDE)
        row = np.hstack([cv2.resize(p, side, interpolation=cv2.INTER_AREA) for p in panels])
    else:
        side = (3 * SIDE, max(1, round(3 * SIDE * height / width)))
        row = np.vstack([cv2.resize(p, side, interpolation=cv2.INTER_AREA) for p in panels])
    cell = cv2.copyMakeBorder(row, 18, 4, 2, 6, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    decision = "REJECT" if judged.is_rejected else "PASS"
    text = f"{judged.sample.label}: {decision}, {judged.weight:.2f} of threshold"
    colour = _WRONG if judged.is_failure else (0, 0, 0)
    cv2.putText(cell, text, (4, 13), cv2.FONT_HERSHEY_SIMPLEX, 0.42, colour, 1, cv2.LINE_AA)
    return np.asarray(cell, np.uint8)


def _coloured(grey: NDArray[np.uint8], masks: NDArray[np.bool_]) -> NDArray[np.uint8]:
    picture = grey.copy()
    for mask, colour in zip(masks, _COLOURS, strict=False):
        picture[mask] = (0.5 * picture[mask] + 0.5 * np.array(colour)).astype(np.uint8)
    return picture
