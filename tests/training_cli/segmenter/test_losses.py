from __future__ import annotations

import pytest
import torch

from training_cli.datasets.sample import Images
from training_cli.segmenter.losses import make_loss
from training_cli.segmenter.run import Method


@pytest.fixture
def targets() -> torch.Tensor:
    targets = torch.zeros(2, 5, 16, 16)
    targets[0, 0, 2:6, 2:6] = 1
    targets[1, 3, 8:15, 4:12] = 1
    return targets


@pytest.mark.parametrize("method", list(Method))
def test_the_truth_costs_least(method: Method, toy_images: Images, targets: torch.Tensor) -> None:
    loss = make_loss(method, toy_images, 5)
    right, blank, wrong = 20 * targets - 10, torch.full_like(targets, -10), 10 - 20 * targets
    assert 0 <= loss(right, targets) < 0.01
    assert loss(right, targets) < loss(blank, targets) < loss(wrong, targets)


def test_plain_loss_is_half_bce_and_half_dice(toy_images: Images, targets: torch.Tensor) -> None:
    logits = torch.randn(targets.shape, generator=torch.Generator().manual_seed(0))
    bce = torch.nn.functional.binary_cross_entropy_with_logits(logits, targets)
    p = logits.sigmoid()
    overlap = 2 * (p * targets).sum((0, 2, 3)) / (p + targets).sum((0, 2, 3))
    shown = targets.sum((0, 2, 3)) > 0
    dice = ((1 - overlap) * shown).mean()
    torch.testing.assert_close(
        make_loss(Method.BCE, toy_images, 5)(logits, targets), 0.5 * bce + 0.5 * dice
    )


@pytest.mark.parametrize("method", [Method.WCE, Method.BALANCED])
def test_weighted_losses_count_the_rare_class_more(method: Method, toy_images: Images) -> None:
    many = toy_images.subset(torch.tensor([0, 6, 12, 18, 0, 6, 1, 2, 3, 4]).numpy())
    loss = make_loss(method, many, 5)
    costs = []
    for channel in (0, 1):
        targets = torch.zeros(1, 5, 8, 8)
        targets[0, channel] = 1
        costs.append(float(loss(torch.full_like(targets, -3.0), targets)))
    assert costs[1] > costs[0]
