"""A strip through the engine beside bare onnxruntime on the same patches: `make benchmark`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter

import numpy as np
import onnxruntime
import pytest

import resources
from engines.synthetic.line import renderer_of
from engines.vial_scorer import VialScorer
from inspector_gui.inspection import recipe as recipes
from inspector_gui.inspection.opening import load_engine

ROUNDS = 7
CORES = 2


@pytest.mark.benchmark
def test_a_strip_takes_little_longer_than_its_network() -> None:
    file = recipes.find("vial")
    recipe = recipes.load(file)
    engine = load_engine(recipe, file)
    assert isinstance(engine, VialScorer)
    images = list(renderer_of("vial").render(5, None).frames)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    model = resources.FOLDER / "models" / recipe.model.file
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    spec = engine.card.input
    looks = 20 if spec.channels == 3 else 60
    batches = [np.zeros(spec.shape, np.uint8)] * -(-looks // spec.batch)

    def bare() -> None:
        with ThreadPoolExecutor(CORES) as pool:
            list(pool.map(lambda b: session.run(None, {spec.name: b}), batches))

    ratios, times = [], []
    engine.judge(images)
    bare()
    for _ in range(ROUNDS):
        started = perf_counter()
        engine.judge(images)
        between = perf_counter()
        bare()
        ended = perf_counter()
        ratios.append((between - started) / (ended - between))
        times.append((between - started) * 1e3)
    print(
        f"\na strip of {looks} looks: {median(times):.0f} ms, {median(ratios):.2f} of the time of "
        f"bare onnxruntime ({min(ratios):.2f}-{max(ratios):.2f})"
    )
    assert median(ratios) < 2
