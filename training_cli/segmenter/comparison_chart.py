"""The picture of a comparison: bars by class and method, lines over the fraction of the data."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from training_cli.cells import Spread
from training_cli.segmenter.comparison_table import POOLED, TITLES, WHEN, Comparison

_PANEL_IN = (7.5, 3.4)


def draw(comparison: Comparison, path: Path) -> None:
    """Write a PNG: for every encoder a row of bars, and one of lines if fractions differ.

    The left column shows the best epoch, the right one the last; bars are at the largest fraction.
    """
    encoders = tuple(dict.fromkeys(encoder for encoder, _ in comparison.columns))
    fractions = sorted({fraction for _, fraction in comparison.columns})
    kinds = [_bars, _lines] if len(fractions) > 1 else [_bars]
    rows = [(kind, encoder) for kind in kinds for encoder in encoders]
    size = (_PANEL_IN[0] * len(WHEN), _PANEL_IN[1] * len(rows))
    figure = Figure(figsize=size, layout="constrained")
    axes = figure.subplots(len(rows), len(WHEN), squeeze=False, sharey=True)
    for line, (kind, encoder) in zip(axes, rows, strict=True):
        for panel, when in zip(line, WHEN, strict=True):
            kind(panel, comparison, encoder, fractions, when)
    handles, labels = axes[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels))
    figure.savefig(path, dpi=110, format="png")


def _bars(
    panel: Axes,
    comparison: Comparison,
    encoder: str,
    fractions: list[float],
    when: Literal["best", "last"],
) -> None:
    methods = comparison.methods
    width = 0.8 / len(methods)
    for i, method in enumerate(methods):
        figures = getattr(comparison.group(method, encoder, fractions[-1]), when)
        places = np.arange(len(figures)) + (i - (len(methods) - 1) / 2) * width
        means, errors = _columns(list(figures.values()))
        panel.bar(places, means, width, yerr=errors, capsize=2, label=method.value)
        panel.set_xticks(range(len(figures)), list(figures))
    panel.set_title(f"{encoder}, {100 * fractions[-1]:g} %, {TITLES[when]}")
    _scale(panel)


def _lines(
    panel: Axes,
    comparison: Comparison,
    encoder: str,
    fractions: list[float],
    when: Literal["best", "last"],
) -> None:
    percents = [100 * fraction for fraction in fractions]
    for method in comparison.methods:
        groups = [comparison.group(method, encoder, fraction) for fraction in fractions]
        means, errors = _columns([getattr(group, when)[POOLED] for group in groups])
        panel.errorbar(percents, means, errors, marker="o", capsize=3, label=method.value)
    panel.set_title(f"{encoder}, pooled, {TITLES[when]}")
    panel.set_xlabel("defective training data, %")
    panel.set_xticks(percents)
    _scale(panel)


def _columns(spreads: list[Spread]) -> tuple[list[float], list[float] | None]:
    errors = [spread.std for spread in spreads if spread.std is not None]
    return [spread.mean for spread in spreads], errors or None


def _scale(panel: Axes) -> None:
    panel.set_ylim(0, 1)
    panel.set_ylabel("IoU, mean ± std over seeds")
    panel.grid(axis="y", alpha=0.3)
    panel.set_axisbelow(True)
