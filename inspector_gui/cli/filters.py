"""The options that narrow inspections down, the same for every command that takes them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from inspector_gui.records.entries import CONFIRMED, OVERRULED
from inspector_gui.records.search import NOT_PASSED, OPEN, Filter

Folder = Annotated[
    Path | None,
    typer.Option("--records", help="Folder of the record; the user's own if not given."),
]


class DecisionOption(StrEnum):
    PASS = "PASS"
    REJECT = "REJECT"
    UNDECIDED = "UNDECIDED"
    NOT_PASSED = NOT_PASSED


class DispositionOption(StrEnum):
    OPEN = OPEN
    CONFIRMED = CONFIRMED
    OVERRULED = OVERRULED


def minute(text: str) -> str:
    """A minute in UTC from a date or a time, local where it has no offset.

    Raises:
        typer.BadParameter: It is neither.
    """
    try:
        return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter(
            f"{text!r} is no time: write it as 2026-01-31 or 2026-01-31T14:30."
        ) from error


_OPTIONS: dict[str, Any] = {
    "since": Annotated[
        str | None, typer.Option(parser=minute, metavar="TIME", help="Judged then or later.")
    ],
    "until": Annotated[
        str | None, typer.Option(parser=minute, metavar="TIME", help="Judged before then.")
    ],
    "lot": Annotated[str | None, typer.Option(help="Only this lot.")],
    "recipe": Annotated[str | None, typer.Option(help="Only this recipe.")],
    "decision": Annotated[
        DecisionOption | None, typer.Option(case_sensitive=False, help="What the machine said.")
    ],
    "disposition": Annotated[
        DispositionOption | None,
        typer.Option(case_sensitive=False, help="What a person said last; OPEN: nobody yet."),
    ],
    "label": Annotated[str | None, typer.Option(help="Only where this was found.")],
    "reviewer": Annotated[str | None, typer.Option(help="Who has decided last.")],
    "text": Annotated[str | None, typer.Option(help="In the source, the reason or a note.")],
}


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a filter, which it takes as its argument `wanted`."""

    @wraps(command)
    def with_options(**given: Any) -> None:
        options = {name: given.pop(name) or "" for name in _OPTIONS}
        wanted = Filter(**{name: str(value) for name, value in options.items()})
        if wanted.since and wanted.until and wanted.since >= wanted.until:
            raise typer.BadParameter("--since must be before --until: exchange them.")
        command(wanted=wanted, **given)

    own = inspect.signature(command, eval_str=True)
    keyword = inspect.Parameter.KEYWORD_ONLY
    options = [
        inspect.Parameter(name, keyword, default=None, annotation=hint)
        for name, hint in _OPTIONS.items()
    ]
    kept = [p.replace(kind=keyword) for p in own.parameters.values() if p.name != "wanted"]
    with_options.__signature__ = own.replace(parameters=[*kept, *options])  # type: ignore[attr-defined]
    return with_options
