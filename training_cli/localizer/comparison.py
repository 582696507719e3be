"""How much photographs and rectangularity help: a network fitted for each number and weight."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product as combinations
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from pydantic import BaseModel, ConfigDict

from engines.synthetic.board_files import write_boards
from engines.synthetic.board_photo import PhotographedBoard
from training_cli.cells import (
    CELLS,
    Spread,
    differing,
    fitted_once,
    kept,
    make_folder,
    refuse_other,
)
from training_cli.datasets.board_photos import read_photos
from training_cli.errors import UsageError
from training_cli.localizer.boards import LABELS, Boards, load_boards, read_pictures
from training_cli.localizer.fitting import check, fit_in_memory
from training_cli.localizer.judging import figures_of, judge_boards
from training_cli.localizer.run import LocalizerSettings
from training_cli.localizer.serving import Served, running
from training_cli.run import code_version, command_line

SAME, NEVER_SEEN = "same boards", "boards never seen"
TEST_SHARE = 0.15
"""Of the made pictures, which the network is not fitted on; the paper's."""
VARIED = {"rectangularity", "seed"}


class Cell(BaseModel):
    """What one fit came to.

    Attributes:
        photographs: How many the pictures were made of.
        centre_px: Mean error of the centre in pixels of the input, on pictures made of the same
            photographs and on boards never seen.
        missing_found: Of boards never seen, rejected ones among those without a chip.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    photographs: int
    settings: LocalizerSettings
    centre_px: dict[str, float]
    missing_found: str
    elapsed_s: float
    command: str
    code_version: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a comparison.

    Attributes:
        settings: What all cells share; `photos` are the photographs, and `count` pictures are made.
        unseen: Labelled pictures of other boards.
        photographs: Numbers of them, of which the first ones are taken.
        weights: Of rectangularity.
        seeds: 0 to `seeds` - 1 for each.
    """

    settings: LocalizerSettings
    unseen: Path
    photographs: tuple[int, ...]
    weights: tuple[float, ...]
    seeds: int

    def cells(self) -> list[tuple[int, float, int]]:
        """Number of photographs, weight and seed; whole curves of few seeds come before more."""
        varied = combinations(range(self.seeds), self.photographs, self.weights)
        return [(number, weight, seed) for seed, number, weight in varied]


def fit_grid(grid: Grid, out: Path, device: str) -> Iterator[Cell]:
    """Fit the cells that `out` lacks and nobody else is fitting; give each when it is done.

    Raises:
        UserError: Photographs, pictures or options are at fault.
    """
    check(grid.settings, device)
    assert grid.settings.photos is not None
    photos = read_photos(grid.settings.photos)
    if max(grid.photographs) > len(photos):
        raise UsageError(
            f"{grid.settings.photos} holds {len(photos)} photographs, fewer than "
            f"{max(grid.photographs)}: add some, or give lower --photographs."
        )
    unseen = load_boards(grid.unseen, read_pictures(grid.unseen), grid.settings.input)
    make_folder(out)
    for number, weight, seed in grid.cells():
        settings = grid.settings.model_copy(
            update={
                "data": out / f"pictures-{number}-{seed}",
                "rectangularity": weight,
                "seed": seed,
            }
        )
        fit = partial(_fitted, settings, photos[:number], unseen, device)
        cell = fitted_once(cell_path(out, number, weight, seed), fit)
        if cell is not None:
            yield cell


def done_cells(grid: Grid, out: Path) -> list[Cell]:
    """The cells of the grid that are done, in its order.

    Raises:
        UserError: One does not hold, or was fitted with other settings.
    """
    paths = [path for cell in grid.cells() if (path := cell_path(out, *cell)).is_file()]
    cells = kept(paths, Cell)
    for path, cell in zip(paths, cells, strict=True):
        refuse_other(path, differing(grid.settings, cell.settings, VARIED), cell.command)
    return cells


