"""What an exported model cannot do, and how long it takes, in sentences for its card."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from engines.card import InputSpec, ModelCard
from engines.selftest import seeded_input
from engines.tiling import windows

ROUNDS = 20
FRAMES = (2048, 4096)
"""Sides of the frames whose time is told."""


def limits_of(
    run: Callable[[NDArray[np.uint8]], NDArray[np.float32]], card: ModelCard
) -> tuple[str, ...]:
    """The sentences.

    Args:
        run: The exported network on one CPU thread, from uint8 of the input's shape.
        card: With input and thresholds.
    """
    return (
        "It knows only the defects and the surfaces of the data that it was trained on.",
        _smallest(card),
        _time(median_ms(run, card.input), card.input),
    )


def _smallest(card: ModelCard) -> str:
    areas = {label: t.min_area_px for label, t in card.thresholds.items()}
    listed = ", ".join(f"{label} {area}" for label, area in areas.items())
    if len(set(areas.values())) == 1:
        listed = f"{areas[card.labels[0]]} for every class"
    return f"What covers fewer of the network's pixels than these is let pass: {listed}."


def median_ms(run: Callable[[NDArray[np.uint8]], object], spec: InputSpec) -> float:
    """How long a call takes, in the median of 20, on an input of this shape."""
    image = seeded_input(0, spec)
    taken = []
    for _ in range(ROUNDS):
        started = perf_counter()
        run(image)
        taken.append((perf_counter() - started) * 1e3)
    return median(taken)


def _time(ms: float, spec: InputSpec) -> str:
    size = f"{spec.width}×{spec.height}"
    where = "on one CPU thread of the computer that exported it"
    if spec.tiling is None:
        return (
            f"A frame is stretched to {size} pixels and should have the proportions of those that "
            f"it was trained on; it takes {ms:.1f} ms {where}."
        )
    sizes = []
    for side in FRAMES:
        count = len(windows(*(round(side * spec.tiling.scale),) * 2, spec))
        sizes.append(f"{side}×{side} pixels: {count} windows, {count * ms / 1e3:.1f} s")
    return f"A window of {size} pixels takes {ms:.1f} ms {where} ({'; '.join(sizes)})."
