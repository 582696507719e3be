"""What a finished comparison says: means over seeds, as JSON, as Markdown and on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from rich.table import Table

from training_cli.cells import Spread
from training_cli.datasets.split import SplitRule
from training_cli.run import command_line
from training_cli.segmenter.comparison import VARIED, Cell, Grid
from training_cli.segmenter.optimisation import Validated
from training_cli.segmenter.run import Method, ProductName

POOLED = "pooled"
WHEN: tuple[Literal["best", "last"], ...] = ("best", "last")
TITLES = {"best": "best epoch on validation", "last": "last epoch"}
_SPLITS = {
    SplitRule.PAPER: "random within each defect class, 80 and 20 % of the images as in the paper; "
    "validation has defective images only, and photographs of one tile stand on both sides",
    SplitRule.TILE: "by physical tile, about 60 and 20 % of them; no tile stands on both sides, "
    "and validation has free tiles, too",
}


class Group(BaseModel):
    """The cells that differ in nothing but the seed.

    Attributes:
        best, last: IoU by class, and `pooled`, after the best epoch and after the last one.
    """

    model_config = ConfigDict(frozen=True)

    method: Method
    encoder: str
    fraction: float
    seeds: tuple[int, ...]
    train_images: tuple[int, ...]
    best: dict[str, Spread]
    last: dict[str, Spread]
    best_epochs: tuple[int, ...]
    batches_per_s: Spread
    elapsed_s: Spread


class Comparison(BaseModel):
    """A finished grid.

    Attributes:
        settings: What all cells share.
        every: Epochs from one validation to the next.
    """

    model_config = ConfigDict(frozen=True)

    format: Literal[1] = 1
    product: ProductName
    command: str
    code_versions: tuple[str, ...]
    data_fingerprint: str
    settings: dict[str, Any]
    every: int
    seeds: int
    groups: tuple[Group, ...]

    def group(self, method: Method, encoder: str, fraction: float) -> Group:
        wanted = (method, encoder, fraction)
        return next(g for g in self.groups if (g.method, g.encoder, g.fraction) == wanted)

    @property
    def methods(self) -> tuple[Method, ...]:
        return tuple(dict.fromkeys(g.method for g in self.groups))

    @property
    def columns(self) -> tuple[tuple[str, float], ...]:
        """Encoder and fraction of each column of the table."""
        return tuple(dict.fromkeys((g.encoder, g.fraction) for g in self.groups))


def summarise(grid: Grid, cells: Sequence[Cell]) -> Comparison:
    """Put the cells of a finished grid together."""
    by_group: dict[tuple[str, float, Method], list[Cell]] = {
        wanted: [] for wanted in product(grid.encoders, grid.fractions, grid.methods)
    }
    for cell in cells:
        own = cell.settings
        by_group[own.encoder, own.fraction, own.method].append(cell)
    return Comparison(
        product=grid.product,
        command=command_line(),
        code_versions=tuple(dict.fromkeys(c.code_version for c in cells)),
        data_fingerprint=cells[0].data_fingerprint,
        settings=grid.settings.model_dump(mode="json", exclude=VARIED),
        every=grid.every,
        seeds=grid.seeds,
        groups=tuple(map(_group, by_group.values())),
    )


def _group(cells: Sequence[Cell]) -> Group:
    first = cells[0].settings
    return Group(
        method=first.method,
        encoder=first.encoder,
        fraction=first.fraction,
        seeds=tuple(c.settings.seed for c in cells),
        train_images=tuple(c.images["train"] for c in cells),
        best=_spreads([c.best for c in cells]),
        last=_spreads([c.last for c in cells]),
        best_epochs=tuple(c.best.epoch for c in cells),
        batches_per_s=Spread.of([c.batches_per_s for c in cells]),
        elapsed_s=Spread.of([c.elapsed_s for c in cells]),
    )


def _spreads(figures: Sequence[Validated]) -> dict[str, Spread]:
    by_class = {n: Spread.of([f.classes[n] for f in figures]) for n in figures[0].classes}
    return {POOLED: Spread.of([f.pooled for f in figures]), **by_class}


def column_name(comparison: Comparison, encoder: str, fraction: float) -> str:
    several = len({f for _, f in comparison.columns}) > 1
    return f"{encoder}, {100 * fraction:g} %" if several or fraction < 1 else encoder


def pooled_rows(comparison: Comparison, when: Literal["best", "last"]) -> list[list[str]]:
    """A row for the heads and one for each method; a column for each encoder and fraction."""
    columns = comparison.columns
    rows = [["method", *(column_name(comparison, *column) for column in columns)]]
    for method in comparison.methods:
        groups = [comparison.group(method, *column) for column in columns]
        rows.append([method.value, *(str(getattr(g, when)[POOLED]) for g in groups)])
    return rows


def class_rows(
    comparison: Comparison, when: Literal["best", "last"], encoder: str, fraction: float
) -> list[list[str]]:
    """A row for the heads and one for each method; a column for each class."""
    groups = [comparison.group(method, encoder, fraction) for method in comparison.methods]
    names = [name for name in groups[0].last if name != POOLED]
    heads = ["method", *names]
    return [heads, *([g.method.value, *(str(getattr(g, when)[n]) for n in names)] for g in groups)]


def schedule(comparison: Comparison) -> str:
    """Split, schedule and seeds in a line."""
    s = comparison.settings
    spread = "" if comparison.seeds == 1 else ", mean ± standard deviation (n − 1)"
    every = "epoch" if comparison.every == 1 else f"{comparison.every} epochs"
    return (
        f"Split {_SPLITS[SplitRule(s['split'])]}. Input {s['size']}×{s['size']}, crops of "
        f"{s['crop']}, batches of {s['batch']}, {_counted(s['epochs'], 'epoch')} for every cell, "
        f"AdamW at {s['learning_rate']:g} with cosine to 0, weights {s['weights']}; validated "
        f"every {every} and after the last. "
        f"{_counted(comparison.seeds, 'seed')} of split and training alike{spread}."
    )


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def markdown(comparison: Comparison) -> str:
    """The whole comparison as a page."""
    parts = [
        f"# Comparison: {comparison.product}",
        schedule(comparison),
        "The best epoch is chosen on the images that it is reported on, as the paper does; the "
        "last epoch is not chosen at all. IoU at 0.5, pooled over all pixels and classes.",
        f"`{comparison.command}`",
    ]
    for when in WHEN:
        parts += [f"## Pooled IoU, {TITLES[when]}", _page_table(pooled_rows(comparison, when))]
    for encoder, fraction in comparison.columns:
        for when in WHEN:
            name = column_name(comparison, encoder, fraction)
            parts += [
                f"## IoU by class, {TITLES[when]}: {name}",
                _page_table(class_rows(comparison, when, encoder, fraction)),
            ]
    return "\n\n".join(parts) + "\n"


def _page_table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "|" + " --- |" + " ---: |" * (len(rows[0]) - 1)
    return "\n".join([lines[0], rule, *lines[1:]])


def terminal_table(comparison: Comparison, when: Literal["best", "last"]) -> Table:
    heads, *rows = pooled_rows(comparison, when)
    table = Table(title=f"Pooled IoU, {TITLES[when]}", title_justify="left")
    for i, head in enumerate(heads):
        table.add_column(head, justify="right" if i else "left")
    for row in rows:
        table.add_row(*row)
    return table
