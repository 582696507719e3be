"""Rendered tiles beside photographs of real ones."""

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.synthetic.tile import TILES

COUNT = 60


def texture(pixels: np.ndarray) -> list[float]:
    """Of the middle of a tile: strength, and likeness of pixels 1 and 10 down and 1 across."""
    height, width = pixels.shape
    middle = pixels[height // 4 : height * 3 // 4, width // 4 : width * 3 // 4].astype(np.float32)
    fine = middle - cv2.GaussianBlur(middle, (0, 0), 8)
    power = float((fine * fine).mean())
    return [
        float(fine.std() / middle.mean()),
        float((fine[:-1] * fine[1:]).mean() / power),
        float((fine[:-10] * fine[10:]).mean() / power),
        float((fine[:, :-1] * fine[:, 1:]).mean() / power),
    ]


@pytest.fixture(scope="module")
def photographs(shared: Path) -> list[np.ndarray]:
    folder = shared / "data" / "magnetic-tiles"
    with (folder / "tiles.csv").open(encoding="utf-8", newline="") as table:
        free = [row["image"] for row in csv.DictReader(table) if row["class"] == "free"]
    step = len(free) // COUNT
    return [cv2.imread(str(folder / name), cv2.IMREAD_GRAYSCALE) for name in free[::step][:COUNT]]


@pytest.fixture(scope="module")
def rendered() -> list[np.ndarray]:
    return [TILES.render(seed, None).pixels for seed in range(COUNT)]


def test_texture_is_that_of_the_photographs(
    photographs: list[np.ndarray], rendered: list[np.ndarray]
) -> None:
    real = np.mean([texture(pixels) for pixels in photographs], axis=0)
    ours = np.mean([texture(pixels) for pixels in rendered], axis=0)
    assert np.abs(ours - real) == pytest.approx([0, 0, 0, 0], abs=0.15)
    assert ours[0] == pytest.approx(real[0], rel=0.25)


def test_grey_levels_and_sizes_are_those_of_the_photographs(
    photographs: list[np.ndarray], rendered: list[np.ndarray]
) -> None:
    for measure in (np.mean, np.std, lambda pixels: pixels.shape[0], lambda pixels: pixels.size):
        real = np.median([measure(pixels) for pixels in photographs])
        assert np.median([measure(pixels) for pixels in rendered]) == pytest.approx(real, rel=0.3)
