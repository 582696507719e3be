"""`python -m tests.benchmarks.models MODEL …`: how long models take, side by side.

Bare onnxruntime on one thread, a run of each model in turn so that all meet the same load.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import onnxruntime

from engines.card import ModelCard
from engines.runtime import CPU, read_card
from engines.selftest import seeded_input

ROUNDS = 40


def main(paths: list[Path]) -> None:
    models = [(_session(path), read_card(path)[0]) for path in paths]
    taken: list[list[float]] = [[] for _ in models]
    for _ in range(ROUNDS):
        for (session, card), own in zip(models, taken, strict=True):
            own.append(_once(session, card))
    first = median(taken[0])
    for path, own in zip(paths, taken, strict=True):
        print(
            f"{path}: {median(own):.1f} ms, {median(own) / first:.2f} of the first, "
            f"{path.stat().st_size / 1e6:.2f} MB"
        )


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=[CPU])


def _once(session: onnxruntime.InferenceSession, card: ModelCard) -> float:
    image = seeded_input(0, card.input)
    started = perf_counter()
    session.run(None, {card.input.name: image})
    return (perf_counter() - started) * 1e3


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
