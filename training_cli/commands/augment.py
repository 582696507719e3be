"""`inspector-train augment`: pictures with made defects, to train on beside real ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from training_cli.commands.fit import Device
from training_cli.errors import UsageError, UserError

if TYPE_CHECKING:
    from training_cli.augmentation.made_set import Material
    from training_cli.augmentation.methods import Method
    from training_cli.augmentation.provenance import MethodName

LayoutName = Literal[
    "mvtec", "magnetic-tiles", "neu-seg", "severstal", "ksdd2", "kolektor", "pictures"
]
MaskName = Literal["defect", "perlin", "region"]

app = typer.Typer(help="Make pictures with defects out of good ones.", no_args_is_help=True)

Data = Annotated[Path, typer.Option(help="Good pictures, and real defects where they are used.")]
Out = Annotated[Path, typer.Option(help="A new or empty folder.")]
Count = Annotated[int, typer.Option(min=1, help="Number of pictures.")]
Seed = Annotated[int, typer.Option(min=0)]
Layout = Annotated[
    LayoutName, typer.Option(help="How the data is laid out; pictures: all of them good.")
]
Guidance = Annotated[
    Path | None, typer.Option(help="Regions and descriptions that an expert drew, JSON.")
]
Label = Annotated[str, typer.Option(help="Class of the defects, where no one else says it.")]
Defects = Annotated[
    Path | None, typer.Option(help="Real defects, in MVTec AD layout, in place of the data's.")
]
Limit = Annotated[int | None, typer.Option(min=1, help="So many real defects at most.")]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The options that all ways share."""

    data: Path
    out: Path
    count: int
    seed: int
    layout: LayoutName
    guidance: Path | None
    defects: Path | None = None
    limit: int | None = None

    @property
    def has_defects(self) -> Path:
        """Where real defects are looked for."""
        return self.defects or self.data


@app.command()
def memseg(
    data: Data,
    out: Out,
    count: Count,
    seed: Seed = 0,
    layout: Layout = "mvtec",
    guidance: Guidance = None,
    label: Label = "defect",
    textures: Annotated[
        Path | None, typer.Option(help="Pictures that every other one takes texture from.")
    ] = None,
) -> None:
    """Paste texture into places of Perlin's forms (Yang et al. 2023)."""
    _check(label)

    def made_of(_material: Material) -> Method:
        from training_cli.augmentation.methods import MemSeg

        return MemSeg(label, _files(textures))

    _make("memseg", made_of, _Wanted(data, out, count, seed, layout, guidance))


@app.command("cut-paste")
def cut_paste(
    data: Data,
    out: Out,
    count: Count,
    seed: Seed = 0,
    layout: Layout = "mvtec",
    guidance: Guidance = None,
    defects: Defects = None,
    limit: Limit = None,
) -> None:
    """Cut real defects out and paste them in, moved and turned."""
    _inject("cut-paste", _Wanted(data, out, count, seed, layout, guidance, defects, limit))


@app.command()
def poisson(
    data: Data,
    out: Out,
    count: Count,
    seed: Seed = 0,
    layout: Layout = "mvtec",
    guidance: Guidance = None,
    defects: Defects = None,
    limit: Limit = None,
) -> None:
    """Blend real defects in by their gradients, moved and turned."""
    _inject("poisson", _Wanted(data, out, count, seed, layout, guidance, defects, limit))


