"""Small kits, and answers to them, written as strings of P, R and U."""

from __future__ import annotations

from collections.abc import Mapping

from engines.verdict import Decision
from training_cli.qualification.judgements import Judgement, ManualInspection
from training_cli.qualification.kit import Kit, KitRow, Truth, kit_of

LETTERS = {"P": Decision.PASS, "R": Decision.REJECT, "U": Decision.UNDECIDED}


def kit(defective: str, good: str) -> Kit:
    """Parts of one letter each, the defective ones first."""
    rows = [KitRow(part=name, truth=Truth.DEFECTIVE, label="scratch") for name in defective]
    return kit_of([*rows, *(KitRow(part=name, truth=Truth.GOOD) for name in good)])


def judgements(answers: Mapping[str, str]) -> list[Judgement]:
    """By part, a letter for each run."""
    return [
        Judgement(part=part, run=run, decision=LETTERS[letter])
        for part, letters in answers.items()
        for run, letter in enumerate(letters, start=1)
    ]


def inspections(answers: Mapping[str, str], inspector: str = "eva") -> list[ManualInspection]:
    """By part, a letter for each run of one inspector."""
    return [
        ManualInspection.model_validate(
            {"part": part, "inspector": inspector, "run": run, "decision": LETTERS[letter]}
        )
        for part, letters in answers.items()
        for run, letter in enumerate(letters, start=1)
    ]


def rejected(times: int, of: int = 10) -> str:
    """So many rejects, then passes."""
    return "R" * times + "P" * (of - times)
