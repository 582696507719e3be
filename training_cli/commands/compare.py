"""`inspector-train compare`: methods against each other, over seeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from training_cli.commands.fit import Augmentation, Device, HeadName, SurfaceLayout
from training_cli.datasets.split import SplitRule
from training_cli.errors import UsageError
from training_cli.segmenter.run import Method, Settings

if TYPE_CHECKING:  # torch comes with it
    from training_cli.segmenter.comparison import Cell, Grid

METHODS = ",".join(m for m in Method if m is not Method.ROTATIONS)

app = typer.Typer(help="Fit a grid of methods and compare them.", no_args_is_help=True)


@app.command()
def tile(
    data: Annotated[Path, typer.Option(help="Magnetic tiles: class folders and tiles.csv.")],
    out: Annotated[Path, typer.Option(help="Folder for the cells, the table and the picture.")],
    split: Annotated[SplitRule, typer.Option(help="By physical tile, or as the paper.")] = (
        SplitRule.TILE
    ),
    methods: Annotated[str, typer.Option(help="Separated by commas.")] = METHODS,
    encoders: Annotated[str, typer.Option(help="timm's names, separated by commas.")] = (
        "tf_efficientnet_lite0"
    ),
    weights: Annotated[str, typer.Option(help="hub, lite0, none, or a file.")] = "lite0",
    fractions: Annotated[
        str, typer.Option(help="Percents of the defects to train on, separated by commas.")
    ] = "100",
    seeds: Annotated[int, typer.Option(min=1, help="Fit each cell with seeds from 0 on.")] = 5,
    size: Annotated[int, typer.Option(min=64, max=4096, help="Network's input, pixels.")] = 256,
    crop: Annotated[int | None, typer.Option(min=32, help="Train on crops this large.")] = None,
    epochs: Annotated[int, typer.Option(min=1)] = 1000,
    batch: Annotated[int, typer.Option(min=2)] = 64,
    learning_rate: Annotated[float, typer.Option(min=1e-6, max=1.0)] = 5e-4,
    validations: Annotated[
        int, typer.Option(min=1, help="About so many times a fit is judged on validation.")
    ] = 6,
    device: Annotated[Device, typer.Option()] = Device.AUTO,
    workers: Annotated[int, typer.Option(min=0, help="Processes that make batches.")] = 0,
) -> None:
    """Compare injection with its baselines on magnetic tiles, as the paper does.

    Given again, it goes on with the cells that are missing. Given in several terminals, it shares
    them out: set OMP_NUM_THREADS to the cores that each may use.
    """
    asked_methods = [_method(name) for name in _listed("--methods", methods)]
    asked_encoders = _listed("--encoders", encoders)
    percents = [_percent(text) for text in _listed("--fractions", fractions)]
    from training_cli.segmenter.comparison import Grid, done_cells, fit_grid

    settings = Settings(
        data=data,
        extra=None,
        split=split,
        method=asked_methods[0],
        encoder=asked_encoders[0],
        weights=weights,
        size=size,
        crop=crop or size,
        epochs=epochs,
        batch=batch,
        learning_rate=learning_rate,
        seed=0,
    )
    grid = Grid(
        product="tile",
        settings=settings,
        methods=tuple(asked_methods),
        encoders=tuple(asked_encoders),
        fractions=tuple(percent / 100 for percent in percents),
        seeds=seeds,
        validations=validations,
    )
    total = len(grid.cells())
    for cell in fit_grid(grid, out, device=device.value, workers=workers):
        typer.echo(f"{len(done_cells(grid, out))}/{total}  {_line(cell)}")
    cells = done_cells(grid, out)
    if missing := total - len(cells):
        typer.echo(
            f"{missing} of {total} cells are being fitted elsewhere: who ends last writes the "
            "table. If nobody is at it any more, give the same command again."
        )
    else:
        _report(grid, cells, out)


@app.command()
def surface(
    data: Annotated[Path, typer.Option(help="Surfaces, laid out as --layout says.")],
    out: Annotated[Path, typer.Option(help="Folder for the cells and the table.")],
    layout: Annotated[SurfaceLayout, typer.Option(help="How the data is laid out.")],
    augmentations: Annotated[str, typer.Option(help="Separated by commas.")] = "none,memseg",
    real_defects: Annotated[
        str, typer.Option(help="Numbers to train on, separated by commas; all for all.")
    ] = "0,all",
    added: Annotated[int, typer.Option(min=1, help="Pictures with made defects.")] = 100,
    defects: Annotated[
        Path | None,
        typer.Option(help="cut-paste, poisson: take defects from here, in MVTec AD layout."),
    ] = None,
    folds: Annotated[int, typer.Option(min=2, max=50, help="Of parts.")] = 5,
    only_folds: Annotated[
        str | None, typer.Option(help="Test on these alone, separated by commas.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Fit each cell with seeds from 0 on.")] = 1,
    backbone: Annotated[str, typer.Option(help="timm's name.")] = "tf_efficientnet_lite0",
    weights: Annotated[str, typer.Option(help="hub, lite0, none, or a file.")] = "lite0",
    height: Annotated[int, typer.Option(min=64, max=4096, help="Of the input.")] = 632,
    width: Annotated[int, typer.Option(min=64, max=4096, help="Of the input.")] = 224,
    epochs: Annotated[int, typer.Option(min=1)] = 50,
    batch: Annotated[int, typer.Option(min=2)] = 32,
    learning_rate: Annotated[float, typer.Option(min=1e-6, max=1.0)] = 1e-4,
    device: Annotated[Device, typer.Option()] = Device.AUTO,
    workers: Annotated[int, typer.Option(min=0, help="Processes that make batches.")] = 0,
) -> None:
    """Compare ways of making defects, with few real ones or none, over folds and seeds.

    Given again, it goes on with the cells that are missing.
    """
    methods = [_augmentation(name) for name in _listed("--augmentations", augmentations)]
    numbers = [_defects(text) for text in _listed("--real-defects", real_defects)]
    chosen = [_fold(text) for text in _listed("--only-folds", only_folds)] if only_folds else None
    from training_cli.cells import write_whole
    from training_cli.classifier.comparison import Grid, cell_path, done_cells, fit_grid
    from training_cli.classifier.comparison_page import draw, markdown
    from training_cli.classifier.run import ClassifierSettings

    settings = ClassifierSettings(
        data=data,
        layout=layout,
        folds=folds,
        added=added,
        defects=defects,
        backbone=backbone,
        weights=weights,
        height=height,
        width=width,
        epochs=epochs,
        batch=batch,
        learning_rate=learning_rate,
    )
    tested = tuple(range(folds) if chosen is None else chosen)
    grid = Grid(settings, tuple(methods), tuple(numbers), tested, seeds)
    total = len(grid.cells())
    for cell in fit_grid(grid, out, device=device.value, workers=workers):
        found = cell.figures.get("average_precision")
        name = cell_path(out, cell.settings).stem
        typer.echo(
            f"{len(done_cells(grid, out))}/{total}  {name}: AP {found}, {cell.elapsed_s:.0f} s"
        )
    cells = done_cells(grid, out)
    text = markdown(grid, cells)
    write_whole(out / "comparison.md", text)
    draw(grid, cells, out / "comparison.png")
    if missing := total - len(cells):
        typer.echo(f"{missing} of {total} cells are being fitted elsewhere, or were left undone.")
    typer.echo(text)


@app.command()
def chip(
    photos: Annotated[Path, typer.Option(help="Photographs of good boards, with corners.json.")],
    unseen: Annotated[Path, typer.Option(help="Pictures of other boards, of `synthesize chip`.")],
    out: Annotated[Path, typer.Option(help="Folder for the cells, the table and the curves.")],
    photographs: Annotated[
        str, typer.Option(help="How many of them, separated by commas.")
    ] = "2,5,10,20",
    rectangularity: Annotated[
        str, typer.Option(help="Weights of that term, separated by commas.")
    ] = "0,0.1",
    count: Annotated[int, typer.Option(min=10, help="Pictures to make.")] = 2000,
    seeds: Annotated[int, typer.Option(min=1, help="Fit each cell with seeds from 0 on.")] = 1,
    backbone: Annotated[str, typer.Option(help="timm's name.")] = "mobilenetv2_100",
    weights: Annotated[str, typer.Option(help="hub, none, or a file.")] = "hub",
    head: Annotated[HeadName, typer.Option(help="See `fit chip`.")] = "dense",
    frozen_stages: Annotated[int, typer.Option(min=0, max=5, help="See `fit chip`.")] = 5,
    size: Annotated[int, typer.Option(min=64, max=1024, help="Network's input, pixels.")] = 256,
    epochs: Annotated[int, typer.Option(min=1)] = 200,
    batch: Annotated[int, typer.Option(min=2)] = 32,
    learning_rate: Annotated[float, typer.Option(min=1e-6, max=1.0)] = 1e-3,
    device: Annotated[Device, typer.Option()] = Device.AUTO,
) -> None:
    """Compare numbers of photographs, with and without rectangularity, on the paper's network.

    Given again, it goes on with the cells that are missing.
    """
    numbers = tuple(_count(text) for text in _listed("--photographs", photographs))
    terms = tuple(_weight(text) for text in _listed("--rectangularity", rectangularity))
    from training_cli.cells import write_whole
    from training_cli.localizer.comparison import Grid, done_cells, draw, fit_grid, markdown
    from training_cli.localizer.run import LocalizerSettings
    from training_cli.networks.localizer import FIRST_STAGE

    settings = LocalizerSettings(
        data=out,
        photos=photos,
        count=count,
        backbone=backbone,
        weights=weights,
        head=head,
        first_stage=FIRST_STAGE,
        frozen_stages=frozen_stages,
        size=size,
        rectangularity=terms[0],
        epochs=epochs,
        batch=batch,
        learning_rate=learning_rate,
    )
    grid = Grid(settings, unseen, numbers, terms, seeds)
    total = len(grid.cells())
    done_cells(grid, out)
    for cell in fit_grid(grid, out, device.value):
        shown = ", ".join(f"{name} {value:.2f} px" for name, value in cell.centre_px.items())
        typer.echo(
            f"{len(done_cells(grid, out))}/{total}  {cell.photographs} photographs, weight "
            f"{cell.settings.rectangularity:g}: {shown}, {cell.elapsed_s:.0f} s"
        )
    cells = done_cells(grid, out)
    text = markdown(grid, cells)
    write_whole(out / "comparison.md", text)
    draw(grid, cells, out / "comparison.png")
    typer.echo(text)


def _count(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise UsageError(f"--photographs: {text!r} is no number from 1 on.")
    return int(text)


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = -1.0
    if not 0 <= weight < float("inf"):
        raise UsageError(f"--rectangularity: {text!r} is no number from 0 on.")
    return weight


def _augmentation(name: str) -> Augmentation:
    for known in get_args(Augmentation):
        if name == known:
            return known  # type: ignore[no-any-return]
    raise UsageError(
        f"There is no augmentation {name!r}: choose of {', '.join(get_args(Augmentation))}."
    )


def _defects(text: str) -> int | None:
    if text == "all":
        return None
    if not text.isdigit():
        raise UsageError(f"--real-defects: {text!r} is no number, nor all.")
    return int(text)


def _fold(text: str) -> int:
    if not text.isdigit():
        raise UsageError(f"--only-folds: {text!r} is no number.")
    return int(text)


def _line(cell: Cell) -> str:
    own, best = cell.settings, cell.best
    return (
        f"{own.method} {own.encoder} {100 * own.fraction:g} % seed {own.seed}: "
        f"best {best.pooled:.3f} (epoch {best.epoch}), last {cell.last.pooled:.3f}, "
        f"{cell.elapsed_s:.0f} s"
    )


def _report(grid: Grid, cells: list[Cell], out: Path) -> None:
    from filelock import FileLock
    from rich.console import Console

    from training_cli.cells import write_whole
    from training_cli.segmenter.comparison_chart import draw
    from training_cli.segmenter.comparison_table import (
        WHEN,
        markdown,
        schedule,
        summarise,
        terminal_table,
    )

    comparison = summarise(grid, cells)
    with FileLock(out / "comparison.lock"):  # two processes may end at the same moment
        write_whole(out / "comparison.json", comparison.model_dump_json(indent=2) + "\n")
        write_whole(out / "comparison.md", markdown(comparison))
        draw(comparison, out / "comparison.png")
    for when in WHEN:
        Console().print(terminal_table(comparison, when))
    typer.echo(f"{out / 'comparison.md'}: {schedule(comparison)}")


def _listed(option: str, text: str) -> list[str]:
    names = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise UsageError(f"{option} names nothing: give at least one, separated by commas.")
    return names


def _method(name: str) -> Method:
    try:
        return Method(name)
    except ValueError as error:
        raise UsageError(
            f"There is no method {name!r}: choose of {', '.join(Method)}, separated by commas."
        ) from error


def _percent(text: str) -> float:
    try:
        percent = float(text)
    except ValueError:
        percent = 0.0
    if not 1 <= percent <= 100:
        raise UsageError(f"--fractions: {text!r} is no percentage from 1 to 100.")
    return percent
