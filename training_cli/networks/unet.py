"""The light U-Net of the segmenters (Caruso et al. 2024, section 4.2, at depth 3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import segmentation_models_pytorch as smp
import timm
import torch
from timm.models import PretrainedCfg
from torch import Tensor, nn

from training_cli.errors import UsageError, UserError
from training_cli.networks.frozen import freeze, stage_names
from training_cli.networks.weights import State
from training_cli.run import Decoder

DECODERS = {3: (128, 64, 32), 4: (128, 64, 32, 16), 5: (256, 128, 64, 32, 16)}
"""Channels of the decoder by the encoder's depth."""
SLIM = (64, 48, 32, 16, 8)
"""Of the decoder `slim`, at depth 5: full resolution at nearly the feature pyramid's price."""


def _unet(encoder: str, **options: Any) -> Any:
    return smp.Unet(encoder, decoder_channels=DECODERS[options["encoder_depth"]], **options)


def _slim(encoder: str, **options: Any) -> Any:
    return smp.Unet(encoder, decoder_channels=SLIM, **options)


def _fpn(encoder: str, **options: Any) -> Any:
    return smp.FPN(
        encoder, decoder_pyramid_channels=96, decoder_segmentation_channels=64, **options
    )


_MAKERS: dict[Decoder, Callable[..., Any]] = {"unet": _unet, "slim": _slim, "fpn": _fpn}


class SegmentationNetwork(nn.Module):
    """A segmenter of grey pixels, one channel a class.

    Decoder `unet` is the U-Net of Caruso et al., at depth 3 with 128-64-32 channels at full
    resolution; `slim` is one at depth 5 that ends with 8 channels. `fpn` is a feature pyramid
    (Kirillov et al. 2019) of 96 and 64 channels, whose answers at a quarter of the resolution are
    brought up to it.

    `forward` takes uint8 or float (n, 1, height, width) in 0..255 and gives logits
    (n, classes, height, width); repetition to three channels and normalisation happen inside.
    """

    mean: Tensor
    std: Tensor

    def __init__(
        self, encoder: str, classes: int, depth: int = 3, decoder: Decoder = "unet"
    ) -> None:
        """Build the network with random weights.

        Raises:
            UsageError: timm has no such encoder, or it has none at this depth.
        """
        super().__init__()
        if not timm.is_model(encoder):
            raise UsageError(f"timm has no encoder {encoder!r}: see timm.list_models().")
        try:
            self.unet = _MAKERS[decoder](
                f"tu-{encoder}", encoder_depth=depth, encoder_weights=None, classes=classes
            )
        except (ValueError, RuntimeError, AttributeError) as error:
            raise UsageError(
                f"{encoder} does not serve as an encoder of depth {depth} ({error}): "
                "choose another one."
            ) from error
        _trim(self.unet.encoder.model)
        self._frozen: list[nn.Module] = []
        config = timm.get_pretrained_cfg(encoder) or PretrainedCfg()
        self.register_buffer("mean", torch.tensor(config.mean).view(1, 3, 1, 1) * 255)
        self.register_buffer("std", torch.tensor(config.std).view(1, 3, 1, 1) * 255)

    def load_start(self, weights: State) -> None:
        """Start from weights: those of another run are loaded whole, others into the encoder.

        Args:
            weights: Under this network's names, or under timm's names of the encoder's network.

        Raises:
            UserError: A tensor is missing or has another shape.
        """
        is_run = any(name.startswith("unet.") for name in weights)
        model = self if is_run else self.unet.encoder.model
        for name, tensor in model.state_dict().items():
            found = weights.get(name)
            if found is None or found.shape != tensor.shape:
                raise UserError(
                    f"The weights do not fit the encoder: {name} "
                    f"{'is missing' if found is None else 'has another shape'}."
                )
        model.load_state_dict({name: weights[name] for name in model.state_dict()})

    def freeze_encoder(self, stages: int | None = None) -> None:
        """Leave the encoder's first stages as they are, their statistics, too.

        Args:
            stages: How many, each of which halves height and width; None means all.
        """
        self._frozen = freeze(self.unet.encoder.model, stages)
        self.train(self.training)

    def train(self, mode: bool = True) -> SegmentationNetwork:
        super().train(mode)
        for module in self._frozen:
            module.eval()
        return self

    def forward(self, pixels: Tensor) -> Tensor:
        return self.answers(self.features(pixels))

    def features(self, pixels: Tensor) -> list[Tensor]:
        """Of the encoder, the input first."""
        repeated = pixels.float().expand(-1, 3, -1, -1)
        found: list[Tensor] = self.unet.encoder((repeated - self.mean) / self.std)
        return found

    def answers(self, features: list[Tensor]) -> Tensor:
        """Logits from `features`."""
        logits: Tensor = self.unet.segmentation_head(self.unet.decoder(features))
        return logits


def _trim(encoder: nn.Module) -> None:
    """Cut the stages behind the deepest one in use, which timm keeps in EfficientNets."""
    blocks = getattr(encoder, "blocks", None)
    last = stage_names(encoder)[-1]
    if isinstance(blocks, nn.Sequential) and last.startswith("blocks."):
        encoder.blocks = blocks[: int(last.split(".")[1]) + 1]
