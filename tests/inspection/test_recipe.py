"""Recipes: what is accepted, and what is said of what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.card import Threshold
from engines.chip_localizer import Tolerances
from inspector_gui.inspection import recipe as recipes
from inspector_gui.inspection.recipe_parts import RecipeError
from tests import models

GOOD = """
name = "tile"
revision = 2
product = "Magnetic tile"
engine = "defect_segmenter"

[camera]
source = "gentl:viky"
trigger = "hardware"
trigger_source = "Line1"
features = { ExposureTime = 1200.0, Width = 640 }
frame_rate = 10

[model]
file = "tile.onnx"
sha256 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

[thresholds.scratch]
score = 0.7

[[regions]]
name = "left"
width = 0.5

[[regions]]
name = "right"
x = 0.5
width = 0.5
thresholds = { stain = { min_area_px = 9 } }
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "tile.toml"
    path.write_text(GOOD)
    return path


def test_a_recipe_says_what_it_says(path: Path) -> None:
    recipe = recipes.load(path)
    assert (recipe.name, recipe.revision, recipe.provider) == ("tile", 2, "CPUExecutionProvider")
    settings = recipe.camera_settings()
    assert settings.features == {"ExposureTime": 1200.0, "Width": 640}
    assert (settings.trigger, settings.trigger_source) == ("hardware", "Line1")


def test_thresholds_come_from_card_then_recipe_then_region(path: Path) -> None:
    left, right = recipes.load(path).regions_for(models.card())
    assert left.thresholds["scratch"] == Threshold(score=0.7, min_area_px=4)
    assert left.thresholds["stain"] == Threshold(score=0.5, min_area_px=4)
    assert right.thresholds["stain"] == Threshold(score=0.5, min_area_px=9)
    assert (right.x, right.width) == (0.5, 0.5)


def test_a_threshold_for_a_label_that_the_model_lacks(path: Path) -> None:
    path.write_text(GOOD.replace("thresholds.scratch", "thresholds.scartch"))
    with pytest.raises(RecipeError, match=r"thresholds: .*'scartch', only scratch, stain"):
        recipes.load(path).regions_for(models.card())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("revision = 2", "revison = 2", r"revision: is missing|revison: there is no such key"),
        ("revision = 2", "revision = 0", r"revision: .*greater than or equal to 1 \(found 0\)"),
        ("revision = 2", "revision = [", r"not valid TOML"),
        ("Width = 640 }", "Width = 640 }\nframerate = 9", r"camera\.framerate: there is no such"),
        ('"hardware"', '"lightning"', r"camera\.trigger: .*'lightning'"),
        ("score = 0.7", "score = 1.5", r"thresholds\.scratch\.score: .*less than 1"),
        ("aaaa", "AAAA", r"model\.sha256: "),
        ("x = 0.5", "x = 0.8", r"inside the frame"),
        ('name = "right"', 'name = "left"', r"two regions have the same name"),
        ('name = "tile"', 'name = "../tile"', r"name: "),
    ],
)
def test_a_mistake_is_named_with_file_key_and_reason(
    path: Path, old: str, new: str, words: str
) -> None:
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(RecipeError, match=words) as caught:
        recipes.load(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value).split("TOML")[0]


def test_a_recipe_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="cannot be read"):
        recipes.load(tmp_path / "none.toml")


def test_a_name_that_no_shipped_recipe_has() -> None:
    with pytest.raises(RecipeError, match="There is no recipe 'tilde'"):
        recipes.find("tilde")


STRIP = """
name = "vial"
revision = 1
product = "Strip"
engine = "vial_scorer"
frames_per_part = 16

[model]
file = "vial.onnx"
sha256 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

[strip]
frames = [0, 7, 15]
frame_width = 1000
frame_height = 500
vials = 3
left = 40
width = 300
pitch = 310
regions = [
    { name = "scratch", top = 0, height = 250 },
    { name = "stain", top = 250, height = 200 },
]
"""


