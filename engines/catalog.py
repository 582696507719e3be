"""Finds the engine that a model's card asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engines.defect_segmenter import DefectSegmenter
from engines.engine import Engine, Region
from engines.errors import ForeignModel
from engines.runtime import CPU, open_model

_ENGINES = {DefectSegmenter.engine: DefectSegmenter}


def open_engine(
    path: Path,
    *,
    sha256: str | None = None,
    provider: str = CPU,
    regions: Sequence[Region] = (),
    threads: int = 1,
) -> Engine:
    """Open a model with the engine that its card names.

    Args:
        path, sha256, provider, threads: See `engines.runtime.open_model`.
        regions: Where to look and with which thresholds; none means the whole frame with the
            card's own.

    Raises:
        ModelError: The model is refused.
        ValueError: A region does not fit the model.
    """
    model = open_model(path, sha256=sha256, provider=provider, threads=threads)
    if model.card.engine not in _ENGINES:
        raise ForeignModel(
            f"Model {path.name} is refused: it is for engine {model.card.engine!r}, and there is "
            f"{', '.join(sorted(_ENGINES))}."
        )
    return _ENGINES[model.card.engine](model, regions or [Region("part", model.card.thresholds)])
