"""Fits a grid of methods, encoders, fractions and seeds, one file for each cell that is done.

The seed of a cell drives its split and its training, as in Caruso et al. 2024, section 4.3. Cells
that differ in the method alone see the same images, in the same order.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import product as combinations
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from training_cli.cells import (
    CELLS,
    differing,
    fitted_once,
    kept,
    make_folder,
    read_cell,
    refuse_other,
)
from training_cli.datasets.sample import Images, fingerprint, load_images
from training_cli.run import code_version, command_line
from training_cli.segmenter.fitting import Data, check, fit_in_memory, new_network, split_as
from training_cli.segmenter.optimisation import Validated
from training_cli.segmenter.products import layout_of
from training_cli.segmenter.run import Method, ProductName, Settings

VARIED = {"method", "encoder", "fraction", "seed"}
"""Settings that differ from cell to cell; all others are shared."""


class Cell(BaseModel):
    """What the fit of one cell came to.

    Attributes:
        every: Epochs from one validation to the next.
        validations: In the order of their epochs; the last one after the last epoch.
        elapsed_s: Of the whole cell.
        batches_per_s: While training, with the making of the batches.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    product: ProductName
    settings: Settings
    every: int
    data_fingerprint: str
    images: dict[str, int]
    validations: tuple[Validated, ...]
    elapsed_s: float
    batches_per_s: float
    device: str
    workers: int
    command: str
    code_version: str
    created: datetime

    @property
    def best(self) -> Validated:
        """The first of the best ones, chosen on the images that it is reported on."""
        return max(self.validations, key=lambda v: v.pooled)

    @property
    def last(self) -> Validated:
        return self.validations[-1]


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a comparison.

    Attributes:
        settings: What all cells share; method, encoder, fraction and seed are replaced.
        seeds: Each cell is fitted with seeds 0 to `seeds` - 1.
        validations: About so many times each fit is judged.
    """

    product: ProductName
    settings: Settings
    methods: tuple[Method, ...]
    encoders: tuple[str, ...]
    fractions: tuple[float, ...]
    seeds: int
    validations: int

    @property
    def every(self) -> int:
        """Epochs from one validation to the next."""
        return -(-self.settings.epochs // self.validations)

    def cells(self) -> list[Settings]:
        """The settings of every cell; whole grids of few seeds come before more seeds."""
        varied = combinations(range(self.seeds), self.fractions, self.encoders, self.methods)
        return [
            self.settings.model_copy(
                update={"seed": seed, "fraction": fraction, "encoder": encoder, "method": method}
            )
            for seed, fraction, encoder, method in varied
        ]


@dataclass(frozen=True, slots=True)
class Pool:
    """All images of a data set, read once and divided for every cell."""

    images: Images
    classes: tuple[str, ...]
    data_fingerprint: str

    @classmethod
    def read(cls, grid: Grid) -> Pool:
        """Raises: UserError: The data cannot be used."""
        layout = layout_of(grid.product, grid.settings)
        samples = layout.read(grid.settings.data)
        images = load_images(samples, layout.classes, grid.settings.input)
        return cls(images, layout.classes, fingerprint(samples))

    def divided(self, settings: Settings) -> Data:
        split = split_as(self.images.samples, settings)
        places = {sample.name: i for i, sample in enumerate(self.images.samples)}
        train, validation = (
            self.images.subset(np.array([places[s.name] for s in part], np.int64))
            for part in (split.train, split.validation)
        )
        return Data(train, validation, self.classes)


def fit_grid(grid: Grid, out: Path, *, device: str, workers: int) -> Iterator[Cell]:
    """Fit the cells that `out` lacks and nobody else is fitting; give each when it is done.

    Any number of processes may do so at the same time.

    Raises:
        UserError: Data or options are at fault, or `out` holds cells of others.
    """
    check(grid.settings, device)
    missing = [s.encoder for s in grid.cells() if not cell_path(out, s).is_file()]
    for encoder in dict.fromkeys(missing):
        new_network(grid.product, grid.settings.model_copy(update={"encoder": encoder}))
    make_folder(out)
    pool = Pool.read(grid)
    _refuse_others(grid, pool, out)
    for settings in grid.cells():
        fit = partial(_fitted, grid, settings, pool, device, workers)
        cell = fitted_once(cell_path(out, settings), fit)
        if cell is not None:
            yield cell


def done_cells(grid: Grid, out: Path) -> list[Cell]:
    """The cells of the grid that are done, in its order."""
    return kept((cell_path(out, settings) for settings in grid.cells()), Cell)


def cell_path(out: Path, settings: Settings) -> Path:
    percent = f"{100 * settings.fraction:g}"
    name = f"{settings.method}-{settings.encoder}-{percent}-{settings.seed}.json"
    return out / CELLS / name


def _fitted(grid: Grid, settings: Settings, pool: Pool, device: str, workers: int) -> Cell:
    started = time.perf_counter()
    data = pool.divided(settings)
    network = new_network(grid.product, settings)
    fitted = fit_in_memory(
        network, data, settings, device=device, workers=workers, every=grid.every
    )
    return Cell(
        product=grid.product,
        settings=settings,
        every=grid.every,
        data_fingerprint=pool.data_fingerprint,
        images={"train": len(data.train), "validation": len(data.validation)},
        validations=fitted.validations,
        elapsed_s=round(time.perf_counter() - started, 3),
        batches_per_s=round(fitted.steps / fitted.training_s, 4),
        device=device,
        workers=workers,
        command=command_line(),
        code_version=code_version(),
        created=datetime.now(UTC),
    )


def _refuse_others(grid: Grid, pool: Pool, out: Path) -> None:
    """All cells of a folder are of one data set and one schedule."""
    for path in sorted((out / CELLS).glob("*.json")):
        cell = read_cell(path, Cell)
        others = {
            "data": cell.data_fingerprint != pool.data_fingerprint,
            "product": cell.product != grid.product,
            "validations": cell.every != grid.every,
        }
        names = differing(grid.settings, cell.settings, VARIED)
        refuse_other(path, names + [n for n, differs in others.items() if differs], cell.command)
