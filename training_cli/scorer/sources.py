"""Reads parts as patches: rendered strips, or any folder of pictures in MVTec AD layout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from engines.card import InputSpec
from engines.preprocessing import scaled
from training_cli.datasets.pictures import pictures_in
from training_cli.errors import UserError
from training_cli.scorer.patches import Defects, Patches

GOOD = "good"
MASKS = "ground_truth"
PART = "part"
"""The one region of a picture that is a patch as a whole."""
LABELS = "labels.jsonl"
VALIDATION = 0.1
"""Share of the good parts that a fit does not learn from; the paper's."""
_KIND_OF_FOLDER = (
    "a folder in MVTec AD layout, or one that `inspector-train synthesize vial` has written"
)


class Rectangle(BaseModel):
    """A patch's place in every frame, in pixels."""

    model_config = ConfigDict(frozen=True)

    vial: int = 0
    region: str = PART
    x: int = Field(default=0, ge=0)
    y: int = Field(default=0, ge=0)
    width: int = Field(ge=1)
    height: int = Field(ge=1)


@dataclass(frozen=True, slots=True)
class Part:
    """A part on disk.

    Attributes:
        name: Its path within the data set.
        frames: By number, of one handling movement; a picture alone is frame 0.
        label: `good`, or the kind of the defect.
        layout: Its patches, the same for all parts of a data set; none where each picture is one.
        defective: Of each patch of the layout whether a defect lies in it.
        masks: Of the frames whose defects are drawn, where they are.
    """

    name: str
    frames: Mapping[int, Path]
    label: str
    layout: tuple[Rectangle, ...] = ()
    defective: tuple[bool, ...] = ()
    masks: Mapping[int, Path] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return self.label == GOOD


class _Geometry(BaseModel):
    regions: tuple[Rectangle, ...] = Field(min_length=1)


class _Defect(BaseModel):
    vial: int
    region: str


class _Line(BaseModel):
    """What `labels.jsonl` says of a strip."""

    files: tuple[str, ...] = Field(min_length=1)
    frames: tuple[Annotated[int, Field(ge=0)], ...]
    label: str
    geometry: _Geometry
    defects: tuple[_Defect, ...] = ()

    @model_validator(mode="after")
    def _a_number_for_each(self) -> _Line:
        if len(set(self.frames)) != len(self.files):
            raise ValueError("files and frames must be as many")
        return self


def read_parts(folder: Path, subset: str) -> list[Part]:
    """The parts of `train` or `test`, in order of their names.

    Raises:
        UserError: There are none, or the list of strips does not hold.
    """
    found = [part for part in read_all(folder) if part.name.startswith(f"{subset}/")]
    if not found:
        raise UserError(f"{folder} holds no parts in {subset}: name {_KIND_OF_FOLDER}.")
    return found


def read_all(folder: Path) -> list[Part]:
    """The parts of `train` and `test` together; errors as `read_parts`."""
    parts = _strips(folder) if _holds_strips(folder) else _pictures(folder)
    if not parts:
        raise UserError(f"{folder} holds no parts: name {_KIND_OF_FOLDER}.")
    return parts


def load_patches(parts: Sequence[Part], size: int, frames: Sequence[int] | None = None) -> Patches:
    """All patches of parts, part by part, brought to the network's size.

    Args:
        parts: At least one, of one data set.
        size: Height and width of a patch.
        frames: Numbers of the frames to load; None means all that the first part has.

    Raises:
        UserError: A picture cannot be read or is too small for its geometry, or a part lacks a
            frame.
    """
    numbers = tuple(parts[0].frames) if frames is None else tuple(frames)
    spec = InputSpec(height=size, width=size)
    layout = parts[0].layout
    names = tuple(dict.fromkeys(place.region for place in layout)) or (PART,)
    regions = np.array([names.index(place.region) for place in layout] or [0])
    pixels = np.empty((len(parts), len(regions), len(numbers), size, size), np.uint8)
    for row, part in enumerate(parts):
        for column, number in enumerate(numbers):
            if number not in part.frames:
                raise UserError(
                    f"{part.name} has no frame {number}, only {', '.join(map(str, part.frames))}: "
                    "name parts with the frames in use."
                )
            path = part.frames[number]
            pixels[row, :, column] = _cut(_decoded(path), path, layout, spec)
    return Patches(pixels.reshape(-1, *pixels.shape[2:]), np.tile(regions, len(parts)), names)


def read_defects(folder: Path) -> list[Part]:
    """The parts of a labelled kit whose defects are drawn.

    Raises:
        UserError: There are none.
    """
    kit = [part for part in read_all(folder) if part.masks]
    if not kit:
        raise UserError(
            f"{folder} holds no defective parts with masks in {MASKS}: name {_KIND_OF_FOLDER}."
        )
    return kit


