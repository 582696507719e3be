"""Small surfaces to fit classifiers on: grain with or without a dark bar, in three layouts."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.training_cli.command import run

Pixels = NDArray[np.uint8]
HEIGHT, WIDTH = 160, 80
FIT = (
    *("--height", "128", "--width", "64", "--batch", "8", "--learning-rate", "2e-3"),
    *("--device", "cpu", "--folds", "4"),
)
COMMUTATORS, EACH = 12, 4


def surface(rng: np.random.Generator, is_good: bool) -> tuple[Pixels, Pixels]:
    """A picture and the mask of its defect, 0 or 255."""
    pixels = np.clip(rng.normal(130, 10, (HEIGHT, WIDTH)), 0, 255).astype(np.uint8)
    mask = np.zeros_like(pixels)
    if not is_good:
        y, x = int(rng.integers(10, HEIGHT - 60)), int(rng.integers(10, WIDTH - 40))
        mask[y : y + 40, x : x + 20] = 255
        pixels[mask > 0] = 15
    return pixels, mask


def write(path: Path, pixels: Pixels) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), pixels)


def write_kolektor(folder: Path) -> None:
    """Commutators of four surfaces, of which the last one of most is defective."""
    rng = np.random.default_rng(0)
    for number in range(COMMUTATORS):
        for part in range(EACH):
            is_good = part < EACH - 1 or number < 2
            pixels, mask = surface(rng, is_good)
            place = folder / f"kos{number + 1:02d}"
            write(place / f"Part{part}.jpg", pixels)
            if not is_good:
                write(place / f"Part{part}_label.png", mask)


@pytest.fixture(scope="session")
def kolektor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kolektor")
    write_kolektor(folder)
    return folder


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """MVTec AD layout: 4 good and 6 defective surfaces of two labels, with masks."""
    folder = tmp_path_factory.mktemp("rendered")
    rng = np.random.default_rng(1)
    for number in range(4):
        write(folder / "train" / "good" / f"{number:03d}.png", surface(rng, True)[0])
    for number in range(6):
        label = ("crack", "spot")[number % 2]
        pixels, mask = surface(rng, False)
        write(folder / "test" / label / f"{number:03d}.png", pixels)
        write(folder / "ground_truth" / label / f"{number:03d}_mask.png", mask)
    return folder


@pytest.fixture(scope="session")
def fitted(kolektor: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run on all real defects; nothing may change it but its evaluations."""
    out = tmp_path_factory.mktemp("runs") / "run"
    fit = ("fit", "surface", "--layout", "kolektor", "--data", kolektor, "--out", out)
    assert run(*fit, "--epochs", "6", *FIT) == 0
    return out
