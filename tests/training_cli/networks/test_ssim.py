"""Structural similarity against torchmetrics', and what follows from its definition."""

from __future__ import annotations

import pytest
import torch
from torchmetrics.functional.image import structural_similarity_index_measure

from training_cli.networks.ssim import Ssim


@pytest.mark.parametrize("size", [16, 64])
@pytest.mark.parametrize("noise", [0.0, 0.05, 0.8])
def test_it_is_what_torchmetrics_computes(size: int, noise: float) -> None:
    torch.manual_seed(0)
    x = torch.rand(3, 1, size, size)
    y = (x + noise * torch.randn_like(x)).clamp(0, 1)
    theirs = structural_similarity_index_measure(y, x, data_range=1.0, reduction="none")
    ours = Ssim(size)(x, y).mean((1, 2, 3))
    assert torch.allclose(ours, torch.as_tensor(theirs), atol=1e-4)


def test_it_is_one_for_the_same_and_goes_both_ways() -> None:
    torch.manual_seed(0)
    x, y = torch.rand(2, 1, 32, 32), torch.rand(2, 1, 32, 32)
    ssim = Ssim(32)
    assert torch.allclose(ssim(x, x), torch.ones(()), atol=1e-5)
    assert torch.allclose(ssim(x, y), ssim(y, x), atol=1e-6)
