"""What an exported model must not be used for, and how long it takes, in sentences for its card."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from engines.card import InputSpec
from engines.selftest import seeded_input
from engines.tiling import windows

ROUNDS = 20
FRAMES = (2048, 4096)
"""Sides of the frames whose time is told."""


def limits_of(
    run: Callable[[NDArray[np.uint8]], NDArray[np.float32]], spec: InputSpec
) -> tuple[str, ...]:
    """The sentences.

    Args:
        run: The exported network on one CPU thread, from uint8 of `spec.shape`.
        spec: The network's input.
    """
    size = f"{spec.width}×{spec.height}"
    image = seeded_input(0, spec)
    taken = []
    for _ in range(ROUNDS):
        started = perf_counter()
        run(image)
        taken.append((perf_counter() - started) * 1e3)
    ms = median(taken)
    known = "It knows only the defects and the surfaces of the data that it was trained on."
    where = "on one CPU thread of the computer that exported it"
    if spec.tiling is None:
        return known, f"A frame is brought to {size} pixels and takes {ms:.1f} ms {where}."
    sizes = []
    for side in FRAMES:
        count = len(windows(*(round(side * spec.tiling.scale),) * 2, spec))
        sizes.append(f"{side}×{side} pixels: {count} windows, {count * ms / 1e3:.1f} s")
    return known, f"A window of {size} pixels takes {ms:.1f} ms {where} ({'; '.join(sizes)})."
