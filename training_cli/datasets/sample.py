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
from training_cli.errors import UserError

FREE = "free"
"""Label of a part without a defect."""
MASK_LEVEL = 127
"""Mask pixels above this are defect."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One image of a data set.

    Attributes:
        name: Path inside the data set, unique, with forward slashes.
        image: The file.
        mask: The file with its defect, of the same size; None means no defect.
        label: Class of the defect, or `FREE`.
        tile: The physical part it shows; images of one part never stand on both sides of a split.
    """

    name: str
    image: Path
    mask: Path | None
    label: str
    tile: str


@dataclass(frozen=True, slots=True, eq=False)
class Images:
    """Samples as arrays, at the network's size.

    Attributes:
        samples: As many as the arrays are long.
        pixels: uint8 (n, height, width); where the network looks in windows, an array of n frames
            of their own sizes.
        masks: Like the pixels, 0 or 1.
        labels: int64 (n,), index of the class; -1 is free.
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
    for i, sample in enumerate(samples):
        image = _grey(sample.image)
        pixels[i] = _scaled(sample.image, image, spec)
        masks[i] = np.zeros_like(pixels[i])
        if sample.mask is not None:
            mask = _grey(sample.mask)
            if mask.shape != image.shape:
                raise UserError(
                    f"{sample.mask} is {mask.shape[1]}×{mask.shape[0]} pixels, its image "
                    f"{image.shape[1]}×{image.shape[0]}: give the mask the size of the image."
                )
            binary = np.where(mask > MASK_LEVEL, 255, 0).astype(np.uint8)
            masks[i] = (_scaled(sample.mask, binary, spec) > MASK_LEVEL).astype(np.uint8)
    return Images(tuple(samples), pixels, masks, _label_indices(samples, classes))


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
        if sample.label != FREE and sample.label not in classes:
            raise UserError(
                f"{sample.name} is labelled {sample.label!r}, and the classes are "
                f"{', '.join(classes)}: rename the label or leave the image out."
            )
    return np.array([-1 if s.label == FREE else classes.index(s.label) for s in samples], np.int64)


def _grey(path: Path) -> NDArray[np.uint8]:
    image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) if path.is_file() else None
    if image is None:
        raise UserError(f"{path} is not an image that can be read: restore or remove the file.")
    return np.asarray(image, np.uint8)
