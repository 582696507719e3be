from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from training_cli.augmentation.guidance import read_guidance
from training_cli.errors import UserError

BOX = {"x": 10, "y": 20, "width": 5, "height": 6}
TRIANGLE = [[0, 0], [20, 0], [0.0, 20.5]]


def drawn(**changes: Any) -> dict[str, Any]:
    region = {"label": "scratch", "box": BOX, "description": "copper metal scratches"}
    return {
        "format": "inspector-guidance",
        "version": 1,
        "pictures": [
            {"picture": "train/good/0.png", "width": 40, "height": 60, "regions": [region]}
        ],
        **changes,
    }


def with_region(**changes: Any) -> dict[str, Any]:
    whole = drawn()
    whole["pictures"][0]["regions"] = [changes]
    return whole


def written(folder: Path, content: object) -> Path:
    path = folder / "guidance.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_boxes_and_polygons_are_pixels_of_their_picture(tmp_path: Path) -> None:
    guidance = read_guidance(written(tmp_path, drawn()))
    (box,) = guidance.regions_of("train/good/0.png", 60, 40)
    expected = np.zeros((60, 40), np.bool_)
    expected[20:26, 10:15] = True
    np.testing.assert_array_equal(box.inside(60, 40), expected)
    assert (box.label, box.description, box.negative) == ("scratch", "copper metal scratches", "")
    guidance = read_guidance(written(tmp_path, with_region(polygon=TRIANGLE)))
    (polygon,) = guidance.regions_of("train/good/0.png", 60, 40)
    assert polygon.label is None
    inside = polygon.inside(60, 40)
    assert inside[5, 5]
    assert not inside[15, 15]
    assert 190 < inside.sum() < 250


def test_regions_hold_for_their_picture_or_for_all_that_are_aligned(tmp_path: Path) -> None:
    own = read_guidance(written(tmp_path, drawn()))
    assert own.regions_of("train/good/1.png", 60, 40) == ()
    aligned = read_guidance(written(tmp_path, drawn(aligned=True)))
    assert len(aligned.regions_of("train/good/1.png", 60, 40)) == 1
    assert aligned.regions_of("train/good/1.png", 61, 40) == ()
    with pytest.raises(UserError, match=r"is 40×61 pixels, and the guidance was drawn on 40×60"):
        own.regions_of("train/good/0.png", 61, 40)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "Invalid JSON"),
        ([], "Input should be an object"),
        (drawn(version=2), "version: Input should be 1"),
        (drawn(pictures=[]), "pictures: Tuple should have at least 1"),
        (drawn(colour="red"), "colour: Extra inputs"),
        (
            drawn(pictures=drawn()["pictures"] * 2),
            r"pictures.1.picture: train/good/0.png is .*twice",
        ),
        (with_region(box=BOX, polygon=TRIANGLE), r"pictures.0.regions.0: .*either polygon or box"),
        (with_region(label="a"), r"pictures.0.regions.0: .*either polygon or box"),
        (with_region(polygon=TRIANGLE[:2]), r"regions.0.polygon: .*at least 3"),
        (with_region(box={**BOX, "x": 100}), r"pictures.0.regions.0: lies outside .*40×60"),
        (with_region(box={**BOX, "width": "5"}), r"regions.0.box.width: .*integer"),
        (with_region(polygon=[[0, 0], [1, 1], [1e300, 1]]), r"regions.0.polygon.2.0: .*20000"),
        (with_region(box=BOX, label="good"), r"regions.0.label: .*no class of defects"),
        (with_region(box=BOX, label="../x"), r"regions.0.label: .*no class of defects"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_key(
    content: object, sentence: str, tmp_path: Path
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(UserError, match=sentence) as caught:
        read_guidance(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
