"""Makes a set of pictures with defects, in MVTec AD layout, each with where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from training_cli.augmentation.guidance import DrawnRegion, Guidance, read_guidance
from training_cli.augmentation.methods import Made, Method, Task
from training_cli.augmentation.provenance import (
    PROVENANCE,
    MethodName,
    Origin,
    Source,
    append,
    source_of,
)
from training_cli.augmentation.region import change
from training_cli.datasets import kolektor, ksdd2, magnetic_tiles, neu_seg, severstal
from training_cli.datasets.few import in_turns
from training_cli.datasets.mvtec import GOOD, read_mvtec
from training_cli.datasets.pictures import Pixels, pictures_in, read_picture, write_picture
from training_cli.datasets.sample import FREE, Sample
from training_cli.errors import UserError
from training_cli.run import code_version

DRAWS = 20
"""A picture is drawn so many times, each time from other pictures, before it is left out."""


@dataclass(frozen=True, slots=True)
class Material:
    """What pictures are made of.

    Attributes:
        good: Pictures of good parts, none of them of a test folder.
        defects: Pictures of real defects that may be used.
        guidance, guidance_source: What an expert drew, and its file.
    """

    good: tuple[Sample, ...]
    defects: tuple[Sample, ...]
    guidance: Guidance | None = None
    guidance_source: Source | None = None


def _mvtec(folder: Path) -> list[Sample]:
    """Good pictures for training only; defects without a mask can give neither place nor form."""
    samples = read_mvtec(folder, needs_masks=False)
    return [s for s in samples if s.mask is not None or s.name.startswith(f"train/{GOOD}/")]


def _ksdd2(folder: Path) -> list[Sample]:
    return [s for s in ksdd2.read_ksdd2(folder) if s.name.startswith(f"{ksdd2.TRAIN}/")]


def _pictures(folder: Path) -> list[Sample]:
    """All good: boards, frames of strips, or whatever an engineer has photographed."""
    found = pictures_in(folder, "**/*")
    names = [path.relative_to(folder).as_posix() for path in found]
    return [Sample(n, path, None, FREE, n) for n, path in zip(names, found, strict=True)]


READERS: Mapping[str, Callable[[Path], list[Sample]]] = {
    "mvtec": _mvtec,
    "magnetic-tiles": magnetic_tiles.read_magnetic_tiles,
    "neu-seg": neu_seg.read_neu_seg,
    "severstal": severstal.read_severstal,
    "ksdd2": _ksdd2,
    "kolektor": kolektor.read_kolektor,
    "pictures": _pictures,
}
"""By the name of a layout: what pictures are made of; of a test, MVTec AD's defects alone."""


def read_material(
    data: Path,
    layout: str,
    defects: Path | None,
    limit: int | None,
    guidance: Path | None,
    seed: int,
) -> Material:
    """Read what pictures are made of.

    Args:
        data: The data set.
        layout: A key of `READERS`.
        defects: Another data set, in MVTec AD layout, whose defects are used in place of the
            data's own.
        limit: So many real defects at most, chosen by the seed, as even over classes as can be.
        guidance: What an expert drew.
        seed: See `limit`.

    Raises:
        UserError: Something cannot be read, or nothing is good.
    """
    samples = READERS[layout](data)
    good = [s for s in samples if s.label == FREE]
    drawn = None if guidance is None else read_guidance(guidance)
    if not good:
        raise UserError(f"{data} has no good picture to put a defect in: name data that has some.")
    if drawn is not None and guidance is not None:
        good = _guided(good, drawn, guidance)
    real = [s for s in (samples if defects is None else read_mvtec(defects)) if s.label != FREE]
    rng = np.random.default_rng([seed, 0])
    source = None if guidance is None else source_of(guidance)
    return Material(tuple(good), tuple(in_turns(real, limit, rng)), drawn, source)


def check_empty(folder: Path) -> None:
    """Refuse a folder that holds something.

    Raises:
        UserError: It does.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} is not an empty folder: choose a new one, or empty it first.")


def make_set(
    material: Material, method: Method, name: MethodName, out: Path, count: int, seed: int
) -> Iterator[Origin]:
    """Make pictures, one after the other, in a new or empty folder.

    Each is written with its mask, then its line in `provenance.jsonl`; the iterator yields that
    line. A number that shows no defect after some draws is left out. Picture n is the same
    whatever the count.

    Raises:
        UserError: The folder holds something; what the method raises.
        OSError: The folder cannot be written.
    """
    check_empty(out)
    version = code_version()
    for number in range(1, count + 1):
        drawn = _drawn(material, method, number, seed)
        if drawn is None:
            continue
        task, made = drawn
        origin = Origin(
            **_written(out, number, made),
            number=number,
            label=made.label,
            method=name,
            source=source_of(task.sample.image),
            guidance=material.guidance_source if task.drawn else None,
            region=_words(task.drawn),
            change=round(change(task.good, made.pixels, made.mask), 2),
            seed=seed,
            version=version,
            created=datetime.now(UTC),
            **made.origin,
        )
        append(out, PROVENANCE, origin)
        yield origin


def _written(out: Path, number: int, made: Made) -> dict[str, str]:
    """The fields of `Origin` that say where its files lie."""
    file = f"test/{made.label}/{number:06d}.png"
    mask = f"ground_truth/{made.label}/{number:06d}_mask.png"
    write_picture(out / mask, made.mask * np.uint8(255))
    write_picture(out / file, made.pixels)
    return {"file": file, "mask": mask, "sha256": source_of(out / file).sha256}


def _drawn(material: Material, method: Method, number: int, seed: int) -> tuple[Task, Made] | None:
    for draw in range(DRAWS):
        rng = np.random.default_rng([seed, number, draw])
        sample = material.good[int(rng.integers(len(material.good)))]
        good = read_picture(sample.image)
        task = Task(number, sample, good, _region_for(sample, good, material.guidance, rng), rng)
        made = method(task)
        if made is not None:
            return task, made
    return None


def _region_for(
    sample: Sample, good: Pixels, guidance: Guidance | None, rng: np.random.Generator
) -> DrawnRegion | None:
    if guidance is None:
        return None
    regions = guidance.regions_of(sample.name, *good.shape[:2])
    return regions[int(rng.integers(len(regions)))]


def _guided(good: Sequence[Sample], guidance: Guidance, path: Path) -> list[Sample]:
    """The good pictures that regions hold for."""
    by_name = {sample.name: sample for sample in good}
    for number, drawn in enumerate(guidance.pictures):
        if drawn.picture not in by_name:
            raise UserError(
                f"{path}: pictures.{number}.picture: {drawn.picture} is no good picture to train "
                "on of this data."
            )
    candidates = good if guidance.aligned else [by_name[d.picture] for d in guidance.pictures]
    sizes = {sample.name: read_picture(sample.image).shape[:2] for sample in candidates}
    return [s for s in candidates if guidance.regions_of(s.name, *sizes[s.name])]


def _words(region: DrawnRegion | None) -> str | None:
    """What the expert's region is known by in the record: its label and its description."""
    return None if region is None else " ".join(filter(None, (region.label, region.description)))
