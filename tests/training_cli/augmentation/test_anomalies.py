"""Made-up anomalies: where they are said to be, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from training_cli.augmentation import anomalies
from training_cli.augmentation.anomalies import Frames, add_anomaly


def part(seed: int, frames: int = 3) -> Frames:
    """A surface whose frames differ: something moves over it."""
    rng = np.random.default_rng(seed)
    x = np.arange(96, dtype=np.float32)
    still = 0.5 + 0.2 * np.sin(x / 5)[None] + 0.1 * np.sin(x / 9)[:, None]
    moving = [0.05 * np.sin((x + 20 * f) / 3)[None] for f in range(frames)]
    noise = rng.normal(0, 0.005, (frames, 96, 96))
    return np.stack([still + m for m in moving]).astype(np.float32) + noise.astype(np.float32)


@pytest.mark.parametrize("seed", range(30))
def test_what_changed_visibly_is_in_the_mask_and_the_rest_is_as_it_was(seed: int) -> None:
    before = part(seed)
    kept = before.copy()
    after, mask = add_anomaly(before, part(seed + 100), np.random.default_rng(seed))
    assert (before == kept).all()
    assert after.shape == before.shape
    assert after.dtype == np.float32
    assert 0 <= after.min() <= after.max() <= 1
    changed = np.abs(after - np.clip(before, 0, 1)).max(0)
    assert mask.shape == changed.shape
    if mask.any():
        assert changed[mask].max() > 0.02
    assert changed[~mask].max(initial=0.0) < 0.5  # a lone pixel at most: the mask is smoothed
    assert np.mean(changed[~mask] > 0.06) < 0.01


def test_most_anomalies_can_be_seen_and_few_cover_the_whole_part() -> None:
    shares = [
        add_anomaly(part(s), part(s + 100), np.random.default_rng(s))[1].mean() for s in range(80)
    ]
    assert np.mean([share > 0 for share in shares]) > 0.8
    assert np.mean([share > 0.5 for share in shares]) < 0.1


@pytest.mark.parametrize("kind", [anomalies.spot, anomalies.stain, anomalies.line])
def test_an_anomaly_lies_at_the_same_place_in_all_frames(kind: object) -> None:
    before = part(5)
    after = kind(before, before, np.random.default_rng(7))  # type: ignore[operator]
    places = [np.abs(a - b) > 0.02 for a, b in zip(after, before, strict=True)]
    assert places[0].any()
    common = np.logical_and.reduce(places).sum() / np.logical_or.reduce(places).sum()
    assert common > 0.6


def test_a_warp_bends_what_is_there_and_keeps_its_greys() -> None:
    before = part(5)
    after = anomalies.warp(before, before, np.random.default_rng(1))
    assert np.abs(after - before).max() > 0.05
    assert before.min() - 0.05 <= after.min() <= after.max() <= before.max() + 0.05
