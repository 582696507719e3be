from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from training_cli.augmentation.inpainting import (
    LEAST_WINDOW,
    Inpainter,
    PaintSettings,
    diag,
    pasted,
    window_around,
)
from training_cli.errors import UsageError, UserError

SETTINGS = PaintSettings(steps=2, resolution=64, guidance_scale=3)
pipeline_runs = pytest.mark.filterwarnings(  # diffusers' schedulers under numpy 2
    "ignore:__array__ implementation:DeprecationWarning"
)


def mask_of(height: int, width: int, window: tuple[slice, slice]) -> np.ndarray:
    mask = np.zeros((height, width), np.uint8)
    mask[window] = 1
    return mask


@pytest.fixture(scope="module")
def inpainter(tiny_pipeline: Path) -> Inpainter:
    return Inpainter(str(tiny_pipeline), SETTINGS, "cpu")


@pipeline_runs
@pytest.mark.parametrize("shape", [(101, 53), (101, 53, 3), (40, 30), (500, 120)])
def test_the_pipeline_paints_inside_the_mask_and_nowhere_else(
    shape: tuple[int, ...], inpainter: Inpainter
) -> None:
    good = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    mask = mask_of(*shape[:2], np.s_[10:30, 12:28])
    made = inpainter.paint(good, mask, "white", "plain", 3)
    assert made.shape == shape
    assert made.dtype == np.uint8
    np.testing.assert_array_equal(made[mask == 0], good[mask == 0])
    assert (made[mask == 1] != good[mask == 1]).mean() > 0.9


@pipeline_runs
def test_words_and_seed_decide_what_is_painted(inpainter: Inpainter) -> None:
    good = np.full((64, 64), 120, np.uint8)
    mask = mask_of(64, 64, np.s_[20:50, 20:50])
    first = inpainter.paint(good, mask, "white", "plain", 1)
    np.testing.assert_array_equal(first, inpainter.paint(good, mask, "white", "plain", 1))
    for prompt, negative, seed in (("copper", "plain", 1), ("white", "", 1), ("white", "plain", 2)):
        assert (first != inpainter.paint(good, mask, prompt, negative, seed)).any()


@pipeline_runs
def test_in_memory(inpainter: Inpainter) -> None:
    good = np.full((64, 64), 120, np.uint8)
    mask = mask_of(64, 64, np.s_[20:50, 20:50])
    found = diag(good, np.random.default_rng(0), inpainter, mask, "white")
    assert found is not None
    np.testing.assert_array_equal(found[1], mask)
    assert diag(good, np.random.default_rng(0), inpainter, mask * 0, "white") is None


def test_words_that_would_be_cut_off_are_refused(inpainter: Inpainter) -> None:
    inpainter.check("white")
    with pytest.raises(UserError, match=r"reads 16 pieces of words, and 'copper .*has 42"):
        inpainter.check("copper " + "x" * 34)


def test_a_pipeline_is_known_by_its_content(tiny_pipeline: Path, inpainter: Inpainter) -> None:
    assert Inpainter(str(tiny_pipeline), SETTINGS, "cpu").sha256 == inpainter.sha256
    assert len(inpainter.sha256) == 64


def test_what_is_no_pipeline_is_said(tiny_pipeline: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "model_index.json").write_text('{"_class_name": "StableDiffusionXLInpaintPipeline"}')
    for name, sentence in (
        (tmp_path, "holds no model_index.json"),
        (broken, "is no SDXL inpainting pipeline that can be opened"),
        ("nowhere/at/all", "neither a folder nor a pipeline"),
    ):
        with pytest.raises(UserError, match=sentence):
            Inpainter(str(name), SETTINGS, "cpu")


@pytest.mark.skipif(torch.cuda.is_available(), reason="cuda is here")
def test_a_device_that_is_not_here_is_refused(tiny_pipeline: Path) -> None:
    with pytest.raises(UsageError, match="--device cuda: torch finds no such device"):
        Inpainter(str(tiny_pipeline), SETTINGS, "cuda")


def test_settings_that_cannot_be_used_are_refused() -> None:
    with pytest.raises(UsageError, match="--resolution 100 is no multiple of 64"):
        PaintSettings(resolution=100)
    with pytest.raises(UsageError, match="leaves none"):
        PaintSettings(strength=0.1, steps=5)


@given(
    height=st.integers(8, 300),
    width=st.integers(8, 300),
    place=st.tuples(*[st.floats(0, 1)] * 4),
    padding=st.integers(0, 40),
)
def test_the_window_holds_the_mask_and_lies_in_the_picture(
    height: int, width: int, place: tuple[float, ...], padding: int
) -> None:
    top, left = int(place[0] * (height - 1)), int(place[1] * (width - 1))
    bottom, right = top + 1 + int(place[2] * 50), left + 1 + int(place[3] * 50)
    mask = mask_of(height, width, np.s_[top:bottom, left:right])
    y, x = window_around(mask, padding)
    assert mask[y, x].sum() == mask.sum()
    assert 0 <= y.start < y.stop <= height
    assert 0 <= x.start < x.stop <= width
    assert y.stop - y.start >= min(height, LEAST_WINDOW)
    assert x.stop - x.start >= min(width, LEAST_WINDOW)
    assert y.stop - y.start == x.stop - x.start or min(height, width) < max(
        y.stop - y.start, x.stop - x.start
    )


def test_what_is_painted_passes_into_the_picture_inside_the_mask() -> None:
    good, painted = np.full((40, 40), 100, np.uint8), np.full((40, 40), 200, np.uint8)
    mask = mask_of(40, 40, np.s_[10:30, 10:30])
    made = pasted(good, painted, mask)
    assert (made[mask == 0] == 100).all()
    assert made[20, 20] == 200
    assert 100 < made[10, 20] < made[11, 20] < 200
    assert (made[mask == 1] > 100).all()
    thin = mask_of(40, 40, np.s_[20, 5:35])
    assert (pasted(good, painted, thin)[thin == 1] == 200).all()
