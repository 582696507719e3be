"""The surface classifier (Capogrosso et al. 2024, section 3.3), which says where it looked."""

from __future__ import annotations

from typing import Any

import timm
import torch
from timm.models import PretrainedCfg
from torch import Tensor, nn

from training_cli.errors import UsageError, UserError
from training_cli.networks.weights import State

_PROBE = 64
"""Height and width of the picture by which a backbone's features are looked at."""


class ClassificationNetwork(nn.Module):
    """A backbone and a linear layer: good or defective.

    Global average pooling and a linear layer with weights w and bias b are put in the other order,
    which changes nothing but the rounding: w · mean(f) + b = mean(w · f + b). What is averaged last
    is the class-activation map (Zhou et al. 2016).

    `forward` takes uint8 or float (n, 1, height, width) in 0..255 and gives the map, logits
    (n, rows, columns), whose mean is the logit of a defect; repetition to three channels and
    normalisation happen inside.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, backbone: str) -> None:
        """Build the network with random weights.

        Args:
            backbone: timm's name of a convolutional network.

        Raises:
            UsageError: timm has none of this name, or it gives no map of features.
        """
        super().__init__()
        if not timm.is_model(backbone):
            raise UsageError(f"timm has no network {backbone!r}: see timm.list_models().")
        model: Any = timm.create_model(backbone, num_classes=0)
        channels: int = model.num_features
        if not _gives_map(model, channels):
            raise UsageError(
                f"{backbone} gives no map of features: choose a convolutional network, such as "
                "resnet50."
            )
        self.backbone: Any = model
        self.head = nn.Conv2d(channels, 1, 1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)  # type: ignore[arg-type]
        config = timm.get_pretrained_cfg(backbone) or PretrainedCfg()
        self.register_buffer("mean", torch.tensor(config.mean).view(1, 3, 1, 1) * 255)
        self.register_buffer("std", torch.tensor(config.std).view(1, 3, 1, 1) * 255)

    def load_start(self, weights: State) -> None:
        """Start from weights: those of another run are loaded whole, others into the backbone.

        Args:
            weights: Under this network's names, or under timm's names of the backbone's network.

        Raises:
            UserError: A tensor is missing or has another shape.
        """
        is_run = any(name.startswith("backbone.") for name in weights)
        model = self if is_run else self.backbone
        for name, tensor in model.state_dict().items():
            found = weights.get(name)
            if found is None or found.shape != tensor.shape:
                raise UserError(
                    f"The weights do not fit the network: {name} "
                    f"{'is missing' if found is None else 'has another shape'}."
                )
        model.load_state_dict({name: weights[name] for name in model.state_dict()})

    def forward(self, pixels: Tensor) -> Tensor:
        repeated = pixels.float().expand(-1, 3, -1, -1)
        features: Tensor = self.backbone.forward_features((repeated - self.mean) / self.std)
        logits: Tensor = self.head(features)
        return logits.squeeze(1)


def _gives_map(backbone: Any, channels: int) -> bool:
    was_training = backbone.training
    backbone.eval()
    try:
        with torch.inference_mode():
            features = backbone.forward_features(torch.zeros(1, 3, _PROBE, _PROBE))
    except (AssertionError, AttributeError, RuntimeError):  # transformers of a fixed size
        return False
    backbone.train(was_training)
    return bool(features.ndim == 4 and features.shape[1] == channels)
