"""The generator's loss, the learning rate, and what is varied before the generator sees it."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from training_cli.networks.grdnet import Discriminator, Generator, Shape
from training_cli.networks.ssim import Ssim
from training_cli.scorer.optimisation import GenerativeTraining, GeneratorLoss
from training_cli.scorer.patches import Patches
from training_cli.scorer.perturbation import PatchBatches, Perturbation, noised

SHAPE = Shape(32, 2, 1, 8)


def test_the_loss_is_the_papers_sum() -> None:
    torch.manual_seed(0)
    x, noisy, made = (torch.rand(2, 1, 32, 32) for _ in range(3))
    z, z_hat = torch.randn(2, 8), torch.randn(2, 8)
    real, fake = torch.rand(2, 4, 4, 4), torch.rand(2, 4, 4, 4)
    terms = GeneratorLoss(32)(x, noisy, made, (z, z_hat), (real, fake))
    assert float(terms["adversarial"]) == pytest.approx(float(((real - fake) ** 2).mean()))
    assert float(terms["encoder"]) == pytest.approx(float((z - z_hat).abs().mean()))
    huber = float((0.5 * (x - made) ** 2).mean())  # all differences are below 1
    ssim = float(Ssim(32)(x, made).mean())
    assert float(terms["contextual"]) == pytest.approx(50 * (2 * huber + (1 - ssim)), rel=1e-5)
    noise = ((noisy - made).abs() - (noisy - x).abs()).abs().mean()
    assert float(terms["noise"]) == pytest.approx(3 * float(noise), rel=1e-5)
    parts = sum(float(v) for name, v in terms.items() if name != "loss")
    assert float(terms["loss"]) == pytest.approx(parts, rel=1e-6)


def test_a_perfect_generator_has_nothing_to_learn() -> None:
    torch.manual_seed(0)
    x = torch.rand(2, 1, 32, 32)
    z, features = torch.randn(2, 8), torch.rand(2, 4, 4, 4)
    terms = GeneratorLoss(32)(x, x + 0.1, x, (z, z), (features, features))
    assert float(terms["loss"]) == pytest.approx(0, abs=1e-3)


def test_every_restart_begins_with_a_third_of_the_rate() -> None:
    module = GenerativeTraining(Generator(SHAPE), Discriminator(SHAPE), 1e-3, 100, 25)
    assert [module.rate_at(step) for step in (0, 25, 50, 75)] == pytest.approx(
        [1, 1 / 3, 1 / 9, 1 / 27]
    )
    assert module.rate_at(12) == pytest.approx(0.53, abs=0.01)
    assert 0 < module.rate_at(24) < 0.01
    assert module.rate_at(100) == module.rate_at(99) > 0


def test_noise_covers_some_places_and_leaves_the_others() -> None:
    patch = np.full((64, 64), 0.5, np.float32)
    made = [noised(patch, np.random.default_rng(seed)) for seed in range(30)]
    shares = [np.mean(np.abs(noisy - patch) > 0.01) for noisy in made]
    assert np.mean([0 < share < 0.9 for share in shares]) > 0.8


def _patches(count: int) -> Patches:
    pixels = np.random.default_rng(0).integers(0, 255, (count, 1, 32, 32), np.uint8)
    return Patches(pixels, np.zeros(count, np.int64), ("part",))


def test_a_batch_is_a_function_of_seed_and_number() -> None:
    one, other = (PatchBatches(_patches(10), 4, 7, Perturbation()) for _ in range(2))
    for a, b in zip(one[5], other[5], strict=True):
        assert torch.equal(a, b)
    assert not torch.equal(one[5][0], one[6][0])
    assert len(one) == 2


def test_without_noise_or_turning_a_patch_is_shown_as_it_is() -> None:
    batches = PatchBatches(_patches(4), 4, 0, Perturbation(0.0, 0.0, flip=False))
    clean, noisy = batches[0]
    assert torch.equal(clean, noisy)
    whole = {p.tobytes() for p in _patches(4).pixels[:, 0]}
    assert {(c * 255).round().byte().numpy().tobytes() for c in clean[:, 0]} == whole


def test_noise_is_laid_over_about_as_many_as_told() -> None:
    batches = PatchBatches(_patches(64), 64, 0, Perturbation(0.75, 0.0, flip=False))
    clean, noisy = batches[0]
    share = float((clean != noisy).flatten(1).any(1).float().mean())
    assert 0.55 < share < 0.9
