"""A strip through the engine beside bare onnxruntime on the same patches: `make benchmark`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter
from typing import Any

import onnxruntime

from engines.selftest import seeded_input
from engines.synthetic.line import renderer_of
from engines.vial_scorer import VialScorer
from inspector_gui.inspection import recipe as recipes
from inspector_gui.inspection.opening import load_engine

CORES = 2


def test_a_strip_takes_little_longer_than_its_network(benchmark: Any) -> None:
    rounds = 9 if benchmark.enabled else 1
    file = recipes.find("vial")
    recipe = recipes.load(file)
    engine = load_engine(recipe, file)
    assert isinstance(engine, VialScorer)
    images = list(renderer_of("vial").render(5, None).frames)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = recipes.model_path(recipe, file)
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    spec = engine.card.input
    looks = len(engine.patches) * (1 if spec.channels == 3 else len(engine.frames_in_use))
    batches = [seeded_input(1, spec)] * -(-looks // spec.batch)

    def bare() -> None:
        with ThreadPoolExecutor(CORES) as pool:
            list(pool.map(lambda batch: session.run(None, {spec.name: batch}), batches))

    def both() -> tuple[float, float]:
        started = perf_counter()
        engine.judge(images)
        between = perf_counter()
        bare()
        return between - started, perf_counter() - between

    both()
    times = [both() for _ in range(rounds)]
    ratios = [ours / theirs for ours, theirs in times]
    print(
        f"\na strip of {looks} looks: {median(t for t, _ in times) * 1e3:.0f} ms, "
        f"{median(ratios):.2f} of the time of bare onnxruntime on the same threads "
        f"({min(ratios):.2f} to {max(ratios):.2f})"
    )
    benchmark.pedantic(engine.judge, args=(images,), rounds=rounds)
    assert median(ratios) < 3
