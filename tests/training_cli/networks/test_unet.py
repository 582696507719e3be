from __future__ import annotations

import pytest
import torch

from training_cli.errors import UsageError, UserError
from training_cli.networks.unet import SegmentationNetwork
from training_cli.networks.weights import LITE0, encoder_weights

LITE0_ENCODER = "tf_efficientnet_lite0"


@pytest.mark.parametrize("encoder", [LITE0_ENCODER, "resnet18", "mobilenetv2_100"])
def test_every_parameter_is_used(encoder: str) -> None:
    network = SegmentationNetwork(encoder, 5)
    network(torch.randint(0, 256, (2, 1, 64, 64), dtype=torch.uint8)).sum().backward()
    assert [name for name, p in network.named_parameters() if p.grad is None] == []


@pytest.mark.parametrize("depth", [4, 5])
def test_deeper_networks_give_maps_of_the_same_size(depth: int) -> None:
    network = SegmentationNetwork(LITE0_ENCODER, 4, depth).eval()
    with torch.inference_mode():
        assert network(torch.zeros(1, 1, 64, 96)).shape == (1, 4, 64, 96)


def test_a_frozen_encoder_keeps_weights_and_statistics() -> None:
    network = SegmentationNetwork(LITE0_ENCODER, 5)
    network.freeze_encoder()
    before = {name: t.clone() for name, t in network.unet.encoder.state_dict().items()}
    network.train()
    network(torch.randint(0, 256, (2, 1, 64, 64), dtype=torch.uint8)).sum().backward()
    assert all(torch.equal(t, before[n]) for n, t in network.unet.encoder.state_dict().items())
    trained = {name.split(".")[1] for name, p in network.named_parameters() if p.grad is not None}
    assert trained == {"decoder", "segmentation_head"}


def test_the_first_stages_alone_can_be_frozen() -> None:
    network = SegmentationNetwork(LITE0_ENCODER, 5, 5, "fpn")
    network.freeze_encoder(stages=4)
    before = {name: t.clone() for name, t in network.unet.encoder.state_dict().items()}
    network.train()
    network(torch.randint(0, 256, (2, 1, 64, 64), dtype=torch.uint8)).sum().backward()
    after = network.unet.encoder.state_dict()
    moved = {name.split(".")[2] for name in after if not torch.equal(after[name], before[name])}
    assert moved == {"5", "6"}  # blocks behind the last one at a sixteenth of the size
    encoder = network.unet.encoder.model.named_parameters()
    trained = {name.split(".")[1] for name, p in encoder if p.grad is not None}
    assert trained == {"5", "6"}


def test_takes_grey_bytes_and_gives_a_logit_for_each_class_and_pixel() -> None:
    network = SegmentationNetwork(LITE0_ENCODER, 5).eval()
    image = torch.randint(0, 256, (1, 1, 64, 96), dtype=torch.uint8)
    with torch.inference_mode():
        logits = network(image)
        assert logits.shape == (1, 5, 64, 96)
        assert torch.equal(logits, network(image.float()))


def test_the_encoder_gets_the_weights_of_the_whole_network() -> None:
    network = SegmentationNetwork(LITE0_ENCODER, 5)
    weights = encoder_weights(LITE0_ENCODER, LITE0)
    assert weights is not None
    network.load_start(weights)
    state = network.unet.encoder.model.state_dict()
    assert len(state) > 50
    assert all(torch.equal(tensor, weights[name]) for name, tensor in state.items())


def test_a_fit_may_start_from_another_run() -> None:
    before, after = SegmentationNetwork(LITE0_ENCODER, 5), SegmentationNetwork(LITE0_ENCODER, 5)
    after.load_start(before.state_dict())
    assert all(torch.equal(t, before.state_dict()[n]) for n, t in after.state_dict().items())
    with pytest.raises(UserError, match="another shape"):
        SegmentationNetwork(LITE0_ENCODER, 4).load_start(before.state_dict())


def test_weights_of_another_network_are_refused() -> None:
    weights = encoder_weights(LITE0_ENCODER, LITE0)
    assert weights is not None
    with pytest.raises(UserError, match="do not fit the encoder"):
        SegmentationNetwork("resnet18", 5).load_start(weights)


@pytest.mark.parametrize("encoder", ["no_such_net", "vit_tiny_patch16_224"])
def test_encoders_that_do_not_serve_are_refused(encoder: str) -> None:
    with pytest.raises(UsageError, match=encoder):
        SegmentationNetwork(encoder, 5)
