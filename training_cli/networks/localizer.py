"""Networks that find a chip's four corners, and say whether there is one.

After Saif, Aras and Giuseppi, "Automated optical inspection for printed circuit board assembly
manufacturing with transfer learning and synthetic data generation" (2022), IV-C.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import timm
import torch
from timm.models import PretrainedCfg
from timm.models.efficientnet import EfficientNetFeatures
from torch import Tensor, nn
from torch.nn import functional

from training_cli.errors import UsageError, UserError
from training_cli.networks.frozen import freeze
from training_cli.networks.weights import State

Head = Literal["dense", "maps"]
CORNERS = 4
_FILTERS, _HIDDEN, _DROPOUT = 8, 512, 0.1
STAGES = 5
"""Of a backbone, each of which halves height and width."""
FIRST_STAGE = 1
"""At a quarter of the input's height and width, where the finest features in use are."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a network says of n pictures.

    Attributes:
        corners: (n, 8), x and y of upper left, upper right, lower left and lower right as fractions
            of the picture.
        presence: (n,), a logit.
        maps: (n, 4, rows, columns), logits of where each corner lies; None from a dense head.
    """

    corners: Tensor
    presence: Tensor
    maps: Tensor | None = None


class Localizer(nn.Module):
    """A backbone of timm and a head that reads corners off its features.

    Head `dense` is the paper's: the last stage, a separable convolution of 8 filters 5×5, 512
    hidden units with dropout, and the numbers. Head `maps` merges all stages from a quarter of the
    resolution on into one map a corner; a corner is where its map has its mean (Nibali et al. 2018,
    "Numerical coordinate regression with convolutional neural networks"). The last block of a
    MobileNetV2 or EfficientNet, which widens its last stage for a classifier, is left out then.

    `forward` takes uint8 or float (n, 3, size, size) RGB in 0..255; normalisation happens inside.
    """

    mean: Tensor
    std: Tensor

    def __init__(
        self, backbone: str, head: Head, size: int, first_stage: int = FIRST_STAGE
    ) -> None:
        """Build the network with random weights.

        Args:
            backbone: timm's name.
            head: Which one.
            size: Height and width of the input.
            first_stage: Of `maps`: the finest stage of the backbone in use, from 0.

        Raises:
            UsageError: timm has no such backbone, or it has no such stages.
        """
        super().__init__()
        self.backbone = _backbone(backbone)
        info: Any = self.backbone.feature_info
        channels, strides = info.channels(), info.reduction()
        self._first = len(channels) - 1 if head == "dense" else first_stage
        if self._first >= len(channels):
            raise UsageError(f"{backbone} has {len(channels)} stages: name one of the first ones.")
        if head == "dense":
            self.head: nn.Module = _Dense(channels[-1], size // strides[-1])
        else:
            channels[-1] = _without_widening(self.backbone) or channels[-1]
            self.head = _Maps(channels[self._first :])
        config = timm.get_pretrained_cfg(backbone) or PretrainedCfg()
        self.register_buffer("mean", torch.tensor(config.mean).view(1, 3, 1, 1) * 255)
        self.register_buffer("std", torch.tensor(config.std).view(1, 3, 1, 1) * 255)
        self._frozen: list[nn.Module] = []

    def load_backbone(self, weights: State) -> None:
        """Start the backbone from weights under timm's names; those of its own head are left out.

        Raises:
            UserError: A tensor is missing or has another shape.
        """
        own = self.backbone.state_dict()
        for name, tensor in own.items():
            found = weights.get(name)
            if found is None or found.shape != tensor.shape:
                raise UserError(
                    f"The weights do not fit the backbone: {name} "
                    f"{'is missing' if found is None else 'has another shape'}."
                )
        self.backbone.load_state_dict({name: weights[name] for name in own})

    def freeze_backbone(self, stages: int) -> None:
        """Leave so many of the backbone's first stages as they are, their statistics, too."""
        self._frozen = freeze(self.backbone, None if stages == STAGES else stages)
        self.train(self.training)

    def train(self, mode: bool = True) -> Localizer:
        super().train(mode)
        for module in self._frozen:
            module.eval()
        return self

    def forward(self, pixels: Tensor) -> Answer:
        return self.answers(self.features(pixels))

    def features(self, pixels: Tensor) -> list[Tensor]:
        """Of the stages in use, the finest one first."""
        found: list[Tensor] = self.backbone((pixels.float() - self.mean) / self.std)
        return found[self._first :]

    def answers(self, features: list[Tensor]) -> Answer:
        """From `features`."""
        answer: Answer = self.head(features)
        return answer


