"""The one door for errors: a sentence on stderr and an exit code.

| code | meaning |
|---|---|
| 0 | it ran |
| 1 | this program failed; a report is on stderr |
| 2 | wrong usage of the command |
| 3 | bad input: a recipe, model, folder or file that cannot be used |
| 4 | integrity: the record does not hold or cannot be written, or a model is not the released one |
| 5 | camera: not there, refuses a setting, or lost |
| 6 | refused: nobody is signed in, or the account may not do it |
| 130 | interrupted before there was anything to finish |
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from engines.errors import HashMismatch, ModelError, SelfTestFailed
from inspector_gui.acquisition.camera import CameraError, FolderUnusable
from inspector_gui.cli.console import errors
from inspector_gui.inspection.recipe_parts import RecipeError
from inspector_gui.records.errors import RecordsDamaged, RecordsError, Refused

BAD_INPUT, INTEGRITY, CAMERA, REFUSED = 3, 4, 5, 6


def exit_code(error: Exception) -> int | None:
    """The exit code of an error that is the user's to mend, None for one of this program's."""
    match error:
        case HashMismatch() | SelfTestFailed() | RecordsDamaged():
            return INTEGRITY
        case Refused():
            return REFUSED
        case ModelError() | RecipeError() | RecordsError() | FolderUnusable():
            return BAD_INPUT
        case CameraError():
            return CAMERA
    return None


@contextmanager
def one_sentence() -> Iterator[None]:
    """Turn a user's mistake into one sentence and its exit code."""
    try:
        yield
    except Exception as error:
        code = exit_code(error)
        if code is None:
            raise
        fail(str(error), code)


def fail(sentence: str, code: int) -> None:
    """End the command.

    Raises:
        typer.Exit: Always.
    """
    errors.print(sentence, style="bold")
    raise typer.Exit(code)
