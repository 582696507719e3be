"""What the cells of a comparison come to: tables of average precision, and curves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from sklearn.metrics import average_precision_score

from training_cli.cells import Spread
from training_cli.classifier.comparison import Cell, Grid, Row, shown
from training_cli.classifier.surfaces import LAYOUTS

NOTHING = "–"


def markdown(grid: Grid, cells: Sequence[Cell]) -> str:
    """What all cells share, average precision by augmentation, and every figure."""
    s = grid.settings
    schedule = (
        f"{LAYOUTS[s.layout].shown}, folds {', '.join(map(str, grid.folds))} of {s.folds}, "
        f"seeds 0 to {grid.seeds - 1}; {s.backbone} from {Path(s.weights).name}, "
        f"input {s.width}×{s.height}, {s.epochs} epochs, batches of {s.batch}, "
        f"learning rate {s.learning_rate:g}; {s.added} pictures made. Average precision, "
        "mean ± standard deviation (n − 1) over fits."
    )
    details = (
        "AP pooled is of the test images of all folds together, mean over the seeds of which all "
        "folds are done; precision and recall at probability 0.5."
    )
    tables = _lines(by_augmentation(grid, cells), 1), _lines(table(grid, cells), 2)
    return "\n".join([schedule, "", *tables[0], "", details, "", *tables[1]]) + "\n"


def by_augmentation(grid: Grid, cells: Sequence[Cell]) -> list[list[str]]:
    """A row for the heads and one for each number of real defects, a column an augmentation."""
    rows = [["real defects", *grid.augmentations]]
    for real in grid.real_defects:
        found = [_precisions(_of(cells, (name, real))) for name in grid.augmentations]
        rows.append([shown(real), *(str(Spread.of(own)) if own else NOTHING for own in found)])
    return rows


def table(grid: Grid, cells: Sequence[Cell]) -> list[list[str]]:
    """A row for the heads and one for each way of training that has been tried."""
    heads = ["augmentation", "real defects", "made", "fits", "AP", "AP pooled"]
    rows = [[*heads, "precision", "recall"]]
    for augmentation, real in grid.rows():
        if own := _of(cells, (augmentation, real)):
            made = str(own[0].settings.added)
            figures = _figures(own, len(grid.folds))
            rows.append([augmentation, shown(real), made, str(len(own)), *figures])
    return rows


def draw(grid: Grid, cells: Sequence[Cell], path: Path) -> None:
    """Write a PNG: average precision over the number of real defects, a line an augmentation."""
    figure = Figure(figsize=(7, 4), layout="constrained")
    panel = figure.subplots()
    for name in grid.augmentations:
        own = {i: _precisions(_of(cells, (name, n))) for i, n in enumerate(grid.real_defects)}
        spreads = {i: Spread.of(found) for i, found in own.items() if found}
        panel.errorbar(
            list(spreads),
            [s.mean for s in spreads.values()],
            [s.std or 0 for s in spreads.values()],
            marker="o",
            capsize=3,
            label=name,
        )
    panel.set_xticks(range(len(grid.real_defects)), [shown(n) for n in grid.real_defects])
    panel.set_xlabel("real defects learned from")
    panel.set_ylabel("average precision")
    panel.set_ylim(0, 1.02)
    panel.grid(alpha=0.3)
    panel.legend(loc="lower right")
    figure.savefig(path, dpi=110, format="png")


def _of(cells: Sequence[Cell], row: Row) -> list[Cell]:
    return [c for c in cells if (c.settings.augmentation, c.settings.real_defects) == row]


def _precisions(cells: Sequence[Cell]) -> list[float]:
    return [c.figures["average_precision"] for c in cells if "average_precision" in c.figures]


def _figures(cells: Sequence[Cell], folds: int) -> list[str]:
    seeds = sorted({c.settings.seed for c in cells})
    by_seed = [[c for c in cells if c.settings.seed == seed] for seed in seeds]
    pooled = [_pooled(own) for own in by_seed if len(own) == folds]
    rates = [
        [c.figures["at_half"][name]["share"] for c in cells if c.figures["at_half"][name]]
        for name in ("precision", "recall")
    ]
    spreads = (_precisions(cells), pooled, *rates)
    return [str(Spread.of(values)) if values else NOTHING for values in spreads]


def _pooled(cells: Sequence[Cell]) -> float:
    logits = np.concatenate([c.logits for c in cells])
    defective = np.concatenate([c.defective for c in cells])
    return float(average_precision_score(defective, logits))


def _lines(rows: Sequence[Sequence[str]], names: int) -> list[str]:
    """Of a page's table, whose first columns are names and whose others are figures."""
    head, *rest = ("| " + " | ".join(row) + " |" for row in rows)
    rule = "|" + " --- |" * names + " ---: |" * (len(rows[0]) - names)
    return [head, rule, *rest]
