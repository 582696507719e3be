"""The ways of making a picture with a defect, each with what it needs chosen and written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training_cli.augmentation.guidance import DrawnRegion, Guidance
from training_cli.augmentation.injection import Defect, Way, inject, moved_mask
from training_cli.augmentation.inpainting import Inpainter, diag
from training_cli.augmentation.memseg import memseg
from training_cli.augmentation.provenance import Inpainting, MaskSource, source_of
from training_cli.augmentation.region import Region, one_patch, perlin_places
from training_cli.datasets.pictures import read_picture
from training_cli.datasets.sample import Sample, masks_of
from training_cli.errors import UsageError, UserError

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A good picture that shall get a defect.

    Attributes:
        number: Of the picture in its set, from 1.
        sample: Where the picture is from.
        good: uint8 (height, width), or (height, width, 3), RGB.
        drawn: What an expert drew on it.
        rng: All randomness.
    """

    number: int
    sample: Sample
    good: Pixels
    drawn: DrawnRegion | None
    rng: np.random.Generator

    @property
    def region(self) -> Region | None:
        return None if self.drawn is None else self.drawn.inside(*self.good.shape[:2])

    @property
    def wanted(self) -> str | None:
        """The class that the expert's region is for."""
        return None if self.drawn is None else self.drawn.label


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A picture with a made defect.

    Attributes:
        pixels: Like the good picture.
        mask: uint8 (height, width), 0 or 1.
        label: Class of the defect.
        origin: Fields of `provenance.Origin` that the method knows.
    """

    pixels: Pixels
    mask: Pixels
    label: str
    origin: dict[str, Any] = field(default_factory=dict)


Method = Callable[[Task], Made | None]
"""Makes one picture; None where the defect cannot be seen."""


@dataclass(frozen=True, slots=True)
class MemSeg:
    """Texture in places of Perlin's forms.

    Attributes:
        label: Where no expert says one.
        textures: Files that every other picture takes its texture from; the rest, and all where
            there are none, take it from themselves.
    """

    label: str
    textures: Sequence[Path] = ()

    def __call__(self, task: Task) -> Made | None:
        chosen = None
        if self.textures and task.number % 2:
            chosen = self.textures[int(task.rng.integers(len(self.textures)))]
        texture = None if chosen is None else read_picture(chosen)
        found = memseg(task.good, task.rng, task.region, texture)
        if found is None:
            return None
        origin = {"mask_source": "perlin", "texture": chosen and source_of(chosen)}
        return Made(*found, task.wanted or self.label, origin)


@dataclass(frozen=True, slots=True)
class Injection:
    """A real defect cut out and pasted in, or blended in by its gradients."""

    way: Way
    defects: Sequence[Sample]

    def __call__(self, task: Task) -> Made | None:
        sample = _defect_for(task, self.defects)
        label, defect = read_defect(sample, task.rng, task.wanted)
        found = inject(task.good, defect, self.way, task.rng, task.region)
        origin = {"mask_source": "defect", "defect": source_of(sample.image)}
        return None if found is None else Made(*found, label, origin)


@dataclass(frozen=True, slots=True)
class Diag:
    """A defect painted from words.

    Attributes:
        inpainter: The pipeline.
        prompts: Take turns where no expert describes a region.
        negative_prompt: Where no expert says one.
        mask_source: Perlin's forms, real defects' masks, or the regions themselves.
        defects: To take masks from.
        label: Where neither expert nor defect says one.
    """

    inpainter: Inpainter
    prompts: Sequence[str]
    negative_prompt: str
    mask_source: MaskSource
    defects: Sequence[Sample]
    label: str

    def check(self, guidance: Guidance | None) -> None:
        """Refuse words that are missing or too many, before anything is painted."""
        drawn = [r for p in guidance.pictures for r in p.regions] if guidance else []
        if not self.prompts and not (drawn and all(region.description for region in drawn)):
            raise UsageError(
                "diag paints from words: give --prompt, or a --guidance file whose regions all "
                "have a description."
            )
        if self.mask_source == "region" and not drawn:
            raise UsageError("--masks region takes the regions of a --guidance file: name one.")
        words = [*self.prompts, self.negative_prompt]
        for text in [*words, *(r.description for r in drawn), *(r.negative for r in drawn)]:
            self.inpainter.check(text)

    def __call__(self, task: Task) -> Made | None:
        mask, label, sample = self._place(task)
        described = task.drawn is not None and task.drawn.description
        prompt = described or self.prompts[(task.number - 1) % len(self.prompts)]
        negative = (task.drawn and task.drawn.negative) or self.negative_prompt
        found = diag(task.good, task.rng, self.inpainter, mask, prompt, negative)
        if found is None:
            return None
        origin = {
            "mask_source": self.mask_source,
            "defect": sample and source_of(sample.image),
            "inpainting": Inpainting(
                pipeline=self.inpainter.name,
                pipeline_sha256=self.inpainter.sha256,
                prompt=prompt,
                negative_prompt=negative,
                **asdict(self.inpainter.settings),
            ),
        }
        return Made(*found, label, origin)

    def _place(self, task: Task) -> tuple[Pixels, str, Sample | None]:
        label = task.wanted or self.label
        if self.mask_source == "perlin":
            places = perlin_places(task.good.shape, task.rng, task.region)
            return one_patch(places, task.rng), label, None
        if self.mask_source == "region" and task.region is not None:
            return task.region.astype(np.uint8), label, None
        sample = _defect_for(task, self.defects)
        label, defect = read_defect(sample, task.rng, task.wanted)
        return moved_mask(task.good, defect, task.rng, task.region), label, sample


def read_defect(
    sample: Sample, rng: np.random.Generator, wanted: str | None = None
) -> tuple[str, Defect]:
    """One of the classes of a defective picture, and the picture with the mask of that class.

    Args:
        sample: The picture.
        rng: Chooses the class.
        wanted: The class instead.

    Raises:
        UserError: A file cannot be read, or nothing is marked in the mask.
    """
    pixels = read_picture(sample.image)
    masks = masks_of(sample, pixels.shape[:2])
    masks = {n: m for n, m in masks.items() if m.any() and wanted in (None, n)}
    if not masks:
        raise UserError(f"{sample.mask or sample.image} marks no pixel: draw the mask again.")
    label = sorted(masks)[int(rng.integers(len(masks)))]
    return label, Defect(pixels, masks[label].astype(np.uint8))


def _defect_for(task: Task, defects: Sequence[Sample]) -> Sample:
    fitting = [d for d in defects if task.wanted is None or task.wanted in d.shown]
    if not fitting:
        raise UserError(
            f"A region of {task.sample.name} is for {task.wanted}, and none of the {len(defects)} "
            "real defects is: allow more of them, or name the region otherwise."
        )
    return fitting[int(task.rng.integers(len(fitting)))]
