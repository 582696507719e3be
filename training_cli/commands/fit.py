"""`inspector-train fit`: trains a network."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from training_cli.datasets.split import SplitRule
from training_cli.run import Method, Settings

app = typer.Typer(help="Train a network.", no_args_is_help=True)


class Device(StrEnum):
    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


@app.command()
def tile(
    data: Annotated[Path, typer.Option(help="Magnetic tiles: class folders and tiles.csv.")],
    out: Annotated[Path, typer.Option(help="Folder for the run.")],
    extra: Annotated[
        Path | None, typer.Option(help="More to train on, in MVTec AD layout.")
    ] = None,
    split: Annotated[SplitRule, typer.Option(help="By physical tile, or as the paper.")] = (
        SplitRule.TILE
    ),
    method: Annotated[Method, typer.Option(help="Injection (dli), or a baseline loss.")] = (
        Method.DLI
    ),
    encoder: Annotated[str, typer.Option(help="timm's name.")] = "tf_efficientnet_lite0",
    weights: Annotated[
        str, typer.Option(help="hub, lite0, none, or a file (also a run's).")
    ] = "lite0",
    size: Annotated[int, typer.Option(min=64, max=4096, help="Network's input, pixels.")] = 256,
    crop: Annotated[int | None, typer.Option(min=32, help="Train on crops this large.")] = None,
    overlap: Annotated[
        int | None,
        typer.Option(min=0, help="Look in windows of --size that share so many pixels."),
    ] = None,
    epochs: Annotated[int, typer.Option(min=1)] = 1000,
    batch: Annotated[int, typer.Option(min=2)] = 64,
    learning_rate: Annotated[float, typer.Option(min=1e-6, max=1.0)] = 5e-4,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    device: Annotated[Device, typer.Option()] = Device.AUTO,
    workers: Annotated[int, typer.Option(min=0, help="Processes that make batches.")] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in --out.")] = False,
) -> None:
    """Fit the tile segmenter: a light U-Net with Dynamic Label Injection."""
    from training_cli.fitting import fit_tile

    settings = Settings(
        data=data,
        extra=extra,
        split=split,
        method=method,
        encoder=encoder,
        weights=weights,
        size=size,
        crop=crop or size,
        epochs=epochs,
        batch=batch,
        learning_rate=learning_rate,
        seed=seed,
        overlap=overlap,
    )
    record = fit_tile(settings, out, device=device.value, workers=workers, resume=resume)
    typer.echo(f"{out}: best pooled IoU on validation {record.metrics['best_validation_iou']:.3f}")