def cell_path(out: Path, photographs: int, weight: float, seed: int) -> Path:
    return out / CELLS / f"photographs{photographs}-weight{weight:g}-seed{seed}.json"


def _fitted(
    settings: LocalizerSettings, photos: Sequence[PhotographedBoard], unseen: Boards, device: str
) -> Cell:
    """On pictures of these photographs, which are made unless they have been made before."""
    if not (settings.data / LABELS).is_file():
        write_boards(photos, settings.data, settings.count or 0, settings.seed)
    started = time.perf_counter()
    pictures = read_pictures(settings.data)
    order = np.random.default_rng([settings.seed, 7]).permutation(len(pictures))
    held = max(1, round(TEST_SHARE * len(pictures)))
    same, train = (
        load_boards(settings.data, [pictures[i] for i in own], settings.input)
        for own in (order[:held], order[held:])
    )
    run = running(Served(fit_in_memory(settings, train, device)).eval())
    figures = {
        name: figures_of(judge_boards(run, boards, settings.size))
        for name, boards in ((SAME, same), (NEVER_SEEN, unseen))
    }
    return Cell(
        photographs=len(photos),
        settings=settings,
        centre_px={name: own["centre_px"]["mean"] for name, own in figures.items()},
        missing_found=figures[NEVER_SEEN]["rejected"].get("missing", "0 of 0"),
        elapsed_s=round(time.perf_counter() - started, 1),
        command=command_line(),
        code_version=code_version(),
    )


def markdown(grid: Grid, cells: Sequence[Cell]) -> str:
    """The table, and what all cells share."""
    s = grid.settings
    lines = [
        f"{s.count} pictures made of the photographs, {1 - TEST_SHARE:.0%} of them to learn from; "
        f"{s.backbone} with head {s.head}, {s.frozen_stages} stages frozen, {s.epochs} epochs, "
        f"batches of {s.batch}, learning rate {s.learning_rate:g}. Mean error of the centre in "
        f"pixels of {s.size}, ± standard deviation over seeds.",
        "",
        f"| photographs | rectangularity | fits | {SAME} | {NEVER_SEEN} |",
        "| ---: | ---: | ---: | ---: | ---: |",
    ]
    for number, weight in combinations(grid.photographs, grid.weights):
        own = _of(cells, number, weight)
        if own:
            shown = [str(Spread.of([c.centre_px[n] for c in own])) for n in (SAME, NEVER_SEEN)]
            lines.append(f"| {number} | {weight:g} | {len(own)} | {' | '.join(shown)} |")
    return "\n".join(lines) + "\n"


def draw(grid: Grid, cells: Sequence[Cell], path: Path) -> None:
    """Write a PNG: the error over the number of photographs, a line for each weight."""
    figure = Figure(figsize=(8, 3.6), layout="constrained")
    panels = figure.subplots(1, 2, sharey=True)
    for panel, name in zip(panels, (SAME, NEVER_SEEN), strict=True):
        for weight in grid.weights:
            numbers = [n for n in grid.photographs if _of(cells, n, weight)]
            spreads = [
                Spread.of([c.centre_px[name] for c in _of(cells, n, weight)]) for n in numbers
            ]
            means, errors = [s.mean for s in spreads], [s.std or 0 for s in spreads]
            panel.errorbar(numbers, means, errors, marker="o", capsize=3, label=f"{weight:g}")
        panel.set_title(name)
        panel.set_xlabel("photographs")
        panel.set_xscale("log")
        panel.set_xticks(grid.photographs, [str(n) for n in grid.photographs])
        panel.minorticks_off()
        panel.grid(alpha=0.3)
    panels[0].set_ylabel(f"centre's mean error, pixels of {grid.settings.size}")
    panels[0].set_yscale("log")
    panels[1].legend(title="rectangularity")
    figure.savefig(path, dpi=110, format="png")


def _of(cells: Sequence[Cell], number: int, weight: float) -> list[Cell]:
    return [c for c in cells if c.photographs == number and c.settings.rectangularity == weight]
