"""How far single figures of grey levels tell defective parts from good ones."""

from collections.abc import Iterable

import numpy as np

from engines.synthetic.part import Renderer


def best_aurocs(
    renderer: Renderer, good_seeds: Iterable[int], defective_seeds: Iterable[int]
) -> dict[str, float]:
    """By label, of the figure that tells most: 0.5 says nothing, 1 separates."""
    good = np.array([_figures(renderer.render(seed, None).pixels) for seed in good_seeds])
    best = {}
    seeds = list(defective_seeds)
    for label in renderer.labels:
        bad = np.array([_figures(renderer.render(seed, label).pixels) for seed in seeds])
        best[label] = max(map(_auroc, good.T, bad.T))
    return best


def _auroc(good: np.ndarray, defective: np.ndarray) -> float:
    """Of the better direction."""
    wins = (defective[:, None] > good).mean() + 0.5 * (defective[:, None] == good).mean()
    return float(max(wins, 1 - wins))


def _figures(pixels: np.ndarray) -> list[float]:
    return [pixels.mean(), pixels.min(), pixels.max(), pixels.std(), pixels.std() / pixels.mean()]


def best_threshold_accuracy(good: np.ndarray, defective: np.ndarray) -> float:
    """Of the best single threshold, in either direction, on any one column of both tables."""
    best = 0.0
    for good_figures, bad_figures in zip(good.T, defective.T, strict=True):
        for threshold in np.concatenate([good_figures, bad_figures, [np.inf]]):
            right = (good_figures < threshold).sum() + (bad_figures >= threshold).sum()
            share = float(right) / (len(good_figures) + len(bad_figures))
            best = max(best, share, 1 - share)
    return best
