from __future__ import annotations

import dataclasses
from time import process_time

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader

from training_cli.augmentation.batches import BatchNumbers, TrainingBatches
from training_cli.datasets.sample import Images
from training_cli.networks.unet import SegmentationNetwork
from training_cli.segmenter.losses import make_loss
from training_cli.segmenter.run import Method


def batches(images: Images, inject: bool = True, seed: int = 0) -> TrainingBatches:
    return TrainingBatches(images, 5, batch=8, crop=32, inject=inject, seed=seed)


def test_a_batch_is_a_function_of_seed_and_number(toy_images: Images) -> None:
    first, again = batches(toy_images)[4], batches(toy_images)[4]
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
    assert not torch.equal(first[0], batches(toy_images)[5][0])
    assert not torch.equal(first[0], batches(toy_images, seed=1)[4][0])


def test_shapes_and_values(toy_images: Images) -> None:
    images, targets = batches(toy_images)[0]
    assert (images.shape, images.dtype) == ((8, 1, 32, 32), torch.uint8)
    assert (targets.shape, targets.dtype) == ((8, 5, 32, 32), torch.uint8)
    assert set(targets.unique().tolist()) == {0, 1}
    assert (targets.sum(1) <= 1).all()


def test_without_injection_the_free_images_stay_free(toy_images: Images) -> None:
    source = batches(toy_images, inject=False)
    free = sum(int((source[i][1].flatten(1).sum(1) == 0).sum()) for i in range(len(source)))
    assert free == int((toy_images.labels < 0).sum())


def test_injection_takes_the_same_images_in_the_same_order(toy_images: Images) -> None:
    plain, injected = batches(toy_images, inject=False), batches(toy_images)
    assert len(plain) == len(injected)
    for number in range(2 * len(plain)):
        shown, filled = (source[number][1].bool().flatten(2).any(2) for source in (plain, injected))
        defective = shown.any(1)
        assert torch.equal(shown[defective], filled[defective])


@pytest.mark.parametrize("workers", [0, 1])
def test_workers_change_nothing(toy_images: Images, workers: int) -> None:
    source = batches(toy_images)
    numbers = BatchNumbers(len(source), lambda: 6)
    context = "spawn" if workers else None
    loader = DataLoader(
        source,
        batch_size=None,
        sampler=numbers,
        num_workers=workers,
        multiprocessing_context=context,
    )
    loaded = list(loader)
    assert len(loaded) == 3
    for number, (images, targets) in zip(range(6, 9), loaded, strict=True):
        assert torch.equal(images, source[number][0])
        assert torch.equal(targets, source[number][1])


@pytest.mark.slow
def test_injection_does_not_slow_training(toy_images: Images) -> None:
    """At least 0.8 of the batches that training makes without it, in processor time."""
    fourfold = np.ones((1, 4, 4), np.uint8)
    images = dataclasses.replace(
        toy_images,
        pixels=np.kron(toy_images.pixels, fourfold),
        masks=np.kron(toy_images.masks, fourfold),
    )
    network = SegmentationNetwork("tf_efficientnet_lite0", 5).to(memory_format=torch.channels_last)
    loss = make_loss(Method.DLI, images, 5)

    def step(source: TrainingBatches, number: int) -> float:
        started = process_time()
        pixels, targets = source[number]
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(pixels)
        loss(logits.float(), targets.float()).backward()
        return process_time() - started

    sources = [TrainingBatches(images, 5, 8, 128, inject, 0) for inject in (False, True)]
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    times = [[step(source, number) for source in sources] for number in range(4)]
    torch.set_num_threads(threads)
    plain, injected = np.array(times[1:]).sum(0)
    assert plain / injected >= 0.8, (plain, injected)
