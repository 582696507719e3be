from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engines.synthetic.dataset import write_dataset
from training_cli.augmentation import review
from training_cli.augmentation.injection import Way
from training_cli.augmentation.made_set import make_set, read_material
from training_cli.augmentation.methods import Injection, MemSeg
from training_cli.augmentation.provenance import drop
from training_cli.augmentation.review import review_sheets
from training_cli.datasets.pictures import like, read_picture, write_picture
from training_cli.sheet import Case

GREY = 90


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Five pictures made of one."""
    write_picture(tmp_path / "data" / "train" / "good" / "0.png", np.full((80, 60), GREY, np.uint8))
    material = read_material(tmp_path / "data", "mvtec", None, None, None, 0)
    list(make_set(material, MemSeg("spot"), "memseg", tmp_path / "made", 5, 0))
    return tmp_path / "made"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[list[Case]]:
    """The cases of each sheet that is drawn."""
    sheets: list[list[Case]] = []
    draw = review.draw_sheet

    def look(cases: list[Case], *rest: object) -> np.ndarray:
        sheets.append(cases)
        return draw(cases, *rest)

    monkeypatch.setattr(review, "draw_sheet", look)
    monkeypatch.setattr(review, "PAGE", 2)
    return sheets


def test_what_is_left_is_shown_beside_its_source(made: Path, shown: list[list[Case]]) -> None:
    drop(made, [2], "")
    assert len(list(review_sheets(made))) == 2
    assert [[case.title for case in sheet] for sheet in shown] == [
        ["1  spot", "3  spot"],
        ["4  spot", "5  spot"],
    ]
    for case in shown[0]:
        source, picture, outlined, near = case.panels
        assert (source.pixels == GREY).all()
        assert outlined.masks is not None
        assert (picture.pixels != GREY).any()
        assert (picture.pixels[~outlined.masks[0]] == GREY).all()
        assert near.pixels.shape == picture.pixels.shape


def test_a_source_that_is_gone_is_left_blank(made: Path, shown: list[list[Case]]) -> None:
    (made.parent / "data" / "train" / "good" / "0.png").unlink()
    list(review_sheets(made))
    assert (shown[0][0].panels[0].pixels == 255).all()


def test_the_real_defect_stands_beside_what_was_made_of_it(
    tmp_path: Path, shown: list[list[Case]]
) -> None:
    write_dataset("tile", tmp_path / "tiles", 12, 1)
    material = read_material(tmp_path / "tiles", "mvtec", None, None, None, 0)
    method = Injection(Way.CUT_PASTE, material.defects)
    origins = list(make_set(material, method, "cut-paste", tmp_path / "made", 2, 0))
    list(review_sheets(tmp_path / "made"))
    for origin, case in zip(origins, shown[0], strict=True):
        _good, real, picture, _outlined, _near = case.panels
        assert (real.pixels == like(read_picture(origin.defect.file), picture.pixels)).all()
