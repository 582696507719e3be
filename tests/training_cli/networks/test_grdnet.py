"""The generative network's shape, against the paper's numbers."""

from __future__ import annotations

import pytest
import torch

from training_cli.networks.grdnet import Discriminator, Encoder, Generator, Shape, initialised


def test_the_papers_encoder_ends_with_1024_filters_of_16_by_16() -> None:
    shape = Shape()  # 256 pixels, 128 filters, no stem, 64 features
    assert shape.widths == (128, 256, 512, 1024)
    with torch.device("meta"):
        encoder = Encoder(shape)
        features = encoder.features(torch.empty(1, 1, 256, 256))
        z = encoder(torch.empty(1, 1, 256, 256))
    assert features.shape == (1, 1024, 16, 16)
    assert z.shape == (1, 64)


@pytest.mark.parametrize(("size", "stem"), [(32, 1), (64, 1), (64, 2), (128, 4)])
def test_what_goes_in_comes_out_in_its_size_between_0_and_1(size: int, stem: int) -> None:
    torch.manual_seed(0)
    shape = Shape(size, 2, stem, 8)
    network = initialised(Generator(shape))
    with torch.inference_mode():
        made = network(torch.rand(2, 1, size, size))
    assert made.shape == (2, 1, size, size)
    assert 0 <= float(made.min()) <= float(made.max()) <= 1


def test_a_stage_has_three_blocks_of_three_convolutions() -> None:
    stage = Encoder(Shape(64, 4, 1, 8)).features.stages[1]
    assert [len(block.convolutions) for block in stage] == [3, 3, 3]
    # A has a 1×1 convolution beside its own, B what came in, C halves
    assert [block.beside is not None for block in stage] == [True, False, False]
    assert [block.step for block in stage] == [0, 0, -1]


def test_the_discriminator_answers_with_features_and_one_number() -> None:
    features, logits = Discriminator(Shape(32, 2, 1, 8))(torch.rand(3, 1, 32, 32))
    assert features.shape == (3, 2, 16, 16)
    assert logits.shape == (3,)
