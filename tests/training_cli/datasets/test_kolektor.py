from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from training_cli.datasets.kolektor import read_kolektor
from training_cli.datasets.sample import FREE
from training_cli.errors import UserError


def write(folder: Path, suffix: str) -> Path:
    """Two commutators of two parts; the second one of each is defective."""
    for name in ("kos01", "kos02"):
        (folder / name).mkdir()
        for part in range(2):
            mask = np.zeros((64, 24), np.uint8)
            mask[10:20, 5:9] = 255 * part
            cv2.imwrite(str(folder / name / f"Part{part}.jpg"), np.full((64, 24), 90, np.uint8))
            cv2.imwrite(str(folder / name / f"Part{part}_label.{suffix}"), mask)
    return folder


@pytest.mark.parametrize("suffix", ["bmp", "png"])
def test_parts_of_one_commutator_belong_together(tmp_path: Path, suffix: str) -> None:
    folder = write(tmp_path, suffix)
    (folder / "kos02" / f"Part0_label.{suffix}").unlink()  # no mask is a good part, too
    samples = read_kolektor(folder)
    assert [(s.name, s.label, s.tile) for s in samples] == [
        ("kos01/Part0.jpg", FREE, "kos01"),
        ("kos01/Part1.jpg", "defect", "kos01"),
        ("kos02/Part0.jpg", FREE, "kos02"),
        ("kos02/Part1.jpg", "defect", "kos02"),
    ]


def test_what_is_laid_out_otherwise_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not laid out like KolektorSDD:"):
        read_kolektor(tmp_path)
    folder = write(tmp_path, "png")
    (folder / "kos01" / "Part1_label.png").write_bytes(b"nothing")
    with pytest.raises(UserError, match="restore the file"):
        read_kolektor(folder)
    for path in folder.glob("kos*/*_label.png"):
        path.unlink()
    with pytest.raises(UserError, match="no mask that marks a defect"):
        read_kolektor(folder)


def test_reads_the_photographs(shared: Path) -> None:
    samples = read_kolektor(shared / "data" / "kolektor-sdd")
    assert len(samples) == 296
    assert sum(s.label != FREE for s in samples) == 39
    assert len({s.tile for s in samples}) >= 37
