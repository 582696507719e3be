"""Surfaces to learn from and to judge on: layouts, folds, and images at the network's size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engines.card import InputSpec
from training_cli.classifier.run import ClassifierSettings, LayoutName
from training_cli.datasets.few import in_turns
from training_cli.datasets.kolektor import read_kolektor
from training_cli.datasets.ksdd2 import TEST, read_ksdd2
from training_cli.datasets.mvtec import read_mvtec
from training_cli.datasets.sample import FREE, Sample, load_images
from training_cli.datasets.split import Split
from training_cli.errors import UserError

SUBSETS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Layout:
    """One way in which surfaces are laid out.

    Attributes:
        read: Lists the samples of a folder.
        shown: What the data is, for the model card.
        intended_use: For the model card.
        has_test: Whether the data says itself what the test images are.
    """

    read: Callable[[Path], list[Sample]]
    shown: str
    intended_use: str
    has_test: bool = False


_UNTIL_JUDGED = (
    "It must not release parts before it has been judged on parts of that line, with its camera "
    "and light, and not for defects that it was not trained on."
)
_PHOTOGRAPHED = (
    "Cracks, scratches, spots and other flaws on surfaces of commutators, one surface a picture, "
    f"in grey: to sort out parts that a person then looks at. {_UNTIL_JUDGED}"
)
LAYOUTS: Mapping[LayoutName, Layout] = {
    "ksdd2": Layout(
        read_ksdd2,
        "KolektorSDD2 (Božič, Tabernik and Skočaj 2021)",
        _PHOTOGRAPHED,
        has_test=True,
    ),
    "kolektor": Layout(
        read_kolektor,
        "KolektorSDD (Tabernik, Šela, Skvarč and Skočaj 2020)",
        _PHOTOGRAPHED,
    ),
    "rendered": Layout(
        read_mvtec,
        "rendered surfaces of commutators",
        "Cracks, scratches and spots on rendered surfaces of commutators: to show and test the "
        "station. It has never seen a photograph and must not release parts.",
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Surfaces:
    """Images at the network's size.

    Attributes:
        samples: As many as the arrays are long.
        pixels: uint8 (n, height, width).
        masks: uint8 like the pixels, 1 where a defect is marked.
        defective: bool (n,).
    """

    samples: tuple[Sample, ...]
    pixels: NDArray[np.uint8]
    masks: NDArray[np.uint8]
    defective: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.samples)

    @property
    def parts(self) -> list[str]:
        """The physical part of each image."""
        return [sample.tile for sample in self.samples]

    def subset(self, keep: NDArray[np.int64]) -> Surfaces:
        samples = tuple(self.samples[i] for i in keep)
        return Surfaces(samples, self.pixels[keep], self.masks[keep], self.defective[keep])


def load_surfaces(samples: Sequence[Sample], spec: InputSpec) -> Surfaces:
    """Read images and bring them to the network's size as the station would.

    Raises:
        UserError: A file cannot be read, or is too small.
    """
    labels = sorted({name for sample in samples for name in sample.shown})
    images = load_images(samples, labels, spec)
    defective = np.array([sample.label != FREE for sample in samples], np.bool_)
    return Surfaces(images.samples, images.pixels, (images.masks > 0).astype(np.uint8), defective)


def divided(samples: Sequence[Sample], settings: ClassifierSettings) -> Split:
    """Divide samples by part: a fold is the test, the next one validates, the others are learned.

    Where the data has a test of its own, fold `fold` of the rest validates. Folds are of equal
    make-up; no part stands in two.

    Raises:
        UserError: There are fewer parts than folds.
    """
    own_test = LAYOUTS[settings.layout].has_test
    held = [s for s in samples if own_test and s.name.startswith(f"{TEST}/")]
    rest = [s for s in samples if s not in set(held)]
    parts = folds_of(rest, settings.folds, settings.seed)
    test = held or parts.pop(settings.fold)
    validation = parts.pop(settings.fold % len(parts))
    train = [sample for part in parts for sample in part]
    ordered = (sorted(part, key=lambda s: s.name) for part in (train, validation, test))
    return Split(*map(tuple, ordered))


def folds_of(samples: Sequence[Sample], folds: int, seed: int) -> list[list[Sample]]:
    """Deal parts out, those that have the same labels together.

    Raises:
        UserError: There are fewer parts than folds.
    """
    parts: dict[str, list[Sample]] = {}
    for sample in sorted(samples, key=lambda s: s.name):
        parts.setdefault(sample.tile, []).append(sample)
    if len(parts) < folds:
        raise UserError(f"There are {len(parts)} parts, fewer than {folds} folds: name fewer.")
    rng = np.random.default_rng(seed)
    names = [list(parts)[i] for i in rng.permutation(len(parts))]
    names.sort(key=lambda name: sorted(s.label for s in parts[name]))
    dealt: list[list[Sample]] = [[] for _ in range(folds)]
    for place, name in enumerate(names):
        dealt[place % folds] += parts[name]
    return dealt


def with_real_defects(train: Sequence[Sample], limit: int | None, seed: int) -> list[Sample]:
    """The good images and so many defective ones at most; labels take turns.

    A smaller limit lies within a larger one of the same seed.
    """
    good = [s for s in train if s.label == FREE]
    defective = [s for s in train if s.label != FREE]
    return good + in_turns(defective, limit, np.random.default_rng([seed, 1]))
