"""Boards and surfaces through their engines, one caller a core: `make benchmark`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter
from typing import Any

import onnxruntime
import pytest

from engines.selftest import seeded_input
from engines.synthetic.line import renderer_of
from inspector_gui.inspection import recipe as recipes
from inspector_gui.inspection.opening import load_engine

CORES = 2


@pytest.mark.parametrize("product", ["chip", "surface"])
def test_a_part_takes_little_longer_than_its_network(benchmark: Any, product: str) -> None:
    rounds, each = (9, 60) if benchmark.enabled else (1, 4)
    file = recipes.find(product)
    recipe = recipes.load(file)
    engine = load_engine(recipe, file)
    images = [list(renderer_of(product).render(seed, None).frames) for seed in range(4)]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = recipes.model_path(recipe, file)
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    spec = engine.card.input
    shown = {spec.name: seeded_input(1, spec)}

    def taken_ms(call: Any) -> float:
        started = perf_counter()
        with ThreadPoolExecutor(CORES) as pool:
            list(pool.map(call, range(each)))
        return (perf_counter() - started) * 1e3 / each

    def both() -> tuple[float, float]:
        ours = taken_ms(lambda number: engine.judge(images[number % len(images)]))
        return ours, taken_ms(lambda _: session.run(None, shown))

    both()
    times = [both() for _ in range(rounds)]
    ratios = [ours / theirs for ours, theirs in times]
    print(
        f"\na {product}: {median(t for t, _ in times):.1f} ms on {CORES} cores, "
        f"{median(ratios):.2f} of the time of bare onnxruntime on the same threads "
        f"({min(ratios):.2f} to {max(ratios):.2f})"
    )
    benchmark.pedantic(engine.judge, args=(images[0],), rounds=rounds)
    assert median(ratios) < 3
