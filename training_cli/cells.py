"""The cells of a comparison: each fitted once, whoever asks, and kept as a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError

from training_cli.errors import UsageError, UserError
from training_cli.whole_file import replacing

CELLS = "cells"
Kept = TypeVar("Kept", bound=BaseModel)


class Spread(BaseModel):
    """Mean over the seeds, and standard deviation with n − 1; none of a single seed."""

    model_config = ConfigDict(frozen=True)

    mean: float
    std: float | None

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        std = float(np.std(values, ddof=1)) if len(values) > 1 else None
        return cls(mean=float(np.mean(values)), std=std)

    def __str__(self) -> str:
        return f"{self.mean:.3f}" + ("" if self.std is None else f" ± {self.std:.3f}")


def make_folder(out: Path) -> None:
    """Make the folder that cells are kept in.

    Raises:
        UserError: It cannot be made.
    """
    try:
        (out / CELLS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"{out} cannot be written ({error.strerror}): name another --out."
        ) from error


def fitted_once(path: Path, fit: Callable[[], Kept]) -> Kept | None:
    """Fit a cell under its lock and keep it; None where it is done, or another process is at it.

    Args:
        path: Its file; the lock stands beside it.
        fit: Called at most once.
    """
    try:
        with FileLock(path.with_suffix(".lock"), timeout=0):
            if path.is_file():
                return None
            cell = fit()
            write_whole(path, cell.model_dump_json(indent=2) + "\n")
            return cell
    except Timeout:
        return None


def kept(paths: Iterable[Path], kind: type[Kept]) -> list[Kept]:
    """Those of the cells that are done.

    Raises:
        UserError: One does not hold.
    """
    return [read_cell(path, kind) for path in paths if path.is_file()]


def differing(ours: BaseModel, theirs: BaseModel, varied: Collection[str]) -> list[str]:
    """The settings that differ, apart from those that may, and from where the data lies."""
    left, right = (s.model_dump(exclude={*varied, "data"}) for s in (ours, theirs))
    return [name for name in left if right[name] != left[name]]


def refuse_other(path: Path, names: Sequence[str], command: str) -> None:
    """Refuse a cell whose settings of these names differ; `command` is what it was fitted with.

    Raises:
        UsageError: There are such names.
    """
    if names:
        raise UsageError(
            f"{path} was fitted with other {', '.join(names)}: name another folder with --out, or "
            f"give what it was fitted with ({command})."
        )


def write_whole(path: Path, text: str) -> None:
    """Write beside, then rename: others never read half a file."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def read_cell(path: Path, kind: type[Kept]) -> Kept:
    """A cell that a comparison has kept.

    Raises:
        UserError: It does not hold.
    """
    try:
        return kind.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or path.name
        raise UserError(
            f"{path} does not hold ({key}: {first['msg']}): remove it, and it is fitted again."
        ) from error
