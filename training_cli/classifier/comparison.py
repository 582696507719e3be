"""Fits a grid of augmentations, numbers of real defects, folds and seeds: a file for each cell.

A cell is judged on its test images at the end of its last epoch, as in the paper; nothing is
chosen on them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import product as combinations
from pathlib import Path
from typing import Any

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
from training_cli.classifier.fitting import check, fit_in_memory, new_network, read_data
from training_cli.classifier.judging import figures_of
from training_cli.classifier.made import NEEDS_DEFECTS
from training_cli.classifier.run import Augmentation, ClassifierSettings
from training_cli.classifier.serving import Served, logits_of, running
from training_cli.classifier.surfaces import LAYOUTS, load_surfaces
from training_cli.datasets.sample import Sample, fingerprint
from training_cli.errors import UsageError
from training_cli.run import code_version, command_line

VARIED = {"augmentation", "added", "real_defects", "fold", "seed"}
"""Settings that differ from cell to cell; all others are shared."""
Row = tuple[Augmentation, int | None]
"""How defects are made, and how many real ones there are; None for all."""


class Cell(BaseModel):
    """What the fit of one cell came to.

    Attributes:
        figures: As of `judging.figures_of`, at probability 0.5.
        names, logits, defective: Of each test image.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = 1
    settings: ClassifierSettings
    data_fingerprint: str
    trained_on: dict[str, int]
    figures: dict[str, Any]
    names: tuple[str, ...]
    logits: tuple[float, ...]
    defective: tuple[bool, ...]
    elapsed_s: float
    command: str
    code_version: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a comparison.

    Attributes:
        settings: What all cells share, and how many pictures are made where any are.
        folds: Of which to test on; seeds 0 to `seeds` - 1 for each.
    """

    settings: ClassifierSettings
    augmentations: tuple[Augmentation, ...]
    real_defects: tuple[int | None, ...]
    folds: tuple[int, ...]
    seeds: int

    def rows(self) -> list[Row]:
        """What there is something to learn from: without any defect there is not."""
        has_donors = self.settings.defects is not None
        return [
            (augmentation, real)
            for real, augmentation in combinations(self.real_defects, self.augmentations)
            if real != 0
            or self.settings.extra is not None
            or augmentation == "memseg"
            or (augmentation in NEEDS_DEFECTS and has_donors)
        ]

    def cells(self) -> list[ClassifierSettings]:
        """The settings of every cell; whole tables of few folds and seeds come before more."""
        varied = combinations(range(self.seeds), self.folds, self.rows())
        return [
            self.settings.model_copy(
                update={
                    "augmentation": augmentation,
                    "added": 0 if augmentation == "none" else self.settings.added,
                    "real_defects": real,
                    "fold": fold,
                    "seed": seed,
                }
            )
            for seed, fold, (augmentation, real) in varied
        ]


def fit_grid(grid: Grid, out: Path, *, device: str, workers: int) -> Iterator[Cell]:
    """Fit the cells that `out` lacks and nobody else is fitting; give each when it is done.

    Any number of processes may do so at the same time.

    Raises:
        UserError: Data or options are at fault, or `out` holds cells of others.
    """
    cells = grid.cells()
    if not cells:
        raise UsageError("There is nothing to fit: without real defects, choose an augmentation.")
    for settings in cells:
        check(settings, device)
    new_network(grid.settings)
    make_folder(out)
    samples = LAYOUTS[grid.settings.layout].read(grid.settings.data)
    data_fingerprint = fingerprint(samples)
    _refuse_others(grid, data_fingerprint, out)
    for settings in cells:
        fit = partial(_fitted, settings, samples, data_fingerprint, device, workers)
        cell = fitted_once(cell_path(out, settings), fit)
        if cell is not None:
            yield cell


def done_cells(grid: Grid, out: Path) -> list[Cell]:
    """The cells of the grid that are done, in its order."""
    return kept((cell_path(out, settings) for settings in grid.cells()), Cell)


def cell_path(out: Path, settings: ClassifierSettings) -> Path:
    real = shown(settings.real_defects)
    name = f"{settings.augmentation}-{real}-fold{settings.fold}-seed{settings.seed}.json"
    return out / CELLS / name


def shown(real: int | None) -> str:
    """How many real defects, as people read it."""
    return "all" if real is None else str(real)


def _fitted(
    settings: ClassifierSettings,
    samples: Sequence[Sample],
    data_fingerprint: str,
    device: str,
    workers: int,
) -> Cell:
    started = time.perf_counter()
    data, trained_on = read_data(samples, settings)
    network = fit_in_memory(data, settings, device=device, workers=workers)
    test = load_surfaces(data.split.test, settings.input)
    logits = logits_of(running(Served(network).eval()), test)
    return Cell(
        settings=settings,
        data_fingerprint=data_fingerprint,
        trained_on=trained_on,
        figures=figures_of(test.samples, logits, test.defective, 0.0),
        names=tuple(s.name for s in test.samples),
        logits=tuple(round(float(v), 6) for v in logits),
        defective=tuple(map(bool, test.defective)),
        elapsed_s=round(time.perf_counter() - started, 3),
        command=command_line(),
        code_version=code_version(),
        created=datetime.now(UTC),
    )


def _refuse_others(grid: Grid, data_fingerprint: str, out: Path) -> None:
    """All cells of a folder are of one data set and one schedule."""
    for path in sorted((out / CELLS).glob("*.json")):
        cell = read_cell(path, Cell)
        names = differing(grid.settings, cell.settings, VARIED)
        names += ["data"] if cell.data_fingerprint != data_fingerprint else []
        names += ["added"] if cell.settings.added not in (0, grid.settings.added) else []
        refuse_other(path, names, cell.command)
