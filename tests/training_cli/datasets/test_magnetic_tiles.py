from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from training_cli.datasets.magnetic_tiles import CLASSES, read_magnetic_tiles
from training_cli.errors import UserError


def test_lists_every_row(tiles_folder: Path) -> None:
    samples = read_magnetic_tiles(tiles_folder)
    assert Counter(s.label for s in samples) == dict.fromkeys((*CLASSES, "free"), 6)
    assert all((s.mask is None) == (s.label == "free") for s in samples)
    assert all(s.image.is_file() for s in samples)


def test_reads_the_real_tiles(shared: Path) -> None:
    samples = read_magnetic_tiles(shared / "data" / "magnetic-tiles")
    assert {s.label for s in samples} == {*CLASSES, "free"}
    assert len({s.name for s in samples}) == len(samples) > 1000


def test_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"holds no tiles\.csv"):
        read_magnetic_tiles(tmp_path)
    (tmp_path / "tiles.csv").write_text("image,mask,class\n")
    with pytest.raises(UserError, match="lacks the column tile"):
        read_magnetic_tiles(tmp_path)
    (tmp_path / "tiles.csv").write_text("image,mask,class,tile\n")
    with pytest.raises(UserError, match="lists no images"):
        read_magnetic_tiles(tmp_path)
