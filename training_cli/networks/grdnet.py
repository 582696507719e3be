"""The generative network of the vial scorer (GRD-Net, adapted: Ferrari et al. 2024, section 7.2).

Encoder and decoder are residual networks with pre-activation (ResNet V2). A stage has three blocks
of three 3×3 convolutions: A with a 1×1 convolution beside them, B with its input, C halves (or
doubles) height and width.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional

SMALLEST = 16
"""Height and width in the bottleneck."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a generator and its discriminator are made from.

    Attributes:
        size: Height and width of a patch, a power of two from 32 on.
        width: Filters of the first stage; each further one has twice as many. The paper's 128 ends
            with 1,024.
        stem: Side of the pixel blocks that the first convolution takes in at once: 1 as in the
            paper; with 2 nothing is computed at full resolution, and there is one stage less.
        bottleneck: Features of a patch; the paper's 64.
    """

    size: int = 256
    width: int = 128
    stem: int = 1
    bottleneck: int = 64

    @property
    def widths(self) -> tuple[int, ...]:
        """Filters of each stage."""
        stages = (self.size // self.stem // SMALLEST).bit_length() - 1
        return tuple(self.width * 2**stage for stage in range(stages))


class _Block(nn.Module):
    """Three convolutions and what lies beside them; `step` below 0 halves, above 0 doubles."""

    def __init__(self, before: int, after: int, step: int = 0) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.BatchNorm2d(n) for n in (before, after, after))
        first = nn.Conv2d(before, after, 3, 1, 1, bias=False)
        last = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.convolutions = nn.ModuleList((first, _resizing(after, step), last))
        self.beside = nn.Conv2d(before, after, 1, bias=False) if before != after else None
        self.step = step

    def forward(self, x: Tensor) -> Tensor:
        y = x
        for norm, convolution in zip(self.norms, self.convolutions, strict=True):
            y = convolution(functional.relu(norm(y)))
        kept = x if self.beside is None else self.beside(x)
        if self.step < 0:
            kept = functional.avg_pool2d(kept, 2)
        if self.step > 0:
            kept = functional.interpolate(kept, scale_factor=2.0, mode="nearest")
        return y + kept


def _resizing(width: int, step: int) -> nn.Module:
    if step > 0:
        return nn.ConvTranspose2d(width, width, 4, 2, 1, bias=False)
    return nn.Conv2d(width, width, 3, 2 if step < 0 else 1, 1, bias=False)


def _stage(before: int, after: int, step: int) -> nn.Sequential:
    return nn.Sequential(_Block(before, after), _Block(after, after), _Block(after, after, step))


class _Features(nn.Module):
    """From a patch to 16×16 places."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        widths = shape.widths
        side = shape.stem
        self.stem = nn.Conv2d(1, widths[0], 3 if side == 1 else side, side, int(side == 1))
        befores = (widths[0], *widths[:-1])
        self.stages = nn.Sequential(
            *(_stage(b, a, -1) for b, a in zip(befores, widths, strict=True))
        )
        self.norm = nn.BatchNorm2d(widths[-1])

    def forward(self, patches: Tensor) -> Tensor:
        found: Tensor = functional.relu(self.norm(self.stages(self.stem(patches))))
        return found


class Encoder(nn.Module):
    """G_E: float (n, 1, size, size) in 0..1 to z, float (n, bottleneck)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.features = _Features(shape)
        self.dense = nn.Linear(shape.widths[-1] * SMALLEST**2, shape.bottleneck)

    def forward(self, patches: Tensor) -> Tensor:
        z: Tensor = self.dense(self.features(patches).flatten(1))
        return z


class Decoder(nn.Module):
    """G_D: z to X̂, float (n, 1, size, size) in 0..1."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        widths = shape.widths[::-1]
        self.dense = nn.Linear(shape.bottleneck, widths[0] * SMALLEST**2)
        afters = (*widths[1:], widths[-1])
        self.stages = nn.Sequential(*(_stage(b, a, 1) for b, a in zip(widths, afters, strict=True)))
        self.norm = nn.BatchNorm2d(widths[-1])
        self.head = nn.Conv2d(widths[-1], shape.stem**2, 3, 1, 1)
        self.stem = shape.stem

    def forward(self, z: Tensor) -> Tensor:
        places = self.dense(z).unflatten(1, (-1, SMALLEST, SMALLEST))
        answers: Tensor = self.head(functional.relu(self.norm(self.stages(places))))
        if self.stem > 1:
            answers = functional.pixel_shuffle(answers, self.stem)
        return answers.sigmoid()


class Generator(nn.Module):
    """G: encoder, decoder, and the second encoder Ĝ_E that only training needs."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.size = shape.size
        self.encoder = Encoder(shape)
        self.decoder = Decoder(shape)
        self.second_encoder = Encoder(shape)

    def forward(self, patches: Tensor) -> Tensor:
        """X̂ of float (n, 1, size, size) in 0..1."""
        made: Tensor = self.decoder(self.encoder(patches))
        return made


class Discriminator(nn.Module):
    """C: whether a patch is a photograph."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.features = _Features(shape)
        self.dense = nn.Linear(shape.widths[-1] * SMALLEST**2, 1)

    def forward(self, patches: Tensor) -> tuple[Tensor, Tensor]:
        """F_C, the last convolutional features, and logits (n,) above 0 for a photograph."""
        features = self.features(patches)
        return features, self.dense(features.flatten(1)).squeeze(1)


def initialised(network: nn.Module) -> nn.Module:
    """With He's normal start in the convolutions; for a sequence of ReLUs."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    return network
