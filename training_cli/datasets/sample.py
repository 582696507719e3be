"""One labelled image, and a set of them in memory at the network's size."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.card import InputSpec
from engines.preprocessing import scaled
from engines.tiling import cut, padded, windows
from training_cli.datasets.rle import decode
from training_cli.errors import UserError

FREE = "free"
"""Label of a part without a defect."""
FREE_INDEX, SEVERAL = -1, -2
"""In `Images.labels`: no defect, and defects of several classes."""
TOGETHER = "+"
"""Between the names in the label of a part with defects of several classes."""
MASK_LEVEL = 127
"""Mask pixels above this are defect."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One image of a data set.

    Attributes:
        name: Path inside the data set, unique, with forward slashes.
        image: The file.
        mask: The file with its defect, of the same size; None means no defect, or `runs`.
        label: Class of the defect, several joined by `TOGETHER`, or `FREE`.
        tile: The physical part it shows; images of one part never stand on both sides of a split.
        levels: The classes by grey level of the mask, from 1; none where > 127 is the label's.
        runs: Class and run lengths of its pixels (`datasets.rle`), in place of a mask.
    """

    name: str
    image: Path
    mask: Path | None
    label: str
    tile: str
    levels: tuple[str, ...] = ()
    runs: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The classes of its defects."""
        return () if self.label == FREE else tuple(self.label.split(TOGETHER))


@dataclass(frozen=True, slots=True, eq=False)
class Images:
    """Samples as arrays, at the network's size.

    Attributes:
        samples: As many as the arrays are long.
        pixels: uint8 (n, height, width); where the network looks in windows, an array of n frames
            of their own sizes.
        masks: uint8 like the pixels, 0 or 1; where labels say `SEVERAL`, bit c is class c.
        labels: int64 (n,), index of the class, `FREE_INDEX` or `SEVERAL`.
    """

    samples: tuple[Sample, ...]
    pixels: NDArray[np.uint8]
    masks: NDArray[np.uint8]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.samples)

    def subset(self, keep: NDArray[np.int64]) -> Images:
        samples = tuple(self.samples[i] for i in keep)
        return Images(samples, self.pixels[keep], self.masks[keep], self.labels[keep])

    def free(self) -> Images:
        """Those that show no defect; one with defects of several classes is not among them."""
        return self.subset(np.flatnonzero(self.labels == FREE_INDEX))

    def shown(self, classes: int) -> NDArray[np.bool_]:
        """Which classes an image shows: bool (n, classes)."""
        shown = self.labels[:, None] == np.arange(classes)
        for i in np.flatnonzero(self.labels == SEVERAL):
            shown[i] = layers(self.masks[i], SEVERAL, classes).any((1, 2))
        return np.asarray(shown)


def layers(mask: NDArray[np.uint8], label: int, classes: int) -> NDArray[np.uint8]:
    """One of the masks of `Images` by class: uint8 (classes, height, width), 0 or 1."""
    separate = np.zeros((classes, *mask.shape), np.uint8)
    if label >= 0:
        separate[label] = mask > 0
    elif label == SEVERAL:
        for c in range(classes):
            separate[c] = mask >> c & 1
    return separate


def load_images(samples: Sequence[Sample], classes: Sequence[str], spec: InputSpec) -> Images:
    """Read samples and bring them to the network's size as the station would.

    Args:
        samples: At least one.
        classes: Names of the defect classes; channel i of a target is `classes[i]`.
        spec: The network's input, one channel.

    Raises:
        UserError: A file cannot be read, sizes differ, or a label is unknown.
    """
    pixels, masks = _room(len(samples), spec), _room(len(samples), spec)
    labels = _label_indices(samples, classes)
    several = labels == SEVERAL
    for i, sample in enumerate(samples):
        image = _grey(sample.image)
        pixels[i] = _scaled(sample.image, image, spec)
        masks[i] = np.zeros_like(pixels[i])
        for name, own in masks_of(sample, image.shape).items():
            binary = np.where(own, 255, 0).astype(np.uint8)
            reduced = _scaled(sample.mask or sample.image, binary, spec) > MASK_LEVEL
            masks[i] |= reduced.astype(np.uint8) << (classes.index(name) if several[i] else 0)
    return Images(tuple(samples), pixels, masks, labels)


