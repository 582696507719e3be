"""`inspector-train fit`: trains a network."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from training_cli.datasets.split import SplitRule
from training_cli.errors import UsageError
from training_cli.run import Decoder
from training_cli.segmenter.run import Method, Settings

Layout = Literal["severstal", "neu-seg", "rendered"]
NetworkName = Literal["grdnet", "discriminative"]
HeadName = Literal["maps", "dense"]
SurfaceLayout = Literal["ksdd2", "kolektor", "rendered"]
Augmentation = Literal["none", "memseg", "cut-paste", "poisson"]

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
    fraction: Annotated[
        float, typer.Option(min=1, max=100, help="Percent of the defects to train on.")
    ] = 100,
    overlap: Annotated[
        int | None,
        typer.Option(min=0, help="Look in windows of --size that share so many pixels."),
    ] = None,
    decoder: Annotated[Decoder, typer.Option(help="The paper's U-Net, or a pyramid.")] = "unet",
    depth: Annotated[int, typer.Option(min=3, max=5, help="Stages of the encoder.")] = 3,
    frozen_stages: Annotated[
        int | None, typer.Option(min=1, max=5, help="Of the encoder, left as they are.")
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
    from training_cli.segmenter.fitting import fit

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
        depth=depth,
        decoder=decoder,
        frozen_stages=frozen_stages,
        fraction=fraction / 100,
    )
    record = fit("tile", settings, out, device=device.value, workers=workers, resume=resume)
    typer.echo(f"{out}: best pooled IoU on validation {record.metrics['best_validation_iou']:.3f}")


@app.command()
def steel(
    data: Annotated[Path, typer.Option(help="Steel strips, laid out as --layout says.")],
    out: Annotated[Path, typer.Option(help="Folder for the runs, one a fold.")],
    layout: Annotated[Layout, typer.Option(help="How the data is laid out.")],
    folds: Annotated[int, typer.Option(min=2, max=20, help="Cross-validation.")] = 5,
    fold: Annotated[int | None, typer.Option(min=0, help="Fit this fold only.")] = None,
    method: Annotated[Method, typer.Option(help="Turned copies of rare classes, dli, a loss.")] = (
        Method.ROTATIONS
    ),
    copies_up_to: Annotated[
        int | None, typer.Option(min=1, help="Images of each class; the mean of the classes.")
    ] = None,
    encoder: Annotated[str, typer.Option(help="timm's name.")] = "tf_efficientnet_lite0",
    weights: Annotated[
        str, typer.Option(help="hub, lite0, none, or a file (also a run's).")
    ] = "lite0",
    frozen: Annotated[bool, typer.Option("--frozen", help="Train the decoder alone.")] = False,
    depth: Annotated[int, typer.Option(min=3, max=5, help="Stages of the encoder.")] = 4,
    height: Annotated[int | None, typer.Option(min=64, max=4096, help="Of the input.")] = None,
    width: Annotated[int | None, typer.Option(min=64, max=4096, help="Of the input.")] = None,
    crop: Annotated[int | None, typer.Option(min=32, help="Train on crops this large.")] = None,
    epochs: Annotated[int, typer.Option(min=1)] = 150,
    patience: Annotated[
        int, typer.Option(min=1, help="Stop after so many epochs without a lower loss.")
    ] = 15,
    batch: Annotated[int, typer.Option(min=2)] = 16,
    learning_rate: Annotated[float, typer.Option(min=1e-6, max=1.0)] = 1e-3,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    device: Annotated[Device, typer.Option()] = Device.AUTO,
    workers: Annotated[int, typer.Option(min=0, help="Processes that make batches.")] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the runs in --out.")] = False,
) -> None:
    """Fit the steel segmenter in folds; all of them together are a run, too: the ensemble."""
    if fold is not None and fold >= folds:
        raise UsageError(f"--fold {fold} is none of 0 to {folds - 1}.")
    from training_cli.segmenter.cross_validation import fit_folds
    from training_cli.segmenter.products import PRODUCTS

    own_height, own_width = PRODUCTS["steel"].layouts[layout].size
    height, width = height or own_height, width or own_width
    settings = Settings(
        data=data,
        extra=None,
        split="folds",
        method=method,
        encoder=encoder,
        weights=weights,
        size=height,
        crop=crop or max(height, width),
        epochs=epochs,
        batch=batch,
        learning_rate=learning_rate,
        seed=seed,
        layout=layout,
        width=width,
        depth=depth,
        frozen=frozen,
        patience=patience,
        copies_up_to=copies_up_to,
        folds=folds,
        fold=fold,
    )
    for record in fit_folds(
        "steel", settings, out, device=device.value, workers=workers, resume=resume
    ):
        best = record.metrics["best_validation_iou"]
        typer.echo(f"{out}: fold {record.settings.fold}, best pooled IoU on validation {best:.3f}")


@app.command()
def vial(
    data: Annotated[
        Path, typer.Option(help="Strips of `synthesize vial`, or pictures in MVTec AD layout.")
    ],
    out: Annotated[Path, typer.Option(help="Folder for the run.")],
    network: Annotated[
        NetworkName, typer.Option(help="The paper's GAN, or a finder of made-up anomalies.")
    ] = "grdnet",
    frames: Annotated[
        str, typer.Option(help="Numbers of the frames in use; 0 for single pictures.")
    ] = "0,7,15",
    size: Annotated[int, typer.Option(min=32, max=1024, help="Of a patch, pixels.")] = 256,
    width: Annotated[
        int, typer.Option(min=1, max=512, help="grdnet: filters at first; the paper's 128.")
    ] = 16,
    stem: Annotated[
        int, typer.Option(min=1, max=8, help="grdnet: pixels taken in at once; the paper's 1.")
    ] = 4,
    bottleneck: Annotated[int, typer.Option(min=1, help="grdnet: features of a patch.")] = 64,
    noise: Annotated[
        float, typer.Option(min=0, max=1, help="grdnet: share of patches laid over with noise.")
    ] = 0.75,
    rotation: Annotated[
        float, typer.Option(min=0, max=180, help="grdnet: largest rotation, degrees.")
    ] = 22.5,
    flip: Annotated[bool, typer.Option(help="grdnet: turn patches upside down at times.")] = True,
    restart: Annotated[
        float, typer.Option(min=0.001, max=1, help="grdnet: period of the rate, share of the fit.")
    ] = 0.1,
    encoder: Annotated[str, typer.Option(help="discriminative: timm's name.")] = (
        "tf_efficientnet_lite0"
    ),
    decoder: Annotated[
        Decoder, typer.Option(help="discriminative: slim for what is small; fpn needs fewer steps.")
    ] = "slim",
    weights: Annotated[
        str, typer.Option(help="discriminative: hub, lite0, none, or a file.")
    ] = "lite0",
    frozen_stages: Annotated[
        int, typer.Option(min=0, max=4, help="discriminative: of the encoder, left as they are.")
    ] = 1,
    crop: Annotated[
        int | None, typer.Option(min=32, help="discriminative: train on squares this large.")
    ] = None,
    defects: Annotated[
        Path | None,
        typer.Option(help="discriminative: learn the defects of this kit, too; they need masks."),
    ] = None,
    epochs: Annotated[int, typer.Option(min=1)] = 10,
    batch: Annotated[int, typer.Option(min=2)] = 32,
    learning_rate: Annotated[
        float | None, typer.Option(min=1e-6, max=1.0, help="1.5e-4 for grdnet, else 5e-4.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    device: Annotated[Device, typer.Option()] = Device.AUTO,
    devices: Annotated[int, typer.Option(min=1, help="How many, each with its own share.")] = 1,
    workers: Annotated[int, typer.Option(min=0, help="Processes that make batches.")] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in --out.")] = False,
) -> None:
    """Fit the vial scorer on good parts, and on known defects if there are any."""
    from training_cli.scorer.fitting import Hardware, fit_scorer
    from training_cli.scorer.run import ScorerSettings

    settings = ScorerSettings(
        data=data,
        network=network,
        frames=frame_numbers(frames),
        size=size,
        epochs=epochs,
        batch=batch,
        learning_rate=learning_rate or (1.5e-4 if network == "grdnet" else 5e-4),
        seed=seed,
        width=width,
        stem=stem,
        bottleneck=bottleneck,
        noise=noise,
        rotation=rotation,
        flip=flip,
        restart=restart,
        encoder=encoder,
        decoder=decoder,
        weights=weights,
        frozen_stages=frozen_stages,
        crop=crop,
        defects=defects,
    )
    hardware = Hardware(device.value, devices, workers)
    record = fit_scorer("vial", settings, out, hardware, resume=resume)
    figures = ", ".join(f"{name} {value:g}" for name, value in record.metrics.items())
    typer.echo(f"{out}: {figures}")


@app.command()
def surface(
    data: Annotated[Path, typer.Option(help="Surfaces, laid out as --layout says.")],
    out: Annotated[Path, typer.Option(help="Folder for the run.")],
    layout: Annotated[SurfaceLayout, typer.Option(help="How the data is laid out.")],
    folds: Annotated[
        int, typer.Option(min=2, max=50, help="Of parts, for test and validation.")
    ] = 5,
    fold: Annotated[int, typer.Option(min=0, help="Test on it; validate on the next one.")] = 0,
    real_defects: Annotated[
        int | None, typer.Option(min=0, help="Train on so many at most; all if left out.")
    ] = None,
    augmentation: Annotated[
        Augmentation, typer.Option(help="How good pictures get made defects.")
    ] = "none",
    added: Annotated[int, typer.Option(min=0, help="Pictures with made defects.")] = 0,
    defects: Annotated[
        Path | None,
        typer.Option(help="cut-paste, poisson: take defects from here, in MVTec AD layout."),
    ] = None,
    extra: Annotated[
        Path | None, typer.Option(help="More to train on, in MVTec AD layout.")
    ] = None,
    backbone: Annotated[str, typer.Option(help="timm's name.")] = "tf_efficientnet_lite0",
    weights: Annotated[
        str, typer.Option(help="hub, lite0, none, or a file (also a run's).")
    ] = "lite0",
    height: Annotated[int, typer.Option(min=64, max=4096, help="Of the input.")] = 632,
    width: Annotated[int, typer.Option(min=64, max=4096, help="Of the input.")] = 224,
    epochs: Annotated[int, typer.Option(min=1)] = 50,
    batch: Annotated[int, typer.Option(min=2)] = 32,
    learning_rate: Annotated[float, typer.Option(min=1e-6, max=1.0)] = 1e-4,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    device: Annotated[Device, typer.Option()] = Device.AUTO,
    workers: Annotated[int, typer.Option(min=0, help="Processes that make batches.")] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in --out.")] = False,
) -> None:
    """Fit the surface classifier: good or defective, and where.

    The paper's network is `--backbone resnet50 --weights hub`. Data with a test of its own (ksdd2)
    is tested on that, and --fold validates.
    """
    from training_cli.classifier.fitting import fit_classifier
    from training_cli.classifier.run import ClassifierSettings

    settings = ClassifierSettings(
        data=data,
        layout=layout,
        folds=folds,
        fold=fold,
        real_defects=real_defects,
        augmentation=augmentation,
        added=added,
        defects=defects,
        extra=extra,
        backbone=backbone,
        weights=weights,
        height=height,
        width=width,
        epochs=epochs,
        batch=batch,
        learning_rate=learning_rate,
        seed=seed,
    )
    record = fit_classifier(settings, out, device=device.value, workers=workers, resume=resume)
    figures = ", ".join(f"{name} {value:g}" for name, value in record.metrics.items())
    typer.echo(f"{out}: {figures}")


@app.command()
def chip(
    out: Annotated[Path, typer.Option(help="Folder for the run.")],
    data: Annotated[Path | None, typer.Option(help="Pictures of `synthesize chip`.")] = None,
    photos: Annotated[
        Path | None, typer.Option(help="Or photographs of good boards, with corners.json.")
    ] = None,
    count: Annotated[
        int | None, typer.Option(min=3, help="Pictures to make of --photos; 2000.")
    ] = None,
    backbone: Annotated[str, typer.Option(help="timm's name.")] = "mobilenetv2_100",
    weights: Annotated[str, typer.Option(help="hub, none, or a file.")] = "hub",
    head: Annotated[
        HeadName, typer.Option(help="A map of each corner, or the paper's dense layers.")
    ] = "maps",
    first_stage: Annotated[
        int, typer.Option(min=0, max=4, help="maps: the finest stage of the backbone in use.")
    ] = 1,
    frozen_stages: Annotated[
        int, typer.Option(min=0, max=5, help="Of the backbone, left as they are; the paper's 5.")
    ] = 2,
    size: Annotated[int, typer.Option(min=64, max=1024, help="Network's input, pixels.")] = 256,
    rectangularity: Annotated[
        float, typer.Option(min=0, help="Weight of that term of the loss; 0 leaves it out.")
    ] = 0.1,
    epochs: Annotated[int, typer.Option(min=1)] = 60,
    batch: Annotated[int, typer.Option(min=2)] = 32,
    learning_rate: Annotated[float, typer.Option(min=1e-6, max=1.0)] = 3e-3,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    device: Annotated[Device, typer.Option()] = Device.AUTO,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in --out.")] = False,
) -> None:
    """Fit the chip localizer: where a chip's corners are, and whether there is one."""
    if (data is None) == (photos is None):
        raise UsageError("Name either --data or --photos.")
    if photos is None and count is not None:
        raise UsageError("--count is for --photos: leave it out.")
    from training_cli.localizer.fitting import fit_localizer
    from training_cli.localizer.run import LocalizerSettings

    settings = LocalizerSettings(
        data=data or out / "pictures",
        photos=photos,
        count=None if photos is None else count or 2000,
        backbone=backbone,
        weights=weights,
        head=head,
        first_stage=first_stage,
        frozen_stages=frozen_stages,
        size=size,
        rectangularity=rectangularity,
        epochs=epochs,
        batch=batch,
        learning_rate=learning_rate,
        seed=seed,
    )
    record = fit_localizer("chip", settings, out, device.value, resume=resume)
    figures = ", ".join(f"{name} {value:g}" for name, value in record.metrics.items())
    typer.echo(f"{out}: {figures}")


def frame_numbers(text: str) -> tuple[int, ...]:
    """Of an option's text; rising, from 0."""
    numbers = tuple(int(n) for n in text.split(",") if n.strip().isdigit())
    if len(numbers) != len(text.split(",")) or sorted(set(numbers)) != [*numbers]:
        raise UsageError(f"--frames {text}: give rising numbers from 0, such as 0,7,15.")
    return numbers
