"""What the segmenters are trained for: classes, layouts of data, and when a class counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engines.card import InputSpec
from training_cli.datasets import magnetic_tiles, neu_seg, severstal
from training_cli.datasets.mvtec import read_mvtec
from training_cli.datasets.sample import Sample
from training_cli.segmenter.calibration import AREA_RANGE, AREA_SHARE
from training_cli.segmenter.run import ProductName, RunRecord, Settings


@dataclass(frozen=True, slots=True)
class Layout:
    """One way in which a product's data is laid out.

    Attributes:
        classes: Channel i of the network is `classes[i]`.
        read: Lists the samples of a folder; `UserError` where it is laid out otherwise.
        shown: What the data is, for the model card.
        size: Height and width that networks are fitted at unless told otherwise.
        intended_use: For the model card.
    """

    classes: tuple[str, ...]
    read: Callable[[Path], list[Sample]]
    shown: str
    size: tuple[int, int]
    intended_use: str


@dataclass(frozen=True, slots=True)
class Product:
    """Something that is inspected.

    Attributes:
        title: Of its models.
        layouts: By name.
        min_area_share: Share of an image's pixels from which a class counts; None where the
            training images say so.
        area_rule: The same in words, for the model card.
    """

    title: str
    layouts: Mapping[str, Layout]
    min_area_share: float | None
    area_rule: str

    def min_area_px(self, spec: InputSpec) -> int | None:
        """Pixels of the network's output from which a class counts, where a share is given."""
        if self.min_area_share is None:
            return None
        return max(1, round(self.min_area_share * spec.height * spec.width))


_UNTIL_JUDGED = (
    "It must not release parts before it has been judged on parts of that line, with its camera "
    "and light, and not for defects that it was not trained on."
)

PRODUCTS: Mapping[ProductName, Product] = {
    "tile": Product(
        "Magnetic tile defects",
        {
            "magnetic-tiles": Layout(
                magnetic_tiles.CLASSES,
                magnetic_tiles.read_magnetic_tiles,
                "magnetic tiles (Huang, Qiu and Yuan 2020)",
                (256, 256),
                "Blowholes, breaks, cracks, frays and uneven grinding on ground magnetic tiles, "
                "one tile a picture, in grey: to sort out tiles that a person then looks at. "
                + _UNTIL_JUDGED,
            )
        },
        None,
        f"minimum areas {AREA_SHARE:.0%} of the 10th percentile in training, {AREA_RANGE[0]} to "
        f"{AREA_RANGE[1]} pixels",
    ),
    "steel": Product(
        "Hot-rolled steel defects",
        {
            "severstal": Layout(
                severstal.CLASSES,
                severstal.read_severstal,
                "steel strips (Severstal 2019)",
                (128, 800),
                "Bumps, stains, scratches and cracks on pieces of hot-rolled steel strip, in grey: "
                "to sort out pieces that a person then looks at. " + _UNTIL_JUDGED,
            ),
            "neu-seg": Layout(
                neu_seg.CLASSES,
                neu_seg.read_neu_seg,
                "NEU-Seg (of NEU, Song and Yan 2013)",
                (192, 192),
                "Inclusions, patches and scratches on small cut-outs of hot-rolled steel, in grey: "
                "to compare methods. It has seen no whole strip and no line, and must not release "
                "parts.",
            ),
            "rendered": Layout(
                severstal.CLASSES,
                read_mvtec,
                "rendered steel strips",
                (128, 800),
                "Bumps, stains, scratches and cracks on rendered pieces of steel strip: to show "
                "and test the station. It has never seen a photograph and must not release parts.",
            ),
        },
        200 / (128 * 800),
        "minimum areas 200 pixels of 128×800, or that share",
    ),
}


def layout_of(product: ProductName, settings: Settings) -> Layout:
    return PRODUCTS[product].layouts[settings.layout]


def read_samples(record: RunRecord, folder: Path) -> list[Sample]:
    """The samples of a run's data, which may have moved to another folder."""
    return layout_of(record.product, record.settings).read(folder)
