"""What is fitted in mixed precision computes what the network is."""

from __future__ import annotations

import torch
from torch import nn

from training_cli.networks.depthwise import keep_depthwise_in_float32


def test_depthwise_convolutions_stay_in_float32_and_others_do_not() -> None:
    network = nn.Sequential(nn.Conv2d(4, 8, 1), nn.Conv2d(8, 8, 3, padding=1, groups=8))
    names = list(network.state_dict())
    keep_depthwise_in_float32(network)
    with torch.autocast("cpu", torch.bfloat16):
        inner = network[0](torch.rand(1, 4, 6, 6))
        outer = network[1](inner)
    assert inner.dtype is torch.bfloat16
    assert outer.dtype is torch.float32
    assert torch.equal(outer, network[1](inner.float()))
    assert list(network.state_dict()) == names


def test_gradients_reach_the_weights() -> None:
    convolution = nn.Conv2d(4, 4, 3, groups=4)
    keep_depthwise_in_float32(convolution)
    convolution(torch.rand(1, 4, 5, 5)).sum().backward()
    assert convolution.weight.grad is not None
    assert convolution.weight.grad.abs().sum() > 0
