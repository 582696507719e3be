"""Small data sets of rendered tiles, in both layouts that the trainer reads."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from engines.card import InputSpec
from engines.synthetic.line import part_seed, renderer_of
from tests.training_cli.command import QUICK, run
from tests.training_cli.tiny_pipeline import save_tiny_pipeline
from training_cli.datasets.magnetic_tiles import CLASSES
from training_cli.datasets.sample import FREE, Images, Sample, load_images

SPEC = InputSpec(height=64, width=64)
TILES_PER_LABEL = 3


@pytest.fixture(scope="session")
def tiles_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three tiles of every class and of free ones, two photographs each, as `tiles.csv` lists."""
    folder = tmp_path_factory.mktemp("tiles")
    renderer = renderer_of("tile")
    rows = []
    labels = [label for label in (*CLASSES, None) for _ in range(TILES_PER_LABEL)]
    for number, label in enumerate(labels):
        part = renderer.render(part_seed(3, number), label)
        for exposure in (1, 2):
            name = f"{label or FREE}-{number:03d}-{exposure}"
            pixels = np.clip(part.pixels * (1.2 - 0.2 * exposure), 0, 255).astype(np.uint8)
            cv2.imwrite(str(folder / f"{name}.png"), cv2.resize(pixels, (96, 128)))
            mask = ""
            if label is not None:
                mask = f"{name}_mask.png"
                grey = np.where(part.masks[label], 255, 0).astype(np.uint8)
                cv2.imwrite(str(folder / mask), cv2.resize(grey, (96, 128)))
            rows.append((f"{name}.png", mask, label or FREE, f"{label or FREE}-{number}", exposure))
    with (folder / "tiles.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("image", "mask", "class", "tile", "exposure"), *rows])
    return folder


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """Small networks are slower on several threads, far slower on a busy machine."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def fitted(tiles_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two epochs; nothing may change it but the evaluation of `exported`."""
    out = tmp_path_factory.mktemp("runs") / "run"
    assert run("fit", "tile", "--data", tiles_folder, "--out", out, "--epochs", 2, *QUICK) == 0
    return out


@pytest.fixture(scope="session")
def exported(fitted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its model, after it was judged on its test images."""
    out = tmp_path_factory.mktemp("models") / "tile.onnx"
    assert run("evaluate", fitted, "--subset", "test") == 0
    assert run("export", fitted, "--out", out) == 0
    return out


@pytest.fixture(scope="session")
def tiny_pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SDXL inpainting pipeline of random weights, saved."""
    reason = "pip install 'line-inspector[diffusion]' to test painting from words"
    pytest.importorskip("diffusers", reason=reason)
    pytest.importorskip("transformers", reason=reason)
    folder = tmp_path_factory.mktemp("pipeline") / "tiny"
    save_tiny_pipeline(folder)
    return folder


@pytest.fixture
def toy_images() -> Images:
    """Flat grey images of 64×64; image i of class i % 6 (the last is free) has a bright square."""
    samples, pixels = [], np.full((24, 64, 64), 90, np.uint8)
    masks = np.zeros_like(pixels)
    labels = np.arange(24) % 6
    labels[labels == 5] = -1
    for i, label in enumerate(labels):
        samples.append(Sample(str(i), Path(str(i)), None, "", str(i)))
        if label >= 0:
            window = np.s_[20 : 32 + label, 24:40]
            masks[i][window] = 1
            pixels[i][window] = 200
    return Images(tuple(samples), pixels, masks, labels.astype(np.int64))


def images_of(samples: list[Sample]) -> Images:
    return load_images(samples, CLASSES, SPEC)
