from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.nn import functional

from training_cli.errors import UsageError, UserError
from training_cli.networks.classifier import ClassificationNetwork
from training_cli.networks.weights import encoder_weights

PIXELS = torch.randint(0, 255, (2, 1, 96, 64), dtype=torch.uint8)


@pytest.mark.parametrize("backbone", ["resnet18", "tf_efficientnet_lite0", "mobilenetv3_small_050"])
def test_the_mean_of_the_map_is_pooling_and_a_linear_layer(backbone: str) -> None:
    torch.manual_seed(0)
    network = ClassificationNetwork(backbone).eval()
    nn.init.normal_(network.head.weight)
    nn.init.normal_(network.head.bias)  # type: ignore[arg-type]
    with torch.inference_mode():
        maps = network(PIXELS)
        normal = (PIXELS.float().expand(-1, 3, -1, -1) - network.mean) / network.std
        features = network.backbone.forward_features(normal)
        weight, bias = network.head.weight.flatten(1), network.head.bias
        logits = functional.linear(features.mean((2, 3)), weight, bias).squeeze(1)
    assert maps.shape == (2, 3, 2)
    assert torch.allclose(maps.mean((1, 2)), logits, atol=1e-4, rtol=1e-4)
    assert float(maps.std()) > 0


def test_weights_of_a_network_or_of_a_run() -> None:
    network = ClassificationNetwork("tf_efficientnet_lite0")
    weights = encoder_weights("tf_efficientnet_lite0", "lite0")
    assert weights is not None
    network.load_start(weights)
    assert torch.equal(network.backbone.conv_stem.weight, weights["conv_stem.weight"])
    nn.init.ones_(network.head.weight)
    other = ClassificationNetwork("tf_efficientnet_lite0")
    other.load_start(network.state_dict())
    assert torch.equal(other.head.weight, network.head.weight)
    with pytest.raises(UserError, match="do not fit the network"):
        ClassificationNetwork("resnet18").load_start(weights)


@pytest.mark.parametrize("backbone", ["vit_tiny_patch16_224", "swin_tiny_patch4_window7_224"])
def test_a_network_without_a_map_is_refused(backbone: str) -> None:
    with pytest.raises(UsageError, match="no map of features"):
        ClassificationNetwork(backbone)


def test_a_network_that_timm_does_not_have() -> None:
    with pytest.raises(UsageError, match="timm has no network"):
        ClassificationNetwork("resnet51")