def load_defects(kit: Sequence[Part], size: int, frames: Sequence[int]) -> Defects:
    """The patches that show defects, and where.

    Args:
        kit: From `read_defects`.
        size: Height and width of a patch.
        frames: Numbers of the frames in use.

    Raises:
        UserError: A picture cannot be read, a part lacks a frame, or nothing is drawn.
    """
    chosen, masks = [], []
    for part in kit:
        at = np.array(part.defective or (True,))
        chosen.append(load_patches([part], size, frames).subset(at))
        masks.append(_covered(part, size)[at])
    pixels = np.concatenate([patches.pixels for patches in chosen])
    regions = np.concatenate([patches.regions for patches in chosen])
    covered = np.concatenate(masks)
    is_drawn = np.asarray(covered.any((1, 2)))
    if not is_drawn.any():
        raise UserError(f"The masks in {MASKS} are empty: draw the defects, or leave them out.")
    whole = Patches(pixels, regions, chosen[0].names)
    return Defects(whole.subset(is_drawn), covered[is_drawn])


def _covered(part: Part, size: int) -> NDArray[np.bool_]:
    """Of each patch the pixels that show a defect in any frame: bool (patches, size, size)."""
    spec = InputSpec(height=size, width=size)
    whole = np.maximum.reduce([_decoded(path) for path in part.masks.values()])
    return _cut(whole, part.frames[next(iter(part.frames))], part.layout, spec) > 0


def held_back(parts: Sequence[Part], seed: int) -> NDArray[np.bool_]:
    """Of each part whether it validates: the same ones for a seed, at least one."""
    order = np.random.default_rng([seed, 2]).permutation(len(parts))
    chosen = np.zeros(len(parts), np.bool_)
    chosen[order[: max(1, round(VALIDATION * len(parts)))]] = True
    return chosen


def fingerprint_of(parts: Iterable[Part]) -> str:
    """SHA-256 over names, labels and contents of all files, in the order of their names."""
    whole = hashlib.sha256()
    for part in sorted(parts, key=lambda p: p.name):
        whole.update(f"{part.name}\0{part.label}\0".encode())
        for path in part.frames.values():
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _holds_strips(folder: Path) -> bool:
    try:
        with (folder / LABELS).open(encoding="utf-8") as lines:
            return '"files"' in lines.readline()
    except OSError:
        return False


def _strips(folder: Path) -> list[Part]:
    parts = []
    lines = (folder / LABELS).read_text(encoding="utf-8").splitlines()
    for number, text in enumerate(lines, 1):
        try:
            line = _Line.model_validate_json(text)
        except ValidationError as error:
            key = ".".join(map(str, error.errors()[0]["loc"])) or "it"
            raise UserError(
                f"{folder / LABELS}, line {number}: {key} does not hold; render the strips anew."
            ) from error
        layout = line.geometry.regions
        places = {(defect.vial, defect.region) for defect in line.defects}
        parts.append(
            Part(
                str(Path(line.files[0]).parent.as_posix()),
                {n: folder / f for n, f in zip(line.frames, line.files, strict=True)},
                line.label,
                layout,
                tuple((place.vial, place.region) in places for place in layout),
                _masks(folder, line.label, dict(zip(line.frames, line.files, strict=True))),
            )
        )
    return parts


def _pictures(folder: Path) -> list[Part]:
    return [
        Part(
            path.relative_to(folder).as_posix(),
            {0: path},
            path.parent.name,
            defective=(path.parent.name != GOOD,),
            masks=_masks(folder, path.parent.name, {0: str(path.relative_to(folder))}),
        )
        for path in pictures_in(folder, "t*/*/*")
    ]


def _masks(folder: Path, label: str, files: Mapping[int, str]) -> dict[int, Path]:
    """In MVTec AD layout: SUBSET/LABEL/NAME.png has its mask in ground_truth/LABEL/."""
    if label == GOOD:
        return {}
    places = {
        number: folder.joinpath(
            MASKS, label, *Path(file).parts[2:-1], f"{Path(file).stem}_mask.png"
        )
        for number, file in files.items()
    }
    return {number: path for number, path in places.items() if path.is_file()}


def _cut(
    pixels: NDArray[np.uint8], path: Path, layout: Sequence[Rectangle], spec: InputSpec
) -> NDArray[np.uint8]:
    if not layout:
        return _scaled(pixels, path, spec)[None, :, :, 0]
    pieces: list[Any] = []
    for place in layout:
        rows = slice(place.y, place.y + place.height)
        columns = slice(place.x, place.x + place.width)
        if rows.stop > pixels.shape[0] or columns.stop > pixels.shape[1]:
            raise UserError(f"{path} is smaller than its geometry in {LABELS} says.")
        pieces.append(_scaled(pixels[rows, columns], path, spec)[:, :, 0])
    return np.stack(pieces)


def _scaled(pixels: NDArray[np.uint8], path: Path, spec: InputSpec) -> NDArray[np.uint8]:
    try:
        return np.asarray(scaled(pixels, spec))
    except ValueError as error:
        raise UserError(f"{path}: {error}; name a smaller --size.") from error


def _decoded(path: Path) -> NDArray[np.uint8]:
    try:
        content = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}).") from error
    pixels = cv2.imdecode(content, cv2.IMREAD_COLOR_RGB) if len(content) else None
    if pixels is None:
        raise UserError(f"{path} cannot be read as a picture: replace it or take it away.")
    return np.asarray(pixels, np.uint8)