def test_a_strip_has_a_patch_for_each_band_of_each_vial(tmp_path: Path) -> None:
    path = tmp_path / "vial.toml"
    path.write_text(STRIP)
    recipe = recipes.load(path)
    regions = recipe.regions_for(models.card())
    assert [(r.name, *r.thresholds) for r in regions] == [
        (f"vial-{vial}", label) for vial in (1, 2, 3) for label in ("scratch", "stain")
    ]
    last = regions[-1]
    assert (last.x, last.y, last.width, last.height) == (0.66, 0.5, 0.3, 0.4)
    assert recipe.view.frames == (0, 7, 15)
    assert recipe.view.size == (500, 1000)
    assert not recipe.view.is_min_max
    path.write_text(STRIP.replace("vials = 3", 'vials = 3\nheatmap = "min-max"'))
    assert recipes.load(path).view.is_min_max


@pytest.mark.parametrize(
    ("found", "instead", "words"),
    [
        ("pitch = 310", "pitch = 331", "the vials must lie inside the frame's width"),
        ("top = 250", "top = 301", "the regions must lie inside the frame's height"),
        ('"stain"', '"scratch"', "two regions have the same name"),
        ("[0, 7, 15]", "[0, 7, 7]", "rising numbers"),
        ("[0, 7, 15]", "[0, 7, 16]", "frames 0 to 15"),
        ("[0, 7, 15]", "[]", "strip.frames"),
        ("[strip]", '[[regions]]\nname = "left"\n\n[strip]', "leave regions out"),
    ],
)
def test_a_strip_that_does_not_hold(tmp_path: Path, found: str, instead: str, words: str) -> None:
    path = tmp_path / "vial.toml"
    path.write_text(STRIP.replace(found, instead))
    with pytest.raises(RecipeError, match=words):
        recipes.load(path)


def test_a_band_that_the_model_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "vial.toml"
    path.write_text(STRIP.replace('"stain"', '"cap"'))
    with pytest.raises(RecipeError, match=r"strip\.regions: .*'cap', only scratch, stain"):
        recipes.load(path).regions_for(models.card())


BOARD = """
name = "chip"
revision = 1
product = "Board"
engine = "chip_localizer"

[model]
file = "chip.onnx"
sha256 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

[board]
frame_width = 640
frame_height = 480
px_per_mm = 20

[[board.chips]]
name = "U1"
corners = [[100, 120], [180, 120], [100, 200], [180, 200]]
max_displacement = 0.25
max_rotation_deg = 2
max_side_error = 0.3
x = 40
y = 60
width = 200
height = 200

[[board.chips]]
name = "U2"
corners = [[400, 120], [480, 120], [400, 200], [480, 200]]
max_displacement = 0.5
max_rotation_deg = 3
max_side_error = 0.3
x = 340
y = 60
width = 200
height = 200
"""


def test_a_board_says_where_its_chips_belong(path: Path) -> None:
    path.write_text(BOARD)
    recipe = recipes.load(path)
    one, other = recipe.chips
    assert (one.name, one.x, one.y, one.width, one.height) == ("U1", 40, 60, 200, 200)
    assert one.corners[3] == (180, 200)
    assert one.tolerances == Tolerances(5.0, 2.0, 6.0)
    assert other.tolerances.displacement_px == 10
    assert recipe.view.size == (480, 640)


def test_without_a_scale_tolerances_are_pixels(path: Path) -> None:
    path.write_text(BOARD.replace("px_per_mm = 20", ""))
    assert recipes.load(path).chips[0].tolerances == Tolerances(0.25, 2.0, 0.3)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('engine = "chip_localizer"', 'engine = "defect_segmenter"', "board and engine"),
        ("frame_width = 640", "frame_width = 500", "chip 'U2' must lie inside the frame"),
        ('name = "U2"', 'name = "U1"', "two chips have the same name"),
        ("[180, 120]", "[170, 120]", r"chips\.0: corners must be those of a rectangle"),
        ("x = 40", "x = 101", r"chips\.0: the corners must lie inside"),
        ("max_side_error = 0.3", "max_side_error = 0", r"max_side_error: .*greater than 0"),
        ("px_per_mm = 20", "mm_per_px = 0.05", r"board\.mm_per_px: there is no such key"),
        ("[board]", "[thresholds.missing]\nscore = 0.4\n[board]", "leave regions, strip and thr"),
    ],
)
def test_a_mistake_in_a_board_is_named(path: Path, old: str, new: str, words: str) -> None:
    path.write_text(BOARD.replace(old, new, 1))
    with pytest.raises(RecipeError, match=words) as caught:
        recipes.load(path)
    assert "\n" not in str(caught.value)
