"""How a settled part is written into the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from engines.engine import Engine
from engines.verdict import Finding
from inspector_gui.inspection.open_parts import Settled
from inspector_gui.inspection.recipe import Recipe
from inspector_gui.records.entries import InspectionEntry


class EntryWriter:
    """Makes the entries of one lot; what they have in common is worked out once."""

    def __init__(self, recipe: Recipe, engine: Engine, camera: str, lot: str) -> None:
        self._lot_wide: dict[str, Any] = {
            "lot": lot,
            "recipe": recipe.name,
            "recipe_revision": recipe.revision,
            "camera": camera,
            "thresholds": thresholds_in_force(engine),
            "model": engine.card.name,
            "model_sha256": engine.model_sha256,
            "provider": engine.provider,
        }

    def entry_of(self, settled: Settled) -> InspectionEntry:
        part, verdict = settled.part, settled.verdict
        truths = [frame.truth for frame in part.frames if frame.truth is not None]
        return InspectionEntry(
            **self._lot_wide,
            part=part.number,
            source=part.frames[0].source,
            frame_ids=tuple(frame.frame_id for frame in part.frames),
            judged_at=settled.judged_at,
            decision=verdict.decision.value,
            reason=str(verdict.reason),
            detail=verdict.detail,
            score=verdict.score,
            threshold=verdict.threshold,
            findings=tuple(as_dict(finding) for finding in verdict.findings),
            elapsed_ms={name: round(ms, 3) for name, ms in settled.elapsed_ms.items()},
            truth=tuple(dict.fromkeys(t for truth in truths for t in truth)) if truths else None,
        )


def thresholds_in_force(engine: Engine) -> dict[str, Mapping[str, Any]]:
    """Region → label → score and minimum area."""
    return {
        region: {label: threshold.model_dump() for label, threshold in limits.items()}
        for region, limits in engine.thresholds.items()
    }


def as_dict(finding: Finding) -> dict[str, Any]:
    """As entries keep it; see `InspectionEntry.findings`."""
    box = finding.box
    values = {**asdict(finding), "box": [box.x, box.y, box.width, box.height]}
    if not finding.nominal:
        del values["nominal"]
    return values
