"""Checkpoints in two files: weights as safetensors, and the state from which a fit goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from lightning.fabric.plugins import CheckpointIO
from safetensors.torch import load_file, save_file

from training_cli.whole_file import replacing

_PREFIX = "network."
_BESIDE = "weights_beside"


class SafetensorsIO(CheckpointIO):
    """Writes NAME.ckpt (state) and NAME.safetensors (the network's weights) for Lightning.

    What is learned beside the module's `network`, such as a discriminator, goes into the state.
    """

    def save_checkpoint(
        self,
        checkpoint: dict[str, Any],
        path: Any,
        storage_options: Any | None = None,  # noqa: ARG002
    ) -> None:
        state = dict(checkpoint)
        weights = state.pop("state_dict")
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        state[_BESIDE] = {n: t for n, t in weights.items() if not n.startswith(_PREFIX)}
        network = {
            name.removeprefix(_PREFIX): tensor.contiguous()
            for name, tensor in weights.items()
            if name.startswith(_PREFIX)
        }
        with replacing(target.with_suffix(".safetensors")) as temporary:
            save_file(network, temporary)
        with replacing(target) as temporary:
            torch.save(state, temporary)

    def load_checkpoint(
        self,
        path: Any,
        map_location: Any | None = None,
        weights_only: bool | None = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        source = Path(path)
        state: dict[str, Any] = torch.load(source, map_location=map_location, weights_only=True)
        network = load_file(source.with_suffix(".safetensors"))
        weights = {_PREFIX + name: t for name, t in network.items()}
        return {**state, "state_dict": weights | state.get(_BESIDE, {})}

    def remove_checkpoint(self, path: Any) -> None:
        for suffix in (".ckpt", ".safetensors"):
            Path(path).with_suffix(suffix).unlink(missing_ok=True)
