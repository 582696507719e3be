"""More copies of the rare classes, turned and flipped, as the steel thesis balances its data."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from training_cli.datasets.sample import Images

Pixels = NDArray[np.uint8]
Copy = tuple[int, int]
"""Index of an image, and how it is turned: 0 as it is, 1 to 4 see `turned`."""
TURNS = 4
_DEGREES = 10.0


def turned_copies(images: Images, classes: int, up_to: int | None, seed: int) -> list[Copy]:
    """Copies that bring every class up to a number of images, the rarest class first.

    A class with few images ends below that number: each image is copied once for each turn.

    Args:
        images: What is trained on.
        classes: Number of classes.
        up_to: The number; None means the mean over the classes.
        seed: Chooses which images are copied.
    """
    shown = images.shown(classes)
    counts = shown.sum(0)
    wanted = int(counts.mean()) if up_to is None else up_to
    rng = np.random.default_rng([seed, 2])
    copies: list[Copy] = []
    for rare in np.argsort(counts, kind="stable"):
        done = {index for index, _ in copies}
        fresh = [i for i in rng.permutation(np.flatnonzero(shown[:, rare])) if i not in done]
        for turn in range(1, TURNS + 1):
            missing = max(0, wanted - int(counts[rare]))
            added = [(int(i), turn) for i in fresh[:missing]]
            copies += added
            counts = counts + shown[[i for i, _ in added]].sum(0)
    return copies


def turned(image: Pixels, mask: Pixels, turn: int) -> tuple[Pixels, Pixels]:
    """Turned by 180° (1) or by 10° (2), or flipped left to right (3) or upside down (4)."""
    if turn == 0:
        return image, mask
    if turn == 2:
        height, width = image.shape
        matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), _DEGREES, 1.0)
        size = (width, height)
        moved = cv2.warpAffine(image, matrix, size, borderMode=cv2.BORDER_REFLECT_101)
        moved_mask = cv2.warpAffine(mask, matrix, size, flags=cv2.INTER_NEAREST)
        return np.asarray(moved, np.uint8), np.asarray(moved_mask, np.uint8)
    code = {1: -1, 3: 1, 4: 0}[turn]
    return np.asarray(cv2.flip(image, code), np.uint8), np.asarray(cv2.flip(mask, code), np.uint8)
