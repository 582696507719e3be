"""Whether every part of the kit was judged as often as the protocol asks, and nothing else was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from training_cli.errors import UserError
from training_cli.qualification.judgements import Answer, Judgement, ManualInspection
from training_cli.qualification.kit import Kit


def check_judgements(kit: Kit, judgements: Iterable[Judgement], runs: int) -> tuple[Judgement, ...]:
    """The judgements, one for each part in each of the runs from 1 on.

    Raises:
        UserError: One is missing, is there twice, or is of no part or run.
    """
    seen = tuple(judgements)
    _check_parts(kit, seen, "The judgements")
    _check_once(seen, [(j.part, j.run) for j in seen])
    done = max((j.run for j in seen), default=0)
    if done != runs:
        raise UserError(
            f"The judgements are of {done} runs and {runs} are asked for: add or leave out runs, "
            f"or say --runs {done}."
            if done
            else "There are no judgements: let the machine inspect the kit first."
        )
    _check_none_missing(kit, seen, range(1, runs + 1), "")
    return seen


def check_inspections(
    kit: Kit, inspections: Iterable[ManualInspection]
) -> tuple[ManualInspection, ...]:
    """The inspections, one for each part in each run of each inspector.

    Raises:
        UserError: One is missing, is there twice, or is of no part; or there are none.
    """
    seen = tuple(inspections)
    if not seen:
        raise UserError("There are no inspections by people: leave --inspectors out.")
    _check_parts(kit, seen, "The inspectors")
    _check_once(seen, [(i.part, i.inspector, i.run) for i in seen])
    for name in sorted({i.inspector for i in seen}):
        own = [i for i in seen if i.inspector == name]
        _check_none_missing(kit, own, sorted({i.run for i in own}), f" of inspector {name}")
    return seen


def _check_parts(kit: Kit, answers: Sequence[Answer], who: str) -> None:
    for answer in answers:
        if answer.part not in kit.by_name:
            raise UserError(f"{who} name part {answer.part}, which is not in the kit.")


def _check_once(answers: Sequence[Answer], keys: Sequence[tuple[object, ...]]) -> None:
    counts = Counter(keys)
    for answer, key in zip(answers, keys, strict=True):
        if counts[key] > 1:
            who = f" of inspector {answer.inspector}" if hasattr(answer, "inspector") else ""
            raise UserError(f"Part {answer.part} is there twice in run {answer.run}{who}.")


def _check_none_missing(
    kit: Kit, answers: Sequence[Answer], runs: Sequence[int], whose: str
) -> None:
    seen = {(a.part, a.run) for a in answers}
    missing = [
        (part.name, run) for run in runs for part in kit.parts if (part.name, run) not in seen
    ]
    if missing:
        part, run = missing[0]
        more = f", and {len(missing) - 1} more are missing" if len(missing) > 1 else ""
        raise UserError(
            f"Part {part} is missing in run {run}{whose}{more}: every run is over the whole kit."
        )
