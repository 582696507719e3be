from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from engines.synthetic.dataset import write_dataset
from training_cli.datasets.magnetic_tiles import CLASSES
from training_cli.datasets.mvtec import read_mvtec
from training_cli.errors import UserError


def test_reads_what_the_renderer_writes(tmp_path: Path) -> None:
    write_dataset("tile", tmp_path / "set", 20, 5)
    samples = read_mvtec(tmp_path / "set")
    assert Counter(s.label for s in samples) == {"free": 10, **dict.fromkeys(CLASSES, 2)}
    assert all((s.mask is None) == (s.label == "free") for s in samples)


def test_refuses_a_defect_without_a_mask(tmp_path: Path) -> None:
    write_dataset("tile", tmp_path / "set", 4, 5)
    next((tmp_path / "set" / "ground_truth").glob("*/*.png")).unlink()
    with pytest.raises(UserError, match="has no mask"):
        read_mvtec(tmp_path / "set")


def test_refuses_another_layout(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="MVTec AD layout"):
        read_mvtec(tmp_path)
