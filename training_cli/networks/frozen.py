"""Which parts of a timm backbone a fit leaves as they are."""

from __future__ import annotations

from typing import Any

from torch import nn


def freeze(backbone: nn.Module, stages: int | None = None) -> list[nn.Module]:
    """Leave a backbone's first stages as they are.

    Args:
        backbone: One that gives features of several stages.
        stages: How many, each of which halves height and width; None means all.

    Returns:
        The modules that must stay in evaluation, so that their statistics, too, stay.
    """
    modules = list(backbone.named_modules())
    if stages is not None:
        last = stage_names(backbone)[stages - 1]
        inside = [i for i, (n, _) in enumerate(modules) if f"{n}.".startswith(f"{last}.")]
        modules = modules[: inside[-1] + 1]
    frozen = [module for _, module in modules if not _has_parts(module)]
    for module in frozen:
        module.requires_grad_(False)
    return frozen


def stage_names(backbone: nn.Module) -> list[str]:
    """Names of the modules with which its stages end."""
    info: Any = backbone.feature_info
    return [stage["module"] for stage in info.get_dicts()]


def _has_parts(module: nn.Module) -> bool:
    """Whether it is made of modules with weights, rather than having weights of its own."""
    return any(True for part in module.children() for _ in part.parameters())
