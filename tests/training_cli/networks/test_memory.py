"""The memory finds what it has not seen, and chooses what is spread widest."""

from __future__ import annotations

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from training_cli.networks.memory import GoodMemory, RememberingSegmenter, described, widest
from training_cli.networks.unet import SegmentationNetwork

LITE0 = "tf_efficientnet_lite0"


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_distances_are_those_to_the_nearest_place(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    good = torch.from_numpy(rng.normal(2, 3, (40, 6)).astype(np.float32))
    memory = GoodMemory.of(good, size, seed=0)
    places = torch.from_numpy(rng.normal(2, 5, (2, 6, 3, 4)).astype(np.float32))
    scaled = (places.permute(0, 2, 3, 1) - good.mean(0)) / good.std(0)
    expected = torch.cdist(scaled.reshape(-1, 6), memory.bank).amin(1).reshape(2, 1, 3, 4)
    torch.testing.assert_close(memory(places), expected, atol=2e-3, rtol=1e-3)


def test_remembered_places_are_at_no_distance() -> None:
    good = torch.randn(30, 8, generator=torch.Generator().manual_seed(1))
    memory = GoodMemory.of(good, 30, seed=0)
    assert memory(good.T.reshape(1, 8, 5, 6)).max() < 0.01


def test_the_widest_places_reach_every_cluster_before_any_twice() -> None:
    rng = torch.Generator().manual_seed(2)
    centres = 100 * torch.eye(7)
    places = centres.repeat(20, 1) + torch.randn(140, 7, generator=rng)
    chosen = widest(places, 7, seed=0)
    assert {index % 7 for index in chosen} == set(range(7))
    assert len(set(widest(places, 100, seed=0))) == 100


def test_a_larger_memory_never_makes_anything_more_unusual() -> None:
    good = torch.randn(200, 8, generator=torch.Generator().manual_seed(3))
    places = 2 * torch.randn(1, 8, 6, 6, generator=torch.Generator().manual_seed(4))
    small, large = (GoodMemory.of(good, size, seed=0)(places) for size in (20, 120))
    assert (large <= small + 1e-4).all()


def test_the_last_channel_adds_the_memory_to_the_largest_class() -> None:
    torch.manual_seed(0)
    segmenter = SegmentationNetwork(LITE0, 5, 5, "fpn").eval()
    image = torch.randint(0, 256, (2, 1, 64, 96), dtype=torch.uint8)
    with torch.inference_mode():
        places = described(segmenter.features(image))
        assert places.shape[2:] == (8, 12)
        memory = GoodMemory.of(places.permute(0, 2, 3, 1).flatten(0, 2), 20, seed=0)
        network = RememberingSegmenter(segmenter, memory).eval()
        logits = segmenter(image)
        silent = network(image)
        network.weight.fill_(2.0)
        network.nothing.fill_(1.5)
        answers = network(image)
    assert answers.shape == (2, 6, 64, 96)
    assert torch.equal(answers[:, :5], logits)
    assert torch.equal(silent[:, 5], logits.amax(1))
    over = (answers - silent)[:, 5]
    assert over.amin() >= -2 * 1.5 - 1e-3
    assert over.std() > 0
