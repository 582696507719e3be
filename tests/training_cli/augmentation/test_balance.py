from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from training_cli.augmentation.balance import TURNS, turned, turned_copies
from training_cli.augmentation.batches import TrainingBatches
from training_cli.datasets.sample import SEVERAL, Images


def counts_with(images: Images, copies: list[tuple[int, int]], classes: int) -> np.ndarray:
    shown = images.shown(classes)
    return shown.sum(0) + shown[[i for i, _ in copies]].sum(0)


def uneven(images: Images) -> Images:
    """Of class 0 all four, of class 1 two, of class 2 one, and one that shows 0 and 1."""
    keep = np.concatenate([np.flatnonzero(images.labels == c)[:n] for c, n in enumerate((4, 2, 1))])
    kept = images.subset(keep)
    labels = kept.labels.copy()
    labels[0] = SEVERAL
    masks = kept.masks.copy()
    masks[0, 20:32, 24:32], masks[0, 20:32, 32:40] = 0b01, 0b10
    return dataclasses.replace(kept, labels=labels, masks=masks)


def test_rare_classes_are_brought_up_to_a_number(toy_images: Images) -> None:
    images = uneven(toy_images)
    assert images.shown(3).sum(0).tolist() == [4, 3, 1]
    copies = turned_copies(images, 3, 5, seed=0)
    assert counts_with(images, copies, 3).tolist() == [5, 5, 5]
    assert len(set(copies)) == len(copies)
    assert {turn for _, turn in copies} <= set(range(1, TURNS + 1))
    assert copies == turned_copies(images, 3, 5, seed=0)


def test_no_image_is_copied_more_often_than_there_are_turns(toy_images: Images) -> None:
    copies = turned_copies(uneven(toy_images), 3, 1000, seed=0)
    assert counts_with(uneven(toy_images), copies, 3).tolist() == [20, 15, 5]


def test_the_number_is_the_mean_of_the_classes_unless_told(toy_images: Images) -> None:
    images = uneven(toy_images)
    assert counts_with(images, turned_copies(images, 3, None, seed=0), 3).tolist() == [4, 3, 2]


@pytest.mark.parametrize("turn", range(TURNS + 1))
def test_mask_and_image_turn_together(toy_images: Images, turn: int) -> None:
    square = toy_images.masks[3].copy()
    square[:24, :30] = 0
    image, mask = turned(np.where(square > 0, 200, 90).astype(np.uint8), square, turn)
    assert (image[mask > 0] > 120).mean() > 0.9
    assert (image[mask == 0] > 120).mean() < 0.02
    assert np.array_equal(mask, square) == (turn == 0)


def test_copies_are_shown_beside_the_images(toy_images: Images) -> None:
    copies = [(0, turn) for turn in range(1, 5)] * 2
    plain = TrainingBatches(toy_images, 5, 8, 32, inject=False, seed=0)
    more = TrainingBatches(toy_images, 5, 8, 32, inject=False, seed=0, copies=copies)
    assert (len(plain), len(more)) == (3, 4)
    seen = sum(torch.count_nonzero(more[i][1][:, 0].flatten(1).any(1)) for i in range(len(more)))
    assert seen == int((toy_images.labels == 0).sum()) + len(copies)


def test_several_classes_of_an_image_are_targets_of_their_own(toy_images: Images) -> None:
    images = uneven(toy_images).subset(np.zeros(8, np.int64))
    _, targets = TrainingBatches(images, 3, 8, 64, inject=True, seed=0)[0]
    shown = targets.flatten(2).any(2)
    assert shown[:, 1].all()
    assert not shown[:, 2].any()
    assert set(targets.unique().tolist()) == {0, 1}


def test_a_crop_is_no_larger_than_the_image(toy_images: Images) -> None:
    strips = dataclasses.replace(
        toy_images, pixels=toy_images.pixels[:, :32], masks=toy_images.masks[:, :32]
    )
    pixels, targets = TrainingBatches(strips, 5, 8, 48, inject=False, seed=0)[0]
    assert pixels.shape == (8, 1, 32, 48)
    assert targets.shape == (8, 5, 32, 48)
