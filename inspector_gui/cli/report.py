"""How an inspection is written for programs and for people."""

from __future__ import annotations

from typing import Any

from engines.verdict import Decision
from inspector_gui.inspection.inspection import Inspection

STYLE = {Decision.PASS: "green", Decision.REJECT: "bold red", Decision.UNDECIDED: "bold yellow"}


def as_json(inspection: Inspection) -> dict[str, Any]:
    """The object that `--json` prints for each part."""
    verdict = inspection.verdict
    return {
        "part": inspection.part,
        "source": inspection.source,
        "frame_ids": list(inspection.frame_ids),
        "decision": verdict.decision.value,
        "reason": str(verdict.reason),
        "detail": verdict.detail,
        "score": verdict.score,
        "threshold": verdict.threshold,
        "findings": [
            {
                "label": finding.label,
                "score": finding.score,
                "box": [finding.box.x, finding.box.y, finding.box.width, finding.box.height],
                "area": finding.area_px,
            }
            for finding in verdict.findings
        ],
        "model_sha256": inspection.model_sha256,
        "provider": inspection.provider,
        "elapsed_ms": {name: round(ms, 3) for name, ms in inspection.elapsed_ms.items()},
    }


def as_line(inspection: Inspection) -> str:
    """One line for people: part, decision, score against threshold, why, source.

    What cannot be printed in a name is escaped, so that it stays one line.
    """
    verdict = inspection.verdict
    score = (
        f"{verdict.score:.3f}/{verdict.threshold:.3f}"
        if verdict.score is not None and verdict.threshold is not None
        else "-"
    )
    labels = ", ".join(dict.fromkeys(f.label for f in verdict.findings))
    why = f"{verdict.reason}: {verdict.detail}" if verdict.reason else labels
    line = (
        f"{inspection.part:>6}  {verdict.decision.value:<9}  {score:>13}  "
        f"{why or '-':<28}  {inspection.source}"
    )
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)
