"""Makes the self-test that a model card carries."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engines.card import InputSpec, SelfTest
from engines.defect_segmenter import OUTPUT
from engines.selftest import seeded_input

SEEDS = range(16)
VALUES = 64
TOLERANCE = 5e-3
"""Providers differ in the order of sums; a damaged or foreign model differs far more."""


def make_self_test(
    run: Callable[[NDArray[np.uint8]], NDArray[np.float32]],
    spec: InputSpec,
    tolerance: float = TOLERANCE,
    other: Callable[[NDArray[np.uint8]], NDArray[np.float32]] | None = None,
    output: str = OUTPUT,
) -> SelfTest:
    """Of some seeds the one whose output varies most, at its strongest and at even places.

    Args:
        run: From uint8 of `spec.shape` to the network's output, the one that is named.
        spec: The network's input.
        tolerance: Largest absolute difference of a value.
        other: The same network computed in another way; only places where both agree to half the
            tolerance are taken, so that rounding alone refuses no model.
    """
    outputs = {seed: run(seeded_input(seed, spec)) for seed in SEEDS}
    seed = max(outputs, key=lambda s: float(outputs[s].std()))
    flat = outputs[seed].ravel()
    places = np.arange(flat.size)
    if other is not None:
        theirs = other(seeded_input(seed, spec)).ravel()
        places = np.flatnonzero(np.abs(flat - theirs) <= tolerance / 2)
    strongest = places[np.argsort(flat[places])[-VALUES // 2 :]]
    even = places[np.linspace(0, len(places) - 1, VALUES // 2).astype(int)]
    positions = sorted({*strongest.tolist(), *even.tolist()})
    return SelfTest(
        seed=seed,
        positions={output: positions},
        expected={output: [round(float(flat[p]), 6) for p in positions]},
        tolerance=tolerance,
    )
