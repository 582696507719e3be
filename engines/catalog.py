"""Finds the engine that a model's card asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engines.chip_localizer import Chip, ChipLocalizer
from engines.defect_segmenter import DefectSegmenter
from engines.engine import WHOLE, Engine, Region, View
from engines.errors import ForeignModel
from engines.runtime import CPU, open_model
from engines.surface_classifier import SurfaceClassifier
from engines.vial_scorer import VialScorer

SEGMENTER, SCORER = DefectSegmenter.engine, VialScorer.engine
LOCALIZER, CLASSIFIER = ChipLocalizer.engine, SurfaceClassifier.engine


def open_engine(
    path: Path,
    *,
    sha256: str | None = None,
    provider: str = CPU,
    regions: Sequence[Region] = (),
    view: View = WHOLE,
    chips: Sequence[Chip] = (),
    threads: int = 1,
) -> Engine:
    """Open a model with the engine that its card names.

    Args:
        path, sha256, provider, threads: See `engines.runtime.open_model`.
        regions: Where to look and with which thresholds; none means the whole frame with the
            card's own.
        view: What of a part is looked at; for a scorer of patches. Its size is a localizer's, too.
        chips: What a localizer looks for.

    Raises:
        ModelError: The model is refused.
        ValueError: A region, or what is looked for, does not fit the model.
    """
    model = open_model(path, sha256=sha256, provider=provider, threads=threads)
    places = regions or [Region("part", model.card.thresholds)]
    if model.card.engine == SEGMENTER:
        return DefectSegmenter(model, places)
    if model.card.engine == SCORER:
        return VialScorer(model, places, view)
    if model.card.engine == LOCALIZER:
        return ChipLocalizer(model, chips, view.size)
    if model.card.engine == CLASSIFIER:
        return SurfaceClassifier(model, places)
    raise ForeignModel(
        f"Model {path.name} is refused: it is for engine {model.card.engine!r}, and there is "
        f"{SEGMENTER}, {SCORER}, {LOCALIZER} and {CLASSIFIER}."
    )
