"""Files that their owner alone may read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from inspector_gui.records.errors import RecordsError
from inspector_gui.records.whole_file import write_whole

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read_private(path: Path) -> bytes:
    """A file's bytes, if nobody else may read or write them.

    On Windows, where permissions are inherited, the folder's are relied on.

    Raises:
        RecordsError: It is not there, cannot be read, or is open to others.
    """
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & _OTHERS:
                raise RecordsError(
                    f"{path} can be read by others and is not used: "
                    f"make it yours alone with `chmod 600 {path}`."
                )
            return file.read()
    except OSError as error:
        raise RecordsError(
            f"{path} cannot be read ({error.strerror}): restore it, or name the right file."
        ) from error


def write_private(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all, that its owner alone may read.

    Raises:
        RecordsError: It cannot be written.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        raise RecordsError(
            f"{path} cannot be written ({error.strerror}): "
            "choose a folder that you may write to, or free some space."
        ) from error
