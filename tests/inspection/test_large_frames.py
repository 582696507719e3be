"""A frame much larger than the network, from the camera to the record."""

from __future__ import annotations

import hashlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.card import InputSpec, Tiling
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.opening import open_station
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.verify import verify
from tests import models
from tests.inspection.fakes import write_recipe

LARGE, SIZE = 4096, 512
SPOT = (2040, 1021, 9, 7)


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    spec = InputSpec(height=SIZE, width=SIZE, tiling=Tiling(overlap_px=32))
    graph, card = models.brightness_graph(SIZE), models.card(SIZE)
    own_card = card.model_copy(update={"input": spec})
    model = models.save(tmp_path / "brightness.onnx", graph, own_card)
    return write_recipe(tmp_path, hashlib.sha256(model.read_bytes()).hexdigest())


def test_a_small_defect_comes_out_of_the_record_where_it_lies(recipe: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    image = np.full((LARGE, LARGE), 20, np.uint8)
    cv2.imwrite(str(folder / "good.png"), image)
    x, y, width, height = SPOT
    image[y : y + height, x : x + width] = 230
    cv2.imwrite(str(folder / "spot.png"), image)
    records = tmp_path / "records"
    given: list[Inspection] = []
    with open_station(
        str(recipe), camera=f"folder:{folder}", records=records, on_inspection=given.append
    ) as station:
        station.start()
        assert station.wait(60)
    assert [i.verdict.decision for i in sorted(given, key=lambda i: i.part)] == ["PASS", "REJECT"]
    with RecordReader(records) as reader:
        entries = sorted((r.entry for r in reader.all_inspections()), key=lambda e: e.part)
    assert [e.decision for e in entries] == ["PASS", "REJECT"]
    (finding,) = entries[1].findings
    assert (tuple(finding["box"]), finding["area_px"]) == (SPOT, 9 * 7)
    assert verify(records).holds