class _Dense(nn.Module):
    def __init__(self, channels: int, side: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(channels, channels, 5, padding=2, groups=channels),
            nn.Conv2d(channels, _FILTERS, 1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(_FILTERS * side * side, _HIDDEN),
            nn.ReLU(),
            nn.Dropout(_DROPOUT),
            nn.Linear(_HIDDEN, 2 * CORNERS + 1),
        )

    def forward(self, features: list[Tensor]) -> Answer:
        values = self.layers(features[-1]).float()
        return Answer(values[:, :-1] + 0.5, values[:, -1])


class _Maps(nn.Module):
    def __init__(self, channels: list[int], width: int = 32) -> None:
        super().__init__()
        self.sides = nn.ModuleList(nn.Conv2d(own, width, 1) for own in channels)
        self.mixes = nn.ModuleList(_separable(width) for _ in channels)
        self.last = _separable(width)
        self.maps = nn.Conv2d(width, CORNERS, 1)
        self.presence = nn.Linear(2 * width, 1)

    def forward(self, features: list[Tensor]) -> Answer:
        merged: Tensor | None = None
        for own, side, mix in reversed(list(zip(features, self.sides, self.mixes, strict=True))):
            here = side(own)
            if merged is not None:
                here = here + functional.interpolate(merged, scale_factor=2.0, mode="bilinear")
            merged = mix(here)
        merged = self.last(merged)
        assert merged is not None
        maps = self.maps(merged).float()
        pooled = torch.cat([merged.mean((2, 3)), merged.amax((2, 3))], 1)
        return Answer(means_of(maps).flatten(1), self.presence(pooled).float()[:, 0], maps)


def means_of(maps: Tensor) -> Tensor:
    """Where maps have their mean, as fractions of height and width.

    Args:
        maps: (n, corners, rows, columns), logits.

    Returns:
        (n, corners, 2), x and y.
    """
    shares = maps.flatten(2).softmax(-1).view(maps.shape)
    x, y = (middles(shares.shape[axis], maps.device) for axis in (3, 2))
    return torch.stack([(shares.sum(2) * x).sum(-1), (shares.sum(3) * y).sum(-1)], -1)


def middles(count: int, device: torch.device) -> Tensor:
    """Of so many cells, as fractions of their row."""
    return (torch.arange(count, device=device) + 0.5) / count


def _separable(channels: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels, channels, 5, padding=2, groups=channels, bias=False),
        nn.Conv2d(channels, channels, 1, bias=False),
        nn.BatchNorm2d(channels),
        nn.ReLU(),
    )


def _backbone(name: str) -> nn.Module:
    if not timm.is_model(name):
        raise UsageError(f"timm has no backbone {name!r}: see timm.list_models().")
    # MobileNet's ImageNet weights are of TensorFlow, which pads unevenly where it halves.
    padding: dict[str, Any] = {"pad_type": "same"} if name.startswith("mobilenet") else {}
    try:
        made: nn.Module = timm.create_model(name, features_only=True, pretrained=False, **padding)
    except (RuntimeError, AttributeError, TypeError) as error:
        raise UsageError(
            f"{name} does not serve as a backbone ({error}): choose another."
        ) from error
    return made


def _without_widening(backbone: nn.Module) -> int | None:
    """Leave out the last block of a MobileNetV2 or EfficientNet; the channels before it."""
    if not isinstance(backbone, EfficientNetFeatures):
        return None
    last = backbone.blocks[-1]
    backbone.blocks[-1] = nn.Identity()
    channels: int = next(m for m in last.modules() if isinstance(m, nn.Conv2d)).in_channels
    return channels
