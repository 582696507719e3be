"""Stations from the recipes that ship, on their simulated lines."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from engines.verdict import Decision
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.opening import load_engine, open_station
from inspector_gui.inspection.recipe import load
from inspector_gui.inspection.recipe_parts import RecipeError
from tests.localizer_model import save_localizer

PARTS = 16
BOARD = """
name = "chip"
revision = 1
product = "Board"
engine = "chip_localizer"

[camera]
source = "simulated:chip"

[model]
file = "chip.onnx"
sha256 = "{sha256}"

[board]
frame_width = {width}
frame_height = 512

[[board.chips]]
name = "U7"
corners = [[159, 131], [367, 131], [159, 339], [367, 339]]
max_displacement = 5
max_rotation_deg = 2
max_side_error = 16
x = 0
y = 0
width = 512
height = 512
"""


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


def board(folder: Path, width: int) -> Path:
    """A recipe, beside a model to which no chip is there on a dark picture."""
    model = save_localizer(folder / "chip.onnx")
    sha256 = hashlib.sha256(model.read_bytes()).hexdigest()
    (folder / "chip.toml").write_text(BOARD.format(sha256=sha256, width=width))
    return folder / "chip.toml"


@pytest.mark.parametrize(("width", "decision"), [(512, Decision.REJECT), (640, Decision.UNDECIDED)])
def test_a_board_is_judged_by_its_recipe(tmp_path: Path, width: int, decision: Decision) -> None:
    seen: list[Inspection] = []
    recipe = board(tmp_path, width)
    with open_station(
        str(recipe), records=tmp_path / "records", parts=1, on_inspection=seen.append
    ) as station:
        station.start()
        assert station.wait(60)
    (inspection,) = seen
    assert inspection.verdict.decision is decision
    found = [(finding.label, finding.region) for finding in inspection.verdict.findings]
    assert found == ([("missing", "U7")] if decision is Decision.REJECT else [])


def test_a_recipe_of_another_engine_than_its_model_is_refused(tmp_path: Path) -> None:
    path = board(tmp_path, 512)
    text = path.read_text().replace("chip_localizer", "defect_segmenter")
    path.write_text(text.partition("[board]")[0])
    with pytest.raises(RecipeError, match="the model is for 'chip_localizer'"):
        load_engine(load(path), path)
