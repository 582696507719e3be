"""A file for somebody outside: whole under its name, or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspector_gui.records.errors import RecordsError


@contextmanager
def written(folder: Path, path: Path) -> Iterator[Path]:
    """A file to write to, which takes its name only when it is whole and on disk.

    Args:
        folder: Of the record, in which nothing is written.

    Raises:
        RecordsError: It lies in the record's folder, or the disk refuses it.
    """
    refuse_inside(folder, path)
    part = path.with_name(f"{path.name}.part")
    try:
        try:
            yield part
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise RecordsError(
            f"{path} cannot be written ({error.strerror}): choose another file, or free some space."
        ) from error


def refuse_inside(folder: Path, path: Path) -> None:
    """Refuse a file that must not be written to.

    Raises:
        RecordsError: It is a folder, or lies in the record's.
    """
    if path.is_dir() or path.resolve().is_relative_to(folder.resolve()):
        raise RecordsError(f"{path} is not for exports: name a file outside the record's folder.")
