"""Where each made picture of a set comes from, and which of them were thrown out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from training_cli.datasets.sample import Sample
from training_cli.errors import UserError
from training_cli.qualification.rows import read_json_lines

PROVENANCE, DROPS, DROPPED = "provenance.jsonl", "dropped.jsonl", "dropped"

MethodName = Literal["memseg", "cut-paste", "poisson", "diag"]
MaskSource = Literal["perlin", "defect", "region"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Record):
    """A file that something was taken from, and the SHA-256 of its content."""

    file: Path
    sha256: str


class Inpainting(_Record):
    """How a diffusion pipeline was called.

    Attributes:
        pipeline: Folder or name on the hub, as it was given.
        pipeline_sha256: Over all its files.
    """

    pipeline: str
    pipeline_sha256: str
    prompt: str
    negative_prompt: str
    strength: float
    guidance_scale: float
    steps: int
    resolution: int
    padding: int


class Origin(_Record):
    """A made picture.

    Attributes:
        number: From 1; what people call it by.
        file, mask: Inside the set, with forward slashes.
        sha256: Of the picture.
        source: The good picture.
        defect: The picture whose defect was put in, or gave the mask.
        texture: The picture whose texture was pasted in; none if its own.
        guidance, region: The expert's file, and the words of the region that was chosen.
        change: Grey levels that a tenth of the mask's pixels changed by or more.
        seed: Of the set; it and the number decide everything.
        version: Of this program.
    """

    number: int
    file: str
    mask: str
    sha256: str
    label: str
    method: MethodName
    source: Source
    mask_source: MaskSource
    defect: Source | None = None
    texture: Source | None = None
    guidance: Source | None = None
    region: str | None = None
    inpainting: Inpainting | None = None
    change: float
    seed: int
    version: str
    created: datetime


class Drop(_Record):
    """A made picture that was thrown out: where its files lie now, when, and why."""

    number: int
    file: str
    mask: str
    reason: str
    dropped: datetime


Model = TypeVar("Model", bound=BaseModel)


def source_of(path: Path) -> Source:
    return Source(file=path, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def append(folder: Path, name: str, record: BaseModel) -> None:
    with (folder / name).open("a", encoding="utf-8", newline="\n") as file:
        file.write(record.model_dump_json(exclude_none=True) + "\n")


def read_origins(folder: Path) -> list[Origin]:
    """All pictures that were made, also those thrown out.

    Raises:
        UserError: The folder holds no such set, or a line does not hold.
    """
    if not (folder / PROVENANCE).is_file():
        raise UserError(
            f"{folder} holds no {PROVENANCE}: name a folder that `inspector-train augment` wrote."
        )
    return list(read_json_lines(folder / PROVENANCE, Origin))


def read_drops(folder: Path) -> list[Drop]:
    path = folder / DROPS
    return list(read_json_lines(path, Drop)) if path.is_file() else []


def drop(folder: Path, numbers: Sequence[int], reason: str) -> list[Drop]:
    """Throw pictures out: files go to the set's own folder for them, where nobody reads them.

    Raises:
        UserError: A number is unknown or was thrown out before; nothing is changed then.
    """
    origins = {origin.number: origin for origin in read_origins(folder)}
    gone = {dropped.number for dropped in read_drops(folder)}
    for number in numbers:
        if number not in origins:
            raise UserError(f"{folder} has no picture {number}: it has 1 to {max(origins)}.")
        if number in gone:
            raise UserError(f"Picture {number} of {folder} was thrown out before: leave it out.")
    drops = []
    for number in dict.fromkeys(numbers):
        origin = origins[number]
        # The picture first: a mask alone is not read by anyone.
        for file in (origin.file, origin.mask):
            (folder / DROPPED / file).parent.mkdir(parents=True, exist_ok=True)
            if (folder / file).exists():
                (folder / file).rename(folder / DROPPED / file)
        drops.append(
            Drop(
                number=number,
                file=f"{DROPPED}/{origin.file}",
                mask=f"{DROPPED}/{origin.mask}",
                reason=reason,
                dropped=datetime.now(UTC),
            )
        )
        append(folder, DROPS, drops[-1])
    return drops


def without_sources(
    samples: Sequence[Sample], folder: Path, held: Iterable[Sample]
) -> list[Sample]:
    """Samples of a made set, without those made of pictures that something is judged on.

    What its provenance does not name is left out, too: no one knows what it was made of.

    Args:
        samples: Of the folder, in MVTec AD layout; all of them come back where it has no
            provenance.
        folder: The set.
        held: What is held out for validation and test.
    """
    if not (folder / PROVENANCE).is_file():
        return list(samples)
    secret = {hashlib.sha256(sample.image.read_bytes()).hexdigest() for sample in held}
    clean = {
        origin.file
        for origin in read_origins(folder)
        if not secret & {s.sha256 for s in (origin.source, origin.defect, origin.texture) if s}
    }
    return [sample for sample in samples if sample.name in clean]
