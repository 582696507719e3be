"""The station's parts a second as a share of bare `session.run` calls with the same threads."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from statistics import median
from typing import Any

from engines.runtime import open_model
from engines.selftest import seeded_input
from inspector_gui.inspection import recipe as recipes
from inspector_gui.inspection.opening import load_engine
from inspector_gui.inspection.station import Station
from inspector_gui.records.images import ImageStore
from inspector_gui.records.store import RecordStore
from inspector_gui.records.verify import verify
from tests.inspection.fakes import ScriptedCamera, frame_of

WORKERS = 2


def test_station_rate_against_bare_session(benchmark: Any, tmp_path: Path) -> None:
    rounds, parts = (5, 100) if benchmark.enabled else (1, 10)
    file = recipes.find("tile")
    recipe = recipes.load(file)
    model = open_model(recipes.model_path(recipe, file))
    engine = load_engine(recipe, file)
    image = seeded_input(1, model.card.input)
    store = RecordStore.open(tmp_path)
    shares = []

    def bare() -> float:
        def run() -> None:
            for _ in range(parts // WORKERS):
                model.run(image)

        threads = [threading.Thread(target=run) for _ in range(WORKERS)]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return parts / (time.perf_counter() - started)

    def station(lot: str) -> float:
        camera = ScriptedCamera([frame_of(n, image[0, :, :, 0]) for n in range(1, parts + 1)])
        images = ImageStore(tmp_path)
        line = Station(recipe, camera, engine, store, images, lot=lot, workers=WORKERS)
        started = time.perf_counter()
        line.start()
        line.wait()
        elapsed = time.perf_counter() - started
        assert line.status.counters.parts == parts
        return parts / elapsed

    def both() -> None:
        shares.append(station(f"lot-{len(shares)}") / bare())

    benchmark.pedantic(both, rounds=rounds, warmup_rounds=int(benchmark.enabled))
    store.close()
    assert verify(tmp_path).holds
    del shares[:-rounds]  # the warm-up
    benchmark.extra_info["station rate / bare session.run rate"] = round(median(shares), 3)
    print(f"\nstation / bare session.run, {WORKERS} threads: {[round(s, 3) for s in shares]}")
