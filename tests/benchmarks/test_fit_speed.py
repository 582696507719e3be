"""Steps a second of `fit vial` as a share of a plain torch loop over the same network."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from training_cli.networks.grdnet import Discriminator, Generator
from training_cli.scorer.fitting import Good, Hardware, generative, new_networks, new_trainer
from training_cli.scorer.optimisation import GeneratorLoss
from training_cli.scorer.patches import Patches
from training_cli.scorer.run import ScorerSettings

BATCH = 16


def _patches(count: int, size: int) -> Patches:
    pixels = np.random.default_rng(0).integers(0, 255, (count, 1, size, size), np.uint8)
    return Patches(pixels, np.zeros(count, np.int64), ("part",))


def _plain(generator: Generator, discriminator: Discriminator, batches: Any, rate: float) -> None:
    """The paper's two steps for each batch, and nothing else."""
    loss = GeneratorLoss(generator.size)
    optimizers = [torch.optim.Adam(n.parameters(), lr=rate) for n in (generator, discriminator)]
    for number in range(len(batches)):
        x, noisy = batches[number]
        with torch.autocast("cpu", torch.bfloat16):
            z = generator.encoder(noisy)
            made = generator.decoder(z)
            kinds = [discriminator(pixels)[1] for pixels in (x, made.detach())]
        truth = torch.cat([torch.ones(len(x)), torch.zeros(len(x))])
        own = functional.binary_cross_entropy_with_logits(torch.cat(kinds).float(), truth)
        optimizers[1].zero_grad()
        own.backward()
        optimizers[1].step()
        discriminator.requires_grad_(False)
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                real = discriminator(x)[0]
            fake = discriminator(made)[0]
            codes = z, generator.second_encoder(made)
        optimizers[0].zero_grad()
        loss(x, noisy, made, codes, (real, fake))["loss"].backward()
        optimizers[0].step()
        discriminator.requires_grad_(True)


def test_fit_against_a_plain_loop(benchmark: Any, tmp_path: Path) -> None:
    rounds, steps, size, stem = (3, 6, 256, 4) if benchmark.enabled else (1, 1, 32, 1)
    settings = ScorerSettings(
        data=tmp_path,
        network="grdnet",
        frames=(0,),
        size=size,
        stem=stem,
        epochs=1,
        batch=BATCH,
        learning_rate=1e-4,
    )
    good = Good(_patches(BATCH * steps, size), _patches(1, size), (0,))
    ratios = []
    for number in range(rounds):
        trainer = new_trainer(settings, Hardware("cpu"), tmp_path / str(number))
        module, loader, _ = generative(settings, good, Hardware("cpu"), trainer)
        started = perf_counter()
        trainer.fit(module, loader)
        between = perf_counter()
        _plain(*new_networks(settings), loader.dataset, settings.learning_rate)
        ratios.append((perf_counter() - between) / (between - started))
    print(f"\n{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    benchmark.extra_info["ratio"] = median(ratios)
    benchmark.pedantic(lambda: None)
    if benchmark.enabled:
        assert median(ratios) > 0.3