@app.command()
def diag(
    data: Data,
    out: Out,
    count: Count,
    pipeline: Annotated[
        str, typer.Option(help="SDXL inpainting pipeline: a folder, or its name on the hub.")
    ],
    prompt: Annotated[
        list[str] | None, typer.Option(help="What a defect looks like; several take turns.")
    ] = None,
    negative_prompt: Annotated[str, typer.Option(help="What it does not look like.")] = "",
    masks: Annotated[
        MaskName, typer.Option(help="Where: real defects' masks, Perlin's forms, drawn regions.")
    ] = "defect",
    seed: Seed = 0,
    layout: Layout = "mvtec",
    guidance: Guidance = None,
    label: Label = "defect",
    defects: Defects = None,
    limit: Limit = None,
    strength: Annotated[float, typer.Option(min=0.01, max=1)] = 0.99,
    guidance_scale: Annotated[float, typer.Option(min=0, max=100)] = 20.0,
    steps: Annotated[int, typer.Option(min=1, max=1000)] = 30,
    resolution: Annotated[
        int, typer.Option(min=64, max=4096, help="Side of what the pipeline sees, pixels.")
    ] = 1024,
    padding: Annotated[int, typer.Option(min=0, help="Pixels around the mask that it sees.")] = 2,
    device: Annotated[Device, typer.Option()] = Device.AUTO,
) -> None:
    """Paint defects from words with a diffusion pipeline (DIAG, Capogrosso et al. 2024)."""
    _check(label)
    from training_cli.augmentation.inpainting import Inpainter, PaintSettings

    settings = PaintSettings(strength, guidance_scale, steps, resolution, padding)
    wanted = _Wanted(data, out, count, seed, layout, guidance, defects, limit)

    def made_of(material: Material) -> Method:
        from training_cli.augmentation.methods import Diag

        if masks == "defect" and not material.defects:
            raise UserError(
                f"{wanted.has_defects} has no real defect with a mask: name --defects, or "
                "take --masks perlin or region."
            )
        inpainter = Inpainter(pipeline, settings, device.value)
        method = Diag(inpainter, prompt or (), negative_prompt, masks, material.defects, label)
        method.check(material.guidance)
        return method

    _make("diag", made_of, wanted)


@app.command()
def review(
    folder: Annotated[Path, typer.Argument(help="What `augment` wrote.")],
) -> None:
    """Draw the made pictures beside their sources, with their numbers, in FOLDER/review-N.png."""
    from PIL import Image

    from training_cli.augmentation.review import review_sheets

    for old in folder.glob("review-*.png"):
        old.unlink()
    for number, sheet in enumerate(review_sheets(folder), 1):
        path = folder / f"review-{number}.png"
        Image.fromarray(sheet).save(path)
        typer.echo(f"{path}: {sheet.shape[1]}×{sheet.shape[0]} pixels")


@app.command()
def drop(
    folder: Annotated[Path, typer.Argument(help="What `augment` wrote.")],
    numbers: Annotated[list[int], typer.Argument(help="Numbers on the sheets.")],
    reason: Annotated[str, typer.Option(help="For the record.")] = "",
) -> None:
    """Throw pictures out before training: they go to FOLDER/dropped, and dropped.jsonl says so."""
    from training_cli.augmentation.provenance import drop as throw_out

    drops = throw_out(folder, numbers, reason)
    typer.echo(f"{folder}: {len(drops)} thrown out, now in {folder / 'dropped'}")


def _inject(name: Literal["cut-paste", "poisson"], wanted: _Wanted) -> None:
    def made_of(material: Material) -> Method:
        from training_cli.augmentation.injection import WAYS
        from training_cli.augmentation.methods import Injection

        if not material.defects:
            raise UserError(
                f"{wanted.has_defects} has no real defect with a mask to put into a good "
                "picture: name data that has some with --defects, or use memseg or diag."
            )
        return Injection(WAYS[name], material.defects)

    _make(name, made_of, wanted)


def _make(name: MethodName, made_of: Callable[[Material], Method], wanted: _Wanted) -> None:
    from training_cli.augmentation.made_set import check_empty, make_set, read_material

    out, count, seed = wanted.out, wanted.count, wanted.seed
    check_empty(out)
    material = read_material(
        wanted.data, wanted.layout, wanted.defects, wanted.limit, wanted.guidance, seed
    )
    method = made_of(material)
    done = 0
    try:
        for origin in make_set(material, method, name, out, count, seed):
            done += 1
            if name == "diag":
                typer.echo(f"{origin.file}: {origin.number} of {count}")
    except OSError as error:
        raise UserError(f"{out} cannot be written ({error.strerror}): {done} are done.") from error
    if not done:
        raise UserError("No made defect could be seen: nothing was written.")
    typer.echo(f"{out}: {done} pictures")
    if done < count:
        typer.echo(f"{count - done} of {count} were left out: no made defect could be seen.")
    review(out)


def _files(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    from training_cli.datasets.pictures import pictures_in

    found = pictures_in(folder, "**/*")
    if not found:
        raise UserError(f"{folder} holds no pictures to take texture from: name another folder.")
    return found


def _check(label: str) -> None:
    from training_cli.augmentation.guidance import checked_label

    try:
        checked_label(label)
    except ValueError as error:
        raise UsageError(f"--label {error}.") from error
