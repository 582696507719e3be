from __future__ import annotations

from collections import Counter
from pathlib import Path

import cv2
import numpy as np
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
    samples = read_mvtec(tmp_path / "set", needs_masks=False)
    assert [s.mask is None for s in samples if s.label != "free"].count(True) == 1


def test_pictures_may_be_photographs(tmp_path: Path) -> None:
    path = tmp_path / "train" / "good" / "0.JPG"
    path.parent.mkdir(parents=True)
    cv2.imwrite(str(path), np.full((8, 8), 90, np.uint8))
    assert [s.name for s in read_mvtec(tmp_path)] == ["train/good/0.JPG"]


def test_refuses_another_layout(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="MVTec AD layout"):
        read_mvtec(tmp_path)
