"""Whether a fit may begin in a folder, or go on there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from training_cli.errors import UsageError
from training_cli.run import LAST

Record = TypeVar("Record", bound=Any)


def check_folder(out: Path, resume: bool) -> None:
    """Refuse a folder that holds a run already, or none to go on with.

    Raises:
        UsageError: It is so.
    """
    has_run = (out / f"{LAST}.ckpt").is_file()
    if resume and not has_run:
        raise UsageError(f"{out} has no {LAST}.ckpt to resume from: leave --resume out.")
    if has_run and not resume:
        raise UsageError(f"{out} already holds a run: name another folder, or add --resume.")


def continued(out: Path, old: Record, new: Record, same: Sequence[str]) -> Record:
    """The record of the run to go on with, which must be the same one.

    Args:
        out: The run's folder.
        old, new: What stands in it, and what the fit would write now.
        same: Names of what must not differ.

    Raises:
        UsageError: Something differs.
    """
    if changed := [name for name in same if getattr(old, name) != getattr(new, name)]:
        raise UsageError(
            f"{out} was begun with other {' and '.join(changed)}: resume it with the same data "
            f"and options ({old.command})."
        )
    return old
