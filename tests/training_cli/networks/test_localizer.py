from __future__ import annotations

import pytest
import torch

from training_cli.errors import UsageError, UserError
from training_cli.networks.localizer import STAGES, Head, Localizer


@pytest.mark.parametrize(("head", "maps"), [("dense", None), ("maps", (2, 4, 16, 16))])
def test_either_head_gives_corners_and_presence(head: Head, maps: tuple[int, ...] | None) -> None:
    network = Localizer("mobilenetv2_050", head, 64).eval()
    with torch.inference_mode():
        answer = network(torch.zeros(2, 3, 64, 64, dtype=torch.uint8))
    assert answer.corners.shape == (2, 8)
    assert answer.presence.shape == (2,)
    assert (None if answer.maps is None else tuple(answer.maps.shape)) == maps


def test_a_frozen_backbone_keeps_its_statistics_in_training() -> None:
    network = Localizer("mobilenetv2_050", "maps", 64)
    network.freeze_backbone(STAGES)
    network.train()
    before = {name: t.clone() for name, t in network.backbone.state_dict().items()}
    network(torch.randint(0, 255, (4, 3, 64, 64)))
    assert all(torch.equal(t, before[n]) for n, t in network.backbone.state_dict().items())
    assert not any(p.requires_grad for p in network.backbone.parameters())
    assert any(p.requires_grad for p in network.parameters())


def test_the_first_stages_alone_can_be_frozen() -> None:
    network = Localizer("mobilenetv2_050", "maps", 64)
    network.freeze_backbone(2)
    names = [module["module"] for module in network.backbone.feature_info.get_dicts()]
    stays = {n for n, p in network.backbone.named_parameters() if not p.requires_grad}
    assert any(name.startswith(f"{names[1]}.") for name in stays)
    assert not any(name.startswith(f"{names[2]}.") for name in stays)


def test_backbones_and_weights_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UsageError, match="timm has no backbone"):
        Localizer("mobilenet", "maps", 64)
    with pytest.raises(UsageError, match="has 5 stages"):
        Localizer("mobilenetv2_050", "maps", 64, first_stage=5)
    with pytest.raises(UserError, match="is missing"):
        Localizer("mobilenetv2_050", "maps", 64).load_backbone({})


def test_padding_is_uneven_as_the_weights_have_it() -> None:
    """At size 64 the stem pads after the last row alone, as TensorFlow does."""
    stem = Localizer("mobilenetv2_050", "maps", 64).backbone.conv_stem
    torch.nn.init.ones_(stem.weight)
    with torch.inference_mode():
        seen = stem(torch.ones(1, 3, 64, 64))[0, 0]
    assert float(seen[0, 0]) == 27
    assert float(seen[-1, -1]) == 12


@pytest.mark.parametrize("backbone", ["mobilenetv2_050", "tf_efficientnet_lite0", "resnet18"])
def test_the_block_that_widens_for_a_classifier_is_left_out(backbone: str) -> None:
    """Everything before it is as the weights have it."""
    whole, network = (Localizer(backbone, head, 64).eval() for head in ("dense", "maps"))
    network.load_backbone(whole.backbone.state_dict())
    pixels = torch.randint(0, 255, (1, 3, 64, 64), generator=torch.Generator().manual_seed(0))
    inside: list[torch.Tensor] = []
    last = whole.backbone.blocks[-1] if backbone != "resnet18" else whole.backbone.layer4
    last.register_forward_hook(
        lambda _, given, found: inside.append(found if backbone == "resnet18" else given[0])
    )
    with torch.inference_mode():
        whole(pixels)
        assert torch.equal(network.features(pixels)[-1], inside[0])
