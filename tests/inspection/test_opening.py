"""Stations from the recipes that ship, on their simulated lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.verdict import Decision
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.opening import open_station

PARTS = 16


@pytest.mark.parametrize("camera", [None, "simulated", "simulated:steel"])
def test_steel_is_judged_on_a_line_of_steel(tmp_path: Path, camera: str | None) -> None:
    seen: list[Inspection] = []
    with open_station(
        "steel", camera=camera, records=tmp_path, parts=PARTS, on_inspection=seen.append
    ) as station:
        station.start()
        assert station.wait(60)
    assert [i.source.split()[0] for i in seen] == ["steel"] * PARTS
    right = [(i.verdict.decision is Decision.REJECT) == bool(i.frames[0].truth) for i in seen]
    assert sum(right) >= 0.8 * PARTS
    assert any(i.frames[0].truth for i in seen)
