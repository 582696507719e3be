"""Batches a second that a fit trains on with injection, as a share of those without it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from pathlib import Path
from statistics import median
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from engines.synthetic.line import part_seed, renderer_of
from training_cli.datasets.magnetic_tiles import CLASSES
from training_cli.datasets.sample import Images, Sample
from training_cli.datasets.split import SplitRule
from training_cli.segmenter.fitting import new_network, training_loader
from training_cli.segmenter.losses import make_loss
from training_cli.segmenter.run import Method, Settings

SIDE, CROP, BATCH, WORKERS = 256, 128, 16, 1
FREE_IMAGES, EACH_DEFECT = 96, 6
ROUNDS, BATCHES = 3, 10
LEAST_SHARE = 0.8


@pytest.fixture
def _one_thread() -> Iterator[None]:
    """One core for the steps leaves one for the worker on the smallest machines."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def rendered_tiles() -> Images:
    """About as few of them are defective as in the photographs."""
    renderer = renderer_of("tile")
    labels = [i for i in range(len(CLASSES)) for _ in range(EACH_DEFECT)] + [-1] * FREE_IMAGES
    pixels = np.empty((len(labels), SIDE, SIDE), np.uint8)
    masks = np.zeros_like(pixels)
    for i, label in enumerate(labels):
        name = CLASSES[label] if label >= 0 else None
        part = renderer.render(part_seed(5, i), name)
        pixels[i] = cv2.resize(part.pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        if name is not None:
            mask = part.masks[name].astype(np.uint8)
            masks[i] = cv2.resize(mask, (SIDE, SIDE), interpolation=cv2.INTER_NEAREST)
    samples = tuple(Sample(str(i), Path(str(i)), None, "", str(i)) for i in range(len(labels)))
    return Images(samples, pixels, masks, np.array(labels, np.int64))


def fit_on(images: Images, method: Method) -> Callable[[], float]:
    """A fit of which each call trains on some more batches and gives how many a second."""
    settings = Settings(
        data=Path("rendered"),
        extra=None,
        split=SplitRule.PAPER,
        method=method,
        encoder="tf_efficientnet_lite0",
        weights="none",
        size=SIDE,
        crop=CROP,
        epochs=1,
        batch=BATCH,
        learning_rate=5e-4,
        seed=0,
    )
    network = new_network("tile", settings).to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings.learning_rate)
    loss = make_loss(method, images, len(CLASSES))
    done = 0
    loader = training_loader(settings, images, len(CLASSES), WORKERS, lambda: done)
    source = chain.from_iterable(repeat(loader))

    def train() -> float:
        nonlocal done
        started = time.perf_counter()
        for _ in range(BATCHES):
            pixels, targets = next(source)
            with torch.autocast("cpu", torch.bfloat16):
                logits = network(pixels)
            optimizer.zero_grad()
            loss(logits.float(), targets.float()).backward()
            optimizer.step()
            done += 1
        return BATCHES / (time.perf_counter() - started)

    return train


@pytest.mark.usefixtures("_one_thread")
def test_injection_against_none(benchmark: Any) -> None:
    if not benchmark.enabled:
        pytest.skip("a measurement of about a minute: give --benchmark-enable")
    images = rendered_tiles()
    injected, plain = (fit_on(images, method) for method in (Method.DLI, Method.BCE))
    injected(), plain()  # the workers start
    shares = []
    benchmark.pedantic(lambda: shares.append(injected() / plain()), rounds=ROUNDS)
    share = median(shares)
    benchmark.extra_info["batches a second with dli / with bce"] = round(share, 3)
    print(f"\nwith dli / with bce, {WORKERS} worker: {[round(s, 3) for s in shares]}")
    assert share >= LEAST_SHARE
