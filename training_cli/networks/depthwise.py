"""Depthwise convolutions outside bfloat16, whose gradients are slow on CPUs."""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor, nn


def keep_depthwise_in_float32(network: nn.Module) -> None:
    """Have depthwise convolutions computed in float32 on a CPU, also under autocast.

    Their gradients in bfloat16 take oneDNN two to four times as long as in float32; all other
    convolutions gain by bfloat16. For fitting only: an export shall not see it.
    """
    for module in network.modules():
        if isinstance(module, nn.Conv2d) and module.groups > 1:
            module.forward = partial(_in_float32, module)  # type: ignore[method-assign]


def _in_float32(convolution: nn.Conv2d, pixels: Tensor) -> Tensor:
    own = type(convolution).forward
    if pixels.device.type != "cpu":
        return own(convolution, pixels)
    with torch.autocast("cpu", enabled=False):
        return own(convolution, pixels.float())
