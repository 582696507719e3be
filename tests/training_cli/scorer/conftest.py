"""Small parts to fit scorers on: pictures of stripes, and strips of two vials in three frames."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.training_cli.command import run

SIDE = 40
FIT = ("--size", "32", "--stem", "1", "--width", "2", "--bottleneck", "8", "--batch", "4")


def stripes(rng: np.random.Generator, height: int = SIDE, width: int = SIDE) -> NDArray[np.uint8]:
    """A good surface: stripes of one pitch, anywhere, with some noise."""
    wave = 128 + 60 * np.sin((np.arange(width) + rng.uniform(0, 8)) * (2 * np.pi / 8))
    return np.clip(wave + rng.normal(0, 4, (height, width)), 0, 255).astype(np.uint8)


def write(path: Path, pixels: NDArray[np.uint8]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), pixels)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """MVTec AD layout: 12 good to train on, 6 good and 6 with a dark bar to test on."""
    folder = tmp_path_factory.mktemp("pictures")
    rng = np.random.default_rng(0)
    for number in range(12):
        write(folder / "train" / "good" / f"{number:03d}.png", stripes(rng))
    for number in range(6):
        write(folder / "test" / "good" / f"{number:03d}.png", stripes(rng))
        bad = stripes(rng)
        bad[12:28] = 20
        write(folder / "test" / "bar" / f"{number:03d}.png", bad)
    return folder


@pytest.fixture(scope="session")
def strips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Strips of two vials by two regions in three frames, as `synthesize vial` lists them."""
    folder = tmp_path_factory.mktemp("strips")
    rng = np.random.default_rng(1)
    layout = [
        {"vial": vial, "region": region, "x": 32 * vial, "y": 32 * row, "width": 32, "height": 32}
        for vial in range(2)
        for row, region in enumerate(("flag", "liquid"))
    ]
    lines = []
    for number in range(16):
        is_bad = number >= 12
        label = "spot" if is_bad else "good"
        name = f"{'train' if number < 8 else 'test'}/{label}/{number:06d}"
        frames = [stripes(rng, 64, 64) for _ in range(3)]
        for frame in frames if is_bad else ():
            frame[40:56, 36:52] = 10
        files = [f"{name}/{i:02d}.png" for i in range(3)]
        for file, frame in zip(files, frames, strict=True):
            write(folder / file, frame)
        if is_bad:
            mask = np.zeros((64, 64), np.uint8)
            mask[40:56, 36:52] = 255
            write(folder / "ground_truth" / label / f"{number:06d}" / "01_mask.png", mask)
        defects = [{"vial": 1, "region": "liquid", "class": "spot"}] if is_bad else []
        lines.append(
            {
                "files": files,
                "frames": [0, 1, 2],
                "label": label,
                "geometry": {"vials": 2, "regions": layout},
                "defects": defects,
            }
        )
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "labels.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def fitted(strips: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the paper's network on the strips; nothing may change it."""
    out = tmp_path_factory.mktemp("runs") / "grdnet"
    options = ("--epochs", "6", "--frames", "0,2", "--learning-rate", "3e-3", "--restart", "1")
    assert run("fit", "vial", "--data", strips, "--out", out, *options, *FIT) == 0
    return out
