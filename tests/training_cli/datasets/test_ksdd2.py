from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from training_cli.datasets.ksdd2 import read_ksdd2
from training_cli.datasets.sample import FREE
from training_cli.errors import UserError


def write(folder: Path) -> Path:
    for part in ("train", "test"):
        (folder / part).mkdir()
        for number in (10000, 10001):
            mask = np.zeros((64, 24), np.uint8)
            mask[10:20, 5:9] = 255 * (number % 2)
            cv2.imwrite(str(folder / part / f"{number}.png"), np.full((64, 24, 3), 90, np.uint8))
            cv2.imwrite(str(folder / part / f"{number}_GT.png"), mask)
    return folder


def test_masks_of_nothing_but_black_are_good_parts(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "split_weakly_246.pyb").write_bytes(b"not read")
    samples = read_ksdd2(folder)
    assert [(s.name, s.label) for s in samples] == [
        ("train/10000.png", FREE),
        ("train/10001.png", "defect"),
        ("test/10000.png", FREE),
        ("test/10001.png", "defect"),
    ]
    assert samples[1].mask == folder / "train" / "10001_GT.png"
    assert len({s.tile for s in samples}) == 4


def test_what_is_laid_out_otherwise_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not laid out like KolektorSDD2"):
        read_ksdd2(tmp_path)
    folder = write(tmp_path)
    (folder / "test" / "10001_GT.png").unlink()
    with pytest.raises(UserError, match=r"10001\.png has no mask"):
        read_ksdd2(folder)
    for path in (folder / "test").glob("*.png"):
        path.unlink()
    with pytest.raises(UserError, match="in train and in test"):
        read_ksdd2(folder)