def masks_of(sample: Sample, shape: tuple[int, ...]) -> dict[str, NDArray[np.bool_]]:
    """The pixels of its defects, by class.

    Args:
        sample: Labelled.
        shape: Height and width of its image.

    Raises:
        UserError: The mask cannot be read, or is of another size.
    """
    if sample.mask is None:
        return {name: _decoded(sample, runs, shape) for name, runs in sample.runs}
    mask = _grey(sample.mask)
    if mask.shape != shape:
        raise UserError(
            f"{sample.mask} is {mask.shape[1]}×{mask.shape[0]} pixels, its image "
            f"{shape[1]}×{shape[0]}: give the mask the size of the image."
        )
    if sample.levels:
        return {name: mask == sample.levels.index(name) + 1 for name in sample.shown}
    return {sample.label: mask > MASK_LEVEL}


def _decoded(sample: Sample, runs: str, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    try:
        return decode(runs, shape[0], shape[1])
    except ValueError as error:
        raise UserError(f"The runs of {sample.name} do not hold: {error}.") from error


def windowed(images: Images, spec: InputSpec) -> Images:
    """The same images in the windows that the station's engine lays over them.

    A window in which no pixel is defect counts as free. Without a tiling, the images themselves.
    """
    if spec.tiling is None:
        return images
    samples, pixels, masks, labels = [], [], [], []
    for sample, frame, truth, label in zip(
        images.samples, images.pixels, images.masks, images.labels, strict=True
    ):
        source, mask = (padded(a[:, :, None], spec) for a in (frame, truth))
        for window in windows(*frame.shape, spec):
            pixels.append(cut(source, window, spec)[0, :, :, 0])
            masks.append(cut(mask, window, spec)[0, :, :, 0])
            labels.append(label if masks[-1].any() else -1)
            samples.append(sample)
    return Images(tuple(samples), np.stack(pixels), np.stack(masks), np.array(labels, np.int64))


def fingerprint(samples: Iterable[Sample]) -> str:
    """SHA-256 over the names and contents of all files, in the order of their names."""
    total = hashlib.sha256()
    for sample in sorted(samples, key=lambda s: s.name):
        for path in (sample.image, sample.mask):
            content = b"" if path is None else path.read_bytes()
            total.update(f"{sample.name}\0{sample.label}\0{sample.tile}\0".encode())
            total.update(hashlib.sha256(content).digest())
        total.update(repr(sample.runs).encode() if sample.runs else b"")
    return total.hexdigest()


def _room(count: int, spec: InputSpec) -> NDArray[Any]:
    if spec.tiling is None:
        return np.empty((count, spec.height, spec.width), np.uint8)
    return np.empty(count, object)


def _scaled(path: Path, image: NDArray[np.uint8], spec: InputSpec) -> NDArray[np.uint8]:
    try:
        return scaled(image, spec)[:, :, 0]
    except ValueError as error:
        raise UserError(f"{path} cannot be used: {error}. Leave it out, or fit smaller.") from error


def _label_indices(samples: Sequence[Sample], classes: Sequence[str]) -> NDArray[np.int64]:
    for sample in samples:
        if not set(sample.shown) <= set(classes):
            raise UserError(
                f"{sample.name} is labelled {sample.label!r}, and the classes are "
                f"{', '.join(classes)}: rename the label or leave the image out."
            )
    return np.array([_index(s, classes) for s in samples], np.int64)


def _index(sample: Sample, classes: Sequence[str]) -> int:
    if len(sample.shown) > 1:
        return SEVERAL
    return classes.index(sample.label) if sample.shown else FREE_INDEX


def _grey(path: Path) -> NDArray[np.uint8]:
    image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) if path.is_file() else None
    if image is None:
        raise UserError(f"{path} is not an image that can be read: restore or remove the file.")
    return np.asarray(image, np.uint8)
