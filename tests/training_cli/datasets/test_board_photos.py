"""Folders of photographed boards: what is read, and what is said of wrong ones."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engines.synthetic.board import BoardRenderer
from engines.synthetic.png import write_png
from training_cli.datasets.board_photos import MARKS, read_photos
from training_cli.errors import UserError

PART = BoardRenderer(40).render(1, None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_png(tmp_path / "b.png", PART.pixels)
    write_png(tmp_path / "a é.png", PART.pixels[:, :, 0].copy())
    mark(tmp_path, **{"b.png": {"corners": PART.corners, "leads_px": 20}})
    return tmp_path


def mark(folder: Path, **marks: object) -> None:
    (folder / MARKS).write_text(json.dumps(marks), encoding="utf-8")


def test_boards_are_numbered_by_name_and_keep_their_corners(folder: Path) -> None:
    marked = {"corners": PART.corners}
    mark(folder, **{"b.png": marked | {"leads_px": 20}, "a é.png": marked})
    grey, colour = read_photos(folder, largest_shift_px=30.0)
    assert (grey.number, colour.number) == (0, 1)
    assert np.array_equal(colour.pixels, PART.pixels)
    assert grey.pixels.shape == colour.pixels.shape
    assert colour.corners == PART.corners
    assert colour.limits.largest_shift_px == 30.0
    assert colour.cover.sum() > 1.2 * grey.cover.sum()


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ({}, "names no picture"),
        ({"c.png": {"corners": PART.corners}}, r"c\.png cannot be read: No such file"),
        ({"text.png": {"corners": PART.corners}}, r"text\.png is no picture"),
        ({"empty.png": {"corners": PART.corners}}, r"empty\.png is no picture"),
        ({"b.png": {"corners": PART.corners[:3]}}, r"b\.png: a chip has four corners"),
        ({"b.png": {"corners": [[0, 0], [900, 0], [0, 90], [90, 90]]}}, "outside of the picture"),
        ({"b.png": {"corners": [["x", 0]]}}, r"b\.png corners 0 0: .*valid number"),
        ({"b.png": {"corner": PART.corners}}, r"b\.png corner.*: Field required"),
        ({"b.png": PART.corners}, r"b\.png: Input should be"),
    ],
)
def test_wrong_marks_get_one_sentence(folder: Path, marks: dict[str, object], words: str) -> None:
    (folder / "text.png").write_text("no picture", encoding="utf-8")
    (folder / "empty.png").write_bytes(b"")
    mark(folder, **marks)
    with pytest.raises(UserError, match=words) as refused:
        read_photos(folder)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "\xff"])
def test_a_file_of_marks_that_is_none_says_what_one_is(folder: Path, text: str) -> None:
    (folder / MARKS).write_text(text, encoding="latin-1")
    with pytest.raises(UserError, match=r'corners\.json is not as \{"board-1\.png"'):
        read_photos(folder)


def test_a_folder_without_marks_says_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"corners\.json cannot be read .*marks the corners"):
        read_photos(tmp_path / "nowhere")


@pytest.mark.parametrize(("shift", "degrees"), [(3.0, None), (None, 1.0)])
def test_limits_below_the_tolerance_are_refused(
    folder: Path, shift: float | None, degrees: float | None
) -> None:
    with pytest.raises(UserError, match=r"must be more than [\d.]+, 1\.1 times the tolerance"):
        read_photos(folder, shift, degrees)
